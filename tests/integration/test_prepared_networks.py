"""What routing prepares is stored with a version, used again, and made anew where it is damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from road_data import hierarchies
from road_data.hierarchies import offer_prepared, prepare_version
from road_data.opening import open_network
from road_data.store import save_network
from tests.loads import load, planned
from tests.maps import draw
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing import ground as ground_module
from transport.routing.alike import ALIKE
from transport.routing.engine import engine_of
from transport.routing.preparing import PREPARED, Prepared
from transport.routing.route import RouteStatus

ROADS = draw("A---B---C\n|       |\nD-------E", "AB BC AD DE CE", no_turns="ABC")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(hierarchies, "_SMALLEST_EDGES", 1)
    monkeypatch.setattr(ground_module, "SMALL_NETWORK_EDGES", 0)
    save_network(ROADS, tmp_path / "roads")
    assert prepare_version(tmp_path / "roads")
    return tmp_path / "roads"


def _offered(folder: Path) -> RoadNetwork:
    network = open_network(folder)
    offer_prepared(network, folder)
    return network


def _never() -> Prepared:
    raise AssertionError("computed again")


def test_a_prepared_network_answers_without_preparing(folder: Path) -> None:
    network = _offered(folder)
    prepared = remembered(network, PREPARED, _never)
    assert prepared.unlimited is not None
    remembered(network, (ALIKE, ()), _never)
    assert engine_of(network).roads is prepared.roads
    assert planned(network, "A", "C", load()).status is RouteStatus.FEASIBLE


def test_the_prepared_network_gives_the_same_routes(folder: Path) -> None:
    fresh = planned(ROADS, "A", "C", load())
    stored = planned(_offered(folder), "A", "C", load())
    assert stored.routes[0].edges == fresh.routes[0].edges
    assert stored.routes[0].duration_s == fresh.routes[0].duration_s


@pytest.mark.parametrize("damage", ["empty", "missing", "other release"])
def test_damaged_files_are_computed_again(folder: Path, damage: str) -> None:
    [place] = folder.glob("v-*/prepared")
    if damage == "empty":
        (place / "roads.tails.npy").write_bytes(b"")
    elif damage == "missing":
        (place / "roads.tails.npy").unlink()
    else:
        (place / "made.json").write_text('{"release": 0}', encoding="utf-8")
    assert planned(_offered(folder), "A", "C", load()).status is RouteStatus.FEASIBLE


def test_a_new_version_takes_the_old_preparations_away(folder: Path) -> None:
    for hours in (1.5, 2.0, 3.0):
        slower = replace(ROADS, duration_s=np.asarray(ROADS.duration_s * hours))
        save_network(slower, folder)
        assert prepare_version(folder)
    network = _offered(folder)
    duration_s = planned(network, "A", "C", load()).routes[0].duration_s
    assert duration_s == pytest.approx(3 * planned(ROADS, "A", "C", load()).routes[0].duration_s)
    assert len(list(folder.glob("v-*/prepared"))) <= 2
