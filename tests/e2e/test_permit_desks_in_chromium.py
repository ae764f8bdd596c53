"""The later life of a pass as its people see it: letters, recall, messages, deputies, renewal."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import Tab, open_tab
from tests.e2e.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture
def tab(demonstration: Demonstration, browser: Browser, screenshots: Path) -> Tab:
    return open_tab(browser, demonstration.address, screenshots, steps=160)


def _case_with_pass(tab: Tab) -> str:
    tab.sign_in("carrier", "/carrier")
    for link in tab.page.locator('main a[href^="/carrier/cases/"]').all():
        number = (link.get_attribute("href") or "").rpartition("/")[2]
        if tab.page.request.get(f"{tab.address}/cases/{number}/passes/1/annex.pdf").ok:
            return number
    raise AssertionError("the demonstration has no pass")


def test_a_pass_is_served_written_about_recalled_and_renewed(tab: Tab) -> None:
    number = _case_with_pass(tab)
    tab.open(f"/carrier/cases/{number}")
    tab.follow(f"/cases/{number}/messages")
    tab.fill(text="车辆将于周五 07:30 从构件厂出发，请告知入口核验地点。")
    tab.send()
    assert "请告知入口核验地点" in tab.text()
    tab.show("messages")
    tab.open(f"/carrier/cases/{number}/enter-once")
    tab.show("enter-once")
    tab.open(f"/cases/{number}")
    with tab.page.expect_download() as annex:
        tab.page.locator(f'main a[href$="/cases/{number}/passes/1/annex.pdf"]').first.click()
    assert Path(annex.value.path()).read_bytes().startswith(b"%PDF")

    tab.sign_in("handler", "/notices/")
    assert number in tab.text()
    tab.show("notices")
    tab.open(f"/cases/{number}")
    tab.follow("/serve")
    tab.show("proof-of-service")
    tab.fill(received_by="示范收件人")
    tab.send()
    assert "送达" in tab.text()
    bridge = _bridge(tab, number)
    tab.open("/transport/recall")
    tab.fill(structure=bridge, reason="检测发现支座病害，等待复核")
    tab.send()
    assert number in tab.text()
    tab.show("recall")
    assert tab.page.locator(f'main form[action*="/cases/{number}/notice"]').count()
    tab.open("/deputy")
    tab.show("deputies")

    tab.sign_in("police", "/police/exchange")
    tab.show("file-exchange")
    tab.open("/road")
    tab.show("who-is-on-my-road")
    tab.follow("/sheet")
    tab.show("dispatch-sheet")

    tab.sign_in("carrier", f"/carrier/cases/{number}")
    tab.go(tab.page.locator('main form[action$="/renew"] button'))
    assert number in tab.text()
    tab.show("renewal")
    tab.leave()
    tab.open("/corridors")
    tab.show("corridor-board")


def _bridge(tab: Tab, case: str) -> str:
    """Return the number of a structure on the route of a case."""
    page = tab.page.request.get(f"{tab.address}/gate/structures.json").json()
    there = next(listed for number, listed in page["passes"].items() if number.startswith(case))
    return str(there[0][0])
