"""Finds loadings of the same piece that need no pass, or a lower category.

Every orientation of the piece, on every trailer with every tractor, with every number of pieces
up to the one asked for, is loaded and judged; the best come first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from transport.errors import InvalidInputError
from transport.regulations.law import Law
from transport.rules.category import Category
from transport.rules.classification import Classification, classify
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.component import Component, Orientation
from transport.vehicles.loading import Placement, load
from transport.vehicles.transport import Transport

_RANK = {None: 0, Category.I: 1, Category.II: 2, Category.III: 3}


@dataclass(frozen=True, slots=True)
class Repacking:
    """One way of loading: how, on what, and what the law says of it."""

    component: Component
    placement: Placement
    tractor: Tractor
    trailer: Trailer
    transport: Transport
    classification: Classification

    @property
    def needs_no_pass(self) -> bool:
        """Whether this loading is within every ordinary limit, for certain."""
        return self.classification.needs_permit is False


def repack(
    component: Component, catalogue: Catalogue, law: Law, day: date, pieces: int = 1
) -> tuple[Repacking, ...]:
    """Return the lawful loadings of a component, best first.

    First those that need no pass, then by category; among equals more pieces a trip, then lower,
    narrower and lighter. Loadings that art. 11 or art. 17 refuses are left out.
    """
    found = [
        way
        for way in _ways(component, catalogue, law, day, pieces)
        if not way.classification.refusals
    ]
    return tuple(sorted(found, key=_order))


def better_than(current: Classification, ways: tuple[Repacking, ...]) -> tuple[Repacking, ...]:
    """Keep the loadings that need no pass or a lower category than the current one."""
    if not current.over_limit:
        return ()
    now = _RANK[current.category]
    return tuple(way for way in ways if _rank(way) < now)


def _ways(
    component: Component, catalogue: Catalogue, law: Law, day: date, pieces: int
) -> Iterator[Repacking]:
    turns = tuple(Orientation) if component.may_turn else (Orientation.AS_MADE,)
    counts = range(pieces, 0, -1)
    units = product(catalogue.tractors.values(), catalogue.trailers.values())
    for (tractor, trailer), turn, count in product(units, turns, counts):
        placement = Placement(turn, count)
        try:
            transport = load(component, tractor, trailer, placement)
        except InvalidInputError:
            continue  # this trailer or tractor cannot take it
        judged = classify(transport, law, day)
        if count > 1 and not _same_excess(
            judged, load(component, tractor, trailer, Placement(turn)), law
        ):
            continue
        yield Repacking(component, placement, tractor, trailer, transport, judged)


def _same_excess(stack: Classification, single: Transport, law: Law) -> bool:
    """Whether more pieces leave what is over the limit unchanged (art. 11 last para.)."""
    alone = classify(single, law, stack.law_as_of)
    return {(f.rule, f.value) for f in stack.exceeded} == {
        (f.rule, f.value) for f in alone.exceeded
    }


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
