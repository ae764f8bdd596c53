"""The network made from the data files, as a planner meets it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from road_data.built_in.loading import (
    REVIEWED_AT,
    build_built_in,
    built_in_sources,
    distance_m,
)
from road_data.built_in.tables import Tables, read_tables
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    Certainty,
    LimitKind,
    Owner,
    RoadClass,
    StructureKind,
    Tolled,
)
from transport.network.graph import RoadNetwork
from transport.network.naming import find_place


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return build_built_in()


def structure_row(network: RoadNetwork, name: str) -> int:
    return list(network.structures.names).index(name)


def limit(network: RoadNetwork, name: str, kind: LimitKind) -> tuple[float, Certainty]:
    row, column = structure_row(network, name), network.structures.limits[kind]
    return float(column.value[row]), Certainty(int(column.certainty[row]))


def test_it_has_enough_links_and_all_kinds_of_structures(network: RoadNetwork) -> None:
    assert network.edge_count >= 600
    assert set(network.structures.kind.tolist()) == {int(kind) for kind in StructureKind}


def test_the_same_files_give_the_same_network(network: RoadNetwork) -> None:
    again = build_built_in()
    assert again.id == network.id
    assert again.built_at == network.built_at == REVIEWED_AT
    assert np.array_equal(again.shape_lon, network.shape_lon)
    assert again.sources == network.sources


def test_other_content_gives_another_id(network: RoadNetwork) -> None:
    texts = dict(read_tables().texts)
    texts["links.csv"] = texts["links.csv"].replace("13.9", "14.0", 1)
    assert build_built_in(tables=Tables(texts)).id != network.id


def test_edges_are_in_compressed_rows_and_have_their_opposite(network: RoadNetwork) -> None:
    counts = np.diff(network.first_edge)
    assert counts.sum() == network.edge_count
    assert np.array_equal(np.repeat(np.arange(network.node_count), counts), network.tail)
    opposite = network.reverse
    assert np.array_equal(network.head[opposite], network.tail)
    assert np.array_equal(network.reverse[opposite], np.arange(network.edge_count))
    assert np.array_equal(network.length_m[opposite], network.length_m)


def test_shapes_start_at_the_tail_and_end_at_the_head(network: RoadNetwork) -> None:
    start, end = network.shape_start[:-1], network.shape_start[1:] - 1
    assert np.array_equal(network.shape_lon[start], network.node_lon[network.tail])
    assert np.array_equal(network.shape_lat[end], network.node_lat[network.head])


def test_a_structure_stands_on_both_directions_at_the_same_point(network: RoadNetwork) -> None:
    structures = network.structures
    rows = [i for i, name in enumerate(structures.names) if name == "磴口黄河特大桥"]
    assert len(rows) == 2
    first, second = rows
    assert structures.ids[first] == structures.ids[second]
    there, back = structures.edge[first], structures.edge[second]
    assert network.reverse[there] == back
    total = structures.offset_m[first] + structures.offset_m[second]
    assert total == pytest.approx(network.length_m[there])
    assert structures.lon[first] == pytest.approx(structures.lon[second])


def test_structures_are_in_the_order_of_their_edges(network: RoadNetwork) -> None:
    structures = network.structures
    assert np.all(np.diff(structures.edge) >= 0)
    assert np.array_equal(
        np.diff(structures.first), np.bincount(structures.edge, minlength=network.edge_count)
    )
    assert np.all(structures.offset_m >= 0)
    assert np.all(structures.offset_m <= network.length_m[structures.edge])


def test_every_limit_has_a_value_a_certainty_and_a_source(network: RoadNetwork) -> None:
    tables = ((EDGE_LIMITS, network.limits), (STRUCTURE_LIMITS, network.structures.limits))
    for kinds, limits in tables:
        assert set(limits) == set(kinds)
        for column in limits.values():
            unknown = column.certainty == Certainty.UNKNOWN
            assert np.array_equal(np.isnan(column.value), unknown)
            assert column.source.max() < len(network.sources)


def test_no_road_pretends_to_be_measured(network: RoadNetwork) -> None:
    for column in network.limits.values():
        assert not np.any(column.certainty == Certainty.KNOWN)


def test_demonstration_values_name_the_corridor_they_belong_to(network: RoadNetwork) -> None:
    column = network.limits[LimitKind.CLEAR_HEIGHT]
    demonstrated = column.certainty == Certainty.DEMONSTRATION
    assert demonstrated.any()
    assert all("演示" in network.sources[i] for i in set(column.source[demonstrated].tolist()))


def test_the_demonstration_restrictions_are_there(network: RoadNetwork) -> None:
    demonstration = Certainty.DEMONSTRATION
    low = limit(network, "旗下营铁路立交(老桥)", LimitKind.SIGNED_HEIGHT)
    assert low == (4.3, demonstration)
    weak = limit(network, "包头黄河公路大桥(旧桥)", LimitKind.SIGNED_MASS)
    assert weak == (40.0, demonstration)
    assert limit(network, "毕克齐收费站", LimitKind.CLEAR_WIDTH) == (3.2, demonstration)
    value, certainty = limit(network, "三盛公黄河大桥", LimitKind.RATED_MASS)
    assert math.isnan(value)
    assert certainty is Certainty.UNKNOWN


def test_what_a_kind_of_structure_does_not_limit_never_stops_a_load(network: RoadNetwork) -> None:
    value = limit(network, "建设路铁路立交", LimitKind.RATED_MASS)
    assert value == (math.inf, Certainty.KNOWN)


def test_class_and_design_speed_decide_what_is_assumed(network: RoadNetwork) -> None:
    height, width = network.limits[LimitKind.CLEAR_HEIGHT], network.limits[LimitKind.CLEAR_WIDTH]
    assumed = height.certainty == Certainty.ASSUMED
    third = assumed & (network.road_class == RoadClass.CLASS_3)
    express = assumed & (network.road_class == RoadClass.EXPRESSWAY)
    assert set(height.value[third].tolist()) == {4.5}
    assert set(height.value[express].tolist()) == {5.0}
    fast = assumed & (network.road_class == RoadClass.CLASS_2) & (network.design_speed_km_h == 80)
    assert set(width.value[fast].tolist()) == {7.5}


def test_expressways_charge_toll_and_streets_belong_to_the_city(network: RoadNetwork) -> None:
    express = network.road_class == RoadClass.EXPRESSWAY
    assert set(network.tolled[express].tolist()) == {int(Tolled.YES)}
    streets = network.urban == 1
    assert streets.sum() > 150
    assert set(network.owner[streets].tolist()) == {int(Owner.MUNICIPAL)}


@pytest.mark.parametrize(
    "city", ["新华大街", "钢铁大街", "哈达街", "伊金霍洛大街", "乌兰木伦街", "尼尔基路"]
)
def test_the_streets_of_the_five_cities_are_there(network: RoadNetwork, city: str) -> None:
    assert city in network.strings


def test_trucks_are_faster_on_expressways_than_in_the_city(network: RoadNetwork) -> None:
    speed = network.length_m / network.duration_s * 3.6
    assert speed[network.road_class == RoadClass.EXPRESSWAY].min() > 60
    assert speed[network.urban == 1].max() < 50


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("包头", "包头市"),
        ("包头市", "包头市"),
        ("baotou", "包头市"),
        ("Baotou", "包头市"),
        ("Hohhot", "呼和浩特市"),
        ("huhehaote", "呼和浩特市"),
        ("Hailar", "海拉尔区"),
        ("海拉尔", "海拉尔区"),
        ("满洲里", "满洲里市"),
        ("Manzhouli", "满洲里市"),
        ("Erenhot", "二连浩特市"),
        ("二连", "二连浩特市"),
        ("乌兰浩特", "乌兰浩特市"),
        ("达茂旗", "达尔罕茂明安联合旗"),
        ("百灵庙", "达尔罕茂明安联合旗"),
        ("bailingmiao", "达尔罕茂明安联合旗"),
        ("Linhe", "临河区"),
        ("巴彦浩特", "阿拉善左旗"),
        ("shangdu", "商都县"),
        ("满洲里口岸", "满洲里口岸"),
        ("甘其毛都", "甘其毛都口岸"),
        ("阿拉善盟", "阿拉善盟"),
        ("Ulanqab", "乌兰察布市"),
        ("包头示范钢构件基地", "包头示范钢构件基地"),
    ],
)
def test_places_answer_to_their_names(network: RoadNetwork, said: str, meant: str) -> None:
    assert find_place(network, said, field="from").name == meant


def test_every_place_stands_on_a_junction(network: RoadNetwork) -> None:
    nodes = set(zip(network.node_lon.tolist(), network.node_lat.tolist(), strict=True))
    assert all((place.lon, place.lat) in nodes for place in network.places)


def test_ceke_port_hangs_on_a_single_road(network: RoadNetwork) -> None:
    port = find_place(network, "策克口岸", field="to")
    node = int(np.flatnonzero(network.node_lon == port.lon)[0])
    assert network.first_edge[node + 1] - network.first_edge[node] == 1


def test_the_notes_say_what_is_demonstration(network: RoadNetwork) -> None:
    assert any("演示" in note for note in network.notes)


def test_the_sources_of_a_manifest_name_every_file() -> None:
    assert {source.name for source in built_in_sources()} == set(read_tables().texts)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance_m((110.0, 40.0), (110.0, 41.0)) == pytest.approx(111_195, abs=5)
