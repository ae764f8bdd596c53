"""A drawn map goes out as OpenStreetMap XML and comes back as it was."""

from __future__ import annotations

import itertools
import math
import tempfile
from pathlib import Path
from typing import Any

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from road_data.building import build_network
from tests.maps import draw
from tests.osm_xml import KEYS, write_network
from transport.network.attributes import Access, LimitKind, RoadClass, Tolled
from transport.network.graph import RoadNetwork

ROOT = Path(__file__).parents[2]
PICTURE = """
A---B---C

D----E-F

G--H----I
"""
NEIGHBOURS = ["AB", "BC", "DE", "EF", "GH", "HI", "AD", "BE", "CF", "DG", "EH", "FI"]
SIZES = st.floats(1.0, 9.0).map(lambda value: round(value, 3))
MASSES = st.floats(5.0, 80.0).map(lambda value: round(value, 2))
AXLES = st.floats(2.0, 20.0).map(lambda value: round(value, 2))
VALUES = dict.fromkeys(KEYS, SIZES) | {
    LimitKind.SIGNED_LENGTH: st.floats(6.0, 40.0).map(lambda value: round(value, 1)),
    LimitKind.SIGNED_MASS: MASSES,
    LimitKind.SIGNED_AXLE: AXLES,
}
CLASSES = [RoadClass.EXPRESSWAY, RoadClass.CLASS_1, RoadClass.CLASS_2, RoadClass.CLASS_4,
           RoadClass.URBAN_BRANCH, RoadClass.SERVICE]  # fmt: skip


@st.composite
def maps(pick: st.DrawFn) -> RoadNetwork:
    pairs = pick(st.lists(st.sampled_from(NEIGHBOURS), min_size=2, unique=True))
    roads = [f"{pair[0]}>{pair[1]}" if pick(st.booleans()) else pair for pair in pairs]
    directed = [f"{road[0]}>{road[-1]}" for road in roads]
    directed += [f"{road[-1]}>{road[0]}" for road in roads if ">" not in road]
    kinds = st.sampled_from(list(KEYS)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind]))
    limits = {road: dict(pick(st.lists(kinds, max_size=3))) for road in directed}
    facts: dict[str, dict[str, Any]] = {
        road: {
            "road_class": pick(st.sampled_from(CLASSES)),
            "ref": pick(st.sampled_from(["", "G110", "S31;G6"])),
            "access": pick(st.sampled_from([Access.OPEN, Access.CLOSED])),
            "tolled": pick(st.sampled_from([Tolled.NO, Tolled.YES])),
        }
        for road in roads
    }
    turns = [
        one[0] + one[-1] + other[-1]
        for one, other in itertools.product(directed, repeat=2)
        if one[-1] == other[0] and one[0] != other[-1]
    ]
    banned = pick(st.lists(st.sampled_from(turns), max_size=3, unique=True)) if turns else []
    return draw(PICTURE, " ".join(roads), limits=limits, facts=facts, no_turns=" ".join(banned))


def imported(network: RoadNetwork) -> RoadNetwork:
    with tempfile.TemporaryDirectory() as folder:
        path = write_network(Path(folder) / "drawn.osm", network)
        return build_network(path, roads_folder=ROOT / "config" / "roads", built_at="").network


def spot(network: RoadNetwork, node: int) -> tuple[float, float]:
    return round(float(network.node_lon[node]), 5), round(float(network.node_lat[node]), 5)


def roads_of(network: RoadNetwork) -> dict[Any, Any]:
    """Return what every directed edge carries, by the places of its ends."""
    return {
        (spot(network, network.tail[e]), spot(network, network.head[e])): (
            int(network.road_class[e]),
            network.text(network.ref[e]),
            int(network.access[e]),
            int(network.tolled[e]),
            network.reverse[e] >= 0,
            *(float(network.limits[kind].value[e]) for kind in KEYS if kind not in ASSUMED),
            *(stated(network, kind, e) for kind in ASSUMED),
        )
        for e in range(network.edge_count)
    }


ASSUMED = (LimitKind.CLEAR_HEIGHT, LimitKind.CLEAR_WIDTH)


def stated(network: RoadNetwork, kind: LimitKind, edge: int) -> float:
    """Return a clearance that somebody stated; what was assumed by class was never drawn."""
    column = network.limits[kind]
    return float(column.value[edge]) if column.certainty[edge] == 0 else math.inf


def turns_of(network: RoadNetwork) -> set[Any]:
    def ends(edge: int) -> Any:
        return spot(network, network.tail[edge]), spot(network, network.head[edge])

    return {(ends(a), ends(b)) for a, b in network.forbidden_turns.tolist()}


@settings(deadline=None, max_examples=60)
@given(maps())
def test_a_drawn_map_comes_back_from_its_file(drawn: RoadNetwork) -> None:
    back = imported(drawn)
    assert roads_of(back) == roads_of(drawn)
    assert turns_of(back) == turns_of(drawn)


@settings(deadline=None, max_examples=20)
@given(maps())
def test_every_edge_is_as_long_as_the_earth_says(drawn: RoadNetwork) -> None:
    back = imported(drawn)
    for edge in range(back.edge_count):
        part = slice(back.shape_start[edge], back.shape_start[edge + 1])
        points = list(zip(back.shape_lat[part], back.shape_lon[part], strict=True))
        metres = sum(geodesic(a, b).m for a, b in itertools.pairwise(points))
        assert back.length_m[edge] == pytest.approx(metres, abs=0.001)
