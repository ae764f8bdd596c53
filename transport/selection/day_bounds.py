"""The law of one day as plain numbers, for judging hundreds of combinations at once.

It answers what `transport.rules.classification` answers of category and refusal, and nothing else;
a test holds both to the same words over the whole catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from transport.regulations.law import Law
from transport.rules.axle_groups import permitted_sum_t
from transport.rules.category import Category
from transport.rules.comparing import exceeds
from transport.rules.over_limit import gross_mass_limit
from transport.selection.limits import AxleCaps, axle_caps_on
from transport.vehicles.combination import Combination
from transport.vehicles.statics import positions_of
from transport.vehicles.transport import TrailerKind, Transport

_NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the bounds say of a size and mass.

    `rank` is 0 where no pass is needed for certain, then the category; `over_mass` and `over_limit`
    as art. 3 says.
    """

    rank: int
    category: Category | None
    over_limit: bool
    over_mass: bool


_CATEGORIES = (None, Category.I, Category.II, Category.III)
_VERDICTS = {
    (rank, heavy): Verdict(rank, _CATEGORIES[rank], over_limit=rank > 0, over_mass=heavy)
    for rank in range(4)
    for heavy in (False, True)
}
_OPEN = Verdict(1, None, over_limit=False, over_mass=False)  # within all that is known


@dataclass(frozen=True, slots=True)
class DayBounds:
    """Bounds of art. 3 and 15 and the caps of art. 17 in force on a day."""

    law: Law
    day: date
    caps: AxleCaps
    ordinary_m: tuple[float, float, float]  # height, width, length
    first_m: tuple[float, float, float]
    second_m: tuple[float, float, float]
    second_t: float
    smallest_t: float
    largest_t: float
    sum_bounds_mass: bool  # whether the permitted axle loads together bound the gross mass

    def lengths_from(self, rank: int) -> tuple[float, ...]:
        """Return the lengths that part the categories, from the one that a rank begins with."""
        return (self.ordinary_m[2], self.first_m[2], self.second_m[2], _NEVER)[rank:]

    def overshoot(self, size_m: tuple[float, float, float]) -> float:
        """Return by what part a size is beyond the ordinary limits, added up."""
        pairs = zip(size_m, self.ordinary_m, strict=True)
        return sum(max(value / bound - 1, 0.0) for value, bound in pairs)

    def of(self, combination: Combination) -> CombinationBounds:
        """Return what the law says of a combination whatever it carries."""
        gross = gross_mass_limit(_skeleton(combination, 0.0), self.law, self.day)
        barred = self._bars_expressways(combination)
        return CombinationBounds(self, combination, gross.value if gross else None, barred)

    def _bars_expressways(self, combination: Combination) -> bool:
        """Whether RTSL art. 67 keeps this combination off expressways."""
        rows, trailer = self.law.expressways, combination.trailer
        least = rows.least_design_speed_km_h.find(self.day)
        speed = combination.design_top_speed_km_h
        if least is not None and speed is not None and speed < least.value:
            return True
        barred = rows.full_trailers_barred.find(self.day)
        full = trailer is not None and trailer.is_full_trailer
        return full and barred is not None and barred.value


@dataclass(slots=True)
class CombinationBounds:
    """The bounds for one combination; what it costs to find is found once.

    `gross_t` is None where the law names no limit for its axles.
    """

    bounds: DayBounds
    combination: Combination
    gross_t: float | None
    barred_from_expressways: bool
    _sums: dict[float, float | None] = field(default_factory=dict)

    def judge(
        self, pulled_out_m: float, size_m: tuple[float, float, float], mass_t: float
    ) -> Verdict:
        """Return the category of a height, width, length and mass."""
        return self.with_length(self.without_length(pulled_out_m, size_m[:2], mass_t), size_m[2])

    def without_length(
        self, pulled_out_m: float, section_m: tuple[float, float], mass_t: float
    ) -> Verdict:
        """Return the category that height, width and mass alone give."""
        bounds = self.bounds
        over_mass, open_mass = self._over_mass(pulled_out_m, mass_t)
        if exceeds(mass_t, bounds.second_t):
            return _VERDICTS[3, over_mass]
        for rank, limits in ((3, bounds.second_m), (2, bounds.first_m), (1, bounds.ordinary_m)):
            if exceeds(section_m[0], limits[0]) or exceeds(section_m[1], limits[1]):
                return _VERDICTS[max(rank, 2 if over_mass else 0), over_mass]
        if over_mass:
            return _VERDICTS[2, True]
        return _OPEN if open_mass else _VERDICTS[0, False]

    def with_length(self, verdict: Verdict, length_m: float) -> Verdict:
        """Return the category with a length beside what is known already."""
        bounds = self.bounds
        for rank, limits in ((3, bounds.second_m), (2, bounds.first_m), (1, bounds.ordinary_m)):
            if exceeds(length_m, limits[2]):
                known = verdict.rank if verdict.over_limit else 0
                return _VERDICTS[max(rank, known), verdict.over_mass]
        return verdict

    def _over_mass(self, out_m: float, mass_t: float) -> tuple[bool, bool]:
        """Whether the mass is beyond art. 3, and whether that stays open."""
        if self.gross_t is None:
            return (
                exceeds(mass_t, self.bounds.largest_t),
                exceeds(mass_t, self.bounds.smallest_t),
            )
        if exceeds(mass_t, self.gross_t):
            return True, False
        if not self.bounds.sum_bounds_mass:
            return False, False
        if out_m not in self._sums:
            loads = self.bounds.law.permitted_axle_loads
            skeleton = _skeleton(self.combination, out_m)
            total = permitted_sum_t(skeleton, loads, self.bounds.day)
            self._sums[out_m] = total.value if total else None
        sum_t = self._sums[out_m]
        return False, sum_t is not None and exceeds(mass_t, sum_t)


def bounds_on(law: Law, day: date) -> DayBounds:
    """Return the bounds of a day; raise NoLawInForceError where there are none."""
    size, rows = law.size_limits, law.categories
    sums = law.mass_limits.axle_sum_bounds_gross_mass.find(day)
    return DayBounds(
        law,
        day,
        axle_caps_on(law, day),
        (size.height_m.on(day).value, size.width_m.on(day).value, size.length_m.on(day).value),
        (
            rows.category_1_height_m.on(day).value,
            rows.category_1_width_m.on(day).value,
            rows.category_1_length_m.on(day).value,
        ),
        (
            rows.category_2_height_m.on(day).value,
            rows.category_2_width_m.on(day).value,
            rows.category_2_length_m.on(day).value,
        ),
        rows.category_2_mass_t.on(day).value,
        law.mass_limits.truck_2_axles_t.on(day).value,
        law.mass_limits.train_6_axles_t.on(day).value,
        bool(sums is not None and sums.value),
    )


def _skeleton(combination: Combination, out_m: float) -> Transport:
    """Return the axles of a combination without their loads, which these limits do not ask for."""
    tractor, jeep, trailer = combination.tractor, combination.jeep, combination.trailer
    places = positions_of(combination, out_m)
    tyres = (
        tractor.tyres_per_axle
        + (jeep.tyres_per_axle if jeep else ())
        + (trailer.tyres_per_axle if trailer else ())
    )
    return Transport(
        height_m=0.0,
        width_m=0.0,
        length_m=0.0,
        mass_t=0.0,
        axle_loads_t=(0.0,) * len(places),
        axle_spacings_m=tuple(round(after - at, 3) for at, after in pairwise(places)),
        drive_axles=tractor.drive_axles,
        trailer_kind=trailer.kind if trailer else TrailerKind.NONE,
        axles_per_line=trailer.axles_per_line if trailer else 1,
        tyres_per_axle=tyres,
        tractor_axles=tractor.axle_count + (jeep.axle_count if jeep else 0),
        standard_wide_tyres=combination.standard_wide_tyres,
    )
