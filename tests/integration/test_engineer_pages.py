"""The engineer's desk through its pages: queue, evaluation, report, a signed decision."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.factories import route_contract, transport
from tests.offices import Offices
from tests.passages import bridge_record, route_over, way_with
from transport.people import Actor
from transport.permits.case import Case
from transport.vehicles.transport import TrailerKind, Transport

RATED = {"rated_on": "2026-03-01"}
# A hollow slab under 18 t lines is an engineer's decision; the girder beside it is none.
NETWORK = way_with(
    [{**bridge_record(0), **RATED}, {**bridge_record(1), **RATED}], network_id="test"
)
TRAIN = transport(
    height_m=4.45,
    width_m=3.6,
    length_m=23.0,
    mass_t=120.0,
    axle_loads_t=(10.0, 10.0, 10.0, 18.0, 18.0, 18.0, 18.0, 18.0),
    axle_spacings_m=(3.3, 1.4, 7.0, 1.45, 1.45, 1.45, 1.45),
    trailer_kind=TrailerKind.HYDRAULIC,
    axles_per_line=2,
)
PLACE = "/engineer/{}/bridge_screening/bridge-1"
DECISION = {
    "result": "PASS_WITH_MEASURES",
    "reason": "每线两轴八轮，板局部承载力验算满足",
    "valid_until": "2026-11-01",
    "conditions": ["speed_5", "centre_line", "close_other_lanes"],
}


@pytest.fixture
def case(offices: Offices) -> Case:
    offices.installation.in_use = NETWORK
    return _submitted(offices)


def _submitted(offices: Offices, train: Transport = TRAIN) -> Case:
    contract = {**route_contract(), **route_over(NETWORK)["routes"][0], "legs": []}
    return offices.world.submitted(route=contract, transport=train)


def _kept(offices: Offices) -> dict[str, Any]:
    found: dict[str, Any] = dict(offices.installation.passage_records.read())
    return found


def _engineer(offices: Offices) -> Actor:
    return offices.world.handler


def test_the_queue_counts_what_waits_for_an_engineer(offices: Offices, case: Case) -> None:
    page = offices.person(_engineer(offices)).open("/engineer")
    assert case.number in page.text
    assert "尚不能作出结论" in page.text


def test_an_evaluation_shows_every_check_and_prints_its_report(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    page = engineer.open(f"/engineer/{case.number}")
    assert "白桦沟中桥1号" in page.text
    assert "需专项验算" in page.text
    answer = engineer.client.get(f"/engineer/{case.number}/report.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")


def test_a_bridge_shows_effects_against_limits_along_its_span(offices: Offices, case: Case) -> None:
    page = offices.person(_engineer(offices)).open(PLACE.format(case.number))
    assert "正弯矩" in page.text
    assert "板桥上轴荷大于14 t" in page.text
    assert page.source.count("<svg") >= 3


def test_a_signed_decision_settles_the_bridge_for_this_and_lighter_trains(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    page = engineer.send(PLACE.format(case.number), DECISION, 302)
    assert "验算结论已签字" in page.text
    assert "需专项验算" not in page.text
    (kept,) = _kept(offices)["decisions"]
    assert kept["rating"]["rated_on"] == "2026-03-01"
    assert kept["signed_by"].startswith(_engineer(offices).name)
    json.dumps(kept)
    lighter = transport(
        **{name: getattr(TRAIN, name) for name in TRAIN.__slots__}
        | {"mass_t": 115.0, "axle_loads_t": (10.0, 10.0, 10.0, *[17.0] * 5)}
    )
    again = _submitted(offices, lighter)
    later = engineer.open(f"/engineer/{again.number}")
    assert "需专项验算" not in later.text


def test_a_decision_needs_its_reason(offices: Offices, case: Case) -> None:
    engineer = offices.person(_engineer(offices))
    page = engineer.send(PLACE.format(case.number), {**DECISION, "reason": " "}, 422)
    assert "理由" in page.text or "Reason" in page.text
    assert "decisions" not in _kept(offices)


def test_only_the_transport_department_comes_in(offices: Offices, case: Case) -> None:
    offices.person(offices.world.police).open("/engineer", 403)
    offices.person(offices.world.carrier).open(f"/engineer/{case.number}", 403)


def test_a_route_of_another_network_asks_to_plan_again(offices: Offices) -> None:
    case = offices.world.submitted()
    page = offices.person(_engineer(offices)).open("/engineer")
    assert case.number in page.text
    assert "须重新规划" in page.text


def test_a_survey_is_entered_once_and_counts_for_everybody(offices: Offices, case: Case) -> None:
    engineer = offices.person(_engineer(offices))
    address = f"/engineer/{case.number}/survey/stretch:G999:0-0"
    assert "填土高度" in engineer.open(address).text
    found = {
        "retaining_undamaged": "是",
        "fill_height_m": "6",
        "ground_slope_h_per_v": "4",
        "special_soil": "否",
        "measured_by": "勘测组",
        "measured_on": "2026-05-11",
        "valid_until": "2027-05-01",
    }
    page = engineer.send(address, found, 302)
    assert "实测值已保存" in page.text
    kept = {row["field"]: row["value"] for row in _kept(offices)["measurements"]}
    assert kept["retaining_undamaged"] is True
    assert kept["fill_height_m"] == 6.0
    engineer.open(address, 404)


def test_a_measurement_that_is_no_number_is_refused_at_its_field(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    address = f"/engineer/{case.number}/survey/stretch:G999:0-0"
    wrong = {"fill_height_m": "high", "measured_by": "勘测组", "measured_on": "2026-05-11",
             "valid_until": "2027-05-01"}  # fmt: skip
    engineer.send(address, wrong, 422)
    assert "measurements" not in _kept(offices)
