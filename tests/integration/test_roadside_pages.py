"""The roadside page's server side: what it carries along, and the reports it sends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.offices import Offices
from transport.people import Actor

ID = "6fa459ea-ee8a-3ca4-894e-db77e160355e"


def send(offices: Offices, who: Actor, number: str, status: int = 200, **changes: Any) -> Any:
    person = offices.person(who)
    report = {
        "id": ID,
        "number": number,
        "revision": 1,
        "outcome": "valid",
        "measured_at": offices.world.now.isoformat(),
        "place": "G6 K600",
        "height_m": 4.75,
        **changes,
    }
    token = person.open("/sign-in").token
    answer = person.client.post("/gate/checks", json=report, headers={"X-CSRFToken": token})
    assert answer.status_code == status, answer.text
    return answer.json


def test_a_report_is_judged_again_by_the_law_and_kept_once(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    first = send(offices, world.police, permit.number)
    assert first == send(offices, world.police, permit.number)
    assert first["fits"] is False
    page = offices.person(world.police).open("/gate/checks")
    assert page.source.count(permit.number) == 1
    assert "与许可不符" in page.text
    assert "罚款" in page.text
    with world.unit_of_work(read_only=True) as work:
        events = work.audit.of_subject(permit.case_number)
    assert [one.event.step for one in events].count("roadside_check") == 1


def test_a_report_that_cannot_be_true_is_refused(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    later = (offices.installation.clock.now() + timedelta(hours=1)).isoformat()
    send(offices, world.police, permit.number, 422, measured_at=later)
    send(offices, world.police, permit.number, 422, measured_at="2026-05-11T09:00:00")
    send(offices, world.police, permit.number, 422, height_m=-1)
    send(offices, world.police, permit.number, 422, height_m="4.5")
    send(offices, world.police, permit.number, 422, id="../../x")
    send(offices, world.police, "DJ0-T", 422)
    send(offices, world.carrier, permit.number, 403)


def test_the_page_carries_tolerances_fines_keys_and_worker_along(offices: Offices) -> None:
    officer = offices.person(offices.world.police)
    page = officer.open("/field")
    assert "离线核验" in page.text
    law: Any = officer.client.get("/field/law.json").json
    assert (law["tolerance_m"], law["tolerance_t"]) == (0.0, 0.0)
    assert law["size_fines"][-1]["most_yuan"] == 3000
    worker = officer.client.get("/field/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == "/field"
    assert worker.mimetype == "text/javascript"
