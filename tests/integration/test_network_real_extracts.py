"""Every real extract beside the project builds, and holds what its files are known for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from road_data.building import build_network
from transport.network.attributes import Certainty, LimitKind, StructureKind
from transport.network.graph import RoadNetwork

ROOT = Path(__file__).parents[2]
EXTRACTS = ROOT.parent / "shared" / "data" / "osm"
NAMES = [
    "andorra.osm.pbf", "baltimore.osm.pbf", "heidelberg.osm.pbf", "lauf.osm.pbf",
    "liechtenstein.osm.pbf", "london.osm.pbf", "malta.osm.pbf", "north-bayreuth.osm.gz",
    "rnv.osm.pbf",
]  # fmt: skip
pytestmark = pytest.mark.real_data
_BUILT: dict[str, RoadNetwork] = {}


def network(name: str) -> RoadNetwork:
    path = EXTRACTS / name
    if not path.is_file():
        pytest.skip("the OpenStreetMap extracts are not beside the project (../shared/data)")
    if name not in _BUILT:
        roads = ROOT / "config" / "roads"
        _BUILT[name] = build_network(path, roads_folder=roads, built_at="").network
    return _BUILT[name]


def known(built: RoadNetwork, kind: LimitKind) -> set[float]:
    values: set[float] = set()
    for column in (built.limits[kind], built.structures.limits[kind]):
        there = (column.certainty == Certainty.KNOWN) & np.isfinite(column.value)
        values.update(np.unique(column.value[there]).tolist())
    return values


@pytest.mark.parametrize("name", NAMES)
def test_every_extract_gives_a_sound_network(name: str) -> None:
    built = network(name)
    assert built.edge_count > 2000
    assert (np.diff(built.first_edge) >= 0).all()
    assert (np.diff(built.tail) >= 0).all()
    assert (built.length_m >= 0).all()
    assert np.isfinite(built.duration_s).all()
    back = built.reverse[built.reverse >= 0]
    assert (built.reverse[back] >= 0).all()
    for kind in built.limits:
        column = built.limits[kind]
        assert (np.isnan(column.value) == (column.certainty == Certainty.UNKNOWN)).all()
        assert column.source.max() < len(built.sources)
    structures = built.structures
    assert (structures.offset_m <= built.length_m[structures.edge] + 1e-6).all()
    assert (np.diff(structures.edge) >= 0).all()


def test_the_region_richest_in_limits_keeps_them() -> None:
    built = network("rnv.osm.pbf")
    assert len(known(built, LimitKind.SIGNED_HEIGHT)) > 15
    assert len(known(built, LimitKind.SIGNED_MASS)) > 10
    bridges = {
        built.structures.ids[row]
        for row in np.flatnonzero(built.structures.kind == StructureKind.BRIDGE).tolist()
    }
    assert len(bridges) > 1200


def test_feet_are_read_in_baltimore_and_london() -> None:
    assert any(abs(value / 0.3048 - round(value / 0.3048)) < 1e-9
               for value in known(network("london.osm.pbf"), LimitKind.SIGNED_LENGTH))  # fmt: skip


def test_toll_booths_and_height_restrictors_stand_in_andorra() -> None:
    built = network("andorra.osm.pbf")
    assert (built.structures.kind == StructureKind.TOLL_STATION).any()
    assert (built.structures.kind == StructureKind.TUNNEL).any()
    height = built.limits[LimitKind.CLEAR_HEIGHT]
    unknown = height.source[height.certainty == Certainty.UNKNOWN]
    why = {built.sources[number] for number in unknown.tolist()}
    low = known(built, LimitKind.SIGNED_HEIGHT)
    assert "height of the height restrictor not recorded" in why or min(low) < 3.0


def test_turn_restrictions_come_with_the_extract() -> None:
    assert len(network("heidelberg.osm.pbf").forbidden_turns) > 400
