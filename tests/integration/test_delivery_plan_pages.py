"""The delivery plan in front of the built-in network: made, shown, disrupted, given out; runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest

from tests.built_in import built_in_network
from tests.conftest import Installation
from tests.pages import Page, Visitor
from tests.parts_lists import as_csv, building
from webapp.jobs.executors import Workforce
from webapp.jobs.running import JobRunner
from webapp.jobs.work import work_of

PROJECT = {
    "name": "青城花园三期",
    "site": "呼和浩特",
    "admin_code": "150100",
    "structure": "precast",
}


@pytest.fixture
def factory(installation: Installation, signed_in: Callable[[str], Visitor]) -> Visitor:
    installation.in_use = built_in_network()
    return signed_in("factory")


def enter(person: Visitor, pieces: int) -> str:
    """Enter a project with its parts list and return its address."""
    person.send("/projects/new", PROJECT)
    page = person.open("/projects")
    address = next(one for one in page.links if re.fullmatch(r"/projects/[0-9a-f]{32}", one))
    file = io.BytesIO(as_csv(building(pieces, days=20)).encode()), "parts.csv"
    person.send(f"{address}/parts", {"file": file})
    return address


def form_of(page: Page) -> dict[str, str]:
    """Return what the form of the fleet shows first."""
    return {
        one["name"]: one.get("value", "")
        for one in page.fields
        if one.get("name") and one.get("type") not in {"checkbox", "radio", "hidden", "submit"}
    }


def test_the_plan_is_made_shown_given_out_and_made_anew(factory: Visitor) -> None:
    address = enter(factory, 40)
    assert "请先制定装车计划" in factory.open(f"{address}/delivery").text
    factory.send(f"{address}/plan", {"early_days": "5", "spare_tractors": "0"})
    form = form_of(factory.open(f"{address}/delivery"))
    page = factory.send(f"{address}/delivery", {**form, "factory_from": "25:00"}, 422)
    assert "25:00" in page.text
    page = factory.send(f"{address}/delivery", form)
    assert '<svg class="gantt"' in page.source
    for words in ("车次", "装货泊位", "通行证", "无法按时送达"):
        assert words in page.text, words

    text = factory.client.get(f"{address}/delivery.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    calendar = factory.client.get(f"{address}/delivery.ics").data.decode()
    assert calendar.count("BEGIN:VEVENT") == len(rows)
    assert max(len(line.encode()) for line in calendar.split("\r\n")) <= 75
    drawn = factory.client.get(f"{address}/delivery/map").get_json()
    assert drawn["routes"]

    last = max(rows, key=lambda one: one["departs_at"])
    pinned = {"load": rows[0]["load"], "pinned": "1", "seen_number": "1"}
    factory.send(f"{address}/delivery/pin", pinned)
    factory.send(f"{address}/delivery/pin", pinned, 409)
    happened = {
        "what": "truck_away",
        "truck": last["truck"],
        "from_at": last["loads_at"][:16],
        "to_at": last["returns_at"][:16],
    }
    page = factory.send(f"{address}/delivery/disruption", happened)
    text = factory.client.get(f"{address}/delivery.csv").data.decode("utf-8-sig")
    after = {one["load"]: one for one in csv.DictReader(io.StringIO(text))}
    assert after[rows[0]["load"]]["is_pinned"] == "yes"
    assert after[rows[0]["load"]]["loads_at"] == rows[0]["loads_at"]
    moved = after.get(last["load"])
    assert moved is None or (moved["truck"], moved["loads_at"]) != (last["truck"], last["loads_at"])


def test_a_large_list_is_worked_out_in_the_background(
    factory: Visitor, installation: Installation
) -> None:
    address = enter(factory, 420)
    answer = factory.client.post(
        f"{address}/plan",
        data={"early_days": "5", "spare_tractors": "0", "csrf_token": factory.token},
    )
    run = answer.headers["Location"]
    page = factory.open(run)
    assert "等待后台执行" in page.text
    assert factory.client.get(run).headers["Refresh"]
    job_id = installation.job_queue.take()
    assert job_id
    assert job_id in run

    work = work_of(installation, Workforce(1, None), lambda: installation)
    runner = JobRunner(installation.unit_of_work, installation.clock, work, "test")
    assert runner.run(job_id) == "done"
    assert "Refresh" not in factory.client.get(run).headers
    assert "装车计划" in factory.open(address).text

    answer = factory.client.post(
        f"{address}/plan",
        data={"early_days": "5", "spare_tractors": "0", "csrf_token": factory.token},
    )
    run = answer.headers["Location"]
    factory.send(f"{run}/cancel", {})
    assert "已停止" in factory.open(run).text
    assert "已停止" in factory.open("/runs").text
