"""Finds loadings of the same pieces that need no pass, or a lower category.

Every way to put the pieces together, on every truck and trailer of the catalogue, with every
number of pieces up to the one asked for, is tried; of one trailer and way the best tractor is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from transport.regulations.law import Law
from transport.rules.category import Category
from transport.rules.classification import Classification, classify
from transport.rules.comparing import exceeds
from transport.selection.arrangements import arrangements_of
from transport.selection.choice import Choice
from transport.selection.choosing import select, try_combination
from transport.selection.day_bounds import bounds_on
from transport.selection.straight_lines import LineMaker
from transport.vehicles.arranging import Arrangement, Pattern, lean_on_frame, stack
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination, Coupling, Tractor, Trailer
from transport.vehicles.component import Component, Orientation
from transport.vehicles.loading import Placement
from transport.vehicles.transport import Transport

_RANK = {None: 0, Category.I: 1, Category.II: 2, Category.III: 3}
_Excess = frozenset[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Repacking:
    """One way of loading: how, on what, and what the law says of it; a truck has no trailer."""

    component: Component
    placement: Placement
    tractor: Tractor
    trailer: Trailer | None
    transport: Transport
    classification: Classification
    choice: Choice

    @property
    def needs_no_pass(self) -> bool:
        """Whether this loading is within every ordinary limit, for certain."""
        return self.classification.needs_permit is False

    @property
    def pattern(self) -> Pattern:
        """How the pieces lie to each other."""
        return self.choice.arrangement.pattern


def repack(
    component: Component,
    catalogue: Catalogue,
    law: Law,
    day: date,
    pieces: int = 1,
    *,
    tractor: str = "",
    trailer: str = "",
) -> tuple[Repacking, ...]:
    """Return the lawful loadings of a component, best first.

    First those that need no pass, then by category; among equals more pieces a trip, then lower,
    narrower and lighter. Loadings that art. 11 or art. 17 refuses are left out. `tractor` and
    `trailer` narrow the search to one unit by its code.
    """
    combinations = [
        one
        for one in _combinations(catalogue)
        if tractor in {"", one.tractor.code}
        and (not trailer or (one.trailer is not None and one.trailer.code == trailer))
    ]
    singles = _Singles(law, day)
    found: list[Repacking] = []
    for count in range(pieces, 0, -1):
        arrangements = arrangements_of(component, count, catalogue.frames)
        for choice in _first_of_each(select(arrangements, combinations, law, day).choices):
            way = _way(component, choice, count, law, day)
            if way.classification.refusals or (count > 1 and not singles.allow(way)):
                continue
            found.append(way)
    return tuple(sorted(found, key=_order))


def better_than(current: Classification, ways: Sequence[Repacking]) -> tuple[Repacking, ...]:
    """Keep the loadings that need no pass or a lower category than the current one.

    None that is further beyond any limit than the current loading is kept.
    """
    if not current.over_limit:
        return ()
    now = _RANK[current.category]
    return tuple(
        way for way in ways if _rank(way) < now and not raises_excess(current, way.classification)
    )


def raises_excess(current: Classification, other: Classification) -> bool:
    """Whether something is further beyond its limit than in the current loading."""
    before = {found.rule: _number(found.value) for found in current.exceeded}
    return any(
        found.rule not in before or exceeds(_number(found.value), before[found.rule])
        for found in other.exceeded
    )


def _number(value: float | str | None) -> float:
    return float(value) if value is not None else 0.0


def _combinations(catalogue: Catalogue) -> Iterator[Combination]:
    """Yield trucks and semi-trailers; jeeps and full trailers never lower a category."""
    for truck in catalogue.trucks.values():
        yield Combination(truck)
    for trailer in catalogue.trailers.values():
        if trailer.coupling is not Coupling.DRAWBAR:
            for tractor in catalogue.tractors.values():
                yield Combination(tractor, trailer)


def _first_of_each(choices: Sequence[Choice]) -> list[Choice]:
    """Keep the best tractor of every trailer and way of loading."""
    first: dict[tuple[object, ...], Choice] = {}
    for choice in choices:
        carrier = choice.combination.trailer or choice.combination.tractor
        first.setdefault((carrier.code, *_kind(choice.arrangement)), choice)
    return list(first.values())


def _kind(arrangement: Arrangement) -> tuple[object, ...]:
    """Return what tells one way of putting pieces together from another."""
    frames = tuple(one.frame.code for one in arrangement.frames)
    return arrangement.pattern, arrangement.stows[0].orientation, frames


def _way(component: Component, choice: Choice, count: int, law: Law, day: date) -> Repacking:
    transport = choice.transport()
    return Repacking(
        component,
        Placement(choice.arrangement.stows[0].orientation, count, choice.middle_m),
        choice.combination.tractor,
        choice.combination.trailer,
        transport,
        classify(transport, law, day),
        choice,
    )


@dataclass(slots=True)
class _Singles:
    """What one piece alone exceeds, loaded the same way on the same combination."""

    law: Law
    day: date
    _known: dict[tuple[object, ...], _Excess | None] = field(default_factory=dict)

    def allow(self, way: Repacking) -> bool:
        """Whether more pieces leave what is over the limit unchanged (art. 11 last para.)."""
        if not way.classification.over_limit:
            return True
        key = (*way.choice.combination.codes, *_kind(way.choice.arrangement))
        if key not in self._known:
            self._known[key] = self._excess_of_one(way)
        return _excess(way.classification) == self._known[key]

    def _excess_of_one(self, way: Repacking) -> _Excess | None:
        arrangement = way.choice.arrangement
        orientation = way.placement.orientation
        if orientation is Orientation.UPRIGHT:
            one = lean_on_frame(way.component, arrangement.frames[0].frame, 1)
        else:
            one = stack(way.component, 1, orientation)
        candidate = bounds_on(self.law, self.day).of(way.choice.combination)
        found = try_combination(candidate, LineMaker(one))
        if not isinstance(found, Choice):
            return None
        return _excess(classify(found.transport(), self.law, self.day))


def _excess(judged: Classification) -> _Excess:
    return frozenset((found.rule, found.value) for found in judged.exceeded)


def _rank(way: Repacking) -> int:
    """Order of the results: 0 needs no pass; a mass left open ranks just behind it."""
    return 0 if way.needs_no_pass else max(1, _RANK[way.classification.category])


def _order(way: Repacking) -> tuple[float, ...]:
    transport = way.transport
    return (
        _rank(way),
        -way.placement.pieces,
        round(transport.height_m, 2),
        round(transport.width_m, 2),
        transport.mass_t,
        transport.length_m,
    )
