"""Ways around and through areas on the map, jurisdictions and whole roads."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import networkx as nx
import pytest

from tests.factories import law
from tests.loads import load
from tests.maps import draw, edge, road_names
from transport.errors import InvalidInputError
from transport.network.graph import RoadNetwork
from transport.routing.regions import outline_text, region_edges
from transport.routing.route import RoutePlan, RouteStatus
from transport.services.planning_routes import RouteRequest, plan_request
from transport.vehicles.travel_time import TravelAt

TOWN = draw(
    """
    A---B---C
    |   |   |
    D---E---F
    |       |
    G-------H
    """,
    "AB BC AD BE CF DE EF DG FH GH",
    facts={
        "BC": {"ref": "G6", "admin_code": "150203"},
        "DE": {"ref": "S31;G7", "admin_code": "150203"},
        "EF": {"name": "钢铁大街", "admin_code": "150221"},
        "GH": {"admin_code": "630100"},
    },
)
DAY = TravelAt(date(2026, 5, 11))


def plan(network: RoadNetwork = TOWN, ends: str = "AC", **wishes: Any) -> RoutePlan:
    request = RouteRequest(ends[0], ends[1], **wishes)
    return plan_request(request, network, law(), None, load(), DAY)


def way(**wishes: Any) -> str:
    return " ".join(road_names(TOWN, plan(**wishes).routes[0].edges))


def box(*letters: str) -> str:
    """Return a box around some junctions, a little wider."""
    at = {place.name: (place.lon, place.lat) for place in TOWN.places}
    lons, lats = zip(*(at[letter] for letter in letters), strict=True)
    corners = (min(lons) - 0.001, min(lats) - 0.001), (max(lons) + 0.001, max(lats) + 0.001)
    return "area:" + " ".join(f"{lon},{lat}" for lon, lat in corners)


def test_an_area_a_jurisdiction_and_a_road_are_gone_around() -> None:
    assert way() == "AB BC"
    assert way(avoid=(box("B"),)) == "AD DE EF FC"
    assert way(avoid=("150203",)) == "AB BE EF FC"
    assert way(avoid=("road:G6",)) == "AB BE EF FC"
    assert way(avoid=("G6", "钢铁大街")) == "AD DG GH HF FC"
    assert way(avoid=("辖区：150200", "area:" + outline_of("E"))) == "AD DG GH HF FC"


def outline_of(letter: str) -> str:
    """Return a triangle around one junction, as a map's drawing gives it."""
    [place] = [one for one in TOWN.places if one.name == letter]
    ring = [[place.lon - 0.01, place.lat - 0.005], [place.lon + 0.01, place.lat - 0.005],
            [place.lon, place.lat + 0.006], [place.lon - 0.01, place.lat - 0.005]]  # fmt: skip
    return outline_text({"type": "Polygon", "coordinates": [ring]}).removeprefix("area:")


def test_a_way_leads_through_an_area_a_jurisdiction_or_a_road() -> None:
    assert way(via=("630100",)) == "AD DG GH HF FC"
    assert way(via=(box("H"),)) == "AD DG GH HF FC"
    assert way(via=("road:钢铁大街",)) == "AB BE EF FC"
    assert way(via=("S31",)) == "AD DE EB BC"
    assert way(via=("150203",)) == "AB BC"  # what the way meets anyway costs nothing


def test_counties_are_known_by_the_names_of_the_law() -> None:
    assert way(avoid=("admin:昆都仑区",)) == "AB BE EF FC"
    assert way(avoid=("admin:包头市",)) == way(avoid=("150200",))
    assert way(via=("admin:Kundulun District",)) == "AB BC"


def test_what_is_nowhere_is_refused_with_what_to_write() -> None:
    for field in ("avoid", "via"):
        for wish, said in (
            ("area:109,40", "two opposite corners"),
            ("area:nan,40 110,41", "two opposite corners"),
            ("area:10,40 10.1,40.1", "no road of this network lies there"),
            ("admin:150999", "no road of this network lies there"),
            ("admin:Nowhere", "code of six digits"),
            ("road:G999", "no road 'G999'"),
        ):
            wishes: dict[str, Any] = {field: (wish,)}
            with pytest.raises(InvalidInputError, match=said) as refused:
                plan(**wishes)
            assert [one.field for one in refused.value.faults] == [field]
    with pytest.raises(InvalidInputError, match="GeoJSON Polygon"):
        outline_text({"type": "Point", "coordinates": [1, 2]})


def test_an_edge_that_only_crosses_an_area_lies_in_it() -> None:
    sliver = "area:110.02,39.9 110.021,39.9 110.021,40.1 110.02,40.1"
    assert edge(TOWN, "AB") in (region_edges(TOWN, sliver, field="avoid") or ())
    assert edge(TOWN, "BC") not in (region_edges(TOWN, sliver, field="avoid") or ())


def test_avoiding_everything_says_that_the_wish_stands_in_the_way() -> None:
    closed = plan(avoid=(box("A", "H"),))
    assert closed.status is RouteStatus.INFEASIBLE
    assert {one.kind for one in closed.blockers} == {"avoided"}


def test_the_way_through_a_region_is_the_shortest_of_all_by_way_of_each_of_its_roads() -> None:
    letters = "ABCDEFGHIJKLMNOP"
    picture = "\n".join("---".join(letters[row : row + 4]) for row in range(0, 16, 4))
    pairs = [letters[a] + letters[b] for a in range(16) for b in (a + 1, a + 4)
             if b < 16 and (b - a == 4 or a % 4 < 3)]  # fmt: skip
    compared = 0
    for seed in range(40):
        chance = random.Random(seed)  # noqa: S311 - a seed for repeatable cases
        kept = [pair for pair in pairs if chance.random() < 0.85]
        lengths = {pair: float(chance.randint(500, 5000)) for pair in kept}
        inside = {pair: {"admin_code": "150221"} for pair in kept if chance.random() < 0.2}
        town = draw(picture, " ".join(kept), lengths_m=lengths, facts=inside)
        best = _least_m(lengths, inside)
        if best == math.inf or not {"A", "P"} <= {place.name for place in town.places}:
            continue
        compared += 1
        found = plan(town, "AP", via=("150221",)).routes[0]
        assert found.length_m == pytest.approx(best, abs=1), f"seed {seed}"
        driven = {name for one in road_names(town, found.edges) for name in (one, one[::-1])}
        assert driven & set(inside), f"seed {seed}"
    assert compared > 20


def _least_m(lengths: Mapping[str, float], inside: Iterable[str]) -> float:
    """Return the oracle's least metres from A to P by way of one of the roads inside."""
    directed = {one: metres for pair, metres in lengths.items() for one in (pair, pair[::-1])}
    leaving = Counter(one[0] for one in directed)
    states: nx.DiGraph[str] = nx.DiGraph()
    for one, metres in directed.items():
        if one[0] == "A":
            states.add_edge("start", one, weight=metres)
        if one[1] == "P":
            states.add_edge(one, "end", weight=0.0)
        for other, onward_m in directed.items():
            if one[1] == other[0] and (other != one[::-1] or leaving[one[1]] == 1):
                states.add_edge(one, other, weight=onward_m)
    to, onward = (
        nx.single_source_dijkstra_path_length(graph, end) if end in graph else {}
        for graph, end in ((states, "start"), (states.reverse(), "end"))
    )
    ways = [one for road in inside for one in (road, road[::-1])]
    return min(
        (to.get(one, math.inf) + onward.get(one, math.inf) for one in ways), default=math.inf
    )
