"""What one lawful load takes: pieces of one family, or of two, standing firmly on their vehicle.

Loads that need no pass may hold two families, in stacks one behind the other. A load that needs a
pass holds one family, and more than one piece only where they leave unchanged what one piece alone
exceeds (R62 art. 11 last para.).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from math import ceil

from transport.regulations.law import Law
from transport.rules.classification import classify
from transport.rules.findings import Outcome
from transport.selection.arrangements import arrangements_of
from transport.selection.choice import Choice
from transport.selection.choosing import select, try_combination
from transport.selection.day_bounds import CombinationBounds, bounds_on
from transport.selection.standing_firm import LENGTHWISE, TIPPING, stability_findings
from transport.selection.straight_lines import LineMaker
from transport.vehicles.arranging import Arrangement, Pattern, stack
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination, Coupling
from transport.vehicles.component import Component, Orientation
from transport.vehicles.transport import TrailerKind

_GAP_M = 0.05
_MOST_PIECES = 24
_MOST_LAYERS = 8
_LOOKED_AT = 12  # choices tried for firmness before the first is taken as it is

Counts = tuple[tuple[str, int], ...]  # family codes with pieces, by code


@dataclass(frozen=True, slots=True)
class LoadWay:
    """A lawful load: how many pieces of which families, and how they are carried.

    `is_firm` is false where practice asks an engineer to look at its stability.
    """

    counts: Counts
    choice: Choice
    is_firm: bool = True

    @property
    def pieces(self) -> int:
        """Number of pieces."""
        return sum(count for _, count in self.counts)

    @property
    def needs_no_pass(self) -> bool:
        """Whether it is within every ordinary limit, for certain."""
        return self.choice.needs_no_pass


def row_of(stacks: Sequence[Arrangement]) -> Arrangement:
    """Put stacks one behind the other, front to rear."""
    total_m = sum(one.length_m for one in stacks) + _GAP_M * (len(stacks) - 1)
    at_m, stows = -total_m / 2, []
    for one in stacks:
        shift_m = at_m - one.span_m[0]
        stows += [replace(stow, back_m=stow.back_m + shift_m) for stow in one.stows]
        at_m += one.length_m + _GAP_M
    return Arrangement(tuple(stows), pattern=Pattern.IN_A_ROW)


@dataclass(slots=True)
class LoadBook:
    """Answers what loads are lawful on a day; every question is worked out once."""

    catalogue: Catalogue
    law: Law
    day: date
    pieces: Mapping[str, Component]
    _singles: dict[str, tuple[LoadWay, ...]] = field(default_factory=dict)
    _passing: dict[str, tuple[LoadWay, ...]] = field(default_factory=dict)
    _mixed: dict[Counts, LoadWay | None] = field(default_factory=dict)
    _carriers: dict[str, tuple[CombinationBounds, ...]] = field(default_factory=dict)

    def without_pass(self, code: str) -> tuple[LoadWay, ...]:
        """Return the loads of 1, 2, 3 … pieces that need no pass; empty where one piece does."""
        if code not in self._singles:
            self._singles[code] = tuple(self._growing(code))
        return self._singles[code]

    def with_pass(self, code: str) -> tuple[LoadWay, ...]:
        """Return the loads of 1, 2, 3 … pieces under a pass; empty where nothing is lawful."""
        if code not in self._passing:
            self._passing[code] = tuple(self._under_pass(code))
        return self._passing[code]

    def load_of(self, counts: Counts) -> LoadWay | None:
        """Return a load of these pieces that needs no pass, None where none was found."""
        if len(counts) == 1:
            code, count = counts[0]
            ways = self.without_pass(code)
            return ways[count - 1] if count <= len(ways) else None
        if counts not in self._mixed:
            self._mixed[counts] = self._mix(counts)
        return self._mixed[counts]

    def patterns(self, codes: Sequence[str]) -> tuple[Counts, ...]:
        """Return the largest loads of one or two of these families that need no pass."""
        found: list[Counts] = []
        for code in codes:
            most = len(self.without_pass(code))
            if most:
                found.append(((code, most),))
        able = sorted(code for code in codes if self.without_pass(code))
        for place, one in enumerate(able):
            for other in able[place + 1 :]:
                found += self._pair(one, other)
        return tuple(found)

    def _pair(self, one: str, other: str) -> Iterator[Counts]:
        """Walk down the stair of what two families fit together; yield its corners."""
        most = len(self.without_pass(other)) - 1
        corner: Counts | None = None
        for count in range(1, len(self.without_pass(one))):
            while most and self.load_of(((one, count), (other, most))) is None:
                most -= 1
                if corner:
                    yield corner
                    corner = None
            if not most:
                return
            corner = ((one, count), (other, most))
        if corner:
            yield corner

    def _growing(self, code: str) -> Iterator[LoadWay]:
        piece = self.pieces[code]
        carriers = self._usual(code)
        for count in range(1, _MOST_PIECES + 1):
            arrangements = [*arrangements_of(piece, count, self.catalogue.frames)]
            arrangements += _rows(((piece, count),))
            found = self._best(arrangements, carriers, ((code, count),))
            if found is None:
                return
            yield found

    def _usual(self, code: str) -> tuple[CombinationBounds, ...]:
        """Return, of every carrier that takes one piece without a pass, two tractors.

        The one that suits a single piece best, and the one that leaves most room for mass.
        """
        if code in self._carriers:
            return self._carriers[code]
        ways = arrangements_of(self.pieces[code], 1, self.catalogue.frames)
        bounds = bounds_on(self.law, self.day)
        able: dict[str, list[CombinationBounds]] = {}
        for choice in select(ways, _ordinary(self.catalogue), self.law, self.day).choices:
            if choice.needs_no_pass:
                same = able.setdefault(_carrier(choice.combination), [])
                same.append(bounds.of(choice.combination))
        found: dict[tuple[str, ...], CombinationBounds] = {}
        for same in able.values():
            for one in (same[0], max(same, key=_room_t)):
                found[one.combination.codes] = one
        self._carriers[code] = tuple(found.values())
        return self._carriers[code]

    def _mix(self, counts: Counts) -> LoadWay | None:
        pieces = tuple((self.pieces[code], count) for code, count in counts)
        able = (one for code, _ in counts for one in self._usual(code))
        carriers = tuple({one.combination.codes: one for one in able}.values())
        longest_m = max((_deck_m(one.combination) for one in carriers), default=0.0)
        arrangements = [row for row in _rows(pieces) if row.length_m <= longest_m]
        return self._best(arrangements, carriers, counts)

    def _best(
        self,
        arrangements: Iterable[Arrangement],
        carriers: Sequence[CombinationBounds],
        counts: Counts,
    ) -> LoadWay | None:
        """Return the first firm load without a pass, else the first of any."""
        shaky: LoadWay | None = None
        for arrangement in arrangements:
            maker = LineMaker(arrangement)
            for candidate in carriers:
                found = try_combination(candidate, maker)
                if not isinstance(found, Choice) or not found.needs_no_pass:
                    continue
                if _is_firm(found):
                    return LoadWay(counts, found)
                shaky = shaky or LoadWay(counts, found, is_firm=False)
        return shaky

    def _under_pass(self, code: str) -> Iterator[LoadWay]:
        """Yield loads of ever more pieces; the vehicle is the one a single piece goes best on."""
        piece = self.pieces[code]
        combinations = _ordinary(self.catalogue)
        for count in range(1, _MOST_PIECES + 1):
            arrangements = [*arrangements_of(piece, count, self.catalogue.frames)]
            arrangements += _rows(((piece, count),))
            choices = select(arrangements, combinations, self.law, self.day).choices
            allowed = [one for one in choices[: _LOOKED_AT * 4] if self._is_allowed(piece, one)]
            if not allowed:
                return
            firm = next((one for one in allowed[:_LOOKED_AT] if _is_firm(one)), None)
            yield LoadWay(((code, count),), firm or allowed[0], is_firm=firm is not None)

    def _is_allowed(self, piece: Component, choice: Choice) -> bool:
        """Whether the law refuses nothing, and more pieces leave the excess unchanged."""
        transport = choice.transport()
        judged = classify(transport, self.law, self.day)
        if judged.refusals:
            return False
        stows = choice.arrangement.stows
        if len(stows) == 1 or not judged.over_limit:
            return True
        if choice.arrangement.frames:
            return False  # the frame and the pieces on its other side add to the width
        one = stack(piece, 1, stows[0].orientation)
        bounds = bounds_on(self.law, self.day).of(choice.combination)
        alone = try_combination(bounds, LineMaker(one))
        if not isinstance(alone, Choice):
            return False
        single = classify(alone.transport(), self.law, self.day)
        return {(one.rule, one.value) for one in single.exceeded} == {
            (one.rule, one.value) for one in judged.exceeded
        }


def _is_firm(choice: Choice) -> bool:
    """Whether practice asks for nothing more against tipping over."""
    findings = stability_findings(choice.placed())
    return not any(
        one.outcome is Outcome.UNKNOWN for one in findings if one.rule in {TIPPING, LENGTHWISE}
    )


def _rows(pieces: Sequence[tuple[Component, int]]) -> Iterator[Arrangement]:
    """Yield rows of stacks, low ones first; every family is stacked to one height of its own."""
    options = [_stackings(piece, count) for piece, count in pieces]
    for chosen in sorted(product(*options), key=lambda one: sum(layers for _, layers in one)):
        stacks: list[Arrangement] = []
        for (piece, count), (turn, layers) in zip(pieces, chosen, strict=True):
            left = count
            while left:
                stacks.append(stack(piece, min(layers, left), turn))
                left -= min(left, layers)
        if len(stacks) > 1:
            yield row_of(sorted(stacks, key=lambda one: -one.mass_t))


def _stackings(piece: Component, count: int) -> list[tuple[Orientation, int]]:
    """Return how a family may be stacked; of heights with equally many stacks the lowest."""
    turns = [turn for turn in piece.orientations if turn is not Orientation.UPRIGHT]
    most = min(piece.most_layers or 1, count, _MOST_LAYERS)
    lowest: dict[int, int] = {}
    for layers in range(1, most + 1):
        lowest.setdefault(ceil(count / layers), layers)
    return [(turn, layers) for turn in turns for layers in lowest.values()]


def _ordinary(catalogue: Catalogue) -> list[Combination]:
    """Return trucks, and tractors with semi-trailers; jeeps and full trailers lower no category."""
    made = [Combination(truck) for truck in catalogue.trucks.values()]
    for trailer in catalogue.trailers.values():
        if trailer.coupling is Coupling.KINGPIN and trailer.kind is not TrailerKind.SPECIAL:
            made += [Combination(tractor, trailer) for tractor in catalogue.tractors.values()]
    return made


def _room_t(candidate: CombinationBounds) -> float:
    """Return how much a combination may load within the ordinary gross mass."""
    return (candidate.gross_t or 0.0) - candidate.combination.kerb_mass_t


def _carrier(combination: Combination) -> str:
    return (combination.trailer or combination.tractor).code


def _deck_m(combination: Combination) -> float:
    if combination.trailer is not None:
        return combination.trailer.longest_deck_m + combination.trailer.overhang_m
    deck = combination.tractor.deck
    return deck.length_m + deck.overhang_m if deck else 0.0
