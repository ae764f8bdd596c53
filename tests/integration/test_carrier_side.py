"""What the carrier enters once: the official form to copy, drivers and escort companies."""

from __future__ import annotations

from datetime import timedelta

from tests.factories import law
from tests.offices import Offices
from transport.permits.application import Itinerary, Vehicle
from transport.permits.notices import NoticeKind
from transport.services.keeping_templates import list_templates
from transport.services.keeping_vehicles import save_vehicle
from transport.services.library import LibraryKind, LibraryUnit, LibraryVehicle
from transport.services.reminding import remind
from transport.vehicles.combination import Tractor


def test_the_official_form_is_ready_to_copy_and_what_would_be_returned_stands_first(
    offices: Offices,
) -> None:
    world = offices.world
    carrier, case = offices.person(world.carrier), world.draft(cities=(), documents=())
    page = carrier.open(f"/carrier/cases/{case.number}/enter-once")
    assert "请先改正" in page.text
    assert f'value="{case.application.cargo.name}' in page.source
    assert "轴荷分布" in page.text
    assert f"/cases/{case.number}/application.xlsx" in page.links
    whole = world.submitted(cities=())
    page = carrier.open(f"/carrier/cases/{whole.number}/enter-once")
    assert "未发现常见的退回原因" in page.text
    offices.person(world.rival).open(f"/carrier/cases/{whole.number}/enter-once", status=404)


def test_a_driver_is_entered_once_and_the_firm_is_told_before_a_paper_ends(
    offices: Offices,
) -> None:
    world = offices.world
    carrier, day = offices.person(world.carrier), world.now.date()
    ends = (day + timedelta(days=40)).isoformat()
    form = {"name": "甲师傅", "phone": "13900000001", "driving_licence_valid_until": ends}
    wrong = carrier.send("/carrier/crew/new/driver", {**form, "phone": "12"}, status=422)
    assert "不是手机号" in wrong.text
    carrier.send("/carrier/crew/new/driver", form, status=302)
    page = carrier.open("/carrier/crew")
    assert "甲师傅" in page.text
    assert "已到期" not in page.text
    for days, told in ((0, 0), (15, 1), (16, 1)):
        installation = offices.installation
        later = world.now + timedelta(days=days)
        remind(world.unit_of_work, installation.law, installation.calendar, later)
        with world.unit_of_work(read_only=True) as work:
            notices = work.notices.of_organisation(world.carrier.organisation_id, 99)
        ending = [one for one in notices if one.kind is NoticeKind.PAPER_EXPIRES]
        assert len(ending) == told
    with world.unit_of_work(read_only=True) as work:
        member = work.crew.of_organisation(world.carrier.organisation_id)[0]
    address = f"/carrier/crew/{member.id}"
    carrier.send(address, {**form, "expected_version": "1", "left": "1"}, status=302)
    assert "已离开" in carrier.open("/carrier/crew").text
    carrier.send(address, {**form, "expected_version": "1"}, status=409)
    offices.person(world.rival).open(address, status=404)
    assert "驾驶证" in carrier.open("/notices/").text


def test_an_overview_offers_renewal_and_the_official_form(offices: Offices) -> None:
    world = offices.world
    case, _ = world.issued(cities=())
    page = offices.person(world.carrier).open(f"/carrier/cases/{case.number}")
    assert f"/carrier/cases/{case.number}/enter-once" in page.links
    assert f"/carrier/cases/{case.number}/renew" in page.source
    assert f"/cases/{case.number}/messages" in page.links


def test_a_spare_tractor_is_prepared_on_the_draft_and_takes_over_when_one_breaks_down(
    offices: Offices,
) -> None:
    world = offices.world
    carrier = offices.person(world.carrier)
    measured = Tractor(
        "", "", "", width_m=2.5, height_m=3.6, front_m=1.4, spacings_m=(3.2, 1.4), kingpin_m=3.5,
        drive_axles=2, kerb_front_t=5.0, kerb_rear_t=4.0,
    )  # fmt: skip
    unit = LibraryUnit("蒙B54321", tractor=measured)
    kept = save_vehicle(
        world.unit_of_work,
        actor=world.carrier,
        vehicle=LibraryVehicle(
            "", "", "备用", Vehicle("", ""), kind=LibraryKind.TRACTOR, unit=unit
        ),
        now=world.now,
        law=law(),
    )
    case = world.draft(cities=(), spares=())
    here = f"/carrier/cases/{case.number}/spares"
    page = carrier.open(here)
    assert "蒙B54321" in page.text

    def add(loads: str, status: int = 302) -> str:
        version = world.reload(case).version
        form = {"unit": kept.id, "axle_loads_t": loads, "expected_version": version}
        return carrier.send(here, form, status).text

    assert add("6 8 8 8.5 8.5 9", 302)
    assert "已在本申请中" in add("6 8 8 8.5 8.5 9", 422)
    assert "符合" in carrier.open(here).text
    version = world.reload(case).version
    carrier.send(f"{here}/remove", {"plate": "蒙B54321", "expected_version": version})
    add("7 8 8 8.5 8.5 9")
    assert "轴荷超过申请" in carrier.open(here).text

    case, permit = world.issued(cities=())
    here = f"/carrier/cases/{case.number}/spares"
    assert "已随申请审查" in offices.person(world.handler).open(f"/cases/{case.number}").text
    swap = {"plate": "蒙B54321", "because": "故障", "expected_version": world.act(case).version}
    carrier.send(f"{here}/swap", {**swap, "because": " "}, 422)
    page = carrier.send(f"{here}/swap", swap)
    assert "第 2 版" in page.text
    assert "蒙B54321" in page.text
    carrier.send(f"{here}/swap", swap, 409)
    with world.unit_of_work(read_only=True) as work:
        newest = work.permits.by_number(permit.number)
    assert newest is not None
    assert newest.tractor_plate == "蒙B54321"
    offices.person(world.rival).open(here, 404)


def test_a_template_keeps_what_is_the_same_every_time_and_belongs_to_the_firm(
    offices: Offices,
) -> None:
    world = offices.world
    carrier = offices.person(world.carrier)
    # The small network of the tests has no places by name.
    case = world.draft(cities=(), itinerary=Itinerary("", "", "", ""))
    keep = f"/carrier/cases/{case.number}/template"
    assert "已保存" in carrier.send(keep, {"name": "包头—呼市箱梁"}).text
    assert "同名" in carrier.send(keep, {"name": "包头—呼市箱梁"}).text
    assert carrier.send(keep, {"name": " "}).text
    [kept] = list_templates(world.unit_of_work, actor=world.carrier)
    assert "包头—呼市箱梁" in carrier.open("/carrier").text
    page = carrier.send(f"/carrier/templates/{kept.id}/start")
    assert "由模板" in page.text
    with world.unit_of_work(read_only=True) as work:
        newest = work.cases.of_carrier(world.carrier.organisation_id)[0]
    assert newest.number != case.number
    assert newest.is_draft
    assert newest.application.vehicle == case.application.vehicle
    assert newest.application.spares == case.application.spares
    assert not newest.application.documents
    rival = offices.person(world.rival)
    rival.send(f"/carrier/templates/{kept.id}/start", status=404)
    rival.send(f"/carrier/templates/{kept.id}/remove", status=404)
    carrier.send(f"/carrier/templates/{kept.id}/remove")
    assert not list_templates(world.unit_of_work, actor=world.carrier)
