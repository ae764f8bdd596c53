"""The shell in a real Chromium: axe, widths, typeface, no foreign request, both kinds of map."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pages import DEMONSTRATION_PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = (375, 1440)
PAGES = ("/", "/sign-in", "/register", "/law", "/help")
ADMINISTRATION = (
    "/admin",
    "/admin/organisations",
    "/admin/users",
    "/admin/network",
    "/admin/tokens",
    "/admin/audit",
)
SMALLEST_TEXT = """() => Math.min(...[
    ...document.querySelectorAll('main p, main li, main td, main dd, main label')
  ].filter((one) => one.textContent.trim() && one.offsetParent && !one.closest('.route-map'))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
WIDER_THAN_SCREEN = (
    "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium (apt-get install chromium)"),
]


@contextmanager
def _serving(app: Flask) -> Iterator[str]:
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with _serving(app) as found:
        yield found


@contextmanager
def _browser(*arguments: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", *arguments]
        )
        yield browser
        browser.close()


def _open(browser: Browser, width: int, address: str) -> tuple[Page, list[str]]:
    """Return a tab and the list that collects what must not happen in it."""
    page = browser.new_page(viewport={"width": width, "height": 900}, base_url=address)
    wrong: list[str] = []
    page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((address, "data:", "blob:"))
            else wrong.append(f"foreign request {sent.url}")
        ),
    )
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    return page, wrong


def _look(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page)
    assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    assert not page.evaluate(WIDER_THAN_SCREEN), f"{path} is wider than the screen"
    assert page.evaluate(SMALLEST_TEXT) >= 16, path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_accessible_at_both_widths_and_ask_no_other_host(
    address: str, width: int
) -> None:
    with _browser() as browser:
        page, wrong = _open(browser, width, address)
        for path in PAGES:
            _look(page, path)
        page.goto("/sign-in?next=/admin")
        page.fill("#login", "administrator")
        page.fill("#password", DEMONSTRATION_PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin")
        page.wait_for_load_state("networkidle")
        for path in ADMINISTRATION:
            _look(page, path)
        assert wrong == []


def test_faults_take_the_focus_and_lead_to_their_fields_by_keyboard(address: str) -> None:
    with _browser() as browser:
        page, _ = _open(browser, 375, address)
        page.goto("/register")
        page.click("main button[type=submit]")
        assert page.evaluate("() => document.activeElement.className") == "error-summary"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        first = page.locator(".error-summary a").nth(1).get_attribute("href")
        assert first is not None
        page.keyboard.press("Tab")
        assert page.evaluate("() => location.hash") == first
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("arguments", [(), ("--disable-3d-apis",)], ids=["webgl", "canvas"])
def test_the_map_draws_with_and_without_webgl(address: str, arguments: tuple[str, ...]) -> None:
    with _browser(*arguments) as browser:
        page, wrong = _open(browser, 1440, address)
        page.goto("/sign-in?next=/admin/network")
        page.fill("#login", "administrator")
        page.fill("#password", DEMONSTRATION_PASSWORD)
        page.keyboard.press("Enter")
        page.locator(".route-map[data-state=ready]").wait_for(timeout=30_000)
        library = page.locator(".maplibregl-map, .leaflet-container").first
        assert "leaflet" in (library.get_attribute("class") or "") or not arguments
        assert page.locator(".route-map canvas").count() > 0
        assert wrong == []


def test_chinese_is_drawn_with_the_typeface_that_comes_along(address: str) -> None:
    with _browser() as browser:
        page, _ = _open(browser, 1440, address)
        page.goto("/")
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(
            "() => [...document.fonts].filter((one) => one.status === 'loaded')"
            ".map((one) => one.family)"
        )
        assert any("Noto Sans SC" in family for family in loaded)
