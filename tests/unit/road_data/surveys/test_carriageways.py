"""Kilometres of divided roads: two one-way lines that may meet nowhere are one road."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from road_data.building import build_network
from road_data.restrictions import RestrictionRecord
from road_data.surveys.cells import Kind
from road_data.surveys.restricting import placed
from road_data.surveys.roads import road_lines
from road_data.surveys.rows import Bundle, Row
from tests.osm_xml import Way, write_osm
from transport.network.graph import RoadNetwork

ROADS = Path(__file__).parents[4] / "config" / "roads"
WEST, EAST, LAT = 109.80, 109.92, 40.60
APART = 0.0003  # some 33 m
SPOTS = {
    "A": (WEST, LAT), "B": (109.85, LAT), "C": (EAST, LAT),
    "D": (EAST, LAT + APART), "E": (109.88, LAT + APART), "F": (WEST, LAT + APART),
    "X": (109.93, LAT),
}  # fmt: skip
TAGS = {"highway": "motorway", "oneway": "yes", "ref": "G6"}
LENGTH_M = (EAST - WEST) * 111_660.0 * np.cos(np.radians(LAT))


def built(folder: Path, *ways: str) -> RoadNetwork:
    beyond = Way("CX", {"highway": "primary"})
    path = write_osm(folder / "divided.osm", SPOTS, [*(Way(way, TAGS) for way in ways), beyond])
    return build_network(path, roads_folder=ROADS, built_at="").network


@pytest.mark.parametrize("ways", [("AB", "BC", "DE", "EF"), ("AB", "BC", "CD", "DE", "EF")])
def test_both_carriageways_count_side_by_side_whether_they_meet_or_not(
    tmp_path: Path, ways: tuple[str, ...]
) -> None:
    network = built(tmp_path, *ways)
    (line,) = road_lines(network, "G6")
    assert line.length_m == pytest.approx(LENGTH_M, abs=60)
    for index, edge in enumerate(line.edges):
        for at_m, node in (
            (line.tail_m[index], network.tail[edge]),
            (line.head_m[index], network.head[edge]),
        ):
            # The kilometres begin in the east.
            east_m = (EAST - network.node_lon[node]) / (EAST - WEST) * LENGTH_M
            assert at_m == pytest.approx(east_m, abs=60)


def test_kilometres_name_the_part_of_each_carriageway(tmp_path: Path) -> None:
    network = built(tmp_path, "AC", "DF")
    section = Row({"road_ref": "G6", "from_km": "0", "to_km": "10"}, 2, "sections.csv")
    bundle = Bundle({Kind.SECTIONS: (section,)})
    spans = {}
    for direction in ("up", "down"):
        where = {"road": "G6", "from_km": 2.0, "to_km": 3.0}
        record = RestrictionRecord("R1", "closure", where, "r", "o", direction=direction)
        found = placed(network, bundle, record)
        assert len(found.edges) == 1
        spans[direction] = found.spans[0]
    # Up is westward, from D; down comes from A.
    assert spans["up"] == pytest.approx((2000, 3000), abs=60)
    assert spans["down"] == pytest.approx((LENGTH_M - 3000, LENGTH_M - 2000), abs=60)


def test_the_bends_of_a_two_way_road_stay_apart(tmp_path: Path) -> None:
    tags = {"highway": "primary", "ref": "S301"}
    path = write_osm(tmp_path / "bends.osm", SPOTS, [Way("ABCDEF", tags)])
    network = build_network(path, roads_folder=ROADS, built_at="").network
    (line,) = road_lines(network, "S301")
    assert line.length_m == pytest.approx(2 * LENGTH_M, abs=60)
