"""The roadside page on a telephone: loaded once, then without any network."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import urlopen

import pypdfium2
import pytest
import segno
import zxingcpp
from playwright.sync_api import Browser

from tests.browser import HEIGHT, NARROW, WIDE, Tab, open_tab
from tests.e2e.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture
def tab(demonstration: Demonstration, browser: Browser) -> Tab:
    return open_tab(browser, demonstration.address)


def _token(tab: Tab) -> str:
    """Return the text of a pass's code of the demonstration, as its annex carries it."""
    tab.sign_in("carrier", "/carrier")
    for link in tab.page.locator('main a[href^="/carrier/cases/"]').all():
        number = (link.get_attribute("href") or "").rpartition("/")[2]
        tab.page.request.get(f"{tab.address}/cases/{number}")
        answer = tab.page.request.get(f"{tab.address}/cases/{number}/passes/1/annex.pdf")
        if answer.ok:
            return _in_pdf(answer.body())
    raise AssertionError("the demonstration has no pass")


def _in_pdf(content: bytes) -> str:
    for page in pypdfium2.PdfDocument(content):
        for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L")):
            return code.text
    raise AssertionError("no code on the annex")


def test_a_code_is_read_and_checked_without_a_network(
    tab: Tab, demonstration: Demonstration, tmp_path: Path, screenshots: Path
) -> None:
    with urlopen(f"{demonstration.address}/keys.json") as answer:  # noqa: S310 - our own server
        assert json.load(answer)["keys"]
    token = _token(tab)
    picture = tmp_path / "code.png"
    segno.make(token, error="m").save(str(picture), scale=6, border=4)
    tab.sign_in("police", "/field")
    page = tab.page
    # The policy of the pages forbids WASM, and nothing here needs it.
    policy = page.request.get("/field").headers["content-security-policy"]
    assert "wasm" not in policy
    assert "unsafe" not in policy
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => caches.open('dajian-field-2').then((s) => s.match('/keys.json'))")
    carried = "() => caches.open('dajian-field-2').then((s) => s.match('/gate/structures.json'))"
    page.reload()
    page.wait_for_function(carried)
    page.context.set_offline(True)
    page.reload()
    page.locator("#age.notice-good").wait_for()
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.locator("#photo").set_input_files(str(picture))
        page.locator("#answer.notice-good").wait_for()
        page.locator("#claims dd").first.wait_for()
    page.locator("#heightM").fill("9.9")
    page.locator("#compare").click()
    page.locator("#result.notice-bad").wait_for()
    assert "视为未持证" in page.locator("#result").inner_text()
    page.locator("#ahead").wait_for()
    assert "km" in page.locator("#ahead").inner_text()
    assert "1 " in page.locator("#waiting").inner_text()
    page.screenshot(path=screenshots / "45-roadside-ahead-375.jpg", full_page=True, quality=60)
    page.locator("#bridge").select_option("")
    page.locator("#bridgeName").fill("昆都仑河大桥")
    page.locator("#begin").click()
    page.locator("#onLine").check()
    page.locator("#finish").click()
    assert "2 " in page.locator("#waiting").inner_text()
    forged = token[:-20] + ("A" if token[-20] != "A" else "B") + token[-19:]
    page.locator("#token").fill(forged)
    page.locator("#check").click()
    page.locator("#answer.notice-bad").wait_for()
    assert not page.locator("#claims").is_visible()
    page.context.set_offline(False)
    page.locator("#waiting").wait_for(state="hidden")
    tab.open("/gate/checks")
    assert page.locator("main").inner_text().count("9.9") == 1
    # Who is not signed in carries no limits along.
    tab.leave()
    tab.open("/field")
    page.wait_for_function(f"({carried})().then((kept) => !kept)")
