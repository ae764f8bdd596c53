"""A tab in a real Chromium that looks at every page as strictly as its readers would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Locator, Page, Playwright

from tests.pages import DEMONSTRATION_PASSWORD
from webapp.documents.glyphs import printable

CHROMIUM = Path("/usr/bin/chromium")
WIDE, NARROW = 1440, 375
SMALLEST_TEXT_PX = 16
HEIGHT = 900

# What a reader is given to read; hints, badges and the map's own labels may be smaller.
_SMALLEST_TEXT = """() => Math.min(99, ...[
    ...document.querySelectorAll('main p, main li, main td, main dd, main label, main input')
  ].filter((one) => (one.textContent.trim() || one.value) && one.offsetParent
    && !one.closest('.route-map'))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return '';
  const wide = [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.right > width + 1 && !one.closest('.table-frame, .route-map, .visually-hidden');
  });
  return 'wider than the screen: ' + wide.slice(0, 3).map(
    (one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`).join(' | ');
}"""
_TEXT = """() => document.body.innerText + [...document.querySelectorAll('input, textarea')]
    .filter((one) => one.type !== 'hidden').map((one) => one.value + one.placeholder).join('')
  + [...document.querySelectorAll('body *')].flatMap((one) => ['::before', '::after'].map(
      (part) => /^"([^"]*)"/.exec(getComputedStyle(one, part).content)?.[1] ?? '')).join('')"""
_SETTLED = "() => document.fonts.ready.then(() => true)"


# Who signed in where, so that nobody types a password twice.
_SIGNED_IN: dict[tuple[str, str], list[Any]] = {}


@contextmanager
def chromium(driver: Playwright, *arguments: str) -> Iterator[Browser]:
    """Start Chromium; skip where there is none, which fails on CI (tests/conftest.py)."""
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium (apt-get install chromium)")
    browser = driver.chromium.launch(
        executable_path=str(CHROMIUM),
        args=["--no-sandbox", *arguments],
    )
    yield browser
    browser.close()


@dataclass
class Tab:
    """A tab, and what went wrong in it. `show` looks at a page at both widths."""

    page: Page
    address: str
    folder: Path | None = None
    wrong: list[str] = field(default_factory=list)
    refusals_expected: bool = False
    steps: int = 0

    def __post_init__(self) -> None:
        self.page.on("request", lambda sent: self._watch(sent.url))
        self.page.on(
            "console", lambda said: self._hear(said.type, f"{said.text} {said.location['url']}")
        )
        self.page.on("pageerror", lambda fault: self.wrong.append(f"script: {fault}"))

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(path)

    def sign_in(self, login: str, then: str = "/") -> None:
        """Go on to a page as somebody who signed in before on this address, or signs in now."""
        self.leave()
        known = _SIGNED_IN.get((self.address, login))
        if known:
            self.page.context.add_cookies(known)
            self.page.goto(then)
            return
        self.page.goto(f"/sign-in?next={then}")
        self.page.fill("#login", login)
        self.page.fill("#password", DEMONSTRATION_PASSWORD)
        self.go(self.page.locator("main button[type=submit]"))
        _SIGNED_IN[self.address, login] = [
            {"name": one["name"], "value": one["value"], "url": self.address}
            for one in self.page.context.cookies()
            if one["name"] == "dajian_session"
        ]

    def leave(self) -> None:
        """Go away and forget who was signed in; an answer still on its way sets no cookie."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()

    def follow(self, address: str) -> None:
        """Follow the link of the main part whose address ends so."""
        link = self.page.locator(f'main a[href$="{address}"]').first
        assert link.count(), f"no link {address} on {self.page.url}: {self.text()}"
        self.go(link)

    def send(self, value: str = "", *, kind: str = "primary") -> None:
        """Press the button of the main part's form, or the one of several with this value."""
        chosen = f".button[value='{value}']" if value else f".button-{kind}"
        self.go(self.page.locator(f"main form[method=post] button{chosen}").first)

    def send_in_vain(self, value: str = "", *, kind: str = "primary") -> None:
        """Send a form that is refused; the browser notes the status, rightly."""
        self.refusals_expected = True
        self.send(value, kind=kind)
        self.refusals_expected = False

    def fill(self, **values: str) -> None:
        """Fill fields by their ids: text is typed, a choice of a list is chosen."""
        for name, value in values.items():
            box = self.page.locator(f"#{name}")
            if box.evaluate("(one) => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)

    def choose(self, name: str, value: str) -> None:
        """Choose one of several buttons."""
        self.page.check(f"input[name='{name}'][value='{value}']")

    def upload(self, name: str, filename: str, content: bytes) -> None:
        """Choose a file."""
        kind = "application/pdf" if filename.endswith(".pdf") else "image/png"
        file: FilePayload = {"name": filename, "mimeType": kind, "buffer": content}
        self.page.set_input_files(f"#{name}", file)

    def download(self, address: str) -> bytes:
        """Follow a link to a file and return its bytes."""
        with self.page.expect_download() as started:
            self.page.locator(f'main a[href$="{address}"]').first.click()
        return Path(started.value.path()).read_bytes()

    def text(self) -> str:
        """Return what stands in the main part."""
        return self.page.locator("main").inner_text()

    def show(self, name: str = "") -> None:
        """Look at the page at both widths; keep a picture of each if a name is given."""
        self.steps += 1
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            if width == NARROW and self.page.locator(".route-map").count():
                self.page.reload()  # a phone draws its map at its own size
            self.look()
            if name and self.folder:
                picture = self.folder / f"{self.steps:02}-{name}-{width}.jpg"
                self.page.screenshot(path=picture, full_page=True, type="jpeg", quality=75)
        self.page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    def look(self) -> None:
        """Assert what holds for every page at the width it has now."""
        here = self.page.url.removeprefix(self.address)
        self._settle()
        loaded = self.page.evaluate("() => typeof axe !== 'undefined'")
        found = (Axe("0") if loaded else Axe()).run(self.page)
        assert found.violations_count == 0, f"{here}: {found.generate_report()}"
        overflow = self.page.evaluate(_OVERFLOW)
        assert not overflow, f"{here} {overflow}"
        assert self.page.evaluate(_SMALLEST_TEXT) >= SMALLEST_TEXT_PX, here
        unknown = {c for c in self.page.evaluate(_TEXT) if c.isprintable()}
        missing = {c for c in unknown if ord(c) not in printable()}
        assert not missing, f"{here}: the typeface lacks {missing}"
        assert self.wrong == [], here

    def go(self, place: Locator) -> None:
        """Click and wait for the answer, so that nothing is done to the page before."""
        with self.page.expect_navigation():
            place.click()

    def _settle(self) -> None:
        maps = self.page.locator(".route-map")
        if maps.count():
            self.page.locator(".route-map[data-state=ready]").first.wait_for(timeout=20_000)
        self.page.evaluate(_SETTLED)

    def _watch(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"request to another host: {url}")

    def _hear(self, kind: str, text: str) -> None:
        if kind != "error":
            return
        if self.refusals_expected and ("422" in text or "409" in text):
            return
        self.wrong.append(f"console: {text}")


def open_tab(browser: Browser, address: str, folder: Path | None = None, steps: int = 0) -> Tab:
    """Open a tab of its own context on an address; `steps` were shown before."""
    context = browser.new_context(
        viewport={"width": WIDE, "height": HEIGHT},
        base_url=address,
        locale="zh-CN",
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    return Tab(context.new_page(), address, folder, steps=steps)
