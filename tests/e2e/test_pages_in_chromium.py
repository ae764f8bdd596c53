"""Further looks at the demonstration: the other pages, English, the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser import HEIGHT, NARROW, Tab, open_tab
from tests.e2e.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

PUBLIC = ("/sign-in", "/register", "/help", "/verify", "/coverage")
ADMINISTRATION = (
    "/admin",
    "/admin/organisations",
    "/admin/users",
    "/admin/network",
    "/admin/tokens",
    "/admin/audit",
    "/law",
)
IN_ENGLISH = {
    "factory": ("/factory", "/factory/enquiries/new"),
    "carrier": ("/carrier", "/tolls"),
    "handler": ("/transport", "/gate"),
    "toll": ("/toll-office/monthly",),
}
STATUSES = {
    "factory": ("可通行", "不可通行"),
    "factory.hulunbuir": ("有条件可通行",),
    "factory.ordos": ("需要踏勘", "道路不连通"),
}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What stays Chinese in English: names of firms, people, places, pieces, projects, schemes.
_HEADINGS = "() => [...document.querySelectorAll('h1, h2, th, label, legend, button')]"
_HEADINGS += ".filter((one) => one.offsetParent).map((one) => one.textContent.trim())"
_FOCUSED = "() => document.activeElement.id || document.activeElement.textContent.trim()"


@pytest.fixture
def tab(demonstration: Demonstration, browser: Browser) -> Tab:
    return open_tab(browser, demonstration.address)


def test_the_pages_of_visitors_and_administrators_are_accessible(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    for path in PUBLIC:
        tab.open(path)
        tab.look()
    tab.sign_in("administrator", "/admin")
    for path in ADMINISTRATION:
        tab.open(path)
        tab.look()


def test_the_pages_can_be_read_in_english(tab: Tab) -> None:
    for login, paths in IN_ENGLISH.items():
        tab.sign_in(login)
        tab.go(tab.page.get_by_role("link", name="English"))
        for path in paths:
            tab.open(path)
            tab.look()
            assert tab.page.locator("html").get_attribute("lang") == "en"
            chinese = [one for one in tab.page.evaluate(_HEADINGS) if _CHINESE.search(one)]
            assert chinese == [], path


def test_each_route_status_has_its_enquiry_and_its_page(tab: Tab) -> None:
    found = set()
    for login, statuses in STATUSES.items():
        for status in statuses:
            tab.sign_in(login, "/factory")
            rows = tab.page.locator("tr", has=tab.page.get_by_text(status, exact=True))
            tab.go(rows.first.locator('a[href^="/enquiries/"]'))
            tab.look()
            assert tab.page.locator(".maplibregl-map canvas").count() > 0
            assert tab.page.locator(".map-list button").count() > 1
            found.add(tab.page.locator(".verdict-word").first.inner_text())
    assert found == {status for statuses in STATUSES.values() for status in statuses}


def test_a_form_is_filled_and_mended_by_keyboard_alone(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    keyboard = tab.page.keyboard
    tab.open("/sign-in?next=/factory/components/new")
    tab.page.locator("#login").focus()
    for text in ("factory", "steppe-road-2026"):
        keyboard.type(text)
        keyboard.press("Tab")
    keyboard.press("Enter")
    tab.page.wait_for_url("**/factory/components/new")
    tab.refusals_expected = True
    tab.page.locator("#number").focus()
    for text in ("KB-001", "键盘构件"):
        keyboard.type(text)
        keyboard.press("Tab")
    keyboard.press("Space")
    keyboard.press("Enter")
    tab.page.locator(".error-summary").wait_for()
    assert tab.page.evaluate("() => document.activeElement.className") == "error-summary"
    tab.look()
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert tab.page.evaluate("() => location.hash") == "#length_m"
    assert tab.page.evaluate(_FOCUSED) == "length_m"
    for text in ("9", "3.5", "3.2", "20"):
        keyboard.type(text)
        keyboard.press("Tab")
    keyboard.press("Enter")
    tab.page.wait_for_url("**/factory")
    assert "KB-001" in tab.text()


def test_the_first_tab_leads_past_the_menu(tab: Tab) -> None:
    tab.open("/")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("() => document.activeElement.id") == "main"


def test_chinese_is_drawn_with_the_typeface_that_comes_along(tab: Tab) -> None:
    tab.open("/")
    tab.look()
    loaded = tab.page.evaluate(
        "() => [...document.fonts].filter((one) => one.status === 'loaded')"
        ".map((one) => one.family)"
    )
    assert any("Noto Sans SC" in family for family in loaded)
