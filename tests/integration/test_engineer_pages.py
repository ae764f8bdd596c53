"""The engineer's desk through its pages: queue, evaluation, report, a signed decision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, cast

import pytest

from tests.built_in import PDF, PNG
from tests.factories import route_contract, transport
from tests.maps import draw
from tests.offices import Offices
from tests.passages import bridge_record, route_over, way_with
from transport.people import Actor
from transport.permits.application import Vehicle
from transport.permits.case import Case
from transport.permits.expert_panel import Expert, ExpertField
from transport.permits.states import ActState
from transport.services.case_history import list_history
from transport.services.convening_panels import keep_expert, panels_of
from transport.services.engineering_desk import Ground, Measured, keep_measurements
from transport.services.keeping_vehicles import save_vehicle
from transport.services.library import LibraryKind, LibraryUnit, LibraryVehicle
from transport.services.ports import UnitOfWork
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
# A train of eight axles whose vehicles have no axles on file, and no spare.
PAIR: dict[str, Any] = {"vehicle": Vehicle("蒙B12345", "蒙B1234挂"), "spares": ()}
NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
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
    return offices.world.submitted(route=contract, transport=train, **PAIR)


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


class _FailsToCommit:
    """A unit of work whose database is gone at the last moment."""

    def __init__(self, work: Any) -> None:
        self._work = work

    def __getattr__(self, name: str) -> Any:
        return getattr(self._work, name)

    def commit(self) -> None:
        raise ConnectionError("the database went away")


def test_nothing_is_kept_beside_the_network_when_the_audit_trail_cannot_be_written(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    engineer.send(PLACE.format(case.number), DECISION, 302)
    before = _kept(offices)
    services = offices.installation
    on = Ground(
        services.network(), services.evaluation_tables, services.law,
        date(2026, 5, 11), services.passage_records,
    )  # fmt: skip
    found = Measured({"condition_class": "4"}, "测量组", on.day, on.day)

    @contextmanager
    def opened(*, read_only: bool) -> Iterator[Any]:
        with services.unit_of_work(read_only=read_only) as work:
            yield _FailsToCommit(work)

    def failing(*, read_only: bool = False) -> UnitOfWork:
        return cast("UnitOfWork", opened(read_only=read_only))

    with pytest.raises(ConnectionError):
        keep_measurements(
            failing, on, actor=_engineer(offices), case=case, element="bridge-1", found=found,
            now=datetime(2026, 5, 11, 9, 0, tzinfo=UTC),
        )  # fmt: skip
    assert _kept(offices) == before
    folder = services.settings.data
    assert not [one for one in folder.rglob(".evaluation.json.*") if one.suffix != ".lock"]


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
    left = engineer.open(address).text  # what only the report asks for
    assert "填土高度" not in left
    assert "路面质量评定等级" in left
    lost = "现用路网中找不到该处"
    assert lost not in engineer.open("/engineer/records").text
    offices.installation.in_use = draw("A---B", "AB", network_id="rebuilt elsewhere")
    assert lost in engineer.open("/engineer/records").text


def test_a_measurement_that_is_no_number_is_refused_at_its_field(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    address = f"/engineer/{case.number}/survey/stretch:G999:0-0"
    wrong = {"fill_height_m": "high", "measured_by": "勘测组", "measured_on": "2026-05-11",
             "valid_until": "2027-05-01"}  # fmt: skip
    for value in ("high", "-2", "nan", "1;2", "是"):
        engineer.send(address, {**wrong, "fill_height_m": value}, 422)
    good = {**wrong, "fill_height_m": "6"}
    assert "不是日期" in engineer.send(address, {**good, "pavement_rated_on": "昨天"}, 422).text
    engineer.send(address, {**good, "pavement_quality": "一般"}, 422)
    engineer.send(address, {**good, "special_soil": "7"}, 422)
    assert "measurements" not in _kept(offices)


SURVEY = {
    "retaining_undamaged": "是",
    "fill_height_m": "6",
    "ground_slope_h_per_v": "4",
    "special_soil": "否",
    "measured_by": "勘测组",
    "measured_on": "2026-05-11",
    "valid_until": "2027-05-01",
}
STRETCH = "/engineer/{}/survey/stretch:G999:0-0"


def _settled(offices: Offices, case: Case) -> None:
    """Measure and decide whatever the evaluation of a case waits for."""
    engineer = offices.person(_engineer(offices))
    engineer.send(STRETCH.format(case.number), SURVEY, 302)
    engineer.send(PLACE.format(case.number), DECISION, 302)
    page = engineer.open(f"/engineer/{case.number}/report")
    assert "采取改善措施后可通行" in page.text, page.text


def test_photographs_of_a_survey_are_kept_and_shown_to_later_cases(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    address = STRETCH.format(case.number)
    engineer.send(address, {**SURVEY, "pictures": (BytesIO(PDF), "sheet.pdf")}, 422)
    assert "measurements" not in _kept(offices)
    engineer.send(address, {**SURVEY, "pictures": (BytesIO(PNG), "rod.png")}, 302)
    digest = _kept(offices)["measurements"][0]["pictures"][0]
    page = engineer.open("/engineer/records")
    assert f"/engineer/photos/{digest}" in page.source
    assert "勘测组" in page.text
    assert engineer.client.get(f"/engineer/photos/{digest}").data == PNG
    engineer.open(f"/engineer/photos/{'0' * 64}", 404)


def test_a_decision_on_file_says_why_it_does_not_hold_for_a_heavier_train(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    engineer.send(PLACE.format(case.number), DECISION, 302)
    assert "针对其他车组" not in engineer.open(PLACE.format(case.number)).text
    heavier = transport(
        **{name: getattr(TRAIN, name) for name in TRAIN.__slots__}
        | {"mass_t": 122.0, "axle_loads_t": (10.0, 10.0, 10.0, *[18.4] * 5)}
    )
    later = _submitted(offices, heavier)
    page = engineer.open(PLACE.format(later.number))
    assert "针对其他车组" in page.text
    assert "需专项验算" in page.text


def test_the_report_is_filled_from_the_carrier_s_vehicle_records_and_the_rest_is_asked_for(
    offices: Offices, case: Case
) -> None:
    services, carrier = offices.installation, offices.world.carrier
    catalogue, vehicle = services.catalogue, case.application.vehicle
    tractor, trailer = catalogue.tractors["tractor_8x4"], catalogue.trailers["hydraulic_8_long"]
    for kind, unit in (
        (LibraryKind.TRACTOR, LibraryUnit(vehicle.tractor_plate, tractor=tractor)),
        (LibraryKind.TRAILER, LibraryUnit(vehicle.trailer_plate, trailer=trailer)),
    ):
        kept = LibraryVehicle("", "", unit.plate, Vehicle("", ""), kind=kind, unit=unit)
        save_vehicle(
            services.unit_of_work,
            actor=carrier,
            vehicle=kept,
            now=datetime(2026, 5, 11, tzinfo=UTC),
        )
    _settled(offices, case)
    page = offices.person(_engineer(offices)).open(f"/engineer/{case.number}/report")
    assert 'value="8×4"' in page.source
    assert 'value="全轮转向"' in page.source
    for field in ("tractor_power", "tractor_hub_reduction", "trailer_tyre_pressure"):
        assert f'name="{field}"' in page.source


def test_a_report_is_a_draft_until_signed_and_again_when_the_evaluation_changes(
    offices: Offices, case: Case
) -> None:
    engineer = offices.person(_engineer(offices))
    form = engineer.open(f"/engineer/{case.number}/report")
    assert "报告尚不能签字" in form.text
    _settled(offices, case)
    names = {
        "project_name": "白桦沟构件运输", "organisation": "示例评价单位", "certificate": "示例-001",
        "technical_head": "工程师甲", "project_head": "工程师乙",
    }  # fmt: skip
    page = engineer.open(f"/engineer/{case.number}/report")
    seen = next(one["value"] for one in page.fields if one.get("name") == "evaluation")
    engineer.send(f"/engineer/{case.number}/report", {**names, "evaluation": "old"}, 422)
    nameless = {**names, "evaluation": seen, "certificate": ""}
    engineer.send(f"/engineer/{case.number}/report", nameless, 422)
    page = engineer.send(f"/engineer/{case.number}/report", {**names, "evaluation": seen}, 302)
    assert "已签字" in page.text
    listed = engineer.open(f"/engineer/{case.number}/report")
    [paper] = [one for one in listed.links if "/reports/" in one]
    first = engineer.client.get(paper)
    assert first.data.startswith(b"%PDF-")
    stricter = {**DECISION, "conditions": ["speed_5"], "valid_until": "2026-10-01"}
    engineer.send(PLACE.format(case.number), stricter, 302)
    page = engineer.open(f"/engineer/{case.number}")
    assert "签字后有变化" in page.text
    assert engineer.client.get(paper).data == first.data


EMPLOYERS = ("甲设计院", "乙设计院", "丙大学", "丁检测中心", "戊咨询公司")


def _roster(offices: Offices, *more: str) -> list[Expert]:
    return [
        keep_expert(
            offices.installation.unit_of_work,
            actor=_engineer(offices),
            expert=Expert(
                "", f"专家{number}", employer, (ExpertField.BRIDGES,),
                date(2026, 1, 1), date(2028, 12, 31),
            ),
            now=offices.installation.clock.now(),
        )
        for number, employer in enumerate((*EMPLOYERS, *more))
    ]  # fmt: skip


def test_a_panel_sits_while_the_clock_stands_and_its_conclusion_lets_it_run(
    offices: Offices,
) -> None:
    offices.installation.in_use = NETWORK
    contract = {**route_contract(), **route_over(NETWORK)["routes"][0], "legs": []}
    case = offices.world.accepted(route=contract, transport=TRAIN, **PAIR)
    engineer = offices.person(_engineer(offices))
    applicant = offices.world.carrier.organisation_name
    (*_, partial) = _roster(offices, applicant)
    address = f"/engineer/{case.number}/panel"
    page = engineer.open(address)
    assert "在申请人单位任职" in page.text
    call = {
        "question": "板桥局部承载力是否满足？",
        "expected_working_days": "8",
        "draw_bridges": "3",
        "expected_version": str(offices.world.act(case).version),
    }
    engineer.send(address, {**call, "draw_bridges": "2"}, 422)
    engineer.send(address, {**call, "draw_bridges": "2", "experts": partial.id}, 422)
    engineer.send(address, {**call, "draw_bridges": "9"}, 422)
    assert offices.world.act(case).state is ActState.ACCEPTED
    page = engineer.send(address, call, 302)
    assert offices.world.act(case).state is ActState.SUSPENDED
    carrier = offices.person(offices.world.carrier).open(f"/cases/{case.number}")
    assert "预计8个工作日" in carrier.text
    engineer.send(address, call, 409)
    [panel] = _panels(offices, case)
    assert partial.id not in {one.expert_id for one in panel.seats}
    first = panel.seats[0].expert_id
    engineer.send(f"{address}/{panel.id}/answer", {"expert": first, "comes": "no"}, 302)
    [panel] = _panels(offices, case)
    assert len(panel.sitting) == 3
    assert first not in {one.expert_id for one in panel.sitting}
    conclusion = {"conclusion": "同意封闭通行", "expected_version": _version(offices, case)}
    engineer.send(f"{address}/{panel.id}/conclusion", conclusion, 409)
    verdicts = ("agree", "agree_with_conditions", "disagree")
    for seat, verdict in zip(panel.sitting, verdicts, strict=True):
        form = {"expert": seat.expert_id, "verdict": verdict, "text": "见计算书",
                "signed_on": "2026-05-11"}  # fmt: skip
        engineer.send(f"{address}/{panel.id}/opinion", form, 422)
        signed = {**form, "paper": (BytesIO(PDF), "sheet.pdf")}
        engineer.send(f"{address}/{panel.id}/opinion", signed, 302)
    page = engineer.send(f"{address}/{panel.id}/conclusion", conclusion, 302)
    assert "附条件同意" in page.text
    assert offices.world.act(case).state is ActState.ACCEPTED
    [panel] = _panels(offices, case)
    paper = next(one.opinion.paper for one in panel.sitting if one.opinion)
    assert engineer.client.get(f"{address}/{panel.id}/sheets/{paper}").data == PDF
    assert "曾参与本案" in engineer.open(address).text
    unit_of_work = offices.installation.unit_of_work
    history = list_history(unit_of_work, actor=_engineer(offices), number=case.number)
    steps = {one.event.step for one in history}
    assert {"suspend", "resume", "enter_opinion", "expert_declines"} <= steps


def _panels(offices: Offices, case: Case) -> Any:
    unit_of_work = offices.installation.unit_of_work
    return panels_of(unit_of_work, actor=_engineer(offices), number=case.number)


def _version(offices: Offices, case: Case) -> str:
    return str(offices.world.act(case).version)
