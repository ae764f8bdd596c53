from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import MONDAY, World
from transport.errors import NotFoundError
from transport.services.audit_trail import AuditEvent, first_broken
from transport.services.case_history import list_history, verify_audit


@pytest.fixture
def chain() -> list[AuditEvent]:
    world = World()
    world.signed()
    with world.unit_of_work(read_only=True) as work:
        return list(work.audit.chain())


def test_every_step_of_a_decision_is_audited_with_who_when_why_and_law_day() -> None:
    world = World()
    case = world.signed()
    events = [
        one.event
        for one in list_history(world.unit_of_work, actor=world.carrier, number=case.number)
    ]
    decision = {one.step: one for one in events if one.act_kind == "highway_permit"}
    assert decision["handle"].actor_name == "经办"
    assert decision["check"].actor_name == "审核"
    assert decision["grant"].actor_name == "签发"
    assert decision["grant"].reason == "符合条件"
    assert decision["grant"].law_day == MONDAY
    assert (decision["grant"].from_state, decision["grant"].to_state) == (
        "awaiting_signature",
        "granted",
    )


def test_the_history_of_another_firms_case_is_not_shown() -> None:
    world = World()
    case = world.submitted()
    with pytest.raises(NotFoundError):
        list_history(world.unit_of_work, actor=world.rival, number=case.number)


def test_an_untouched_chain_is_whole(chain: list[AuditEvent]) -> None:
    assert first_broken(chain) is None
    world = World()
    world.submitted()
    assert verify_audit(world.unit_of_work)[0::2] == (4, None)


def test_an_altered_event_breaks_the_chain_where_it_stands(chain: list[AuditEvent]) -> None:
    chain[3] = replace(chain[3], event=replace(chain[3].event, actor_name="别人"))
    assert first_broken(chain) == 4


def test_a_removed_an_inserted_and_a_moved_event_are_found(chain: list[AuditEvent]) -> None:
    assert first_broken(chain[:2] + chain[3:]) == 3
    assert first_broken([*chain[:2], chain[1], *chain[2:]]) == 3
    assert first_broken([chain[1], chain[0], *chain[2:]]) == 1
