"""The decision on certainty, and the reasons that go with every verdict."""

from __future__ import annotations

import math

import pytest

from tests.loads import RULES, load, planned
from tests.maps import Limit, Limits, Standing, draw
from transport.network.attributes import Certainty, LimitKind, Passability, StructureKind
from transport.routing.demand import demand_of
from transport.routing.passability import judge_network
from transport.routing.reasons import reasons_on_edge, reasons_on_structure
from transport.routing.route import RouteStatus
from transport.vehicles.transport import Transport

HIGH, PLAIN = {"height_m": 4.4}, {"height_m": 4.0}
KNOWN, DEMO = Certainty.KNOWN, Certainty.DEMONSTRATION
ASSUMED, UNKNOWN = Certainty.ASSUMED, Certainty.UNKNOWN


def _edge(limits: Limits, transport: Transport) -> str:
    road = draw("A---B", "A>B", limits={"A>B": limits})
    judged = judge_network(road, demand_of(transport), RULES)
    return Passability(int(judged.edges.outcome[0])).word


def _structure(kind: StructureKind, limits: Limits, transport: Transport) -> str:
    road = draw("A---B", "A>B", structures=[Standing("A>B", kind, limits)])
    judged = judge_network(road, demand_of(transport), RULES)
    assert judged.edges.outcome[0] == judged.structures.outcome[0]
    return Passability(int(judged.structures.outcome[0])).word


TABLE = [
    ((4.5, KNOWN), HIGH, "pass"),
    ((4.49, KNOWN), HIGH, "conditional"),
    ((4.45, KNOWN), HIGH, "conditional"),
    ((4.44, KNOWN), HIGH, "fail"),
    ((4.44, DEMO), HIGH, "fail"),
    ((4.5, DEMO), HIGH, "pass"),
    ((4.5, ASSUMED), HIGH, "conditional"),
    ((4.3, ASSUMED), HIGH, "unknown"),
    (UNKNOWN, HIGH, "unknown"),
    ((math.inf, ASSUMED), HIGH, "conditional"),
    ((math.inf, KNOWN), HIGH, "pass"),
    (UNKNOWN, PLAIN, "pass"),
    ((3.0, ASSUMED), PLAIN, "pass"),
    ((4.05, KNOWN), PLAIN, "pass"),
    ((4.04, KNOWN), PLAIN, "fail"),
]


@pytest.mark.parametrize(("limit", "size", "outcome"), TABLE)
def test_the_decision_on_certainty_holds_for_a_clearance(
    limit: object, size: dict[str, float], outcome: str
) -> None:
    assert _edge({LimitKind.CLEAR_HEIGHT: limit}, load(**size)) == outcome  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("signed", "clear", "outcome"),
    [
        ((4.5, KNOWN), UNKNOWN, "pass"),
        ((math.inf, KNOWN), UNKNOWN, "unknown"),
        ((math.inf, KNOWN), (5.0, ASSUMED), "conditional"),
        ((4.3, KNOWN), (5.0, KNOWN), "fail"),
        ((4.3, ASSUMED), (5.0, ASSUMED), "unknown"),
    ],
)
def test_no_sign_says_nothing_about_the_air_above(
    signed: object, clear: object, outcome: str
) -> None:
    limits = {LimitKind.SIGNED_HEIGHT: signed, LimitKind.CLEAR_HEIGHT: clear}
    assert _edge(limits, load(**HIGH)) == outcome  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signed", "clear", "outcome"),
    [
        (UNKNOWN, (5.0, KNOWN), "unknown"),
        (UNKNOWN, (5.0, DEMO), "unknown"),
        (UNKNOWN, (5.0, ASSUMED), "unknown"),
        (UNKNOWN, (4.44, KNOWN), "fail"),
        ((math.inf, ASSUMED), (5.0, KNOWN), "pass"),
        ((4.3, ASSUMED), (5.0, KNOWN), "unknown"),
        ((4.5, ASSUMED), (5.0, KNOWN), "conditional"),
    ],
)
def test_a_sign_that_nobody_can_read_is_a_question_even_where_the_air_was_measured(
    signed: object, clear: object, outcome: str
) -> None:
    limits = {LimitKind.SIGNED_HEIGHT: signed, LimitKind.CLEAR_HEIGHT: clear}
    assert _edge(limits, load(**HIGH)) == outcome  # type: ignore[arg-type]
    assert _edge(limits, load(**PLAIN)) == "pass"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signed", "physical", "large"),
    [
        (LimitKind.SIGNED_WIDTH, LimitKind.CLEAR_WIDTH, {"width_m": 3.5}),
        (LimitKind.SIGNED_MASS, LimitKind.RATED_MASS, {"mass_t": 80.0}),
    ],
)
def test_an_unread_sign_is_a_question_in_every_dimension_and_no_sign_is_none(
    signed: LimitKind, physical: LimitKind, large: dict[str, float]
) -> None:
    def bridge(sign: Limit, transport: Transport) -> str:
        return _structure(StructureKind.BRIDGE, {signed: sign, physical: 100.0}, transport)

    assert bridge(UNKNOWN, load(**large)) == "unknown"
    assert bridge(UNKNOWN, load()) == "pass"
    assert bridge((math.inf, ASSUMED), load(**large)) == "pass"


def test_the_question_about_an_unread_sign_names_the_sign() -> None:
    limits: Limits = {LimitKind.SIGNED_HEIGHT: UNKNOWN, LimitKind.CLEAR_HEIGHT: 5.0}
    road = draw("A---B", "A>B", limits={"A>B": limits})
    [reason] = reasons_on_edge(road, demand_of(load(**HIGH)), RULES, 0)
    assert (reason.kind, reason.outcome, reason.limit, reason.certainty) == (
        "signed_height_m",
        Passability.UNKNOWN,
        None,
        UNKNOWN,
    )


def test_a_route_under_an_unread_sign_is_a_survey_task_and_not_feasible() -> None:
    limits: Limits = {LimitKind.SIGNED_HEIGHT: UNKNOWN, LimitKind.CLEAR_HEIGHT: 5.0}
    road = draw("A---B---C", "AB BC", limits={"BC": limits})
    plan = planned(road, "A", "C", load(**HIGH))
    assert plan.status is RouteStatus.UNKNOWN
    assert [one.missing for one in plan.routes[0].unknowns] == [("signed_height_m",)]
    assert planned(road, "A", "C", load(**PLAIN)).status is RouteStatus.FEASIBLE


def test_an_unread_axle_sign_is_a_question_with_and_without_axle_loads() -> None:
    heavy = {"mass_t": 80.0}
    assert _edge({LimitKind.SIGNED_AXLE: UNKNOWN}, load(**heavy, axle_loads_t=())) == "unknown"
    assert _edge({LimitKind.SIGNED_AXLE: UNKNOWN}, load(axle_loads_t=(12.0, 12.0))) == "unknown"
    assert _edge({LimitKind.SIGNED_AXLE: UNKNOWN}, load()) == "pass"


def test_the_gap_at_the_side_depends_on_the_road() -> None:
    wide = load(width_m=3.5)
    assert _edge({LimitKind.CLEAR_WIDTH: 4.5}, wide) == "pass"
    assert _edge({LimitKind.CLEAR_WIDTH: 4.49}, wide) == "conditional"
    assert _edge({LimitKind.CLEAR_WIDTH: 3.49}, wide) == "fail"


def test_a_bridge_of_unknown_strength_is_a_question_for_a_heavy_load_only() -> None:
    limits: Limits = {LimitKind.RATED_MASS: UNKNOWN}
    assert _structure(StructureKind.BRIDGE, limits, load()) == "pass"
    assert _structure(StructureKind.BRIDGE, limits, load(mass_t=80.0)) == "unknown"


def test_what_a_structure_does_not_limit_is_not_asked() -> None:
    limits: Limits = {LimitKind.CLEAR_HEIGHT: UNKNOWN, LimitKind.RATED_MASS: UNKNOWN}
    assert _structure(StructureKind.BRIDGE, limits, load(height_m=5.0)) == "pass"
    assert _structure(StructureKind.OVERBRIDGE, limits, load(mass_t=90.0)) == "pass"


def test_sums_of_decimal_fractions_still_equal_the_limit() -> None:
    assert _edge({LimitKind.CLEAR_HEIGHT: 4.7}, load(height_m=4.6)) == "pass"
    assert _edge({LimitKind.CLEAR_HEIGHT: 4.35}, load(height_m=4.3)) == "conditional"


def test_missing_axle_loads_are_a_question_where_an_axle_limit_is_posted() -> None:
    nobody_said = load(mass_t=80.0, axle_loads_t=())
    assert _edge({LimitKind.SIGNED_AXLE: 13.0}, nobody_said) == "unknown"
    assert _edge({LimitKind.SIGNED_AXLE: 80.0}, nobody_said) == "pass"
    assert _edge({LimitKind.SIGNED_AXLE: 13.0}, load(axle_loads_t=())) == "pass"


def test_why_not_here_is_answered_for_one_edge() -> None:
    road = draw("A---B", "A>B", limits={"A>B": {LimitKind.SIGNED_MASS: (30.0, KNOWN)}})
    [reason] = reasons_on_edge(road, demand_of(load()), RULES, 0)
    assert (reason.kind, reason.outcome, reason.limit, reason.value, reason.hard) == (
        "signed_mass_t",
        Passability.FAIL,
        30.0,
        48.0,
        False,
    )
    assert reason.clause == "R62 art. 27"


def test_why_not_here_is_answered_for_one_structure() -> None:
    tunnel = Standing("A>B", StructureKind.TUNNEL, {LimitKind.CLEAR_HEIGHT: 4.5})
    road = draw("A---B", "A>B", structures=[tunnel])
    [reason] = reasons_on_structure(road, demand_of(load(height_m=4.4)), RULES, 0)
    assert (reason.outcome, reason.hard, reason.clause) == (
        Passability.FAIL,
        True,
        "T2213 9.2.1(1)",
    )
    assert reason.gap_m == pytest.approx(0.2)
