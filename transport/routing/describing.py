"""Turn a path into a route: legs, structures in driving order, jurisdictions, open questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from transport.network.areas import belonging
from transport.network.attributes import (
    Certainty,
    Floats,
    Owner,
    Passability,
    RoadClass,
    StructureKind,
)
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.network.surveyed import NO_SURVEYS
from transport.routing.blockers import along_shape, middle_of
from transport.routing.crossing import structure_on_route
from transport.routing.demand import Dimension
from transport.routing.ground import Ground
from transport.routing.paths import (
    Path,
    Stretch,
    duration_s,
    edge_array,
    edges_of,
    length_m,
    structure_rows,
    structures_on,
)
from transport.routing.reasons import Reason
from transport.routing.route import (
    Jurisdiction,
    Leg,
    LonLat,
    OpenQuestion,
    Route,
    RouteStatus,
    StructureOnRoute,
)
from transport.routing.turning import bearings_deg
from transport.routing.wording import instruction_text, instruction_text_en, survey_text
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
    network = ground.network
    reasons = list(_reasons(ground, path))
    worst = max((outcome for outcome, _ in reasons), default=Passability.PASS)
    quote = None
    if around.rates is not None and around.axle_count:
        pieces = [(piece.edge, piece.length_m) for piece in path]
        quote = quote_edges(network, pieces, around.axle_count, around.rates)
    return Route(
        status=_STATUS[worst],
        length_m=round(length_m(path), 1),
        duration_s=round(duration_s(network, path), 1),
        toll_yuan=f"{quote.toll_yuan:.2f}" if quote is not None and quote.is_complete else None,
        edges=tuple(edges_of(path)),
        geometry=_geometry(network, path),
        legs=tuple(_legs(ground, path)),
        structures=tuple(_structures(ground, path)),
        findings=around.findings,
        jurisdictions=_jurisdictions(ground, path, around),
        unknowns=tuple(_questions(ground, path)),
        conditions=tuple(sorted({code for _, code in reasons if code})),
        certainty_m=_certainty_m(network, path),
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


def _reasons(ground: Ground, path: Path) -> Iterator[tuple[Passability, str]]:
    """Yield everything on a path that does not simply pass, with its condition if it has one."""
    demand, rules = ground.demand, ground.rules
    if demand.axle_load_t is None and demand.is_beyond_ordinary(Dimension.AXLE, rules):
        yield Passability.CONDITIONAL, "axle_loads_missing"
    edges = edge_array(path)
    for level in np.unique(ground.turn_outcomes(edges)).tolist():
        outcome = Passability(level)
        if outcome is not Passability.PASS:
            conditional = outcome is Passability.CONDITIONAL
            yield outcome, "verify:turn_length_m" if conditional else ""
    found: set[Reason] = set()
    groups, places = np.unique(ground.judged.edges_alone.group[edges], return_index=True)
    for place in places[: len(groups)].tolist():
        found.update(ground.reasons.on_edge(int(edges[place])))
    for _, row in structure_rows(ground.network, path):
        found.update(ground.reasons.on_structure(row))
        examined = ground.examined.structures.get(row, Passability.PASS)
        if examined is not Passability.PASS:
            yield examined, "examined" if examined is Passability.CONDITIONAL else ""
    for reason in found:
        conditional = reason.outcome is Passability.CONDITIONAL
        yield reason.outcome, condition_code(reason) if conditional else ""


def _geometry(network: RoadNetwork, path: Path) -> tuple[LonLat, ...]:
    parts = [_shape(network, piece) for piece in path]
    lon = np.round(np.concatenate([part[0] for part in parts]), 6)
    lat = np.round(np.concatenate([part[1] for part in parts]), 6)
    new = np.ones(len(lon), dtype=np.bool_)
    new[1:] = (lon[1:] != lon[:-1]) | (lat[1:] != lat[:-1])
    points = list(zip(lon[new].tolist(), lat[new].tolist(), strict=True))
    if len(points) == 1:  # a LineString has two points even where nothing is driven
        points.append(points[0])
    return tuple(points)


def _shape(network: RoadNetwork, piece: Stretch) -> tuple[Floats, Floats]:
    """Return the shape points of the driven part of an edge."""
    low, high = network.shape_start[piece.edge], network.shape_start[piece.edge + 1]
    lon, lat = network.shape_lon[low:high], network.shape_lat[low:high]
    whole_m = float(network.length_m[piece.edge])
    if piece.from_m <= 0 and piece.to_m >= whole_m:
        return lon, lat
    along = along_shape(lon, lat)
    start, end = piece.from_m / whole_m, piece.to_m / whole_m
    at = np.concatenate(([start], along[(along > start) & (along < end)], [end]))
    return np.interp(at, along, lon), np.interp(at, along, lat)


_LegKey = tuple[int, int, int, int, int, int]


def _leg_keys(network: RoadNetwork, path: Path) -> list[_LegKey]:
    """Return for each piece what makes it one leg with others: road, class, owner, county."""
    edges = edges_of(path)
    columns = (
        network.ref,
        network.name,
        network.road_class,
        network.owner,
        network.admin_code,
        network.urban,
    )
    return list(zip(*(column[edges].tolist() for column in columns), strict=True))


def _legs(ground: Ground, path: Path) -> Iterator[Leg]:
    network = ground.network
    leaves, arrives = bearings_deg(network)
    driven_m, before, road_before = 0.0, -1, ""
    keyed = zip(_leg_keys(network, path), path, strict=True)
    for key, group in groupby(keyed, key=lambda pair: pair[0]):
        pieces = [piece for _, piece in group]
        long_m = sum(piece.length_m for piece in pieces)
        change_deg = None
        if before >= 0:
            change_deg = (leaves[pieces[0].edge] - arrives[before] + 180) % 360 - 180
        ref, name, admin_code = (network.text(key[place]) for place in (0, 1, 4))
        road = f"{ref}（{name}）" if ref and name and ref != name else ref or name
        name_en = network.text(int(network.name_en[pieces[0].edge])) or name
        road_en = f"{ref} ({name_en})" if ref and name_en and ref != name_en else ref or name_en
        at = _begins_at(network, pieces[0])
        goes_on = bool(road) and road == road_before
        yield Leg(
            ref=ref,
            name=name,
            length_m=round(long_m, 1),
            road_class=RoadClass(key[2]).word,
            owner=Owner(key[3]).word,
            admin_code=admin_code,
            urban=bool(key[5]),
            instruction=(f"经{at}，" if at else "")
            + instruction_text(road, long_m, change_deg, continues=goes_on),
            from_km=round(driven_m / 1000, 3),
            to_km=round((driven_m + long_m) / 1000, 3),
            instruction_en=instruction_text_en(road_en, long_m, change_deg, continues=goes_on)
            + (f", at {at}" if at else ""),
            at=at,
        )
        driven_m += long_m
        before, road_before = pieces[-1].edge, road


_GATES = (StructureKind.TOLL_STATION, StructureKind.JUNCTION)
_AT_THE_BEGINNING_M = 500.0


def _begins_at(network: RoadNetwork, piece: Stretch) -> str:
    """Return the name of the first toll station or junction where a leg begins."""
    structures = network.structures
    for row in structures_on(network, piece):
        near = structures.offset_m[row] - piece.from_m <= _AT_THE_BEGINNING_M
        if near and int(structures.kind[row]) in _GATES and structures.names[row]:
            return str(structures.names[row])
    return ""


def _structures(ground: Ground, path: Path) -> Iterator[StructureOnRoute]:
    driven_m = np.concatenate([[0.0], np.cumsum([piece.length_m for piece in path])])
    structures, crossed = ground.network.structures, ""
    for place, row in structure_rows(ground.network, path):
        at_m = driven_m[place] + float(structures.offset_m[row]) - path[place].from_m
        # A junction recorded at the end of one edge and the start of the next is one.
        name = structures.ids[row]
        if name != crossed:
            yield structure_on_route(ground, row, float(at_m) / 1000)
        crossed = name


def _jurisdictions(ground: Ground, path: Path, around: Surroundings) -> tuple[Jurisdiction, ...]:
    network = ground.network
    over_limit = ground.demand.is_over_limit(ground.rules)
    known = around.admin_names or remembered(network, "admin names", lambda: _place_names(network))
    areas = remembered(network, "area titles", lambda: {a.code: a.name for a in network.areas})
    lengths_m: dict[str, float] = {}
    bodies: dict[str, dict[str, None]] = {}
    acting: dict[str, set[str]] = {}
    codes: dict[int, str] = {}
    edges = edge_array(path)
    keys = zip(
        network.admin_code[edges].tolist(),
        network.owner[edges].tolist(),
        (network.road_class[edges] >= RoadClass.URBAN_EXPRESSWAY).tolist(),
        strict=True,
    )
    kinds: dict[tuple[int, int, bool], None] = {}
    for key, piece in zip(keys, path, strict=True):
        code = codes[key[0]] = codes.get(key[0]) or network.text(key[0])
        lengths_m[code] = lengths_m.get(code, 0.0) + piece.length_m
        kinds[key] = None
        bodies.setdefault(code, {})
        if network.surveys is not NO_SURVEYS:
            here = belonging(network, piece.edge, (piece.from_m + piece.to_m) / 2)
            named = dict.fromkeys(filter(None, (here.authority, here.police)))
            bodies[code].update(named)
    for number, owner, urban_road in kinds:
        acting.setdefault(codes[number], set()).update(
            _authorities(Owner(owner), urban_road=urban_road, over=over_limit)
        )
    order = ("transport", "police", "municipal")
    return tuple(
        Jurisdiction(
            admin_code=code,
            name=known.get(code, "") or areas.get(code, ""),
            length_m=round(length, 1),
            authorities=tuple(who for who in order if who in acting[code]),
            name_en=around.admin_names_en.get(code, ""),
            bodies=tuple(bodies[code]),
        )
        for code, length in lengths_m.items()
    )


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


def _questions(ground: Ground, path: Path) -> Iterator[OpenQuestion]:
    """Yield what has to be surveyed: one question for each run of road that lacks the same."""
    network, edges = ground.network, edge_array(path)
    turns = [0, *ground.turn_outcomes(edges).tolist()]
    groups = ground.judged.edges_alone.group[edges].tolist()
    of_group: dict[int, tuple[str, ...]] = {}
    rows: dict[int, list[int]] = {}
    for place, row in structure_rows(network, path):
        rows.setdefault(place, []).append(row)
    asked: tuple[_LegKey, tuple[str, ...]] | None = None
    for place, (key, piece) in enumerate(zip(_leg_keys(network, path), path, strict=True)):
        if turns[place] == Passability.UNKNOWN:
            yield _turn_question(ground, path[place - 1].edge)
        group = groups[place]
        if group not in of_group:
            of_group[group] = tuple(_missing(ground.reasons.on_edge(piece.edge)))
        missing = of_group[group]
        here = (key, missing)
        if missing and here != asked:
            where = middle_of(ground, piece)
            element = f"edge:{piece.edge}"
            yield OpenQuestion("road", where, element, missing, survey_text(missing))
        asked = here
        for row in rows.get(place, ()):
            yield from _structure_question(ground, row)


def _missing(reasons: Sequence[Reason]) -> list[str]:
    return [reason.kind for reason in reasons if reason.outcome is Passability.UNKNOWN]


def _structure_question(ground: Ground, row: int) -> Iterator[OpenQuestion]:
    structures = ground.network.structures
    if ground.structure_outcome(row) != Passability.UNKNOWN:
        return
    missing = tuple(_missing(ground.reasons.on_structure(row))) or ("examination",)
    where = (float(structures.lon[row]), float(structures.lat[row]))
    kind = StructureKind(int(structures.kind[row])).word
    yield OpenQuestion(kind, where, structures.ids[row], missing, survey_text(missing))


def _turn_question(ground: Ground, edge_in: int) -> OpenQuestion:
    network = ground.network
    node = int(network.head[edge_in])
    where = (float(network.node_lon[node]), float(network.node_lat[node]))
    missing = ("corner_radius_m",)
    return OpenQuestion("junction", where, f"edge:{edge_in}", missing, survey_text(missing))


def _certainty_m(network: RoadNetwork, path: Path) -> tuple[tuple[str, float], ...]:
    """Return how many metres rest on each certainty: the worst of an edge's limits counts."""
    edges = edge_array(path)
    columns = [_SURENESS[column.certainty[edges]] for column in network.limits.values()]
    level = np.max(columns, axis=0)
    driven_m = np.bincount(
        level, weights=[piece.length_m for piece in path], minlength=len(_BY_SURENESS)
    )
    return tuple(
        (_BY_SURENESS[number].word, round(float(metres), 1))
        for number, metres in enumerate(driven_m)
        if metres
    )
