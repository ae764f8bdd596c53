"""The time a ferry takes: what mappers write, and the pace on the whole way."""

from __future__ import annotations

from pathlib import Path

import pytest

from road_data.building import build_network
from road_data.osm.tags.ferry import PACE, ferry_pace, read_duration_s
from transport.network.attributes import RoadClass
from transport.network.graph import RoadNetwork

ROADS = Path(__file__).parents[4] / "config" / "roads"
ACROSS = """<osm version="0.6">
<node id="1" lat="40.00" lon="109.80"/><node id="2" lat="40.00" lon="109.81"/>
<node id="3" lat="40.00" lon="109.82"/><node id="4" lat="40.01" lon="109.82"/>
<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
<tag k="route" v="ferry"/><tag k="hgv" v="yes"/><tag k="duration" v="{}"/></way>
<way id="8"><nd ref="3"/><nd ref="4"/><tag k="highway" v="primary"/></way>
</osm>"""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20", 1200), ("00:20", 1200), ("1:30", 5400), ("00:20:30", 1230), ("PT20M", 1200),
        ("PT1H30M", 5400), ("PT45S", 45), ("90", 5400), ("00:75", None), ("0", None), ("", None),
        ("20 min", None), ("about 20", None), ("P1D", None), ("PT", None), ("-20", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_or_not(text: str, seconds: int | None) -> None:
    assert read_duration_s(text) == seconds


def test_a_pace_that_no_ferry_has_is_listed_and_not_used() -> None:
    assert ferry_pace({"duration": "00:20"}, 6_000.0) == ({PACE: "18.000"}, [])
    for text in ("00:01", "99:00", "soon"):
        pace, (unread,) = ferry_pace({"duration": text}, 6_000.0)
        assert pace == {}
        assert (unread.key, unread.value) == ("duration", text)
    assert ferry_pace({}, 6_000.0) == ({}, [])


def crossing_s(tmp_path: Path, duration: str) -> tuple[float, RoadNetwork]:
    path = tmp_path / "ferry.osm"
    path.write_text(ACROSS.format(duration), encoding="utf-8")
    network = build_network(path, roads_folder=ROADS, built_at="").network
    ferry = network.road_class == RoadClass.FERRY
    return float(network.duration_s[ferry].sum()) / 2, network


def test_a_ferry_takes_the_time_that_is_stated(tmp_path: Path) -> None:
    stated_s, network = crossing_s(tmp_path, "00:20")
    assert stated_s == pytest.approx(1200, rel=0.005)
    assumed_s, _ = crossing_s(tmp_path, "soon")
    length_m = float(network.length_m[network.road_class == RoadClass.FERRY].sum()) / 2
    assert assumed_s == pytest.approx(length_m / 10 * 3.6)
