"""`place:NAME` as a source: fetched where a connection exists, else a clear answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import networkx as nx
import osmnx
import pytest
import requests

from road_data.building import build_network
from transport.errors import InvalidInputError, NotAvailableError
from transport.network.attributes import Certainty, LimitKind, Surface
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings

ROADS = Path(__file__).parents[2] / "config" / "roads"
PLACE = Path("place:试验镇, 包头市")


def fetched(_name: str, **_wishes: Any) -> Any:
    """Stand for the answer of the map server: one street in both directions."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs="epsg:4326", created_date="2026-05-01")
    for node, lon in ((1, 109.80), (2, 109.81), (3, 109.82)):
        graph.add_node(node, x=lon, y=40.60)
    street = {"osmid": 10, "highway": "primary", "oneway": False, "length": 846.2,
              "maxheight:physical": "4.8", "surface": "asphalt"}  # fmt: skip
    for tail, head in ((1, 2), (2, 3)):
        graph.add_edge(tail, head, 0, **street, reversed=False)
        graph.add_edge(head, tail, 0, **street, reversed=True)
    return graph


def unreachable(_name: str, **_wishes: Any) -> Any:
    message = "no route to host"
    raise requests.exceptions.ConnectionError(message)


def unknown(_name: str, **_wishes: Any) -> Any:
    message = "Nominatim could not geocode query"
    raise ValueError(message)


def test_a_fetched_place_keeps_its_limits_and_the_day_of_its_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(osmnx, "graph_from_place", fetched)
    built = build_network(PLACE, roads_folder=ROADS, built_at="")
    network = built.network
    assert network.edge_count == 2
    column = network.limits[LimitKind.CLEAR_HEIGHT]
    assert set(column.value.tolist()) == {4.8}
    assert set(column.certainty.tolist()) == {Certainty.KNOWN}
    assert network.surface is not None
    assert set(network.surface.tolist()) == {Surface.ASPHALT}
    assert built.provenance.sources[0].name == str(PLACE)
    assert built.provenance.sources[0].as_of == "2026-05-01"


def test_without_a_connection_the_command_says_what_to_give_instead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(osmnx, "graph_from_place", unreachable)
    services = Composition(read_settings({"DAJIAN_DATA": str(tmp_path)}))
    monkeypatch.setattr(access, "_provider", [lambda: services])
    assert run(["network", "build", str(PLACE), "--out", str(tmp_path / "net")]) == 3
    said = capsys.readouterr().err
    assert "needs a connection" in said
    assert ".osm.pbf" in said
    assert not (tmp_path / "net").exists()


def test_without_osmnx_the_source_is_not_available(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "osmnx", None)
    with pytest.raises(NotAvailableError, match="needs the package osmnx"):
        build_network(PLACE, roads_folder=ROADS, built_at="")


@pytest.mark.parametrize("source", ["place:Nowhere", "place:"])
def test_a_place_nobody_knows_is_a_wrong_request(
    monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setattr(osmnx, "graph_from_place", unknown)
    with pytest.raises(InvalidInputError, match="no area is known"):
        build_network(Path(source), roads_folder=ROADS, built_at="")
