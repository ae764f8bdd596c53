"""The roadside page's server side: what it carries along, and the reports it sends."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.built_in import built_in_network
from tests.offices import Offices
from transport.people import Actor
from transport.permits.application import RouteSnapshot
from transport.permits.entry_check import Measured
from transport.permits.roadside_pack import roadside_pack
from transport.permits.structures_ahead import structures_ahead

STATIC = Path(__file__).parents[2] / "webapp" / "static"

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
    worker.close()


def _route_with(structures: list[dict[str, Any]], network_id: str) -> RouteSnapshot:
    contract = {"structures": structures}
    return RouteSnapshot(contract, "d", network_id, "", date(2026, 5, 1))


def test_a_device_judges_the_structures_ahead_as_the_office_does(
    offices: Offices, tmp_path: Path
) -> None:
    network = built_in_network()
    ids = network.structures.ids[:40]
    there = [{"id": one, "name": f"桥{one}", "chainage_km": float(k)} for k, one in enumerate(ids)]
    route = _route_with(there, network.id)
    _, permit = offices.world.issued(cities=())
    pack = roadside_pack([(permit, route)], network)
    assert pack["untold"] == []
    unknown = _route_with([*there, {"id": "nowhere"}], network.id)
    assert roadside_pack([(permit, unknown)], network)["untold"] == [permit.number]
    assert roadside_pack([(permit, _route_with(there, "other"))], network)["passes"] == {}
    tried = [(5.2, None, 0.0), (5.2, None, 20.0), (None, 200.0, 0.0), (3.0, 20.0, 0.0)]
    by_office = [
        [
            one.name
            for one in structures_ahead(route.contract, Measured(h, None, None, m), network, km)
        ]
        for h, m, km in tried
    ]
    assert len(by_office[0]) > len(by_office[1]) > 0
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node to run the page's code")
    shutil.copy(STATIC / "field" / "ahead.js", tmp_path / "ahead.mjs")
    given = {"pack": pack, "number": permit.number, "tried": tried}
    script = (
        'import { structuresAhead } from "./ahead.mjs"; const g = JSON.parse(process.argv[1]);'
        "console.log(JSON.stringify(g.tried.map(([h, m, km]) => structuresAhead("
        "g.pack, g.number, { heightM: h, grossMassT: m }, km).found.map((one) => one.name))));"
    )
    answer = subprocess.run(
        [node, "--input-type=module", "-e", script, json.dumps(given)],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert json.loads(answer.stdout) == by_office


def test_only_officers_carry_limits_of_structures(offices: Offices) -> None:
    world = offices.world
    _, permit = world.issued(cities=())
    answer: Any = offices.person(world.police).client.get("/gate/structures.json").json
    assert answer["form"] == "dajian-structures-1"
    assert permit.number in [*answer["untold"], *answer["passes"]]
    assert answer["complete"] is True
    assert offices.person(world.carrier).client.get("/gate/structures.json").status_code == 403
    stranger = offices.person(world.carrier).open("/field")
    assert 'data-structures=""' in stranger.source
