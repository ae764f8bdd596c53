"""The largest sizes and mass that can travel, with bridges that fail for heavy loads."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import pytest

from tests.loads import RULES, load
from tests.maps import Standing, draw
from transport.network.attributes import Certainty, LimitKind, Passability, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing import ground as ground_module
from transport.routing.blockers import EXAMINATION
from transport.routing.costs import Weights
from transport.routing.demand import Demand, Dimension, demand_of
from transport.routing.envelope import Envelope, find_envelope
from transport.routing.examining import Examiner, examined_path
from transport.routing.ground import Ground, ground_for
from transport.routing.search import Turn

PICTURE = """
    A-----B---C---G
    |     |   |   |
    D---I-E---F---H
"""
ROADS = "AB BC AD BE CF DI IE EF CG GH FH"
PLAIN = "AB AD"  # the roads without a bridge


@dataclass(frozen=True)
class Bearing:
    """Bridges that bear so many tonnes each, whatever the sizes."""

    mass_t: float
    bears: Mapping[str, float]

    @property
    def key(self) -> Hashable:
        return ("bearing", self.mass_t, tuple(sorted(self.bears.items())))

    def structure(self, network: RoadNetwork, row: int) -> Passability:
        held = self.mass_t <= self.bears[network.structures.ids[row]] + 1e-9
        return Passability.PASS if held else Passability.FAIL

    def turn(self, network: RoadNetwork, turn: Turn) -> Passability:  # noqa: ARG002
        return Passability.PASS


def _network() -> RoadNetwork:
    bridged = [one for one in ROADS.split() if one not in PLAIN]
    return draw(
        PICTURE,
        ROADS,
        limits={"BC": {LimitKind.SIGNED_HEIGHT: (4.5, Certainty.KNOWN)}},
        structures=[Standing(road, StructureKind.BRIDGE, id=road) for road in bridged],
    )


def _stops(network: RoadNetwork) -> list[list[PlaceOnEdge]]:
    starts = [e for e in range(network.edge_count) if network.tail[e] == 0]
    ends = [e for e in range(network.edge_count) if network.head[e] == network.node_count - 1]
    length_m = network.length_m.tolist()
    return [
        [PlaceOnEdge(e, 0.0, 0.0, 0.0, 0.0) for e in starts],
        [PlaceOnEdge(e, length_m[e], 0.0, 0.0, 0.0) for e in ends],
    ]


def _ground(network: RoadNetwork) -> Ground:
    return ground_for(network, demand_of(load(mass_t=60.0)), RULES, Weights())


def _bears(seed: int) -> dict[str, float]:
    chance = random.Random(seed)  # noqa: S311 - repeatable
    return {road: round(chance.uniform(30, 200), 2) for road in ROADS.split()}


def _envelope(network: RoadNetwork, bears: Mapping[str, float]) -> Envelope:
    def examiner(demand: Demand) -> Examiner:
        return Bearing(demand.mass_t, bears)

    return find_envelope(_ground(network), _stops(network), examiner)


@pytest.mark.parametrize("compiled", [False, True], ids=["plain", "compiled"])
def test_the_largest_mass_is_what_the_best_way_over_bridges_bears(
    monkeypatch: pytest.MonkeyPatch, *, compiled: bool
) -> None:
    network = _network()
    if compiled:
        monkeypatch.setattr(ground_module, "SMALL_NETWORK_EDGES", 0)
    stops = _stops(network)
    for seed in range(12):
        bears = _bears(seed)
        found = _envelope(network, bears).largest[Dimension.MASS]
        held = [0.0]
        for mass_t in {*bears.values()}:
            ground = _ground(network)
            ground = ground.for_demand(ground.demand.with_value(Dimension.MASS, mass_t))
            examined = examined_path(ground, Passability.UNKNOWN, stops, Bearing(mass_t, bears))
            held.append(0.0 if examined is None else mass_t)
        assert found.value == pytest.approx(max(held)), f"seed {seed}"
        assert {one.kind for one in found.blockers} == {EXAMINATION}, f"seed {seed}"


def test_heights_and_widths_are_those_of_ways_whose_bridges_bear_the_load() -> None:
    network = _network()
    strong = dict.fromkeys(ROADS.split(), 500.0)
    high = _envelope(network, strong).largest[Dimension.HEIGHT]
    assert high.value is None  # by way of D, I and E nothing limits the height
    weak = _envelope(network, strong | {"DI": 50.0, "BE": 50.0})
    assert weak.largest[Dimension.HEIGHT].value == 4.5
    assert weak.largest[Dimension.WIDTH].value is None


def test_where_no_bridge_bears_the_load_nothing_travels_and_the_bridge_is_named() -> None:
    found = _envelope(_network(), dict.fromkeys(ROADS.split(), 10.0))
    assert found.largest[Dimension.HEIGHT].value is None
    assert found.largest[Dimension.HEIGHT].blockers[0].kind == EXAMINATION
    assert found.largest[Dimension.MASS].value == 10.0
    assert found.trade_off == ()
