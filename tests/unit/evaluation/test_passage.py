"""The passage of a whole way: checks in driving order, conditions, surveys, three conclusions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.evaluation_tables import shipped_tables
from tests.maps import Standing, draw, edge
from tests.passages import (
    BRIDGES,
    ROAD_RECORD,
    SUBGRADE,
    bridge_record,
    issue_transport,
    measured,
    route_over,
    way_with,
    with_records,
)
from transport.errors import InvalidInputError
from transport.evaluation.passage.answer import passage_as_json
from transport.evaluation.passage.bridges import BridgeVerdicts
from transport.evaluation.passage.findings import Passage, PassageCheck
from transport.evaluation.plans import Conclusion
from transport.evaluation.words import Result
from transport.network.attributes import (
    Certainty,
    LimitKind,
    Passability,
    RoadClass,
    StructureKind,
)
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.routing.route import RoutePlan, RouteStatus
from transport.services.evaluating_routes import evaluate_route, read_records, train_of
from transport.services.planning_routes import RouteRequest, plan_request
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import read_travel_at

DAY = date(2026, 9, 1)
CONFIG = Path(__file__).parents[3] / "config"


@cache
def _law() -> Law:
    return read_law(CONFIG)


def _evaluate(
    network: RoadNetwork,
    transport: Transport | None = None,
    measurements: Sequence[Mapping[str, Any]] = SUBGRADE,
    decisions: Sequence[Mapping[str, Any]] = (),
    edges: Sequence[int] = (0,),
    day: date = DAY,
) -> Passage:
    records = read_records({"measurements": measurements, "decisions": decisions})
    return evaluate_route(
        network, shipped_tables(), _law(), transport or issue_transport(), day,
        route_over(network, edges), records,
    )  # fmt: skip


def _one(passage: Passage, check: str, element: str = "") -> PassageCheck:
    found = [c for c in passage.checks if c.check == check and element in ("", c.element)]
    assert len(found) == 1, found
    return found[0]


def _sound(number: int, **changes: Any) -> dict[str, Any]:
    """Return a bridge that no plate rule holds up: girders or boxes only."""
    forms = [n for n in range(200) if bridge_record(n)["structural_form"] != "hollow_slab"]
    return {**bridge_record(forms[number]), "structure_id": f"bridge-{number + 1}", **changes}


def _toll(**record: Any) -> tuple[Standing, dict[str, Any]]:
    standing = Standing("A>B", StructureKind.TOLL_STATION, share=0.9, id="t1", name="东口站")
    return standing, {"record": "stations", "source": "站点清单", **record}


# Conclusions


def test_a_way_of_sound_bridges_is_passable_after_measures() -> None:
    passage = _evaluate(way_with([_sound(n) for n in range(8)]))
    assert passage.conclusion is Conclusion.AFTER_MEASURES
    assert {c.result for c in passage.checks} == {Result.PASS, Result.PASS_WITH_MEASURES}


def test_a_bridge_of_class_4_makes_the_way_impassable() -> None:
    passage = _evaluate(way_with([_sound(0), _sound(1, condition_class="4")]))
    assert passage.conclusion is Conclusion.NOT_PASSABLE
    refused = [c for c in passage.checks if c.result is Result.NOT_PASSABLE]
    assert [c.element for c in refused] == ["bridge-2"]
    assert refused[0].values["reasons"] == ["condition_class"]


def test_a_light_wide_load_on_a_good_road_simply_passes() -> None:
    wide = issue_transport(
        axle_notation=None, axle_counts=None, mass_t=40, width_m=3.0, height_m=4.1,
        axle_loads_t="5,5,5,5,5,5,5,5", trailer_kind="low_bed", axles_per_line=1,
    )  # fmt: skip
    passage = _evaluate(way_with([_sound(0)]), wide, measurements=())
    assert passage.conclusion is Conclusion.PASSABLE
    assert not passage.surveys


def test_the_issue_s_train_over_55_bridges_waits_for_eleven_engineers_decisions() -> None:
    passage = _evaluate(way_with([bridge_record(n) for n in range(BRIDGES)]))
    results = Counter(c.result for c in passage.checks if c.check == "bridge_screening")
    assert results == {Result.PASS_WITH_MEASURES: 44, Result.NEEDS_CALCULATION: 11}
    assert passage.conclusion is None
    chainages = [c.chainage_km for c in passage.checks]
    assert chainages == sorted(chainages)


# Engineers' decisions


def _decision(**changes: Any) -> dict[str, Any]:
    train = train_of(issue_transport(), shipped_tables(), _law(), DAY)
    assert train.axles is not None
    return {
        "element": "bridge-1",
        "check": "bridge_screening",
        "result": "PASS_WITH_MEASURES",
        "reason": "板桥局部承载验算通过",
        "signed_by": "结构工程师",
        "decided_on": "2026-08-01",
        "valid_until": "2027-02-01",
        "axle_loads_kn": list(train.axles.loads_kn),
        "axle_spacings_m": list(train.axles.gaps_m),
        "rating": {"condition_class": "1", "rated_on": "2026-03-01"},
        "conditions": ["speed_5", "centre_line", "close_other_lanes"],
        **changes,
    }


SLAB = bridge_record(0)


def test_a_decision_settles_what_screening_leaves_to_an_engineer() -> None:
    passage = _evaluate(way_with([SLAB]), decisions=[_decision()])
    found = _one(passage, "bridge_screening")
    assert found.result is Result.PASS_WITH_MEASURES
    assert found.decided_by == "结构工程师 2026-08-01"
    assert passage.conclusion is Conclusion.AFTER_MEASURES


def test_a_decision_holds_for_a_lighter_train_of_the_same_axles_only() -> None:
    network = way_with([SLAB])
    lighter = issue_transport(axle_notation="10+20+5*17")
    heavier = issue_transport(axle_notation="10+20+5*18.5")
    assert _one(_evaluate(network, lighter, decisions=[_decision()]), "bridge_screening").decided_by
    assert not _one(
        _evaluate(network, heavier, decisions=[_decision()]), "bridge_screening"
    ).decided_by


def test_a_decision_ends_with_its_day_and_with_a_new_rating() -> None:
    late = _decision(valid_until="2026-08-20")
    assert not _one(_evaluate(way_with([SLAB]), decisions=[late]), "bridge_screening").decided_by
    rated_again = way_with([{**SLAB, "condition_class": "2"}])
    found = _one(_evaluate(rated_again, decisions=[_decision()]), "bridge_screening")
    assert not found.decided_by


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed_by": " "}, "decisions[0].signed_by"),
        ({"result": "NEEDS_SURVEY"}, "decisions[0].result"),
        ({"valid_until": "2026-07-01"}, "decisions[0].valid_until"),
    ],
)
def test_a_decision_without_signature_or_content_is_refused(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_records({"decisions": [_decision(**changes)]})
    assert [fault.field for fault in caught.value.faults] == [field]


# Missing and old data


def test_a_rating_older_than_a_year_leaves_the_bridge_to_an_engineer() -> None:
    passage = _evaluate(way_with([_sound(0, rated_on="2025-03-01")]))
    found = _one(passage, "bridge_screening")
    assert found.result is Result.NEEDS_CALCULATION
    assert found.values["reasons"] == ["rating_age_years"]


@pytest.mark.parametrize("gone", ["condition_class", "rated_on", "design_load", "spans_m"])
def test_a_gap_in_a_bridge_record_becomes_a_survey_task(gone: str) -> None:
    record = {name: value for name, value in _sound(0).items() if name != gone}
    passage = _evaluate(way_with([record]))
    found = _one(passage, "bridge_screening")
    assert found.result is Result.NEEDS_SURVEY
    assert gone in found.missing
    task = next(task for task in passage.surveys if task.element == "bridge-1")
    assert gone in task.missing
    assert passage.conclusion is None


def test_a_measurement_answers_a_survey_and_changes_the_answer() -> None:
    record = {n: v for n, v in _sound(0).items() if n not in {"condition_class", "rated_on"}}
    network = way_with([record])
    found = [
        measured("bridge-1", "condition_class", "2"),
        measured("bridge-1", "rated_on", "2026-05-01"),
    ]
    assert _evaluate(network).conclusion is None
    assert _evaluate(network, measurements=[*SUBGRADE, *found]).conclusion is not None


def test_a_measurement_past_its_validity_counts_no_more_and_says_so() -> None:
    network = way_with([])
    old = [{**one, "valid_until": "2026-06-01"} for one in SUBGRADE]
    passage = _evaluate(network, measurements=old)
    found = _one(passage, "embankment")
    assert found.result is Result.NEEDS_SURVEY
    assert "fill_height_m" in found.expired


def test_a_stretch_that_was_measured_serves_every_way_over_a_part_of_it() -> None:
    network = draw("A---B---C---D", "AB BC CD", facts={
        road: {"ref": "G999", "road_class": RoadClass.EXPRESSWAY} for road in ("AB", "BC", "CD")
    }, network_id="overlap")  # fmt: skip
    edges = [edge(network, road) for road in ("AB", "BC", "CD")]
    network = with_records(network, {}, dict.fromkeys(edges, ROAD_RECORD))
    name = f"stretch:G999:{edges[0]}-{edges[1]}"
    rows = [{**one, "element": name, "edges": edges[:2]} for one in SUBGRADE]
    for driven, said in ((edges[:2], Result.PASS), (edges[1:2], Result.PASS),
                         (edges, Result.NEEDS_SURVEY)):  # fmt: skip
        found = _evaluate(network, measurements=rows, edges=driven)
        assert _one(found, "embankment").result is said


def test_what_was_measured_on_one_train_says_nothing_of_another() -> None:
    tube = Standing("A>B", StructureKind.TUNNEL, {
        LimitKind.CLEAR_HEIGHT: 5.0, LimitKind.CLEAR_WIDTH: 10.0}, id="tube")  # fmt: skip
    record = {"record": "structures", "crossfall_pct": 2.0, "special_floor": False, "source": "图"}
    network = way_with([], [(tube, record)])
    rows = [*SUBGRADE, measured("vehicle:one", "underside_m", 0.3), measured("vehicle", "f", 0.02)]
    records = read_records({"measurements": rows})
    for name, said in (("one", Result.PASS), ("other", Result.NEEDS_SURVEY)):
        passage = evaluate_route(
            network, shipped_tables(), _law(), issue_transport(), DAY, route_over(network),
            records, name,
        )  # fmt: skip
        assert _one(passage, "tunnel").result is said
    assert passage.surveys[0].element == "vehicle:other"


def test_a_train_that_waits_on_its_way_needs_a_place_as_long_as_itself() -> None:
    network = way_with([])
    route = route_over(network)
    route["routes"][0]["holds"] = [
        {"place": None, "chainage_km": 0.0, "at": [112.0, 41.0]},
        {"place": "红柳服务区", "chainage_km": 60.0, "at": [112.5, 41.0]},
    ]

    def found(**sizes: float) -> PassageCheck:
        rows = [*SUBGRADE, *(measured("rest:红柳服务区", *one) for one in sizes.items())]
        return _one(evaluate_route(
            network, shipped_tables(), _law(), issue_transport(), DAY, route,
            read_records({"measurements": rows}),
        ), "rest_area")  # fmt: skip

    assert found().result is Result.NEEDS_SURVEY
    roomy = {"parking_width_m": 5.0, "inner_width_m": 4.5}
    assert found(parking_length_m=30.0, **roomy).result is Result.PASS
    assert found(parking_length_m=20.0).result is Result.NOT_PASSABLE
    close = found(parking_length_m=30.0, parking_width_m=5.0, inner_width_m=3.5)
    assert close.result is Result.PASS_WITH_MEASURES


@pytest.mark.parametrize(("field", "value"), [
    ("spans_m", []), ("spans_m", [20.0, 0.0]), ("spans_m", ["a"]),
    ("fill_height_m", -1.0), ("fill_height_m", float("nan")), ("clear_height_m", 0.0),
    ("lane_width_m", [3.5, 3.5]),
])  # fmt: skip
def test_a_value_that_cannot_be_measured_is_refused(field: str, value: Any) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_records({"measurements": [measured("bridge-1", field, value)]})
    assert refused.value.faults[0].field == "measurements[0].value"


def test_a_measurement_without_an_author_is_refused_by_its_place() -> None:
    wrong = {**measured("b", "f", 1.0), "measured_by": ""}
    with pytest.raises(InvalidInputError) as caught:
        read_records({"measurements": [wrong, {"element": "x"}]})
    fields = [fault.field for fault in caught.value.faults]
    assert fields == ["measurements[0].measured_by", "measurements[1].field"]


def test_an_assumed_height_never_decides_but_shows_what_it_would_say() -> None:
    bridge = Standing(
        "A>B",
        StructureKind.OVERBRIDGE,
        {LimitKind.CLEAR_HEIGHT: (5.0, Certainty.ASSUMED)},
        id="o1",
        name="跨线桥",
    )
    passage = _evaluate(way_with([], [(bridge, {})]))
    found = _one(passage, "overbridge")
    assert found.result is Result.NEEDS_SURVEY
    assert found.values["if_confirmed"] == Result.PASS
    assert found.missing == ("clear_height_m",)


# Facilities, tunnels, measures


def test_a_narrow_toll_lane_is_refused_and_passes_after_it_was_rebuilt_and_measured() -> None:
    network = way_with([], [_toll(wide_lane_m=3.2, weighing=True)])
    before = _evaluate(network)
    assert _one(before, "toll").result is Result.NOT_PASSABLE
    assert "dismantle_equipment" in _one(before, "toll").measures
    rebuilt = measured("t1", "wide_lane_m", 5.0, measure="dismantle_equipment")
    after = _evaluate(network, measurements=[*SUBGRADE, rebuilt])
    assert _one(after, "toll").result is Result.PASS_WITH_MEASURES
    notice = next(c for c in after.conditions if c.code == "dismantle_equipment")
    assert notice.values == {"notice_working_days": 3}
    assert after.conclusion is Conclusion.AFTER_MEASURES


def test_a_tunnel_is_measured_against_wall_roof_and_ground() -> None:
    tube = Standing(
        "A>B",
        StructureKind.TUNNEL,
        {LimitKind.CLEAR_HEIGHT: 5.0, LimitKind.CLEAR_WIDTH: 10.0},
        id="tube",
        name="白石隧道",
    )
    network = way_with([], [(tube, {"record": "structures", "crossfall_pct": 2.0,
                                    "special_floor": False, "source": "图"})])  # fmt: skip
    asked = _evaluate(network)
    assert _one(asked, "tunnel").missing == ("vehicle:underside_m",)
    assert next(task for task in asked.surveys if task.kind == "vehicle").missing == (
        "underside_m",
    )
    told = _evaluate(network, measurements=[*SUBGRADE, measured("vehicle", "underside_m", 0.3)])
    assert _one(told, "tunnel").result is Result.PASS
    assert _one(told, "tunnel").values["side_after_lean_m"] == pytest.approx(3.35 - 4.45 * 0.02)


def test_a_posted_limit_is_lifted_only_by_consent() -> None:
    sign = Standing(
        "A>B", StructureKind.BRIDGE, {LimitKind.SIGNED_HEIGHT: 4.2}, id="bridge-1", name="小桥"
    )
    network = way_with([], [(sign, _sound(0))])
    assert _one(_evaluate(network), "posted_limit").result is Result.NOT_PASSABLE
    consent = measured("bridge-1", "consent", value=True)
    lifted = _evaluate(network, measurements=[*SUBGRADE, consent])
    assert _one(lifted, "posted_limit").result is Result.PASS_WITH_MEASURES


def test_escorts_are_given_what_a_crossing_alone_asks_of_them() -> None:
    passage = _evaluate(way_with([_sound(0)]))
    codes = {c.code for c in passage.conditions if c.element == "bridge-1"}
    assert codes >= {"speed_5", "close_other_lanes", "escort_stop_traffic", "escort_log_speed"}


# Roads


def test_a_stretch_the_table_does_not_grant_is_calculated() -> None:
    wide = issue_transport(width_m=4.4, height_m=4.8)
    narrow = {
        **ROAD_RECORD, "class": "class_2", "design_speed_km_h": 60, "divided": False,
        "lanes": 2, "lane_width_m": 3.5, "hard_shoulder_m": 0.75,
    }  # fmt: skip
    passage = _evaluate(way_with([], road=narrow), wide)
    assert not [c for c in passage.checks if c.check == "route_lookup"]
    gap = _one(passage, "lateral_space_rule")
    # both lanes and both shoulders, of which a load as high as 4.8 m takes everything
    assert gap.values["lateral_space_m"] == pytest.approx(7.0)
    assert gap.values["gap_m"] == pytest.approx(1.3)
    assert gap.result is Result.PASS


def test_a_road_without_records_is_a_survey_never_a_pass() -> None:
    network = draw("A---B", "A>B", facts={"A>B": {"ref": "G1", "road_class": RoadClass.CLASS_2}})
    passage = _evaluate(network, measurements=())
    assert passage.conclusion is None
    missing = {name for task in passage.surveys for name in task.missing}
    assert {"meets_b01", "pavement", "max_grade_pct"} & missing


# Turns

_DRAWN = draw(
    "A---B---C\n    |\n    D",
    "AB BC BD",
    facts={
        "AB": {"ref": "G1", "road_class": RoadClass.CLASS_2, "speed_km_h": 80.0},
        "BC": {"ref": "G1", "road_class": RoadClass.CLASS_2, "speed_km_h": 80.0},
        "BD": {"ref": "S2", "road_class": RoadClass.CLASS_3, "speed_km_h": 40.0},
    },
    network_id="turn",
)
# One lane a direction: roads of two lanes meet.
TURN = replace(_DRAWN, lanes=np.ones_like(_DRAWN.lanes))


def _edge(network: RoadNetwork, tail: int, head: int) -> int:
    return next(
        edge
        for edge in range(network.edge_count)
        if (int(network.tail[edge]), int(network.head[edge])) == (tail, head)
    )


def _turning(transport: Transport, measurements: Sequence[Mapping[str, Any]] = ()) -> PassageCheck:
    edges = [_edge(TURN, 0, 1), _edge(TURN, 1, 3)]
    passage = _evaluate(TURN, transport, measurements, edges=edges)
    return next(c for c in passage.checks if c.kind == "junction")


WIDE = [
    measured("junction:1", "arm_bearings_deg", [270.0, 90.0, 180.0]),
    measured("junction:1", "arm_widths_m", [12.0, 12.0, 12.0]),
    measured("junction:1", "corner_radius_m", 20.0),
]


def test_a_turn_nobody_measured_is_simulated_and_left_to_a_survey() -> None:
    found = _turning(issue_transport())
    assert (found.check, found.method) == ("swept_path", "simulation")
    assert found.values["turn_deg"] == pytest.approx(-90.0, abs=0.5)
    assert found.values["scenario"] in {"nominal", "optimistic"}
    assert found.result is Result.NEEDS_SURVEY
    assert found.missing == ("arm_widths_m", "corner_radius_m", "guardrail")


def test_the_measured_junction_settles_the_turn() -> None:
    found = _turning(issue_transport(), WIDE)
    assert found.result is Result.PASS
    assert "junction_closed" in found.conditions
    assert found.inputs["corner_radius_m"].source == "勘测组 2026-05-01"


def test_a_girder_cannot_turn_between_narrow_roads_whatever_a_survey_finds() -> None:
    girder = issue_transport(
        length_m=44.0, trailer_kind="low_bed", axles_per_line=1,
        axle_notation=None, axle_counts=None,
        axle_loads_t="8,11,11,12,12,12,12", axle_spacings_m="3.3,1.4,26,1.4,1.4,1.4",
    )  # fmt: skip
    assert _turning(girder).result is Result.NOT_PASSABLE
    assert "two_tractors" in _turning(girder).measures


def test_without_axle_spacings_a_turn_waits_for_the_carrier() -> None:
    plain = replace(issue_transport(), axle_spacings_m=())
    assert _turning(plain).missing == ("vehicle:axle_spacings_m",)


# The router's side, the document


def test_the_router_is_told_what_the_evaluation_says() -> None:
    slab = {**SLAB, "structure_id": "bridge-3"}
    network = way_with([_sound(0), _sound(1, condition_class="5"), slab])
    train = train_of(issue_transport(), shipped_tables(), _law(), DAY)
    assert train.axles is not None
    verdicts = BridgeVerdicts(network, shipped_tables(), train.axles, DAY)
    told = [verdicts.passability(row) for row in range(3)]
    assert told == [Passability.CONDITIONAL, Passability.FAIL, Passability.UNKNOWN]
    assert verdicts.of_row(0) is verdicts.of_row(0)


def test_the_document_has_the_contract_s_keys_and_every_source() -> None:
    document = passage_as_json(_evaluate(way_with([_sound(0)])))
    assert {"conclusion", "checks", "conditions", "surveys"} <= set(document)
    for check in document["checks"]:
        assert {"check", "chainage_km", "at", "result", "method", "clause", "values"} <= set(check)
        assert all(given["source"] for given in check["inputs"].values())


def test_a_planned_route_meets_the_verdict_of_a_bridge_on_record() -> None:
    sound, weak = _sound(0), _sound(0, condition_class="4")
    statuses = [_planned(record).status for record in (sound, weak)]
    assert statuses == [RouteStatus.CONDITIONAL, RouteStatus.INFEASIBLE]


def _planned(record: Mapping[str, Any]) -> RoutePlan:
    network = way_with([record])
    start = f"{network.node_lon[0]},{network.node_lat[0]}"
    end = f"{network.node_lon[1]},{network.node_lat[1]}"
    travel = read_travel_at("2026-09-01", datetime(2026, 9, 1, 8, tzinfo=UTC))
    return plan_request(
        RouteRequest(start, end), network, _law(), None, issue_transport(), travel,
        tables=shipped_tables(),
    )  # fmt: skip
