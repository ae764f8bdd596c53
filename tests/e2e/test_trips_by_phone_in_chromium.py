"""A trip on telephones: loaded, driven and accepted without a network, sent later, counted once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import HEIGHT, NARROW, Tab, open_tab
from tests.e2e.conftest import Demonstration

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

_WAITING = "() => document.querySelectorAll('#outbox-list li').length"


class Phone:
    """A telephone that opened the page of the trips once, with a network."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.tab = open_tab(browser, address, folder)
        self.page = self.tab.page
        self.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        self.tab.sign_in("carrier", "/field/trips")
        self.page.evaluate(
            "() => navigator.serviceWorker.ready.then(() => document.fonts.ready).then(() => true)"
        )
        self.page.wait_for_load_state("networkidle")

    def lose_the_network(self) -> None:
        """Cut the network and start the page anew, from what the phone kept."""
        self.page.context.set_offline(True)
        self.page.reload()
        self.page.locator("#list button").first.wait_for()

    def choose(self, component: str) -> None:
        """Open the trip of a component."""
        self.page.locator("#list button", has_text=component).click()

    def scan(self, picture: Path) -> str:
        """Read a photograph of a label and return what the page says."""
        self.page.evaluate("() => { document.querySelector('#heard').hidden = true }")
        self.page.set_input_files("#photo", str(picture))
        return self.heard()

    def do(self, step: str) -> str:
        """Press the button of a step and return what the page says."""
        self.page.evaluate("() => { document.querySelector('#heard').hidden = true }")
        self.page.click(f"#do-{step}")
        return self.heard()

    def heard(self) -> str:
        """Wait for the page's answer."""
        self.page.locator("#heard:not([hidden])").wait_for()
        return self.page.locator("#heard").inner_text()

    def load(self, label: Path, picture: Path) -> str:
        """Record the loading with the label, the certificate and a photograph."""
        self.scan(label)
        self.page.fill("#certificate-number", "HGZ-2026-039")
        self.page.set_input_files("#certificate", str(picture))
        self.page.set_input_files("#load-photos", str(picture))
        self.page.fill("#weighed", "40.8")
        return self.do("loading")

    def all_handed_over(self) -> None:
        """Wait until nothing is kept on the phone any more."""
        self.page.locator("#outbox[hidden]").wait_for(state="attached")

    def picture(self, name: str) -> None:
        """Look at the page at a phone's width and keep a picture."""
        self.tab.look()
        assert self.tab.folder is not None
        path = self.tab.folder / f"phone-{name}.jpg"
        self.page.screenshot(path=path, full_page=True, type="jpeg", quality=75)


def _ready_case(tab: Tab) -> str:
    tab.sign_in("carrier", "/carrier")
    row = tab.page.locator("main tr", has_text="可发车").first
    return str(row.locator("a").first.get_attribute("href"))


def _planned(tab: Tab) -> tuple[str, str]:
    """Plan the trip of what is left of a case; return its address and component."""
    tab.open(f"{_ready_case(tab)}/trips/new")
    component = str(tab.page.locator("input[name=component_numbers]").first.get_attribute("value"))
    tab.send()
    return tab.page.url.split("#")[0], component


def _labels(tab: Tab, trip: str, folder: Path) -> tuple[Path, Path]:
    """Return pictures of the component's label and of the site's, as they are printed."""
    made = []
    for sheet in ("labels", "site-label"):
        answer = tab.page.request.get(f"{trip}/{sheet}.pdf")
        page = pypdfium2.PdfDocument(answer.body())[0]
        (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L"))
        path = folder / f"{sheet}.png"
        segno.make(code.text, error="m").save(str(path), scale=6, border=4)
        made.append(path)
    return made[0], made[1]


def _label(address: str, path: Path) -> Path:
    segno.make(address, error="m").save(str(path), scale=6, border=4)
    return path


@dataclass(frozen=True)
class Trip:
    """A planned trip, with pictures of its labels and of others, and a photograph."""

    address: str
    component: str
    label: Path
    site: Path
    strange: Path
    elsewhere: Path
    photo: Path


def _prepared(office: Tab, folder: Path) -> Trip:
    address, component = _planned(office)
    label, site = _labels(office, address, folder)
    base = office.address
    strange = _label(f"{base}/trips/components/BT-MK-038", folder / "strange.png")
    elsewhere = _label(f"{base}/trips/sites/%E7%94%B2%E5%9C%B0", folder / "elsewhere.png")
    photo = folder / "photo.jpg"
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(photo)
    return Trip(address, component, label, site, strange, elsewhere, photo)


def _load_and_leave_without_a_network(phone: Phone, trip: Trip) -> None:
    phone.lose_the_network()
    phone.choose(trip.component)
    assert "另一车次" in phone.scan(trip.strange)
    assert "还剩 0 件" in phone.scan(trip.label)
    assert "只计一次" in phone.scan(trip.label)
    assert "合格证" in phone.do("loading")
    phone.picture("1-no-certificate")
    assert "已留在本机" in phone.load(trip.label, trip.photo)
    phone.page.fill("#driver", "赵师傅")
    phone.picture("2-hand-over")
    assert "已留在本机" in phone.do("departure")
    assert phone.page.evaluate(_WAITING) == 2
    phone.picture("3-under-way")


def _go_on_for_the_lost_one(phone: Phone, trip: Trip) -> None:
    phone.choose(trip.component)
    phone.load(trip.label, trip.photo)
    phone.all_handed_over()
    phone.do("departure")
    phone.all_handed_over()
    phone.page.clock.set_fixed_time("2099-01-01T08:00:00+08:00")
    phone.do("arrival")
    refused = phone.page.locator("#outbox-list .field-error")
    refused.wait_for()
    assert "手机时钟快" in refused.inner_text()
    assert "本机时钟快" in phone.page.locator("#clock").inner_text()
    phone.picture("4-clock-ahead")
    phone.page.locator("#outbox-list button", has_text="移除").click()
    phone.all_handed_over()


def _arrive_and_be_accepted(phone: Phone, trip: Trip) -> None:
    phone.page.fill("#damage-note", "护角松动")
    phone.page.set_input_files("#damage-photos", str(trip.photo))
    phone.do("damage")
    assert "工地不对" in phone.scan(trip.elsewhere)
    assert "工地不对" in phone.do("arrival")
    phone.picture("5-wrong-site")
    assert "工地正确" in phone.scan(trip.site)
    phone.do("arrival")
    phone.scan(trip.site)
    assert "验收人" in phone.do("acceptance")
    phone.page.fill("#accepted-by", "工地收货员")
    phone.do("acceptance")
    assert phone.page.evaluate(_WAITING) == 5
    phone.picture("6-accepted-and-waiting")


def test_a_trip_is_recorded_without_a_network_by_two_phones_and_counts_once(
    demonstration: Demonstration, browser: Browser, screenshots: Path, tmp_path: Path
) -> None:
    office = open_tab(browser, demonstration.address, screenshots)
    trip = _prepared(office, tmp_path)
    lost = Phone(browser, demonstration.address, screenshots)
    _load_and_leave_without_a_network(lost, trip)
    # That phone is out of reach: another one goes on, and this one is found again later.
    _go_on_for_the_lost_one(Phone(browser, demonstration.address, screenshots), trip)
    _arrive_and_be_accepted(lost, trip)
    lost.page.context.set_offline(False)
    lost.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    lost.all_handed_over()
    lost.picture("7-sent")

    office.open(f"/trips/components/{trip.component}")
    text = office.text()
    for word in ("证据链完整", "工厂浇筑", "40.8 t", "护角松动", "到达工地", "工地收货员"):
        assert word in text, text
    assert text.count("HGZ-2026-039") == 1
    office.show("component-history")
    office.open(urlsplit(trip.address).path)
    office.show("trip-after-the-phones")
    office.page.locator("main input[name=scheme_id]").first.check()
    office.send()
    assert re.search(r"JM-\d{6}", office.text())
    assert "合格证" in office.text()
    office.show("relief-of-the-trip")
