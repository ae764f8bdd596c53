"""One component travels from the factory to an issued, verifiable pass and a relief record.

The whole way of the first journey in a real Chromium, each step as the person whose step it is.
Every page is looked at in both widths: axe, overflow, text size, glyphs, foreign requests, console.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser

from tests.browser import Tab, open_tab
from tests.e2e.conftest import Demonstration
from webapp.demonstration.papers import paper, photo

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

COMPONENT = "BT-MK-777"
FACTORY, SITE = "包头东河示范箱房厂", "呼和浩特东部新城示范工地"
PAPERS = (
    "application_form",
    "transport_licence",
    "agent_identity",
    "power_of_attorney",
    "vehicle_licence",
    "outline_drawing",
    "escort_plan",
)
_RENDER_SCALE = 3


def test_a_component_travels_from_the_factory_to_a_relief_record(
    demonstration: Demonstration, browser: Browser, old_browser: Browser, screenshots: Path
) -> None:
    tab = open_tab(browser, demonstration.address, screenshots)
    tab.open("/")
    tab.show("start")
    enquiry = factory_asks(tab)
    number = carrier_applies(tab, enquiry)
    # The offices work on old computers: from here on maps are drawn on a canvas.
    tab = open_tab(old_browser, demonstration.address, screenshots, steps=tab.steps)
    transport_decides(tab, number)
    pass_verifies(tab, number, demonstration)
    city_decides(tab, number)
    trip = trip_is_driven(tab, number)
    relief_is_approved(tab, trip)
    history_is_complete(tab, number)


def factory_asks(tab: Tab) -> str:
    """A planner enters a component and a site, and hands the answer to a carrier."""
    tab.sign_in("factory", "/factory")
    tab.show("factory")
    tab.open("/factory/components/new?piece=volumetric_module")
    tab.fill(number=COMPONENT, height_m="3.6", project="呼和浩特示范公寓")
    tab.show("component")
    tab.send()
    tab.go(tab.page.locator("tr", has_text=COMPONENT).get_by_role("link").last)
    tab.fill(origin=FACTORY, destination=SITE, tractor="tractor_6x4", trailer="low_bed_3")
    tab.show("enquiry-form")
    tab.send()
    said = tab.text()
    assert "三类" in said
    assert "4.55" in said
    tab.show("enquiry")
    assert tab.page.locator(".route-map canvas").count() == 1
    enquiry = tab.page.url.rpartition("/")[2]
    tab.page.select_option("#carrier_id", label="鄂尔多斯示范大件物流有限公司")
    tab.send()
    assert "鄂尔多斯示范大件物流有限公司" in tab.text()
    return enquiry


def carrier_applies(tab: Tab, enquiry: str) -> str:
    """The firm makes the application; the pre-check lists what is missing; it submits."""
    tab.sign_in("carrier", "/carrier")
    tab.show("carrier")
    tab.open(f"/enquiries/{enquiry}")
    tab.send()
    number = tab.page.url.split("/")[-2]
    tab.fill(tractor_plate="蒙KSF007", trailer_plate="蒙KSF17挂")
    tab.show("vehicle")
    tab.send("save")
    today = tab.page.input_value("#starts_on")
    last = date.fromisoformat(today) + timedelta(days=20)
    tab.fill(ends_on=last.isoformat(), contact_name="示范联系人", contact_phone="000-00000000")
    tab.fill(escort_vehicles="1")
    tab.show("journey")
    tab.send()
    tab.show("route")
    tab.send()
    tab.show("documents")
    tab.upload("file_application_form", "application.pdf", b"no PDF at all")
    tab.send_in_vain()
    assert "PDF" in tab.page.locator(".error-summary").inner_text()
    tab.show("wrong-file")
    tab.open(f"/carrier/cases/{number}/check")
    assert tab.page.locator("#missing li").count() == len(PAPERS)
    tab.show("check-missing")
    tab.send_in_vain(kind="secondary")
    assert tab.page.locator("#missing li").count() == len(PAPERS)
    tab.open(f"/carrier/cases/{number}/documents")
    for code in PAPERS:
        tab.upload(f"file_{code}", f"{code}.pdf", paper(code))
    tab.send()
    assert tab.page.locator("#missing").count() == 0
    tab.show("check-complete")
    tab.send()
    tab.show("submitted")
    tab.open(f"/cases/{number}")
    form = tab.download("/application.pdf")
    assert "公路超限运输申请表" in text_of(form)
    return number


def transport_decides(tab: Tab, number: str) -> None:
    """The authority accepts and consults; three people decide; the pass is issued."""
    take(tab, number, "handler", "accept", queue="/transport")
    tab.follow("/consult")
    tab.fill(question="该车货总高4.55米，请就时间、路线和速度提出意见。")
    tab.show("consult")
    tab.send()
    tab.sign_in("police", "/police")
    tab.show("police")
    tab.open(f"/cases/{number}")
    tab.follow("/give-opinion")
    tab.choose("outcome", "conditions")
    tab.fill(text="同意，建议白天通行。", windows="07:00-17:00")
    tab.fill(top_speed_km_h="60", bridge_speed_km_h="5", route_note="按核定路线行驶")
    tab.show("opinion")
    tab.send()
    tab.sign_in("handler", f"/cases/{number}")
    tab.follow("/handle")
    tab.choose("outcome", "grant")
    tab.fill(text="符合条件，拟准予通行。")
    tab.show("handle")
    tab.send()
    tab.follow("#acts")
    assert tab.page.locator('main a[href$="/check"]').count() == 0, "the handler may not check"
    take(tab, number, "checker", "check")
    take(tab, number, "signer", "sign")
    tab.follow("/issue")
    tab.show("issue")
    tab.send()
    tab.show("issued")
    assert tab.page.locator(".leaflet-container canvas").count() == 1
    assert tab.page.locator(".maplibregl-map").count() == 0


def pass_verifies(tab: Tab, number: str, demonstration: Demonstration) -> None:
    """The annex carries a code that the command and the public page verify."""
    annex = tab.download("/annex.pdf")
    assert number in text_of(annex)
    token = code_of(annex)
    answer = verified(token, demonstration)
    assert answer["outcome"] == "valid"
    assert answer["claims"]["number"] == f"{number}-T"
    altered = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
    assert verified(altered, demonstration)["outcome"] in {"forged", "unreadable"}
    tab.leave()
    tab.open(token.replace(demonstration.address.upper(), demonstration.address))
    assert "蒙KSF007" in tab.text()
    assert "G6" in tab.text()
    assert "K0" not in tab.text(), "kilometres of the journey are no chainage"
    tab.show("verified")


def city_decides(tab: Tab, number: str) -> None:
    """The municipal department consents, then the city's police designate; nobody else waits."""
    tab.sign_in("carrier", f"/carrier/cases/{number}")
    assert tab.page.locator("main .notice-care").count() == 1, "not ready before the city"
    tab.show("waiting-for-the-city")
    for desk, page in (("municipal", "consent"), ("police.hohhot", "designate")):
        take(tab, number, desk, "accept")
        tab.follow(f"/{page}")
        tab.choose("outcome", "grant")
        tab.fill(text="同意夜间通行。", windows="22:00-05:00", top_speed_km_h="30")
        tab.fill(bridge_speed_km_h="5", route_note="按指定道路行驶")
        tab.show(page)
        tab.send()
        take(tab, number, f"{desk}.signer", "check", seen=False)
        tab.follow("/sign")
        tab.send()


def trip_is_driven(tab: Tab, number: str) -> str:
    """Ready to depart: a trip with its manifest, to the acceptance on site."""
    tab.sign_in("carrier", f"/carrier/cases/{number}")
    assert "可发车" in tab.text()
    tab.show("ready")
    tab.follow("/trips/new")
    tab.show("trip-plan")
    tab.send()
    trip = tab.page.url.rpartition("/")[2]
    tab.fill(certificate_number="示范合格证-777", weighed_t="40.6")
    tab.upload("certificate", "certificate.pdf", paper("certificate"))
    tab.upload("photos", "loaded.png", photo())
    tab.show("loading")
    tab.send()
    tab.show("departure")
    tab.send()
    tab.fill(accepted_by="示范工地收货员")
    tab.show("acceptance")
    tab.send()
    return trip


def relief_is_approved(tab: Tab, trip: str) -> None:
    """The toll is quoted, a record opened under the demonstration's scheme, approved, listed."""
    assert "¥" in tab.text()
    tab.choose("scheme_id", "demo-2026")
    tab.show("delivered")
    tab.send()
    record = tab.page.url.rpartition("/")[2]
    tab.show("relief-record")
    tab.sign_in("toll", "/toll-office")
    tab.show("toll-office")
    tab.follow(record)
    tab.show("relief-to-approve")
    tab.send("verify")
    tab.sign_in("finance", f"/toll-office/records/{record}")
    tab.send("pay")
    tab.open("/toll-office/monthly")
    assert record in tab.text()
    tab.show("monthly-list")
    assert tab.download(".xlsx").startswith(b"PK")
    assert trip


def history_is_complete(tab: Tab, number: str) -> None:
    """Everything that happened stands in the case history, in order."""
    tab.sign_in("carrier", f"/cases/{number}")
    told = tab.page.locator(".timeline").inner_text()
    places = [told.find(word) for word in ("受理", "征求", "签发")]
    assert all(place >= 0 for place in places), told
    assert tab.page.locator(".timeline > li").count() >= 30
    tab.show("case-file")


def take(
    tab: Tab, number: str, login: str, step: str, *, queue: str = "", seen: bool = True
) -> None:
    """Sign in at a desk, open the case and take one of the simple steps."""
    tab.sign_in(login, queue or f"/cases/{number}")
    if queue:
        assert number in tab.text()
        tab.show(login)
        tab.open(f"/cases/{number}")
    tab.follow(f"/{step}")
    if seen:
        tab.show(f"{login}-{step}")
    tab.send()


def text_of(document: bytes) -> str:
    """Return the text of a PDF without blanks."""
    pdf = pypdfium2.PdfDocument(document)
    said = "".join(page.get_textpage().get_text_range() for page in pdf)
    return re.sub(r"\s", "", said)


def code_of(document: bytes) -> str:
    """Read the QR code from the printed first page that holds one."""
    for page in pypdfium2.PdfDocument(document):
        for found in zxingcpp.read_barcodes(page.render(scale=_RENDER_SCALE).to_pil()):
            return str(found.text)
    raise AssertionError("no code on the annex")


def verified(token: str, demonstration: Demonstration) -> dict[str, Any]:
    """Ask `dajian pass verify`, which uses no network, with the public keys."""
    command = [
        str(Path(sys.executable).parent / "dajian"),
        *("pass", "verify", token, "--json"),
        *("--keys", str(demonstration.data / "keys" / "keys.json")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
