"""Checks at entry and exit with photographs, and supervised crossings, as devices send them."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any

from PIL import Image

from tests.offices import Offices
from transport.people import Actor

ID = "6fa459ea-ee8a-3ca4-894e-db77e1603551"


def post(offices: Offices, who: Actor, address: str, content: dict[str, Any], status: int) -> Any:
    person = offices.person(who)
    token = person.open("/sign-in").token
    answer = person.client.post(address, json=content, headers={"X-CSRFToken": token})
    assert answer.status_code == status, answer.text
    return answer.json


def picture() -> str:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(content, "JPEG")
    return "data:image/jpeg;base64," + base64.b64encode(content.getvalue()).decode()


def crossing(offices: Offices, of_pass: str, **changes: Any) -> dict[str, Any]:
    now = offices.world.now
    return {
        "id": ID,
        "number": of_pass,
        "structure": "b1",
        "structure_name": "昆都仑河大桥",
        "outcome": "finished",
        "started_at": (now - timedelta(minutes=9)).isoformat(),
        "ended_at": (now - timedelta(minutes=5)).isoformat(),
        "on_the_line": True,
        "uniform_speed": True,
        "speed_km_h": 4.5,
        "photos": [picture()],
        **changes,
    }


def test_a_crossing_is_kept_once_and_stands_on_the_case(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    sent = crossing(offices, permit.number)
    first = post(offices, world.police, "/gate/crossings", sent, 200)
    assert first == post(offices, world.police, "/gate/crossings", sent, 200)
    page = offices.person(world.handler).open(f"/cases/{permit.case_number}")
    assert page.source.count("昆都仑河大桥") >= 1
    with world.unit_of_work(read_only=True) as work:
        [kept] = work.crossings.of_case(permit.case_number)
        steps = [one.event.step for one in work.audit.of_subject(permit.case_number)]
    assert kept.supervisor.name == world.police.name
    assert len(kept.photos) == 1
    assert steps.count("supervised_crossing") == 1
    plan = offices.person(world.police).client.get(f"/gate/crossings/{permit.number}.json").json
    assert plan is not None
    assert plan["crossings"] == []


def test_a_crossing_that_cannot_be_is_refused(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    later = (offices.installation.clock.now() + timedelta(hours=1)).isoformat()
    for changes in (
        {"outcome": "denied"},
        {"outcome": "perhaps"},
        {"ended_at": later},
        {"started_at": later},
        {"number": "DJ0-T"},
        {"speed_km_h": -3},
        {"photos": ["not a picture"]},
    ):
        sent = crossing(offices, permit.number, **changes)
        post(offices, world.police, "/gate/crossings", sent, 422)
    denied = crossing(offices, permit.number, outcome="denied", reason="伸缩缝损坏")
    assert post(offices, world.police, "/gate/crossings", denied, 200)["outcome"] == "denied"
    post(offices, world.carrier, "/gate/crossings", denied, 403)


def test_an_exit_check_with_photographs_is_told_from_one_at_the_roadside(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    report = {
        "id": ID,
        "number": permit.number,
        "revision": 1,
        "outcome": "valid",
        "measured_at": world.now.isoformat(),
        "occasion": "exit",
        "height_m": 4.6,
        "photos": [picture(), picture()],
    }
    answer = post(offices, world.police, "/gate/checks", report, 200)
    assert (answer["fits"], answer["ahead"]) == (True, [])
    assert "出口" in offices.person(world.police).open("/gate/checks").text
    with world.unit_of_work(read_only=True) as work:
        [kept] = work.roadside_checks.of_pass(permit.number)
        steps = [one.event.step for one in work.audit.of_subject(permit.case_number)]
    assert len(kept.photos) == 2
    assert "exit_check" in steps
    post(
        offices, world.police, "/gate/checks", {**report, "id": ID[:-1] + "9", "occasion": "x"}, 422
    )
