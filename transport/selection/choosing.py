"""Chooses combinations for a load: every one of the catalogue is tried, none is skipped.

Of the places of a load those inside the deck come first, of these the ones where the driven axles
carry a fifth of the gross mass; then the category: where a place makes the vehicle shorter than a
bound of the law, it is tried before the one that uses the axles best. Among places of one category
the largest use of a limit is made as small as it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from transport.errors import FieldFault
from transport.regulations.law import Law
from transport.rules.comparing import exceeds
from transport.rules.divisible_load import DIVISIBLE, STACKED
from transport.selection.choice import Choice, Refusal, Selection
from transport.selection.day_bounds import CombinationBounds, Verdict, bounds_on
from transport.selection.limits import AxleCaps
from transport.selection.load_position import Line, keep_positive, lowest_peak
from transport.selection.straight_lines import LineMaker, LoadLines, Share, shares_of
from transport.vehicles.arranging import Arrangement
from transport.vehicles.beds import (
    Bed,
    bed_of,
    middle_of_girder_m,
    pulled_out_for,
    usual_middle_m,
)
from transport.vehicles.combination import Combination, Coupling
from transport.vehicles.envelope import hull_of
from transport.vehicles.loading_faults import mass_faults, space_faults
from transport.vehicles.placed_load import Envelope
from transport.vehicles.transport import TrailerKind

_LEAST_AXLE_T = 0.001
_ROUNDING = 1e-5  # shares of limits are compared to the kilogram, as the law's rules do
_LEAST_DRIVEN = 0.2  # practice: driven axles carry a fifth of the gross mass where they can


def select(
    arrangements: Iterable[Arrangement],
    combinations: Sequence[Combination],
    law: Law,
    day: date,
) -> Selection:
    """Return the lawful loadings of any of these arrangements, best first, and all refusals.

    Raise NoLawInForceError where the law has no value on that day.
    """
    bounds = bounds_on(law, day)
    candidates = [bounds.of(combination) for combination in combinations]
    choices: list[Choice] = []
    refusals: list[Refusal] = []
    for arrangement in arrangements:
        maker = LineMaker(arrangement)
        for candidate in candidates:
            found = try_combination(candidate, maker)
            if isinstance(found, Choice):
                choices.append(found)
            else:
                refusals.append(found)
    return Selection(tuple(sorted(choices, key=lambda one: one.order)), tuple(refusals))


def try_combination(candidate: CombinationBounds, maker: LineMaker) -> Choice | Refusal:
    """Return the best lawful loading of one combination, or why there is none."""
    combination, arrangement = candidate.combination, maker.arrangement
    out_m = pulled_out_for(combination, arrangement)
    for fault in mass_faults(combination, arrangement, out_m):
        return _refused(combination, arrangement, fault)
    bed = bed_of(combination, out_m)
    widest = place_range(combination, bed, arrangement, out_m)
    for fault in space_faults(combination, arrangement, bed, widest[0]):
        return _refused(combination, arrangement, fault)
    lines = maker.lines(combination, out_m)
    mass_t = combination.kerb_mass_t + arrangement.mass_t
    shares = [
        *_fixed_shares(combination, arrangement, out_m, candidate.bounds.caps),
        *shares_of(combination, lines, candidate.bounds.caps),
    ]
    search = _Search(candidate, arrangement, bed, out_m, mass_t, shares)
    message = "wherever the load stands, it would lift the kingpin or an axle"
    found: Choice | Refusal = Refusal(combination, arrangement, "lifts", message)
    for places in _ranges(bed, arrangement, widest):
        for part in _standing(combination, lines, places, mass_t):
            found = search.best(*part)
            if isinstance(found, Choice):
                return found
    return found


def _refused(combination: Combination, arrangement: Arrangement, fault: FieldFault) -> Refusal:
    """Return a fault of mass or space as a refusal, with its numbers where it has some."""
    known = dict(fault.params)
    if "value" not in known:
        return Refusal(combination, arrangement, fault.code, fault.message)
    value, limit = float(known["value"]), float(known["limit"])
    return Refusal(combination, arrangement, fault.code, fault.message, value, limit, known["unit"])


def _ranges(
    bed: Bed, arrangement: Arrangement, widest: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    """Yield the places inside the deck, where the load fits, then all places."""
    begin, end = arrangement.span_m
    inside = max(bed.usable_from_m - begin, widest[0]), min(bed.end_m - end, widest[1])
    if inside[0] < inside[1]:
        yield inside
    yield widest


def _standing(
    combination: Combination, lines: LoadLines, places: tuple[float, float], mass_t: float
) -> Iterator[tuple[float, float]]:
    """Yield the places where the driven axles carry enough, then all where nothing is lifted."""
    part = keep_positive(lines.couplings, *places)
    part = part and keep_positive(lines.axles, *part, _LEAST_AXLE_T)
    if part is None:
        return
    least_t = _LEAST_DRIVEN * mass_t / combination.tractor.drive_axles
    enough = keep_positive((lines.drive,), *part, least_t)
    if enough is not None:
        yield enough
    if enough != part:
        yield part


def place_range(
    combination: Combination, bed: Bed, arrangement: Arrangement, out_m: float
) -> tuple[float, float]:
    """Return the first and last middle that deck and overhangs allow; one place for a girder."""
    trailer = combination.trailer
    if trailer is not None and trailer.coupling is Coupling.BOLSTERS:
        if not arrangement.stows:
            return 0.0, 0.0
        middle_m = middle_of_girder_m(trailer, arrangement, out_m)
        return middle_m, middle_m
    begin, end = arrangement.span_m
    ahead_m = 0.0 if bed.usable_from_m > bed.front_m else bed.front_overhang_m
    first_m, last_m = bed.usable_from_m - ahead_m - begin, bed.end_m + bed.overhang_m - end
    if arrangement.supports_m is not None:
        first, last = arrangement.supports_m
        first_m, last_m = max(first_m, bed.usable_from_m - first), min(last_m, bed.end_m - last)
    return first_m, max(last_m, first_m)


def _fixed_shares(
    combination: Combination, arrangement: Arrangement, out_m: float, caps: AxleCaps
) -> list[Share]:
    """Limits that hold wherever the load stands."""
    tractor, trailer = combination.tractor, combination.trailer
    cargo_t = arrangement.mass_t
    mass_t = combination.kerb_mass_t + cargo_t
    shares: list[Share] = []
    if trailer is None:
        if tractor.deck is not None:
            shares.append(("payload", tractor.deck.payload_t, Line(cargo_t, 0.0)))
        axles = tractor.axle_count
    else:
        shares.append(("payload", trailer.payload_at_t(out_m), Line(cargo_t, 0.0)))
        if tractor.towed_mass_t is not None:
            towed = Line(mass_t - tractor.kerb_mass_t, 0.0)
            shares.append(("towed_mass", tractor.towed_mass_t, towed))
        jeep_axles = combination.jeep.axle_count if combination.jeep else 0
        axles = tractor.axle_count + jeep_axles + trailer.axle_count * trailer.axles_per_line
    kind = trailer.kind if trailer else TrailerKind.NONE
    if kind not in (TrailerKind.HYDRAULIC, TrailerKind.SPECIAL):
        average = Line(mass_t / axles, 0.0)
        shares.append(("flatbed_average_t", caps.flatbed_average_t, average))
    return shares


class _Search:
    """Looks for the best place of one load on one combination."""

    def __init__(
        self,
        candidate: CombinationBounds,
        arrangement: Arrangement,
        bed: Bed,
        out_m: float,
        mass_t: float,
        shares: Sequence[Share],
    ) -> None:
        self._candidate, self._arrangement, self._bed = candidate, arrangement, bed
        self._out_m, self._mass_t = out_m, mass_t
        self._combination = candidate.combination
        self._zero_m = self._combination.tractor.front_m + bed.at_m
        self._hull = hull_of(self._combination, bed, arrangement, self._zero_m, out_m)
        size = self._hull.at(self._zero_m)
        section_m = size.largest_height_m, size.largest_width_m
        self._without_length = candidate.without_length(out_m, section_m, mass_t)
        self._names = [(name, most) for name, most, _ in shares]
        self._shares = [Line(line.start / most, line.slope / most) for _, most, line in shares]

    def best(self, first_m: float, last_m: float) -> Choice | Refusal:
        """Try the places that keep the vehicle within each bound of length, shortest first."""
        wished_m = usual_middle_m(self._bed, self._arrangement.length_m)
        shortest = self._verdict(self._envelope(first_m))
        end_m = self._zero_m + self._arrangement.span_m[1] + self._arrangement.tolerance_m
        refusal: Refusal | None = None
        for bound_m in self._candidate.bounds.lengths_from(shortest.rank):
            until_m = min(last_m, bound_m - end_m)
            if until_m < first_m:
                continue
            middle_m = lowest_peak(self._shares, first_m, until_m, wished_m)
            found = self._at(middle_m)
            if isinstance(found, Choice):
                return found
            refusal = found
            if until_m >= last_m:
                break
        message = "the load makes it too long"
        return refusal or Refusal(self._combination, self._arrangement, "overhang", message)

    def _envelope(self, middle_m: float) -> Envelope:
        return self._hull.at(self._zero_m + middle_m)

    def _verdict(self, size: Envelope) -> Verdict:
        return self._candidate.with_length(self._without_length, size.largest_length_m)

    def _at(self, middle_m: float) -> Choice | Refusal:
        """Return the choice at one place, or the limit or rule that forbids it."""
        combination, arrangement = self._combination, self._arrangement
        share, (name, most) = max(
            zip((line.at(middle_m) for line in self._shares), self._names, strict=True)
        )
        if share > 1 + _ROUNDING:
            value = share * most
            message = f"{name}: {value:.3g} t of {most:g} t at the best place"
            return Refusal(combination, arrangement, name, message, value, most)
        size = self._envelope(middle_m)
        verdict = self._verdict(size)
        reason = self._unlawful(verdict, size) if verdict.over_limit else None
        if reason is not None:
            return Refusal(combination, arrangement, *reason)
        return Choice(
            combination,
            arrangement,
            middle_m,
            self._out_m,
            round(self._mass_t, 6),
            size,
            verdict.rank,
            verdict.category,
            name,
            share,
            may_use_expressways=not self._candidate.barred_from_expressways,
            overshoot=self._candidate.bounds.overshoot(_sizes(size)),
        )

    def _unlawful(self, verdict: Verdict, size: Envelope) -> tuple[str, str] | None:
        """Return why art. 11 forbids this over-limit load, as code and sentence."""
        stows = self._arrangement.stows
        if not all(one.component.is_indivisible for one in stows):
            return DIVISIBLE, "over the limit and can be divided: take it apart"
        if len(stows) < 2:  # noqa: PLR2004 - one piece alone
            return None
        if verdict.over_mass:
            return STACKED, "several pieces make it too heavy: load fewer"
        if not self._as_with_one_piece(size):
            return STACKED, "several pieces go further beyond a limit than one: load fewer"
        return None

    def _as_with_one_piece(self, size: Envelope) -> bool:
        """Whether what is beyond an ordinary size is no more than with the largest piece alone."""
        arrangement, combination = self._arrangement, self._combination
        trailer = combination.trailer
        widest = max(one.size_m[0] for one in arrangement.stows)
        tallest = max(one.size_m[1] for one in arrangement.stows)
        longest = max(one.component.length_m for one in arrangement.stows)
        alone_m = (
            self._bed.height_m + arrangement.base_m + tallest,
            max(combination.width_m, widest, *(one.frame.width_m for one in arrangement.frames)),
            size.length_m if arrangement.length_m <= longest else 0.0,
        )
        if trailer is None or self._out_m == trailer.pulled_out_m(longest):
            # the vehicle would be as long under one piece, wherever nothing sticks out behind
            rear_m = size.rear_projection_m
            alone_m = (*alone_m[:2], max(alone_m[2], size.length_m - rear_m))
        ordinary_m = self._candidate.bounds.ordinary_m
        return all(
            _never_more(value, bound) or _never_more(value, most + arrangement.tolerance_m)
            for value, bound, most in zip(_sizes(size), ordinary_m, alone_m, strict=True)
        )


def _never_more(value_m: float, most_m: float) -> bool:
    return not exceeds(value_m, most_m)


def _sizes(size: Envelope) -> tuple[float, float, float]:
    return size.largest_height_m, size.largest_width_m, size.largest_length_m
