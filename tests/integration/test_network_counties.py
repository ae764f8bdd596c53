"""The county of every edge: from boundaries of the extract, else the nearest town, assumed."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import box

from road_data.boundaries import Boundary, read_boundaries, with_counties
from road_data.opening import open_network
from road_data.store import save_network
from tests.maps import draw, edge
from transport.network.areas import belonging
from transport.network.attributes import Certainty, RoadClass
from transport.network.places import Place

STEP = 1000 / (111_194.93 * math.cos(math.radians(40)))
ROAD = draw("A----B----C", "AB BC", places=[
    Place("西镇", "xizhen", "West", "town", 110.0, 40.0, ""),
    Place("东镇", "dongzhen", "East", "town", 110.0 + 10 * STEP, 40.0, ""),
])  # fmt: skip
LETTERS = draw("A----B----C", "AB BC")
BOUNDARY = b"""<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6">
 <node id="1" lat="40.0" lon="110.0" version="1"/><node id="2" lat="40.0" lon="110.1" version="1"/>
 <node id="3" lat="40.1" lon="110.1" version="1"/><node id="4" lat="40.1" lon="110.0" version="1"/>
 <way id="9" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
 <relation id="7" version="1"><member type="way" ref="9" role="outer"/>
  <tag k="type" v="boundary"/><tag k="boundary" v="administrative"/>
  <tag k="admin_level" v="6"/><tag k="name" v="X"/><tag k="ref" v="150221"/></relation>
 <relation id="8" version="1"><member type="way" ref="99" role="outer"/>
  <tag k="type" v="boundary"/><tag k="boundary" v="administrative"/>
  <tag k="admin_level" v="6"/><tag k="name" v="cut"/></relation>
</osm>"""


def test_a_boundary_gives_its_county_and_the_rest_the_nearest_town() -> None:
    west = Boundary("150221", "西旗", "6", box(109.9, 39.9, 110.0 + 4 * STEP, 40.1))
    network = with_counties(ROAD, [west])
    here, there = (belonging(network, edge(LETTERS, road)) for road in ("AB", "BC"))
    assert (here.county, here.names[0], here.certainty) == ("150221", "西旗", Certainty.KNOWN)
    assert (there.county, there.certainty) == ("place:东镇", Certainty.ASSUMED)
    assert {place.name: place.admin_code for place in network.places} == {
        "西镇": "150221", "东镇": "",
    }  # fmt: skip


def test_the_county_counts_before_its_parts() -> None:
    everywhere = box(109.0, 39.0, 111.0, 41.0)
    parts = [Boundary("osm:r1", "part", "8", everywhere), Boundary("150221", "旗", "6", everywhere)]
    network = with_counties(ROAD, sorted(parts, key=lambda one: one.level))
    assert {network.text(code) for code in network.admin_code} == {"150221"}


def test_streets_of_urban_classes_are_urban() -> None:
    facts = {"AB": {"road_class": RoadClass.URBAN_BRANCH}}
    network = with_counties(draw("A--B--C", "AB BC", facts=facts), [])
    assert network.urban[edge(network, "AB")] == 1
    assert network.urban[edge(network, "BC")] == 0


def test_counties_are_kept_on_disk(tmp_path: Path) -> None:
    network = with_counties(ROAD, [])
    save_network(network, tmp_path / "net")
    stored = open_network(tmp_path / "net")
    assert list(stored.areas) == list(network.areas)
    assert stored.admin_certainty is not None
    np.testing.assert_array_equal(stored.admin_certainty, network.admin_certainty)


def test_complete_boundaries_are_read_and_cut_ones_left_out(tmp_path: Path) -> None:
    (tmp_path / "area.osm").write_bytes(BOUNDARY)
    (found,) = read_boundaries(tmp_path / "area.osm")
    assert (found.code, found.name, found.level) == ("150221", "X", "6")
    assert found.polygon.area == pytest.approx(0.01)


@pytest.mark.real_data
def test_every_municipality_of_a_real_extract_has_roads() -> None:
    whole = Path(__file__).parents[3] / "shared" / "data" / "osm" / "liechtenstein.osm.pbf"
    if not whole.is_file():
        pytest.skip("the OpenStreetMap extracts are not beside the project (../shared/data)")
    found = read_boundaries(whole)
    assert {"Unterland", "Oberland"} <= {one.name for one in found if one.level == "6"}
    assert len(found) > 10
