"""2,000 random journeys cost what an oracle says that imports nothing of the product.

Each case has its own town (one-way roads, limits of every certainty, turn bans, restrictions in
force), vehicle and pair of junctions. Every message names the seed of the town and the case.
"""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests import route_oracle
from tests.loads import RULES, load, planned
from tests.maps import draw, edge
from tests.route_oracle import Limit, Town, answer
from transport.network.attributes import Certainty, LimitKind
from transport.network.closures import InForce, Restriction, RestrictionKind
from transport.network.graph import RoadNetwork
from transport.network.naming import find_place
from transport.network.snapping import PlaceOnEdge, standing_on
from transport.routing import ground as ground_module
from transport.routing.answering_shortly import answer_shortly
from transport.routing.costs import Weights
from transport.routing.demand import demand_of
from transport.routing.ground import ground_for
from transport.vehicles.transport import Transport

TOWNS, CASES = 200, 10
TIME_ALONE = Weights(conditional=0.0, unknown=0.0, municipal=0.0, private=0.0)
LETTERS = "ABCDEFGHIJKL"
PICTURE = "\n".join("----".join(LETTERS[row : row + 4]) for row in (0, 4, 8))
PAIRS = [LETTERS[a] + LETTERS[b] for a in range(12) for b in (a + 1, a + 4)
         if b < 12 and (b - a == 4 or a % 4 < 3)]  # fmt: skip
HOW = {"known": Certainty.KNOWN, "assumed": Certainty.ASSUMED, "unknown": Certainty.UNKNOWN}
KINDS = {
    ("height_m", False): LimitKind.SIGNED_HEIGHT,
    ("height_m", True): LimitKind.CLEAR_HEIGHT,
    ("width_m", True): LimitKind.CLEAR_WIDTH,
    ("length_m", False): LimitKind.SIGNED_LENGTH,
    ("mass_t", False): LimitKind.SIGNED_MASS,
    ("axle_t", False): LimitKind.SIGNED_AXLE,
}
VALUES = {
    "height_m": (3.9, 4.0, 4.25, 4.5), "width_m": (2.5, 3.0, 3.6, 4.2), "length_m": (15.0, 18.0),
    "mass_t": (30.0, 49.0, 60.0), "axle_t": (8.0, 11.0, 13.0),
}  # fmt: skip


def _town(seed: int) -> tuple[Town, RoadNetwork]:
    """Draw a town for the oracle and the same one for the product."""
    chance = random.Random(seed)  # noqa: S311 - a seed for repeatable cases
    roads = [pair for pair in PAIRS if chance.random() < 0.85]
    drawn = [f"{one[0]}>{one[1]}" if chance.random() < 0.15 else one for one in roads]
    metres = {road: float(chance.randint(300, 9000)) for road in drawn}
    speeds = {road: chance.choice([30.0, 50.0, 72.0]) for road in drawn}
    edges: dict[str, int] = {}
    limits: dict[str, list[Limit]] = {}
    for road in drawn:
        for way in [road[0] + road[-1]] + [road[::-1]] * (">" not in road):
            edges[way] = round(1000 * metres[road] / (speeds[road] / 3.6))
            limits[way] = [
                Limit(what, measured, chance.choice(VALUES[what]),
                      chance.choice(["known", "known", "assumed", "unknown"]) if measured
                      else "known")
                for what, measured in chance.sample(sorted(KINDS), chance.choice([0, 0, 1, 2]))
            ]  # fmt: skip
            # A posted figure would answer for the clearance: one of the two is drawn.
            if {("height_m", False), ("height_m", True)} <= {
                (o.what, o.measured) for o in limits[way]
            }:
                limits[way] = limits[way][:1]
    follows = [a + b[1] for a in edges for b in edges if a[1] == b[0] and a[0] != b[1]]
    bans = frozenset(chance.sample(follows, len(follows) // 10))
    closed = frozenset(chance.sample(sorted(edges), len(edges) // 15))
    restricted = {
        way: {what: chance.choice(VALUES[what])}
        for way in chance.sample(sorted(edges), len(edges) // 10)
        for what in [chance.choice(["height_m", "mass_t", "axle_t"])]
    }
    network = draw(
        PICTURE,
        " ".join(drawn),
        lengths_m=metres,
        facts={road: {"speed_km_h": speed} for road, speed in speeds.items()},
        limits={f"{way[0]}>{way[1]}": _columns(found) for way, found in limits.items() if found},
        no_turns=" ".join(sorted(bans)),
    )
    orders = [
        Restriction(f"C{way}", RestrictionKind.CLOSURE, (edge(network, way),), "", "", closed=True)
        for way in sorted(closed)
    ]
    orders += [
        Restriction(f"L{way}", RestrictionKind.TEMPORARY_LIMIT, (edge(network, way),), "", "",
                    limits=((KINDS[what, False], value),))
        for way, one in sorted(restricted.items()) for what, value in one.items()
    ]  # fmt: skip
    town = Town(edges, limits, bans, closed, restricted)
    return town, replace(network, restrictions=tuple(orders), id=f"town {seed}")


def _columns(limits: list[Limit]) -> dict[LimitKind, float | tuple[float, Certainty] | Certainty]:
    return {
        KINDS[one.what, one.measured]: Certainty.UNKNOWN
        if one.how == "unknown"
        else (one.value, HOW[one.how])
        for one in limits
    }


def _vehicle(chance: random.Random) -> tuple[dict[str, float], Transport]:
    mass = chance.choice([28.0, 45.0, 49.0, 52.0, 60.0])
    sizes = {
        "height_m": chance.choice([3.5, 4.0, 4.15, 4.2, 4.45]),
        "width_m": chance.choice([2.5, 2.55, 2.6, 3.0, 3.6]),
        "length_m": chance.choice([14.0, 15.0, 18.0]),
        "mass_t": mass,
    }
    axles = (mass / 5,) * 5
    return {**sizes, "axle_t": mass / 5}, load(**sizes, axle_loads_t=axles)


def _standing(network: RoadNetwork, letter: str) -> list[PlaceOnEdge]:
    place = find_place(network, letter, field="test")
    return standing_on(network, place.lon, place.lat)


@pytest.mark.parametrize("tenth", range(10))
def test_journeys_cost_what_the_oracle_says(tenth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    statuses: dict[str, int] = {}
    for seed in range(tenth, TOWNS, 10):
        # Every second town is searched by the compiled engine, the others by the plain kernel.
        small = 0 if (seed // 10) % 2 else 5_000
        monkeypatch.setattr(ground_module, "SMALL_NETWORK_EDGES", small)
        town, network = _town(seed)
        in_force = tuple(InForce(number) for number in range(len(network.restrictions)))
        rules = replace(RULES, restrictions=in_force)
        chance = random.Random(seed + 50_000)  # noqa: S311 - a seed for repeatable cases
        letters = sorted({end for way in town.edges for end in way})
        for case in range(CASES):
            sizes, transport = _vehicle(chance)
            start, end = chance.sample(letters, 2)
            status, spent_ms = answer(town, sizes, start, end)
            message = f"town {seed}, case {case}: {start} to {end}, {sizes}"
            asked = [_standing(network, letter) for letter in (start, end)]
            ground = ground_for(network, demand_of(transport), rules, TIME_ALONE)
            found = answer_shortly(ground, asked)
            assert found.status.value == status, message
            if spent_ms is not None:
                assert found.duration_s == pytest.approx(spent_ms / 1000, abs=0.1), message
            if not case:  # the whole plan is slower, and says the same
                plan = planned(
                    network, start, end, transport, rules=rules, weights=TIME_ALONE, seconds=600.0
                )
                assert plan.status.value == status, message
                assert not plan.routes or plan.routes[0].duration_s == found.duration_s, message
            statuses[status] = statuses.get(status, 0) + 1
    assert {"feasible", "infeasible"} <= set(statuses), statuses


def test_the_oracle_imports_no_product_code() -> None:
    tree = ast.parse(Path(route_oracle.__file__).read_text(encoding="utf-8"))
    modules = {
        name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }
    assert not {one.split(".")[0] for one in modules} & {
        "transport",
        "webapp",
        "road_data",
        "tests",
    }
