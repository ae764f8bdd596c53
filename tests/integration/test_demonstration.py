"""The demonstration: seeded once, told in the order of time, a case at every point of the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from road_data.built_in.loading import build_built_in
from tests.conftest import Installation
from tests.pages import CHINA, Visitor
from transport.delivery.league_annex import Annex
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.evaluation.plans import Conclusion
from transport.people import Actor, actor_of
from transport.permits.states import ActKind, ActState
from transport.relief.claims import ClaimState
from transport.relief.settlements import SettlementState
from transport.services import claiming_relief, enquiring, viewing_cases
from transport.services.approving_settlements import list_settlements
from transport.services.case_history import list_history, verify_audit
from transport.services.engineering_desk import Ground, evaluate_case
from transport.services.keeping_annexes import (
    AnnexAsked,
    AnnexWords,
    draft_annex,
    open_annex,
    sign_annex,
    signed_annexes,
)
from transport.services.keeping_lists import list_entries
from transport.services.reconciling_records import list_imports
from transport.services.verifying_passes import check_pass
from transport.services.viewing_cases import CaseView
from webapp.app import create_app
from webapp.composition import Composition
from webapp.demonstration.organisations import ORGANISATIONS
from webapp.demonstration.sign_ins import SIGN_INS
from webapp.settings import Settings, shipped_config

TODAY = datetime(2026, 5, 11, 9, 0, tzinfo=CHINA)


def _open(data: Path, network: object) -> Installation:
    settings = Settings(
        data=data,
        database_url=f"sqlite:///{data / 'dajian.sqlite3'}",
        config=shipped_config(),
        demonstration=True,
        secret_key="a key for tests only, long enough to pass",
    )
    return Installation(settings, network)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("demonstration")
    made = _open(data, build_built_in())
    made.migrations.upgrade()
    made.load_demonstration()
    yield made
    made.close()


def person(services: Composition, login: str) -> Actor:
    with services.unit_of_work(read_only=True) as work:
        user = work.people.by_login(login)
        assert user is not None
        return actor_of(user, work.organisations.get(user.organisation_id))


def views(services: Composition, login: str = "carrier") -> list[CaseView]:
    actor = person(services, login)
    return [
        viewing_cases.view_case(
            services.unit_of_work,
            services.calendar,
            actor=actor,
            number=case.number,
            today=TODAY.date(),
        )
        for case in viewing_cases.list_cases(services.unit_of_work, actor=actor)
    ]


def with_component(services: Composition, number: str) -> CaseView:
    [found] = [v for v in views(services) if number in v.case.application.cargo.component_numbers]
    return found


def state_of(view: CaseView, kind: ActKind = ActKind.HIGHWAY_PERMIT) -> ActState:
    return view.case.of_kind(kind)[0].state


def test_every_person_belongs_to_an_invented_organisation() -> None:
    names = {one.name for one in ORGANISATIONS}
    assert {one.organisation for one in SIGN_INS} == names
    assert all("示范" in name for name in names)
    assert all("示范" in one.name for one in SIGN_INS)
    assert len({one.login for one in SIGN_INS}) == len(SIGN_INS)


def test_an_enquiry_ends_in_each_of_the_five_route_statuses(told: Installation) -> None:
    found = set()
    for login in ("factory", "factory.hulunbuir", "factory.ordos"):
        actor = person(told, login)
        for one in enquiring.list_enquiries(told.unit_of_work, actor=actor):
            assert one.plan is not None
            found.add(one.plan["status"])
            if one.plan["status"] == "infeasible":
                assert "大南街" in {blocker["name"] for blocker in one.plan["blockers"]}
    assert found == {"feasible", "conditional", "unknown", "infeasible", "unreachable"}


def test_cases_stand_at_every_point_of_the_way(told: Installation) -> None:
    states = {state_of(view) for view in views(told) + views(told, "carrier.hulunbuir")}
    assert states == {
        ActState.DRAFT,
        ActState.AWAITING_ACCEPTANCE,
        ActState.SUPPLEMENT_REQUESTED,
        ActState.ACCEPTED,
        ActState.AWAITING_SIGNATURE,
        ActState.ISSUED,
        ActState.REFUSED,
        ActState.SUSPENDED,
    }
    consulted = with_component(told, "BT-MK-041")
    assert state_of(consulted, ActKind.POLICE_CONSULTATION) is ActState.AWAITING_OPINION


def test_cases_end_in_each_of_the_three_conclusions(told: Installation) -> None:
    on = Ground(
        told.network(), told.evaluation_tables, told.law, TODAY.date(), told.passage_records
    )
    found = {
        number: evaluate_case(with_component(told, number).case, on).conclusion
        for number in ("WL-MK-003", "BT-XL-021", "ER-XL-005")
    }
    assert found == {
        "WL-MK-003": Conclusion.PASSABLE,
        "BT-XL-021": Conclusion.AFTER_MEASURES,
        "ER-XL-005": Conclusion.NOT_PASSABLE,
    }
    measured = with_component(told, "BT-XL-021").case.number
    with told.unit_of_work(read_only=True) as work:
        assert [one.conclusion for one in work.report_sheets.of_case(measured)] == [
            "采取改善措施后可通行"
        ]


def test_a_truck_is_ready_and_another_waits_for_the_city_only(told: Installation) -> None:
    ready = with_component(told, "BT-MK-038")
    assert ready.ready
    assert ready.current_permit is not None
    assert ready.current_permit.is_valid_on(TODAY.date())
    waiting = with_component(told, "WL-MK-003")
    assert not waiting.ready
    assert {one.kind for one in waiting.missing} == {
        ActKind.MUNICIPAL_CONSENT,
        ActKind.POLICE_DESIGNATION,
    }


def test_the_pass_of_the_demonstration_verifies(told: Installation) -> None:
    permit = with_component(told, "BT-MK-038").current_permit
    assert permit is not None
    answer = check_pass(told.unit_of_work, told.keys, permit.token, TODAY)
    assert answer.outcome == "valid"


def test_relief_stands_in_the_monthly_lists(told: Installation) -> None:
    actor = person(told, "toll")
    claims = [
        claim
        for month in ("2026-03", "2026-04", "2026-05")
        for claim in claiming_relief.list_month(told.unit_of_work, actor=actor, month=month).claims
    ]
    assert {one.state for one in claims} == {ClaimState.VERIFIED, ClaimState.PAID}
    assert all(one.granted_yuan > 0 for one in claims)
    assert {one.scheme.status for one in claims} == {"demonstration"}


def test_the_history_is_whole_and_in_the_order_of_time(told: Installation) -> None:
    _, _, broken = verify_audit(told.unit_of_work)
    assert broken is None
    view = with_component(told, "BT-MK-017")
    events = list_history(told.unit_of_work, actor=person(told, "carrier"), number=view.case.number)
    moments = [one.event.at for one in events]
    assert moments == sorted(moments)
    assert moments[-1] < TODAY
    steps = [one.event.step for one in events]
    assert steps[0] == "make_application"
    assert {"accept", "consult", "give_opinion", "grant", "issue", "relief_verify"} <= set(steps)


def test_a_second_start_changes_nothing(told: Installation) -> None:
    before = verify_audit(told.unit_of_work)
    told.load_demonstration()
    assert verify_audit(told.unit_of_work) == before


def test_a_first_start_that_was_interrupted_asks_for_a_reset(
    told: Installation, tmp_path: Path
) -> None:
    data = tmp_path / "half"
    shutil.copytree(told.settings.data, data)
    (data / "demonstration_unfinished").write_text("")
    half = _open(data, told.in_use)
    with pytest.raises(InvalidInputError, match="--reset"):
        half.load_demonstration()
    half.close()


@pytest.mark.parametrize(
    "today",
    [
        datetime(2026, 1, 1, 0, 5, tzinfo=CHINA),
        datetime(2026, 2, 25, 12, 0, tzinfo=CHINA),
        datetime(2026, 10, 9, 23, 50, tzinfo=CHINA),
        datetime(2027, 3, 7, 9, 0, tzinfo=CHINA),
    ],
    ids=["new year", "after the spring festival", "after the national day", "year not announced"],
)
def test_the_history_can_be_told_on_any_day(
    told: Installation, tmp_path: Path, today: datetime
) -> None:
    made = _open(tmp_path, told.in_use)
    made.steady_clock.moment = today
    made.migrations.upgrade()
    made.load_demonstration()
    actor = person(made, "carrier")
    cases = viewing_cases.list_cases(made.unit_of_work, actor=actor)
    assert len(cases) == 10
    made.close()


def test_the_toll_pages_have_a_list_a_file_and_an_approved_month(told: Installation) -> None:
    toll, finance, operator = (person(told, one) for one in ("toll", "finance", "operator"))
    assert [one.tractor_plate for one in list_entries(told.unit_of_work)] == ["蒙KSF001"]
    (file,) = list_imports(told.unit_of_work, actor=operator)
    assert (file.result["rows"], file.result["matched"]) == (3, 1)
    assert {"tractor_differs", "pass_unknown"} <= set(file.result["counts"])
    assert list_settlements(told.unit_of_work, actor=toll)
    assert {one.state for one in list_settlements(told.unit_of_work, actor=finance)} == {
        SettlementState.APPROVED
    }
    assert list_settlements(told.unit_of_work, actor=operator)


def test_the_year_of_a_league_is_drawn_up_signed_and_corrected(told: Installation) -> None:
    housing = person(told, "housing")
    asked = AnnexAsked("150100", 2026, TODAY.date())
    now = told.clock.now()

    def drawn() -> Annex:
        return draft_annex(told.unit_of_work, told.calendar, actor=housing, asked=asked, now=now)

    annex = drawn()
    assert annex.whole.trips > 0
    assert annex.whole.tonnes > 0
    for parts in (annex.kinds, annex.months, annex.ways):
        assert sum(one.trips for one in parts) == annex.whole.trips
        assert sum(one.pieces for one in parts) == annex.whole.pieces
    assert annex.passes.trips_with + annex.passes.trips_without == annex.whole.trips
    assert sum(count for _, count in annex.passes.by_category) == annex.passes.issued > 0
    days = annex.decisions
    assert days.median_days is not None
    assert days.p90_days is not None
    assert days.longest_days is not None
    assert days.median_days <= days.p90_days <= days.longest_days
    assert annex.relief.relief_fen <= annex.relief.toll_fen
    words = AnnexWords("春季翻浆路段限行", "加固两座桥梁")
    signed = sign_annex(told.unit_of_work, actor=housing, annex=annex, words=words, now=now)
    with pytest.raises(InvalidInputError):
        sign_annex(told.unit_of_work, actor=housing, annex=annex, words=words, now=now)
    better = replace(words, corrects_because="补报一个项目")
    sign_annex(told.unit_of_work, actor=housing, annex=drawn(), words=better, now=now)
    versions = signed_annexes(told.unit_of_work, actor=housing, admin_code="150100", year=2026)
    assert [one.revision for one in versions] == [1, 2]
    assert open_annex(told.unit_of_work, actor=housing, annex_id=signed.id) == signed
    for stranger in ("carrier", "factory"):
        with pytest.raises(StepNotAllowedError):
            draft_annex(
                told.unit_of_work,
                told.calendar,
                actor=person(told, stranger),
                asked=asked,
                now=now,
            )


def test_the_annex_is_given_out_as_pdf_and_excel(told: Installation) -> None:
    visitor = Visitor(create_app(told).test_client())
    visitor.sign_in("housing")
    page = visitor.open("/housing/annex?admin_code=150100&year=2026&cut_off=2026-05-11")
    assert "按构件类型" in page.text
    for form, starts in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        made = visitor.client.get(
            f"/housing/annex/draft.{form}?admin_code=150100&year=2026&cut_off=2026-05-11"
        )
        assert made.data.startswith(starts)
    visitor.open("/housing/annex?admin_code=150100&year=2026&cut_off=2025-05-11", 422)
