"""From a component to a combination and its drawing, in a real browser at both widths."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser import HEIGHT, NARROW, Tab, open_tab
from tests.e2e.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, th, label, legend, button')]"
_HEADINGS += ".filter((one) => one.offsetParent).map((one) => one.textContent.trim())"
# What a reader can read of a drawing on the screen: its smallest writing in pixels.
_SMALLEST_WRITING = """() => Math.min(...[...document.querySelectorAll('.outline-drawing text')]
  .filter((one) => one.getClientRects().length)
  .map((one) => parseFloat(one.getAttribute('font-size'))
    * one.ownerSVGElement.getBoundingClientRect().width
    / one.ownerSVGElement.viewBox.baseVal.width))"""
_READABLE_PX = 10.5


@pytest.fixture
def tab(demonstration: Demonstration, browser: Browser) -> Tab:
    return open_tab(browser, demonstration.address)


def test_a_factory_comes_from_a_component_over_combinations_to_an_enquiry(tab: Tab) -> None:
    tab.sign_in("factory", "/factory/components/new?piece=volumetric_module")
    tab.show()
    tab.fill(number="LL-001", measured_by="出厂检验岗", tolerance_m="0.01")
    tab.send("load", kind="secondary")
    assert "LL-001 的运输车组" in tab.text()
    tab.show()
    tab.go(tab.page.locator('main a[href*="show="]').first)
    tab.page.locator("#drawn").wait_for()
    tab.go(tab.page.locator('main a[href^="/factory/enquiries/new"]').last)
    tab.show()
    tab.fill(origin="包头东河示范箱房厂", destination="呼和浩特东部新城示范工地")
    tab.send()
    tab.page.locator(".verdict-word").wait_for()
    tab.show()
    assert "轮廓图" in tab.text()
    assert tab.download("/outline.pdf").startswith(b"%PDF")


def test_the_drawing_can_be_read_on_a_phone_and_on_a_screen(tab: Tab) -> None:
    tab.sign_in("factory", "/factory")
    tab.go(tab.page.locator('main a[href^="/factory/loadings"]').first)
    for width in (1440, NARROW):
        tab.page.set_viewport_size({"width": width, "height": HEIGHT})
        assert tab.page.locator(".outline-drawing svg:visible").count() == 1
        assert tab.page.evaluate(_SMALLEST_WRITING) >= _READABLE_PX, width
    tab.page.emulate_media(media="print")
    assert tab.page.locator(".outline-sheet svg").is_visible()
    assert not tab.page.locator(".outline-views svg").is_visible()


def test_the_ranked_list_is_reached_and_left_by_keyboard(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    tab.sign_in("factory", "/factory")
    tab.go(tab.page.locator('main a[href^="/factory/loadings"]').first)
    keyboard = tab.page.keyboard
    tab.page.locator("#pieces").focus()
    keyboard.press("Control+a")
    keyboard.type("2")
    with tab.page.expect_navigation():
        keyboard.press("Enter")
    assert "pieces=2" in tab.page.url
    tab.page.locator("main summary").focus()
    keyboard.press("Enter")
    assert tab.page.locator("main details[open]").count() == 1
    tab.look()


def test_a_carrier_enters_a_vehicle_with_its_papers_and_attaches_the_drawing(tab: Tab) -> None:
    tab.sign_in("carrier", "/carrier/units/new?like=hydraulic_6")
    tab.show()
    tab.fill(plate="蒙K7788挂", inspection_valid_until="2030-01-01")
    tab.refusals_expected = True
    tab.fill(temporary_plate_issued_on="2026-05-01", temporary_plate_valid_until="2026-09-01")
    tab.send_in_vain()
    tab.look()
    tab.fill(temporary_plate_issued_on="", temporary_plate_valid_until="")
    tab.send()
    assert "蒙K7788挂" in tab.text()
    tab.show()
    case = tab.page.locator('main a[href^="/carrier/cases/DJ"]').first.get_attribute("href")
    tab.open(f"{case}/outline")
    tab.show()
    tab.send()
    assert "轮廓图已附上" in tab.text()


def test_loadings_vehicles_and_drawings_can_be_read_in_english(tab: Tab) -> None:
    for login, begin in (
        ("factory", "/factory/components/new?piece=steel_truss"),
        ("carrier", "/carrier/units/new?like=tractor_8x4"),
    ):
        tab.sign_in(login, begin)
        tab.go(tab.page.get_by_role("link", name="English"))
        tab.look()
        headings = tab.page.evaluate(_HEADINGS)
        assert [one for one in headings if _CHINESE.search(one)] == []
    tab.sign_in("factory", "/factory")
    tab.go(tab.page.get_by_role("link", name="English"))
    tab.go(tab.page.locator('main a[href^="/factory/loadings"]').first)
    tab.look()
    assert "What it uses of every limit" in tab.text()
    headings = tab.page.evaluate(_HEADINGS)
    assert [one for one in headings if _CHINESE.search(one)] == []
