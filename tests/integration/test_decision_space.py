"""The decision space: nothing by default, two people put a row in force, people still sign."""

from __future__ import annotations

import io

from tests.factories import CALENDAR, MONDAY, law, route_contract
from tests.offices import Offices
from transport.permits.states import ActKind, ActState
from transport.services import claiming_acts, deciding_by_rule, issuing
from transport.services.case_history import check_audit
from transport.services.counting_steps import count_steps
from transport.services.keeping_decision_space import space_of

_HERE = "/transport/decision-space"
_ROW = {
    "categories": "III", "origin": "150200", "destination": "150100", "height_m": "4.8",
    "width_m": "4", "length_m": "28", "mass_t": "60", "axle_t": "10", "from_day": "2026-01-01",
    "until_day": "2027-12-31", "from_time": "00:00", "until_time": "23:00", "reason": "影子无差异",
}  # fmt: skip


def test_a_row_counts_once_a_second_person_confirms_it_and_people_still_sign(
    offices: Offices,
) -> None:
    world = offices.world
    handler, checker = offices.person(world.handler), offices.person(world.checker)
    case = world.consulted(cities=())
    handler.send(f"{_HERE}/prepare")
    assert world.act(case).decision is None, "no row by default"
    assert handler.send(_HERE, {**_ROW, "until_day": "2025-01-01", "reason": ""}, 422).text
    handler.send(_HERE, _ROW)
    [row] = space_of(world.unit_of_work, world.handler.organisation_id)
    handler.send(f"{_HERE}/{row.id}/confirm", status=409)
    handler.send(f"{_HERE}/prepare")
    assert world.act(case).decision is None, "not confirmed"
    checker.send(f"{_HERE}/{row.id}/confirm")
    checker.send(f"{_HERE}/prepare")
    act = world.act(case)
    assert act.state is ActState.AWAITING_CHECK
    assert act.decision is not None
    assert act.decision.terms.windows, "hours of the law"
    assert act.decision.handled_by.person_id == f"rule:{row.id}"
    page = offices.step(case, world.checker, "check")
    assert "系统（规则" in page.text
    offices.step(case, world.checker, "sign", status=409)
    offices.step(case, world.signatory, "sign")
    assert world.act(case).state is ActState.GRANTED


def test_what_no_row_covers_and_what_a_person_claimed_stays_on_the_desk(offices: Offices) -> None:
    world = offices.world
    handler, checker = offices.person(world.handler), offices.person(world.checker)
    handler.send(_HERE, {**_ROW, "width_m": "3.5"})
    [row] = space_of(world.unit_of_work, world.handler.organisation_id)
    checker.send(f"{_HERE}/{row.id}/confirm")
    case = world.consulted(cities=())
    checker.send(f"{_HERE}/prepare")
    assert world.act(case).state is ActState.ACCEPTED
    handler.send(_HERE, _ROW)
    wide = space_of(world.unit_of_work, world.handler.organisation_id)[1]
    checker.send(f"{_HERE}/{wide.id}/confirm")
    handler.send(f"{_HERE}/{wide.id}/end")
    checker.send(f"{_HERE}/prepare")
    assert world.act(case).state is ActState.ACCEPTED, "an ended row counts no more"


def _on_record(offices: Offices, outcome: str = "grant") -> None:
    row = f"甲-1,2025-03-01,{outcome},4.6,3.6,24,48,6;8;8;8.5;8.5;9,III,150203,150105\n"
    head = "number,decided_on,outcome,height_m,width_m,length_m,mass_t,axle_loads_t,category"
    text = f"{head},origin_admin,destination_admin\n{row}"
    form = {"file": (io.BytesIO(text.encode()), "past.csv")}
    offices.person(offices.world.handler).send("/transport/replay", form, 200)


def test_the_system_decides_only_after_a_replay_and_a_third_signature_and_people_take_it_back(
    offices: Offices,
) -> None:
    world = offices.world
    handler, checker = offices.person(world.handler), offices.person(world.checker)
    head = offices.person(world.signatory)
    handler.send(_HERE, _ROW)
    [row] = space_of(world.unit_of_work, world.handler.organisation_id)
    automatic = f"{_HERE}/{row.id}/automatic"
    head.send(automatic, {"order": "令1号"}, 409)
    checker.send(f"{_HERE}/{row.id}/confirm")
    assert "影子" in head.send(automatic, {"order": "令1号"}, 409).text
    _on_record(offices, "refuse")
    assert "不予许可" in head.send(automatic, {"order": "令1号"}, 409).text
    _on_record(offices)
    checker.send(automatic, {"order": "令1号"}, 409)
    head.send(automatic, {"order": " "}, 422)
    head.send(automatic, {"order": "令1号"})
    assert "自动决定" in head.open(_HERE).text

    taken = world.consulted(cities=())
    claimed = world.consulted(cities=())
    unclear = world.consulted(
        cities=(), route=route_contract(cities=(), conditions=[{"kind": "slow"}])
    )
    claiming_acts.claim_act(world.unit_of_work, world.request(claimed, world.handler))
    decided = deciding_by_rule.decide_everywhere(world.unit_of_work, law(), CALENDAR, now=world.now)
    assert {one.case_number: one.left or one.row for one in decided} == {
        taken.number: row.id, claimed.number: "claimed", unclear.number: "findings",
    }  # fmt: skip
    act = world.act(taken)
    assert act.state is ActState.GRANTED
    assert act.decision is not None
    assert act.decision.checked_by is not None
    assert act.decision.signed_by is not None
    people = [act.decision.handled_by, act.decision.checked_by, act.decision.signed_by]
    assert [one.person_id for one in people] == [
        f"rule:{row.id}", world.checker.user_id, world.signatory.user_id,
    ]  # fmt: skip
    with world.unit_of_work(read_only=True) as work:
        granted = work.audit.of_subject(taken.number)[-1].event
        assert check_audit(world.unit_of_work).is_intact
    assert (granted.step, granted.details["rule"]) == ("grant", row.id)
    assert granted.details["order"] == "令1号"
    issuing.issue(world.unit_of_work, CALENDAR, world.signer, world.request(taken, world.signatory))

    checker.send(f"{_HERE}/{row.id}/by-hand")
    later = world.consulted(cities=())
    assert not deciding_by_rule.decide_everywhere(
        world.unit_of_work, law(), CALENDAR, now=world.now
    )
    assert world.act(later).state is ActState.ACCEPTED
    figures = world.handler
    counted = count_steps(
        world.unit_of_work, CALENDAR, actor=figures, days=(MONDAY, MONDAY), now=world.now
    )
    highway = next(one for one in counted.counts if one.kind is ActKind.HIGHWAY_PERMIT)
    assert (highway.taken, highway.decided, highway.automatic_pct) == (1, 1, 100.0)
