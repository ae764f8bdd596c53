"""The legs of a path: stretches of one road under one owner in one county, with instructions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from transport.network.attributes import Owner, RoadClass, StructureKind
from transport.network.graph import RoadNetwork
from transport.routing.driven import Driven
from transport.routing.paths import Stretch, structures_on
from transport.routing.route import Leg
from transport.routing.turning import bearing_deg
from transport.routing.wording import instruction_text, instruction_text_en

_GATES = (StructureKind.TOLL_STATION, StructureKind.JUNCTION)
_AT_THE_BEGINNING_M = 500.0


def legs_of(network: RoadNetwork, way: Driven) -> Iterator[Leg]:
    """Yield the legs in the order of travel."""
    first = way.edges[way.leg_starts]
    columns = (
        first,
        network.ref[first],
        network.name[first],
        network.name_en[first],
        network.road_class[first],
        network.owner[first],
        network.admin_code[first],
        network.urban[first],
        np.add.reduceat(way.piece_m, way.leg_starts),
        way.before_m[way.leg_starts],
        _changes_deg(network, way),
    )
    road_before = ""
    rows = zip(way.leg_starts.tolist(), *(column.tolist() for column in columns), strict=True)
    for place, _edge, *texts, kind, owner, admin, urban, long_m, before_m, change_deg in rows:
        ref, name, name_en = (network.text(number) for number in texts)
        road, road_en = _road(ref, name), _road_en(ref, name_en or name)
        at = _begins_at(network, way.path[place])
        goes_on = bool(road) and road == road_before
        change = change_deg if place else None
        said = instruction_text(road, long_m, change, continues=goes_on)
        said_en = instruction_text_en(road_en, long_m, change, continues=goes_on)
        yield Leg(
            ref=ref,
            name=name,
            length_m=round(long_m, 1),
            road_class=RoadClass(kind).word,
            owner=Owner(owner).word,
            admin_code=network.text(admin),
            urban=bool(urban),
            instruction=f"经{at}，{said}" if at else said,
            from_km=round(before_m / 1000, 3),
            to_km=round((before_m + long_m) / 1000, 3),
            instruction_en=f"{said_en}, at {at}" if at else said_en,
            at=at,
        )
        road_before = road


def _changes_deg(network: RoadNetwork, way: Driven) -> np.ndarray:
    """Return by how much each leg begins to the right of where the one before it ended."""
    before = way.edges[way.leg_starts - 1]  # the first leg has none; nobody asks
    begins = network.shape_start[way.edges[way.leg_starts]]
    ended = network.shape_start[before + 1] - 1
    leaves = bearing_deg(network, begins, begins + 1)
    arrives = bearing_deg(network, ended - 1, ended)
    changes: np.ndarray = (leaves - arrives + 180) % 360 - 180
    return changes


def _road(ref: str, name: str) -> str:
    return f"{ref}（{name}）" if ref and name and ref != name else ref or name


def _road_en(ref: str, name: str) -> str:
    return f"{ref} ({name})" if ref and name and ref != name else ref or name


def _begins_at(network: RoadNetwork, piece: Stretch) -> str:
    """Return the name of the first toll station or junction where a leg begins."""
    structures = network.structures
    for row in structures_on(network, piece):
        near = structures.offset_m[row] - piece.from_m <= _AT_THE_BEGINNING_M
        if near and int(structures.kind[row]) in _GATES and structures.names[row]:
            return str(structures.names[row])
    return ""
