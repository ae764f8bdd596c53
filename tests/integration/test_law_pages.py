"""The law page, its endpoint, and the year of working days that an administrator enters."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Installation
from tests.pages import Visitor
from transport.people import actor_of
from transport.regulations.reading import read_law
from transport.rules.classification import classify
from transport.services.granting_tokens import Scope, grant_token
from transport.vehicles.transport import Transport

SignedIn = Callable[[str], Visitor]
WIDE = Transport(height_m=3.9, width_m=3.8, length_m=16.5, mass_t=40.0)
YEAR = {
    "year": "2027",
    "source": "国办发明电〔2026〕7号",
    "holidays": "2027-01-01 ~ 2027-01-03\n2027-02-05 ~ 2027-02-11",
    "make_up_days": "2027-01-30，2027-02-14",
}
CONFIG = Path(__file__).parent.parent.parent / "config"
WIDER_IN_BAOTOU = """subject: size_limits
area: cn-1502
entries:
  width_m:
    description: { zh: 总宽度, en: Overall width }
    unit: m
    last_checked: 2026-11-24
    values:
      - effective: 2020-01-01
        value: 2.7
        citation: { title: R62, article: 'art. 3(2)' }
        status: assumption
"""


def test_the_law_page_says_values_in_the_readers_language(visitor: Visitor) -> None:
    chinese = visitor.open("/law?on=2026-05-11").text
    assert "护送车前1辆、后1辆" in chinese
    assert "公安交通管理部门" in chinese
    assert "traffic_police" not in chinese
    visitor.open("/help")
    visitor.client.get("/language/en?next=/law", follow_redirects=True)
    english = visitor.open("/law?on=2026-05-11").text
    assert "Escort cars on all roads: 1 ahead, 1 behind" in english
    assert "Traffic police" in english


def test_the_law_page_shows_one_subject(visitor: Visitor) -> None:
    text = visitor.open("/law?on=2026-05-11&subject=size_limits").text

    assert "size_limits" not in text
    assert "height_m" in text
    assert "mass_fine_per_tonne_yuan" not in text


def test_the_law_of_a_league_with_values_of_its_own_is_shown_as_such(
    visitor: Visitor, installation: Installation, tmp_path: Path
) -> None:
    shutil.copytree(CONFIG / "regulations", tmp_path / "regulations")
    (tmp_path / "regulations" / "cn-1502").mkdir()
    (tmp_path / "regulations" / "cn-1502" / "size_limits.yaml").write_text(
        WIDER_IN_BAOTOU, encoding="utf-8"
    )
    installation.law = read_law(tmp_path)

    whole = visitor.open("/law?on=2026-05-11&subject=size_limits")
    league = visitor.open("/law?on=2026-05-11&subject=size_limits&area=1502")

    assert 'option value="1502"' in whole.source
    assert "2.7 m" not in whole.text
    assert "2.7 m 包头市" in league.text


def test_an_area_without_a_law_of_its_own_is_named(visitor: Visitor) -> None:
    assert "内蒙古自治区" in visitor.open("/law?subject=authorities").text
    assert "1599" in visitor.open("/law?area=1599").text


def test_before_the_law_there_is_no_value(visitor: Visitor) -> None:
    assert "该日没有数值" in visitor.open("/law?on=2000-01-01&subject=size_limits").text


@pytest.fixture
def ask(app: Flask, installation: Installation) -> Callable[..., dict[str, object]]:
    with installation.unit_of_work(read_only=True) as work:
        user = work.people.by_login("administrator")
        assert user is not None
        actor = actor_of(user, work.organisations.get(user.organisation_id))
    _, secret = grant_token(
        installation.unit_of_work,
        actor=actor,
        organisation_id=actor.organisation_id,
        label="law reader",
        scopes=[Scope.CLASSIFY],
        now=installation.clock.now(),
    )

    def get(address: str, status: int = 200, **body: object) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {secret}"}
        client = app.test_client()
        send = client.post if body else client.get
        more = {"json": body} if body else {}
        answer = send(f"/api/v1/{address}", headers=headers, **more)
        assert answer.status_code == status, answer.text
        found: dict[str, object] = answer.get_json()
        return found

    return get


def test_the_interface_lists_the_law_of_a_day(ask: Callable[..., dict[str, object]]) -> None:
    answer = ask("law?on=2026-05-11&subject=size_limits&history=true")

    assert answer["on"] == "2026-05-11"
    values = answer["values"]
    assert isinstance(values, list)
    height = values[0]
    assert height["key"] == "height_m"
    assert height["value"] == 4.0
    assert height["status"] == "verified"
    assert height["clause"] == "R62 art. 3(1)"
    assert height["history"][0]["effective"] == "2016-09-21"


def test_the_interface_lists_every_value(ask: Callable[..., dict[str, object]]) -> None:
    values = ask("law?on=2026-05-11")["values"]

    assert isinstance(values, list)
    assert len(values) > 200
    assert {"subject", "key", "description", "unit", "value", "status"} <= set(values[0])


def test_an_area_that_is_none_is_refused(ask: Callable[..., Any]) -> None:
    answer = ask("law?admin_code=15020", 422)

    assert answer["errors"][0]["field"] == "admin_code"


def test_an_unknown_subject_is_named(ask: Callable[..., dict[str, object]]) -> None:
    faults = ask("law?subject=weather", status=422)["errors"]

    assert isinstance(faults, list)
    assert faults[0]["field"] == "subject"


def test_the_interface_tells_the_conditions_of_a_pass(ask: Callable[..., Any]) -> None:
    transport = {"height_m": 4.6, "width_m": 3.9, "length_m": 24, "mass_t": 48}
    answer = ask(
        "conditions",
        transport=transport,
        on="2026-05-11",
        road_classes=["class_2"],
        occasions=["city_streets"],
    )

    told = {one["code"]: one for one in answer["conditions"]}
    assert told["escort_cars"]["parameters"] == {"front": 1.0, "rear": 1.0}
    assert told["escort_cars"]["status"] == "assumption"
    assert told["height_pole_car"]["text"]["en"].startswith("A car ahead carries a height pole")
    assert "railway_crossing" not in told
    bodies = [(one["body"], one["manner"]) for one in answer["involved"]]
    assert ("municipal_department", "consents") in bodies
    assert answer["fine_without_pass"]["most_yuan"] == 3000


def test_an_occasion_nobody_knows_is_refused(ask: Callable[..., Any]) -> None:
    transport = {"height_m": 4.6, "width_m": 3.9, "length_m": 24, "mass_t": 48}

    answer = ask("conditions", status=422, transport=transport, occasions=["full_moon"])

    assert answer["errors"][0]["field"].startswith("occasions")


def test_a_request_without_a_token_is_refused(app: Flask) -> None:
    assert app.test_client().get("/api/v1/law").status_code == 401


def _due(installation: Installation) -> date | None:
    result = classify(
        WIDE,
        installation.law,
        date(2026, 12, 21),
        "150203",
        "150781",
        (),
        installation.calendar,
    )
    return result.due_on


def test_an_entered_year_counts_from_then_on(
    signed_in: SignedIn, installation: Installation
) -> None:
    assert _due(installation) is None
    person = signed_in("administrator")
    person.open("/admin/working-days")

    person.send("/admin/working-days", YEAR)

    assert "国办发明电〔2026〕7号" in person.open("/admin/working-days").text
    assert _due(installation) == date(2027, 1, 12)
    with installation.unit_of_work(read_only=True) as work:
        (event,) = work.audit.of_subject("working days 2027")
    assert event.event.step == "enter_working_year"
    assert event.event.details["make_up_days"] == "2027-01-30 2027-02-14"


def test_an_entered_year_can_be_corrected_but_not_entered_twice(
    signed_in: SignedIn, installation: Installation
) -> None:
    person = signed_in("administrator")
    person.send("/admin/working-days", YEAR)

    person.send("/admin/working-days", YEAR, status=409)
    opened = person.open("/admin/working-days?year=2027").text
    assert "2027-02-08" in opened
    person.send(
        "/admin/working-days", YEAR | {"holidays": "2027-01-04 ~ 2027-01-15", "version": "1"}
    )

    calendar = installation.calendar
    assert calendar.is_working_day(date(2027, 1, 1)) is True
    assert calendar.is_working_day(date(2027, 1, 4)) is False


def test_a_year_with_a_single_day_off_is_no_whole_year(signed_in: SignedIn) -> None:
    person = signed_in("administrator")

    text = person.send("/admin/working-days", YEAR | {"holidays": "2027-01-01"}, status=422).text

    assert "只有 1 天" in text


def test_a_year_of_a_file_is_opened_for_correction_with_its_days(signed_in: SignedIn) -> None:
    person = signed_in("administrator")

    assert 'href="/admin/working-days?year=2026#entry"' in person.open("/admin/working-days").source
    assert "2026-10-01" in person.open("/admin/working-days?year=2026").text


def test_every_wrong_day_is_named(signed_in: SignedIn) -> None:
    person = signed_in("administrator")
    wrong = {"holidays": "2028-01-01\n2027-01-30", "make_up_days": "2027-01-30\n2027-03-03"}

    text = person.send("/admin/working-days", YEAR | wrong, status=422).text

    assert "2028-01-01不在该年份内" in text
    assert "2027-01-30同时列为放假日" in text
    assert "2027-03-03是普通工作日" in text
    text = person.send("/admin/working-days", YEAR | {"holidays": "soon"}, status=422).text
    assert "soon" in text
