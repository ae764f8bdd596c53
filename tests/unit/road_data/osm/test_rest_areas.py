"""Rest areas of an extract are places where a truck can wait."""

from __future__ import annotations

from pathlib import Path

from road_data.building import build_network
from tests.osm_xml import Way, write_osm

ROADS = Path(__file__).parents[4] / "config" / "roads"


def test_rest_areas_drawn_as_points_and_as_areas_become_places(tmp_path: Path) -> None:
    nodes = {
        "a": (110.0, 40.0), "b": (110.1, 40.0), "r": (110.03, 40.001),
        "x": (110.06, 40.001), "y": (110.062, 40.001), "z": (110.061, 40.003),
    }  # fmt: skip
    ways = [
        Way("ab", {"highway": "motorway", "oneway": "no"}),
        Way("xyzx", {"highway": "rest_area", "area": "yes"}),
    ]
    tags = {"r": {"highway": "services", "name": "白桦沟服务区"}}
    file = write_osm(tmp_path / "road.osm", nodes, ways, node_tags=tags)
    network = build_network(file, roads_folder=ROADS, built_at="").network
    found = {place.name: place for place in network.places}
    assert {place.kind for place in found.values()} == {"rest_area"}
    assert set(found) == {"白桦沟服务区", "服务区 11"}
    assert abs(found["服务区 11"].lon - 110.061) < 0.001
    assert network.edge_count == 2
