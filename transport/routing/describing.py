"""Turn a path into a route: legs, structures in driving order, jurisdictions, open questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from transport.network.areas import belonging
from transport.network.attributes import Bytes, Certainty, Owner, Passability, RoadClass
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.network.surveyed import NO_SURVEYS
from transport.routing.crossing import structures_on_way
from transport.routing.demand import Dimension
from transport.routing.driven import Driven, driven, shape_of
from transport.routing.ground import Ground
from transport.routing.legs import legs_of
from transport.routing.paths import Path, duration_s, length_m
from transport.routing.questions import questions_on
from transport.routing.reasons import Reason
from transport.routing.restricted import restrictions_on
from transport.routing.route import Jurisdiction, Route, RouteStatus
from transport.rules.findings import Finding
from transport.tariffs.quote import quote_edges
from transport.tariffs.schedule import TollRates

_STATUS = {
    Passability.PASS: RouteStatus.FEASIBLE,
    Passability.CONDITIONAL: RouteStatus.CONDITIONAL,
    Passability.UNKNOWN: RouteStatus.UNKNOWN,
    Passability.FAIL: RouteStatus.INFEASIBLE,
}
# Certainties from best to worst, for the length of road that rests on each.
_SURENESS = np.array([0, 2, 1, 3], dtype=np.uint8)
_BY_SURENESS = (
    Certainty.KNOWN,
    Certainty.DEMONSTRATION,
    Certainty.ASSUMED,
    Certainty.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a route's description needs beside the ground.

    `rates` is None where no tariff is in force, `axle_count` 0 where axles are not given.
    """

    rates: TollRates | None
    axle_count: int
    findings: tuple[Finding, ...]
    admin_names: Mapping[str, str]
    admin_names_en: Mapping[str, str]


def describe(ground: Ground, path: Path, around: Surroundings) -> Route:
    """Describe a path as a route for the ground's transport."""
    network, way = ground.network, driven(ground.network, path)
    turned = ground.turn_outcomes(way.edges)
    reasons = list(_reasons(ground, way, turned))
    worst = max((outcome for outcome, _ in reasons), default=Passability.PASS)
    quote = None
    if around.rates is not None and around.axle_count:
        pieces = list(zip(way.edges.tolist(), way.piece_m.tolist(), strict=True))
        quote = quote_edges(network, pieces, around.axle_count, around.rates)
    return Route(
        status=_STATUS[worst],
        length_m=round(length_m(path), 1),
        duration_s=round(duration_s(network, path), 1),
        toll_yuan=f"{quote.toll_yuan:.2f}" if quote is not None and quote.is_complete else None,
        edges=tuple(way.edges.tolist()),
        geometry=shape_of(network, way),
        legs=tuple(legs_of(network, way)),
        structures=tuple(structures_on_way(ground, way)),
        findings=around.findings,
        jurisdictions=_jurisdictions(ground, way, around),
        unknowns=questions_on(ground, way, turned),
        conditions=tuple(sorted({code for _, code in reasons if code})),
        restrictions=tuple(restrictions_on(ground, path)),
        certainty_m=_certainty_m(network, way),
        start_offset_m=path[0].from_m,
        end_offset_m=path[-1].to_m,
        toll_status="" if quote is None else quote.status.value,
    )


def condition_code(reason: Reason) -> str:
    """Return the code of a condition: what to do so that the transport may pass."""
    if reason.window:
        return f"not_during:{reason.window}"
    if reason.kind in ("expressway_entry", "ferry"):
        return reason.kind
    if reason.kind == "access":
        return "owner_consent"
    verify = reason.certainty is Certainty.ASSUMED
    return f"verify:{reason.kind}" if verify else f"small_gap:{reason.kind}"


def _reasons(ground: Ground, way: Driven, turned: Bytes) -> Iterator[tuple[Passability, str]]:
    """Yield everything on a path that does not simply pass, with its condition if it has one."""
    demand, rules = ground.demand, ground.rules
    if demand.axle_load_t is None and demand.is_beyond_ordinary(Dimension.AXLE, rules):
        yield Passability.CONDITIONAL, "axle_loads_missing"
    for level in np.unique(turned).tolist():
        outcome = Passability(level)
        if outcome is not Passability.PASS:
            conditional = outcome is Passability.CONDITIONAL
            yield outcome, "verify:turn_length_m" if conditional else ""
    # One edge of each group tells for all, but where only a part of it is driven.
    whole = np.flatnonzero(way.whole)
    _, first = np.unique(ground.judged.edges_alone.group[way.edges[whole]], return_index=True)
    for edge in way.edges[whole[first]].tolist():
        yield from map(_said, ground.reasons.on_edge(edge))
    for place in np.flatnonzero(~way.whole).tolist():
        edge, from_m, to_m = way.path[place]
        yield from map(_said, ground.reasons.on_part(edge, (from_m, to_m)))
    _, first = np.unique(ground.judged.structures.group[way.standing], return_index=True)
    for row in way.standing[first].tolist():
        yield from map(_said, ground.reasons.on_structure(row))
    if ground.examined.structures:
        for row in way.standing.tolist():
            examined = ground.examined.structures.get(row, Passability.PASS)
            if examined is not Passability.PASS:
                yield examined, "examined" if examined is Passability.CONDITIONAL else ""


def _said(reason: Reason) -> tuple[Passability, str]:
    conditional = reason.outcome is Passability.CONDITIONAL
    return reason.outcome, condition_code(reason) if conditional else ""


def _jurisdictions(ground: Ground, way: Driven, around: Surroundings) -> tuple[Jurisdiction, ...]:
    network = ground.network
    over_limit = ground.demand.is_over_limit(ground.rules)
    known = around.admin_names or remembered(network, "admin names", lambda: _place_names(network))
    areas = remembered(network, "area titles", lambda: {a.code: a.name for a in network.areas})
    numbers, first, which = np.unique(
        network.admin_code[way.edges], return_index=True, return_inverse=True
    )
    lengths_m = np.bincount(which, weights=way.piece_m)
    urban = network.road_class[way.edges] >= RoadClass.URBAN_EXPRESSWAY
    kinds = np.unique(2 * network.owner[way.edges].astype(np.int64) + urban + 1000 * which)
    acting: list[set[str]] = [set() for _ in numbers]
    for place, kind in zip((kinds // 1000).tolist(), (kinds % 1000).tolist(), strict=True):
        acting[place].update(
            _authorities(Owner(kind // 2), urban_road=bool(kind % 2), over=over_limit)
        )
    bodies = _bodies(network, way, which)
    order = ("transport", "police", "municipal")
    codes = [network.text(number) for number in numbers.tolist()]
    return tuple(
        Jurisdiction(
            admin_code=codes[place],
            name=known.get(codes[place], "") or areas.get(codes[place], ""),
            length_m=round(float(lengths_m[place]), 1),
            authorities=tuple(who for who in order if who in acting[place]),
            name_en=around.admin_names_en.get(codes[place], ""),
            bodies=tuple(bodies.get(place, ())),
        )
        for place in np.argsort(first).tolist()  # in the order of travel
    )


def _bodies(
    network: RoadNetwork, way: Driven, county: npt.NDArray[np.int64]
) -> dict[int, dict[str, None]]:
    """Return the authorities and brigades on record in each county of a path, in their order."""
    bodies: dict[int, dict[str, None]] = {}
    if network.surveys is not NO_SURVEYS:
        for place, piece in zip(county.tolist(), way.path, strict=True):
            here = belonging(network, piece.edge, (piece.from_m + piece.to_m) / 2)
            named = dict.fromkeys(filter(None, (here.authority, here.police)))
            bodies.setdefault(place, {}).update(named)
    return bodies


def _authorities(owner: Owner, *, urban_road: bool, over: bool) -> Iterator[str]:
    if owner is Owner.HIGHWAY or (owner is Owner.UNKNOWN and not urban_road):
        yield "transport"
    if owner is Owner.MUNICIPAL or (owner is Owner.UNKNOWN and urban_road):
        yield "municipal"
        yield "police"
    if over:
        yield "police"


def _place_names(network: RoadNetwork) -> dict[str, str]:
    names: dict[str, str] = {}
    for kind in ("county_seat", "seat"):
        for place in network.places:
            if place.kind == kind and place.admin_code:
                names.setdefault(place.admin_code, place.name)
    return names


def _certainty_m(network: RoadNetwork, way: Driven) -> tuple[tuple[str, float], ...]:
    """Return how many metres rest on each certainty: the worst of an edge's limits counts."""
    columns = [_SURENESS[column.certainty[way.edges]] for column in network.limits.values()]
    level = np.max(columns, axis=0)
    metres = np.bincount(level, weights=way.piece_m, minlength=len(_BY_SURENESS))
    return tuple(
        (_BY_SURENESS[number].word, round(one, 1))
        for number, one in enumerate(metres.tolist())
        if one
    )
