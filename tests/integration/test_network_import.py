"""A hand-written town, read from its file: every edge, limit, structure and turn."""

from __future__ import annotations

import gzip
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from road_data.building import build_network
from tests.naive_osm import Move, NaiveRoads, read_bans_naively, read_naively
from tests.osm_xml import Way, bans, write_osm
from transport.errors import InvalidInputError, NotFoundError
from transport.network.attributes import (
    Access,
    Certainty,
    LimitKind,
    RoadClass,
    StructureKind,
    Tolled,
)
from transport.network.graph import RoadNetwork

ROOT = Path(__file__).parents[2]
TOWN = Path(__file__).parent / "extracts" / "town.osm"


def build(source: Path) -> RoadNetwork:
    roads = ROOT / "config" / "roads"
    return build_network(source, roads_folder=roads, built_at="2026-06-01T08:00:00+08:00").network


@pytest.fixture(scope="module")
def town() -> RoadNetwork:
    return build(TOWN)


def node(network: RoadNetwork, lon: float, lat: float) -> int:
    return int(np.argmin(np.abs(network.node_lon - lon) + np.abs(network.node_lat - lat)))


def edge(network: RoadNetwork, start: tuple[float, float], end: tuple[float, float]) -> int:
    pair = node(network, *start), node(network, *end)
    found = np.flatnonzero((network.tail == pair[0]) & (network.head == pair[1]))
    assert len(found) == 1, (start, end)
    return int(found[0])


A, B, C, D = (109.80, 40.60), (109.81, 40.60), (109.82, 40.60), (109.83, 40.60)
F, G, H = (109.81, 40.61), (109.82, 40.61), (109.83, 40.61)
K, M, E = (109.82, 40.59), (109.80, 40.59), (109.84, 40.60)
SIGN, BOLLARD = (109.83, 40.605), (109.81, 40.59)


def exploded(network: RoadNetwork) -> Counter[tuple[object, ...]]:
    """Take every edge apart into the steps between its shape points."""
    steps: Counter[tuple[object, ...]] = Counter()
    lon, lat = network.shape_lon.round(7).tolist(), network.shape_lat.round(7).tolist()
    for number in range(network.edge_count):
        first, last = network.shape_start[number], network.shape_start[number + 1]
        for place in range(first, last - 1):
            steps[
                (
                    (lon[place], lat[place]),
                    (lon[place + 1], lat[place + 1]),
                    network.text(network.ref[number]),
                    network.text(network.name[number]),
                )
            ] += 1
    return steps  # fmt: skip


PLAIN = {
    "maxheight": LimitKind.SIGNED_HEIGHT,
    "maxwidth": LimitKind.SIGNED_WIDTH,
    "maxlength": LimitKind.SIGNED_LENGTH,
    "maxweight": LimitKind.SIGNED_MASS,
    "maxaxleload": LimitKind.SIGNED_AXLE,
}


def edges_of_moves(network: RoadNetwork) -> dict[Move, list[int]]:
    """Return, for every step between neighbouring points, the edges that hold it."""
    edges: dict[Move, list[int]] = {}
    lon, lat = network.shape_lon.round(7).tolist(), network.shape_lat.round(7).tolist()
    for edge in range(network.edge_count):
        for place in range(network.shape_start[edge], network.shape_start[edge + 1] - 1):
            move = (lon[place], lat[place]), (lon[place + 1], lat[place + 1])
            edges.setdefault(move, []).append(edge)
    return edges


def smallest(network: RoadNetwork, edge: int, kind: LimitKind) -> float:
    """Return the limit of an edge and of the structures that fill it."""
    rows = range(network.structures.first[edge], network.structures.first[edge + 1])
    values = [network.limits[kind].value[edge]]
    values += [network.structures.limits[kind].value[row] for row in rows]
    return float(min(values))


def same_limits_as_naive(network: RoadNetwork, naive: NaiveRoads) -> None:
    edges = edges_of_moves(network)
    for (move, limit), value in naive.limits.items():
        for edge in edges[move]:
            assert smallest(network, edge, PLAIN[limit]) == value, (move, limit)
    for move, closed in naive.closed.items():
        assert {network.access[edge] == Access.CLOSED for edge in edges[move]} == {closed}, move
    for move in naive.under:
        for edge in edges[move]:
            rows = range(network.structures.first[edge], network.structures.first[edge + 1])
            kinds = [network.structures.kind[row] for row in rows]
            assert StructureKind.OVERBRIDGE in kinds, move
    crossings = {
        (int(network.structures.edge[row]), network.structures.offset_m[row])
        for row in range(len(network.structures.edge))
        if "/over/" in network.structures.ids[row]
    }
    assert len(crossings) == sum(naive.under.values())


def same_as_naive(network: RoadNetwork, naive: NaiveRoads) -> None:
    assert exploded(network) == naive.steps
    same_limits_as_naive(network, naive)
    assert network.length_m.sum() == pytest.approx(naive.length_m, rel=0.006)
    bridges = network.structures.edge[network.structures.kind == StructureKind.BRIDGE]
    assert network.length_m[bridges].sum() == pytest.approx(naive.bridges_m, rel=0.006)


def test_every_directed_step_equals_that_of_a_naive_reader(town: RoadNetwork) -> None:
    same_as_naive(town, read_naively(TOWN))
    assert bans(town) == read_bans_naively(TOWN)


@pytest.mark.real_data
def test_every_directed_step_of_a_real_extract_equals_that_of_a_naive_reader() -> None:
    path = ROOT.parent / "shared" / "data" / "osm" / "north-bayreuth.osm.gz"
    if not path.is_file():
        pytest.skip("the OpenStreetMap extracts are not beside the project (../shared/data)")
    naive = read_naively(path)
    network = build(path)
    same_as_naive(network, naive)
    banned = read_bans_naively(path)
    assert bans(network) == banned
    assert len(banned) > 20
    # The extract has something to compare.
    assert min(len(naive.limits), len(naive.under)) > 20
    assert 0 < sum(naive.closed.values()) < len(naive.closed)


def test_the_rows_are_compressed_and_edges_know_their_opposite(town: RoadNetwork) -> None:
    assert town.first_edge[0] == 0
    assert town.first_edge[-1] == town.edge_count
    for number in range(town.edge_count):
        start = town.tail[number]
        assert town.first_edge[start] <= number < town.first_edge[start + 1]
        if town.reverse[number] >= 0:
            assert town.head[town.reverse[number]] == start
            assert town.reverse[town.reverse[number]] == number
        assert town.shape_lon[town.shape_start[number]] == town.node_lon[start]
        assert town.shape_lon[town.shape_start[number + 1] - 1] == town.node_lon[town.head[number]]


def test_a_street_of_two_ways_is_one_edge_in_each_direction(town: RoadNetwork) -> None:
    street = edge(town, C, K)
    assert town.text(town.name[street]) == "试验街"
    assert town.reverse[street] == edge(town, K, C)
    width = town.limits[LimitKind.CLEAR_WIDTH]
    assert width.certainty[street] == Certainty.UNKNOWN
    assert math.isnan(width.value[street])


def test_a_named_bridge_holds_the_mass_limit_of_its_way(town: RoadNetwork) -> None:
    number = edge(town, C, D)
    rows = range(town.structures.first[number], town.structures.first[number + 1])
    assert [town.structures.names[row] for row in rows] == ["黄河大桥"]
    row = rows[0]
    assert town.structures.limits[LimitKind.SIGNED_MASS].value[row] == 55.0
    assert town.structures.limits[LimitKind.RATED_MASS].certainty[row] == Certainty.UNKNOWN
    assert town.structures.offset_m[row] == pytest.approx(town.length_m[number] / 2)
    assert town.structures.ids.count("way/101") == 2


def test_a_toll_booth_stands_at_its_place_with_its_width(town: RoadNetwork) -> None:
    number = edge(town, B, F)
    row = int(town.structures.first[number])
    assert town.structures.kind[row] == StructureKind.TOLL_STATION
    assert town.structures.names[row] == "黄河收费站"
    assert town.structures.offset_m[row] == pytest.approx(town.length_m[number] / 2, rel=0.01)
    assert town.structures.limits[LimitKind.SIGNED_WIDTH].value[row] == 3.0
    assert town.tolled[number] == Tolled.YES
    assert town.road_class[number] == RoadClass.EXPRESSWAY
    assert town.reverse[number] == -1


def test_a_limit_on_a_node_holds_in_both_directions(town: RoadNetwork) -> None:
    height = town.limits[LimitKind.SIGNED_HEIGHT]
    assert height.value[edge(town, H, SIGN)] == 4.0
    assert height.value[edge(town, D, SIGN)] == 4.0
    assert "maxheight=4" in town.sources[height.source[edge(town, H, SIGN)]]


def test_a_limit_of_one_direction_holds_in_that_direction_only(town: RoadNetwork) -> None:
    height = town.limits[LimitKind.SIGNED_HEIGHT]
    assert height.value[edge(town, F, H)] == 4.2
    assert math.isinf(height.value[edge(town, H, F)])


def test_a_level_crossing_asks_for_the_contact_wire(town: RoadNetwork) -> None:
    row = int(town.structures.first[edge(town, F, H)])
    assert town.structures.kind[row] == StructureKind.LEVEL_CROSSING
    assert town.structures.limits[LimitKind.CLEAR_HEIGHT].certainty[row] == Certainty.UNKNOWN


def test_a_bollard_divides_the_service_road_into_two_dead_ends(town: RoadNetwork) -> None:
    ends = np.flatnonzero((town.node_lon == BOLLARD[0]) & (town.node_lat == BOLLARD[1]))
    assert len(ends) == 2
    arriving = np.flatnonzero(np.isin(town.head, ends))
    assert {int(place) for place in town.tail[arriving]} == {node(town, *K), node(town, *M)}
    assert (town.access[arriving] == Access.OPEN).all()


def test_a_tunnel_against_its_drawing_leads_the_other_way(town: RoadNetwork) -> None:
    number = edge(town, A, M)
    assert town.structures.kind[town.structures.first[number]] == StructureKind.TUNNEL
    assert town.reverse[number] == -1


def test_turn_bans_for_trucks_become_pairs_of_edges(town: RoadNetwork) -> None:
    pairs = {tuple(pair) for pair in town.forbidden_turns.tolist()}
    assert (edge(town, A, B), edge(town, B, F)) in pairs
    assert (edge(town, C, B), edge(town, B, F)) in pairs
    only_left = edge(town, SIGN, D)
    assert (only_left, edge(town, D, C)) in pairs
    assert (only_left, edge(town, D, E)) not in pairs
    assert not {pair for pair in pairs if pair[1] == edge(town, C, K)}


def test_what_cannot_be_read_is_unknown_and_listed(town: RoadNetwork) -> None:
    mass = town.limits[LimitKind.SIGNED_MASS]
    assert mass.certainty[edge(town, F, H)] == Certainty.UNKNOWN
    assert any("maxweight=viel" in note for note in town.notes)


def test_places_answer_to_chinese_pinyin_and_english(town: RoadNetwork) -> None:
    (place,) = town.places
    assert (place.name, place.pinyin, place.name_en, place.kind) == (
        "试验镇", "shiyanzhen", "Trial Town", "town",
    )  # fmt: skip


def test_lengths_are_geodesic_and_times_follow_the_class(town: RoadNetwork) -> None:
    number = edge(town, A, B)
    assert town.length_m[number] == pytest.approx(846.2, abs=0.5)
    assert town.duration_s[number] == pytest.approx(town.length_m[number] / 60 * 3.6)


def test_the_same_roads_come_from_xml_and_from_gzip(tmp_path: Path, town: RoadNetwork) -> None:
    packed = tmp_path / "town.osm.gz"
    packed.write_bytes(gzip.compress(TOWN.read_bytes()))
    assert exploded(build(packed)) == exploded(town)


def test_an_osmnx_graph_gives_the_streets_of_both_directions_once(tmp_path: Path) -> None:
    import networkx as nx  # noqa: PLC0415 - only this test makes such a file
    import osmnx  # noqa: PLC0415

    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs="epsg:4326")
    graph.add_node(1, x=109.80, y=40.60)
    graph.add_node(2, x=109.81, y=40.60)
    graph.add_node(3, x=109.82, y=40.60)
    street = {"osmid": 10, "highway": "primary", "oneway": False, "length": 846.2, "lanes": "2"}
    graph.add_edge(1, 2, 0, **street, maxheight="4.2", reversed=False)
    graph.add_edge(2, 1, 0, **street, maxheight="4.2", reversed=True)
    graph.add_edge(2, 3, 0, osmid=11, highway="motorway", oneway=True, length=846.2, reversed=False)
    path = tmp_path / "city.graphml"
    osmnx.save_graphml(graph, path)
    network = build(path)
    assert network.edge_count == 3
    assert network.limits[LimitKind.SIGNED_HEIGHT].value[edge(network, A, B)] == 4.2
    assert network.reverse[edge(network, A, B)] == edge(network, B, A)
    assert network.reverse[edge(network, B, C)] == -1


@pytest.mark.parametrize(
    ("reference", "x", "says"),
    [
        ("epsg:32649", 8.0, "project it back"),
        ("epsg:4326", 400_000.0, "no place in degrees"),
        ("epsg:4326", float("nan"), "no place in degrees"),
    ],
)
def test_an_osmnx_graph_that_is_not_in_degrees_is_refused(
    tmp_path: Path, reference: str, x: float, says: str
) -> None:
    import networkx as nx  # noqa: PLC0415 - only these tests make such files
    import osmnx  # noqa: PLC0415

    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs=reference)
    graph.add_node(1, x=x, y=40.60)
    graph.add_node(2, x=109.81, y=40.60)
    graph.add_edge(1, 2, 0, osmid=10, highway="primary", oneway=True, length=1.0, reversed=False)
    osmnx.save_graphml(graph, tmp_path / "city.graphml")
    with pytest.raises(InvalidInputError, match=says):
        build(tmp_path / "city.graphml")


def test_a_file_without_roads_is_refused_with_the_reason(tmp_path: Path) -> None:
    empty = tmp_path / "empty.osm"
    empty.write_text('<osm version="0.6"><node id="1" lat="40" lon="109"/></osm>')
    with pytest.raises(InvalidInputError, match="no roads for trucks"):
        build(empty)


def test_roads_with_swapped_coordinates_are_refused_with_what_to_look_at(tmp_path: Path) -> None:
    swapped = tmp_path / "swapped.osm"
    write_osm(swapped, {"A": (40.6, 109.8), "B": (40.7, 109.9)}, [Way("AB", {"highway": "trunk"})])
    with pytest.raises(InvalidInputError, match="longitude and latitude not swapped"):
        build(swapped)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.osm.pbf", b"hello"),
        ("a.osm", b"hello"),
        ("a.osm.gz", b"hello"),
        ("a.graphml", b"hello"),
        ("a.graphml", b"<html/>"),
        ("a.osm.pbf", b"<html/>"),
        ("a.osm", b"<html/>"),
        ("a.osm.pbf", b""),
        ("a.osm", b'<osm version="0.6"><node id="1" lat="991.5" lon="8"/></osm>'),
        ("a.osm", b'<osm version="0.6"><node id="1" lat="nan" lon="8"/></osm>'),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InvalidInputError, match=name):
        build(path)


def test_an_unknown_kind_of_file_is_refused_with_the_known_kinds(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"give \.osm\.pbf"):
        build(tmp_path / "roads.shp")


@pytest.mark.parametrize("name", ["missing.osm.pbf", "missing.graphml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFoundError, match=name):
        build(tmp_path / name)
