"""A building of 2,000 parts, from its list to answers, loads and passes, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.browser import Tab, open_tab
from tests.catalogues import shipped_catalogue
from tests.e2e.conftest import Demonstration
from tests.parts_lists import as_csv, building

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, th, label, legend, button')]"
_HEADINGS += ".filter((one) => one.offsetParent).map((one) => one.textContent.trim())"
_PLANNING_MS = 90_000


@pytest.fixture
def tab(demonstration: Demonstration, browser: Browser, tmp_path: Path) -> Tab:
    return open_tab(browser, demonstration.address, tmp_path)


def test_a_building_becomes_answers_loads_and_passes(tab: Tab) -> None:
    tab.sign_in("factory", "/projects/new")
    tab.show("new")
    tab.fill(name="青城花园二期", site="呼和浩特", admin_code="150100", structure="precast")
    tab.fill(floor_area_m2="32000", prefabricated_pct="45", starts_on="2026-06-08")
    tab.send()
    tab.show("empty")
    wrong: FilePayload = {
        "name": "错误.csv",
        "mimeType": "text/csv",
        "buffer": as_csv(building(30)).replace("4.2,2.4", "4200,2.4").encode("gb18030"),
    }
    tab.page.set_input_files("#file", wrong)
    tab.send_in_vain()
    assert "第 2 行，length_m" in tab.text()
    tab.show("refused")
    good: FilePayload = {
        "name": "青城花园二期.csv",
        "mimeType": "text/csv",
        # One of the pieces is on a trip of the demonstration already.
        "buffer": as_csv(building(2000))
        .replace(",2026-", ",2028-")
        .replace("HS-0001,", "BT-MK-038,")
        .encode("gb18030"),
    }
    tab.page.set_input_files("#file", good)
    tab.send()
    assert "2000 件，15 个构件族" in tab.text()
    tab.show("listed")
    tab.page.context.set_default_timeout(_PLANNING_MS)
    tab.page.set_default_navigation_timeout(_PLANNING_MS)
    tab.go(tab.page.locator('main form[action$="/plan"] button'))
    assert "答复与装车计划" in tab.text(), "it is done beside the page"
    _wait_for_the_run(tab)
    assert "2000 车次，336 张通行证" in tab.text()
    tab.show("planned")
    project = tab.page.url.removeprefix(tab.address).split("#")[0]
    tab.open(f"{project}/delivery")
    tab.fill(granted_from="2028-06-01")
    tab.go(tab.page.locator('main form[action$="/delivery"] button'))
    _wait_for_the_run(tab)
    assert tab.page.locator("svg.gantt").count() == 1
    tab.show("delivery")
    for _ in range(3):
        if tab.page.locator('main table a[href^="/trips/"]').count():
            break
        tab.go(tab.page.locator("main a", has_text="下一周").first)
    tab.go(tab.page.locator('main table a[href^="/trips/"]').first)
    assert "BT-MK-038" in tab.text(), "the plan leads to the load manifest of a piece"
    tab.open(project)
    tab.open(f"/language/en?next={tab.page.url.removeprefix(tab.address).split('#')[0]}")
    tab.show("planned-en")
    headings = tab.page.evaluate(_HEADINGS)
    assert [one for one in headings if _CHINESE.search(one) and one != "青城花园二期"] == []


def test_departments_see_what_is_planned_and_what_would_release_it(tab: Tab) -> None:
    cap = shipped_catalogue().components["pier_cap"]
    (piece,) = building(1)
    parts = tuple(
        replace(
            piece,
            number=f"GL-{number}",
            kind=cap.code,
            material=cap.material,
            length_m=cap.length_m,
            width_m=cap.width_m,
            height_m=cap.height_m,
            mass_t=cap.mass_t,
            destination="海拉尔" if number % 2 else "赤峰",
            deliver_by=date(2028, 6, 5 + number),
        )
        for number in range(12)
    )
    tab.sign_in("factory", "/projects/new")
    tab.fill(name="海拉尔高架", site="海拉尔", admin_code="150700", structure="precast")
    tab.send()
    file: FilePayload = {
        "name": "盖梁.csv",
        "mimeType": "text/csv",
        "buffer": as_csv(parts).encode("gb18030"),
    }
    tab.page.set_input_files("#file", file)
    tab.send()
    tab.go(tab.page.locator('main form[action$="/plan"] button'))
    tab.sign_in("handler", "/region")
    assert "包头 → 海拉尔" in tab.text()
    assert "雅鲁河大桥" in tab.text()
    tab.show("region")


def _wait_for_the_run(tab: Tab) -> None:
    """Watch the page of a run, which looks again by itself, until it gives the result."""
    result = tab.page.locator("main a.button", has_text="查看结果")
    result.wait_for(timeout=_PLANNING_MS)
    tab.go(result)


def test_the_housing_department_sees_projects_and_producers(tab: Tab) -> None:
    tab.sign_in("housing", "/projects")
    tab.show("projects")
    tab.open("/housing/producers")
    tab.show("producers")
