"""The compiled engine and the plain kernel give the same plan on random drawn maps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.loads import RULES, load
from tests.maps import draw
from transport.network.attributes import Certainty, LimitKind, Passability
from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing import ground as ground_module
from transport.routing.blockers import least_violating_path
from transport.routing.costs import Weights
from transport.routing.demand import demand_of
from transport.routing.ground import Examined, Ground, ground_for
from transport.routing.paths import Path, cheapest_path
from transport.routing.unlocking import unlocking_changes

PICTURE = """
    A---B---C---G
    |   |   |   |
    D---E---F---H
"""
ROADS = ["AB", "BC", "AD", "BE", "CF", "DE", "EF", "CG", "GH", "FH"]
KINDS = [LimitKind.SIGNED_HEIGHT, LimitKind.CLEAR_WIDTH, LimitKind.SIGNED_MASS]
VALUES = {"height": (3.9, 4.2, 4.5), "width": (3.2, 4.0), "mass": (30.0, 50.0, 80.0)}


@st.composite
def _networks(draw_: st.DrawFn) -> RoadNetwork:
    limits: dict[str, dict[LimitKind, tuple[float, Certainty]]] = {}
    for road in ROADS:
        for kind in draw_(st.sets(st.sampled_from(KINDS), max_size=2)):
            certainty = draw_(st.sampled_from([Certainty.KNOWN, Certainty.ASSUMED]))
            value = draw_(st.sampled_from(VALUES[kind.value.split("_")[1]]))
            limits.setdefault(road, {})[kind] = value, certainty
    return draw(PICTURE, " ".join(ROADS), limits=limits)


_WEIGHTS = st.builds(
    Weights,
    conditional=st.sampled_from([0.0, 0.1, 3.0]),
    unknown=st.sampled_from([0.0, 0.5]),
    seconds_per_km=st.sampled_from([0.0, 60.0]),
    seconds_per_authority=st.sampled_from([0.0, 300.0]),
)
_LOADS = st.builds(
    lambda height, width, mass, length: load(
        height_m=height, width_m=width, mass_t=mass, length_m=length, axle_loads_t=(mass / 5,) * 5
    ),
    st.sampled_from([3.8, 4.1, 4.45]),
    st.sampled_from([2.5, 2.9, 3.6]),
    st.sampled_from([45.0, 55.0]),
    st.sampled_from([16.0, 30.0]),
)


def _costs(ground: Ground, stops: list[list[PlaceOnEdge]]) -> list[object]:
    costs: list[object] = []
    for worst in (Passability.PASS, Passability.CONDITIONAL, Passability.UNKNOWN):
        found = cheapest_path(ground.network, ground.metric(worst), stops)
        costs.append(None if found is None else found[0])
    return costs


def _answers(ground: Ground, stops: list[list[PlaceOnEdge]]) -> list[object]:
    """Everything searches say, in numbers that do not depend on ties."""
    costs = _costs(ground, stops)
    least: Path | None = least_violating_path(ground, stops)
    hard = soft = 0
    for piece in least or ():
        hard += int(ground.judged.edges.hard[piece.edge])
        soft += int(ground.judged.edges.soft[piece.edge]) + (piece.edge in ground.avoided)
    changes = [one.change for one in unlocking_changes(ground, stops)]
    return [*costs, least is None, hard, soft, changes]


@settings(deadline=None, max_examples=120)
@given(
    _networks(),
    _LOADS,
    _WEIGHTS,
    st.lists(st.tuples(st.integers(0, 19), st.floats(0, 1)), min_size=2, max_size=3),
    st.sets(st.integers(0, 19), max_size=2),
    st.sets(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=4),
)
def test_engine_and_plain_kernel_agree(
    network: RoadNetwork,
    transport: object,
    weights: Weights,
    points: list[tuple[int, float]],
    avoided: set[int],
    closed: set[tuple[int, int]],
) -> None:
    stops = [
        [PlaceOnEdge(edge, share * float(network.length_m[edge]), 0.0, 0.0, 0.0)]
        for edge, share in points
    ]
    turns = frozenset(turn for turn in closed if network.head[turn[0]] == network.tail[turn[1]])
    ground = ground_for(
        network,
        demand_of(transport),  # type: ignore[arg-type]
        RULES,
        weights,
        avoided=frozenset(avoided),
    )
    examined = Ground(
        **{
            name: getattr(ground, name)
            for name in Ground.__dataclass_fields__
            if name != "examined"
        },
        examined=Examined(turns=dict.fromkeys(turns, Passability.FAIL)),
    )
    # Closed turns are marks that blockers and changes do not count, so there costs are compared.
    for one, said in ((ground, _answers), (examined, _costs)):
        plain = said(one, stops)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ground_module, "SMALL_NETWORK_EDGES", 0)
            compiled = said(one, stops)
        assert compiled == plain
