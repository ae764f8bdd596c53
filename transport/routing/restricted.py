"""Say which restrictions for a time a route meets, and where on its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transport.network.remembering import remembered
from transport.routing.blockers import middle_of, restricted_part
from transport.routing.ground import Ground
from transport.routing.paths import Path
from transport.routing.reasons import Reason
from transport.routing.route import RestrictionOnRoute

_JOINED_KM = 0.001


def restrictions_on(ground: Ground, path: Path) -> Iterator[RestrictionOnRoute]:
    """Yield the restrictions that do not simply let the transport pass, in the order of travel.

    Edges of one restriction that follow one another are one place.
    """
    if not ground.rules.restrictions:
        return
    network = ground.network
    restricted = remembered(
        network,
        "all restricted edges",
        lambda: frozenset(edge for one in network.restrictions for edge in one.edges),
    )
    going: dict[tuple[int, str], RestrictionOnRoute] = {}
    driven_m = 0.0
    for piece in path:
        reasons: tuple[Reason, ...] = ()
        if piece.edge in restricted:
            reasons = ground.reasons.on_part(piece.edge, (piece.from_m, piece.to_m))
        for reason in reasons:
            if reason.restriction < 0:
                continue
            part = restricted_part(network, piece, reason.restriction)
            begins = round((driven_m + part.from_m - piece.from_m) / 1000, 3)
            ends = round((driven_m + part.to_m - piece.from_m) / 1000, 3)
            key = reason.restriction, reason.outcome.word
            before = going.get(key)
            if before is not None and begins - before.to_km <= _JOINED_KM:
                going[key] = replace(before, to_km=ends)
                continue
            if before is not None:
                yield before
            restriction = network.restrictions[reason.restriction]
            going[key] = RestrictionOnRoute(
                id=restriction.id,
                kind=restriction.kind.value,
                outcome=reason.outcome.word,
                at=middle_of(ground, part),
                from_km=begins,
                to_km=ends,
                place=restriction.place,
                reason=restriction.reason,
                issued_by=restriction.issued_by,
                lanes=restriction.lanes,
                window=reason.window,
            )
        driven_m += piece.length_m
    yield from sorted(going.values(), key=lambda one: one.from_km)
