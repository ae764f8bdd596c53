"""An office on a network of its own answers by file: out, back, and nothing forged or stale."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256

from tests.offices import Offices
from transport.permits.states import ActKind


def test_an_answer_file_becomes_the_opinion_once_and_only_as_it_was_told(offices: Offices) -> None:
    world = offices.world
    case = world.accepted(cities=())
    offices.step(case, world.handler, "consult", {"question": "夜间通行"})
    police = offices.person(world.police)
    got = police.client.get(f"/police/exchange/{case.number}.zip")
    packed = zipfile.ZipFile(io.BytesIO(got.data))
    for line in packed.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(packed.read(name)).hexdigest() == digest
    answer = json.loads(packed.read("answer.json"))
    answer |= {"outcome": "conditions", "text": "避开早晚高峰", "answered_by": "内网值班员",
               "top_speed_km_h": 50}  # fmt: skip

    def bring(said: dict[str, object], told: str = "", status: int = 302) -> str:
        content = json.dumps(said, ensure_ascii=False).encode()
        form = {"file": (io.BytesIO(content), "answer.json"),
                "digest": told or sha256(content).hexdigest()}  # fmt: skip
        return police.send("/police/exchange", form, status).text

    assert "摘要" in bring(answer, told="0" * 64, status=422)
    assert "outcome" in bring({**answer, "outcome": "maybe", "top_speed_km_h": 900}, status=422)
    bring({**answer, "bundle": "0" * 64}, status=409)
    assert world.act(case, ActKind.POLICE_CONSULTATION).opinion is None
    bring(answer)
    act = world.act(case, ActKind.POLICE_CONSULTATION)
    assert act.opinion is not None
    assert act.opinion.text == "避开早晚高峰"
    assert act.opinion.terms.top_speed_km_h == 50
    bring(answer, status=409)
    with world.unit_of_work(read_only=True) as work:
        brought = [
            e.event for e in work.audit.of_subject(case.number) if e.event.step == "answer_file"
        ]
    assert [one.details["answered_by"] for one in brought] == ["内网值班员"]


def test_another_office_gets_no_bundle(offices: Offices) -> None:
    case = offices.world.accepted(cities=())
    offices.step(case, offices.world.handler, "consult", {"question": ""})
    offices.person(offices.world.city_police[0]).open(f"/police/exchange/{case.number}.zip", 404)
