"""The engineer's desk in a browser: decide, survey with a photo, convene a panel, sign."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.browser import Tab, open_tab
from tests.built_in import PDF
from tests.factories import route_contract
from tests.offices import PASSWORD, Offices, open_offices
from tests.passages import bridge_record, issue_transport, measured, route_over, way_with
from transport.permits.application import Vehicle
from transport.permits.case import Case
from transport.permits.expert_panel import Expert, ExpertField
from transport.services.convening_panels import keep_expert
from webapp.demonstration.structures import picture

pytestmark = pytest.mark.browser
# A train of eight axles whose vehicles have no axles on file, and no spare.
_PAIR: dict[str, Any] = {"vehicle": Vehicle("蒙B12345", "蒙B1234挂"), "spares": ()}
_RATED = {"rated_on": "2026-03-01"}
_BRIDGES = [{**bridge_record(number), **_RATED} for number in (0, 1, 4)]
_BRIDGES = [{**one, "structure_id": f"bridge-{n + 1}"} for n, one in enumerate(_BRIDGES)]
_NETWORK = way_with(_BRIDGES, network_id="test")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Offices, str, Case]]:
    """Serve an office with a roster and an accepted case of 120 t over three bridges."""
    opened = open_offices(tmp_path / "data")
    opened.installation.in_use = _NETWORK
    route = {**route_contract(), **route_over(_NETWORK)["routes"][0], "legs": []}
    case = opened.world.accepted(route=route, transport=issue_transport(width_m=3.6), **_PAIR)
    for number, employer in enumerate(("甲设计院", "乙大学", "丙检测中心", "丁研究所")):
        expert = Expert(
            "", f"示范专家{number + 1}", employer, (ExpertField.BRIDGES,),
            date(2026, 1, 1), date(2028, 12, 31), "高级工程师",
        )  # fmt: skip
        keep_expert(
            opened.installation.unit_of_work,
            actor=opened.world.handler,
            expert=expert,
            now=opened.world.now,
        )
    server = make_server("127.0.0.1", 0, opened.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield opened, f"http://127.0.0.1:{server.server_port}", case
    server.shutdown()
    thread.join(timeout=10)
    opened.installation.close()


@pytest.fixture
def tab(desk: tuple[Offices, str, Case], browser: Browser, screenshots: Path) -> Iterator[Tab]:
    """Sign the engineer in."""
    opened, address, _ = desk
    made = open_tab(browser, address, screenshots, steps=110)
    with opened.installation.unit_of_work(read_only=True) as work:
        login = work.people.get(opened.world.handler.user_id).login
    made.page.goto("/sign-in?next=/engineer")
    made.page.fill("#login", login)
    made.page.fill("#password", PASSWORD)
    made.go(made.page.locator("main button[type=submit]"))
    yield made
    made.page.context.close()


def test_an_engineer_settles_a_passage_and_signs_its_report(
    tab: Tab, desk: tuple[Offices, str, Case]
) -> None:
    _, _, case = desk
    number = case.number
    tab.show("engineer-queue")
    tab.follow(f"/engineer/{number}")
    tab.show("engineer-evaluation")
    tab.follow("bridge_screening/bridge-1")
    tab.show("engineer-structure")
    tab.fill(reason="每线两轴八轮，板局部承载力按7.3.3验算满足", valid_until="2026-10-01")
    for code in ("speed_5", "centre_line", "close_other_lanes"):
        tab.page.check(f"input[name='conditions'][value='{code}']")
    tab.send()
    assert "验算结论已签字" in tab.page.inner_text("body")
    tab.follow("bridge_screening/bridge-1")
    assert "有效" in tab.text()
    tab.page.go_back()
    tab.follow("survey/stretch:G999:0-0")
    tab.show("engineer-survey")
    tab.fill(retaining_undamaged="是", fill_height_m="6", ground_slope_h_per_v="4",
             special_soil="否", measured_by="勘测组")  # fmt: skip
    tab.upload("pictures", "rod.png", picture(3))
    tab.send()
    tab.open("/engineer/records")
    assert tab.page.locator("main img").first.evaluate("(one) => one.naturalWidth") > 0
    tab.show("engineer-records")
    tab.open("/engineer/experts")
    tab.show("engineer-roster")
    _sit(tab, number)
    tab.open(f"/engineer/{number}/report")
    tab.show("engineer-signing")
    tab.fill(project_name="白桦沟构件运输", organisation="示例评价单位", certificate="示例-001",
             technical_head="工程师甲", project_head="工程师乙")  # fmt: skip
    tab.send()
    tab.show("engineer-signed")
    assert "已签字" in tab.text()


def _sit(tab: Tab, number: str) -> None:
    """Convene a panel, enter three opinions, conclude."""
    tab.open(f"/engineer/{number}/panel")
    tab.show("engineer-panel")
    tab.fill(question="板桥局部承载力验算是否可靠？", expected_working_days="8", draw_bridges="3")
    tab.send()
    tab.show("engineer-panel-sits")
    for _ in range(3):
        tab.choose("verdict", "agree_with_conditions")
        tab.fill(text="同意，须封闭其他车道、车速不大于5 km/h", signed_on="2026-05-11")
        tab.upload("paper", "sheet.pdf", PDF)
        tab.send()
    tab.fill(conclusion="同意通行，条件见各专家意见")
    tab.send()
    tab.show("engineer-panel-concluded")
    assert "附条件同意" in tab.text()


def test_an_expired_survey_and_a_missing_rating_are_seen_and_asked_for(
    tab: Tab, desk: tuple[Offices, str, Case]
) -> None:
    opened, _, _ = desk
    unrated = {k: v for k, v in _BRIDGES[1].items() if k not in {"condition_class", "rated_on"}}
    network = way_with([_BRIDGES[0], unrated], network_id="test")
    opened.installation.in_use = network
    opened.installation.passage_records.add(
        "measurements",
        [measured("stretch:G999:0-0", "special_soil", value=False, until="2026-05-05")],
    )
    route = {**route_contract(), **route_over(network)["routes"][0], "legs": []}
    case = opened.world.accepted(route=route, transport=issue_transport(width_m=3.6), **_PAIR)
    tab.open(f"/engineer/{case.number}")
    tab.show("engineer-gaps")
    assert "技术状况等级" in tab.text()
    assert "仅供报告" in tab.text()
    tab.follow("bridge_screening/bridge-2")
    tab.show("engineer-unrated")
    assert "技术状况等级" in tab.text()
    tab.open(f"/engineer/{case.number}/survey/stretch:G999:0-0")
    tab.show("engineer-survey-gaps")
    assert "原有实测值已过期" in tab.text()
    tab.open(f"/engineer/{case.number}/survey/bridge-2")
    tab.fill(condition_class="2", rated_on="2026-03-01", measured_on="2026-06-01")
    tab.send_in_vain()  # a day that is still to come
    tab.show("engineer-survey-refused")
    tab.fill(measured_on="2026-05-11")
    tab.send()
    tab.open("/engineer/records")
    tab.show("engineer-records-expired")
    assert "已过期" in tab.text()
