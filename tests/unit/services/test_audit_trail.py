from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import CALENDAR, MONDAY, World
from transport.errors import NotFoundError
from transport.services import accepting
from transport.services.audit_anchors import TrailCheck, check_trail
from transport.services.audit_trail import FIRST_HASH, AuditEvent, first_broken, seal
from transport.services.case_history import check_audit, list_history, verify_audit


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


@pytest.fixture
def days() -> World:
    """Two cases over three days: submitted, accepted the next day, another the day after."""
    world = World()
    first = world.submitted()
    world.later(days=1)
    accepting.accept(world.unit_of_work, CALENDAR, world.request(first, world.handler))
    world.later(days=1)
    world.submitted()
    return world


def checked(world: World, **changes: object) -> TrailCheck:
    with world.unit_of_work(read_only=True) as work:
        kept = {
            "events": list(work.audit.chain()),
            "links": work.audit.links(),
            "anchors": work.audit.anchors(),
        }
    return check_trail(**{**kept, **changes})  # type: ignore[arg-type]


def rewritten(events: list[AuditEvent], number: int) -> list[AuditEvent]:
    """Forge an event and seal everything behind it again, as one with the database could."""
    forged, before = [], FIRST_HASH
    for one in events:
        event = replace(one.event, reason="伪造") if one.sequence == number else one.event
        forged.append(seal(event, one.sequence, before))
        before = forged[-1].hash
    return forged


def test_every_closed_day_has_an_anchor_and_every_case_its_own_chain(days: World) -> None:
    found = check_audit(days.unit_of_work)
    assert found.is_intact
    assert (found.events, found.subjects, found.anchors) == (9, 2, 2)
    with days.unit_of_work(read_only=True) as work:
        links = work.audit.links()
    assert [one.position for one in links] == [1, 2, 3, 4, 5, 1, 2, 3, 4]


def test_a_chain_sealed_again_after_a_forgery_does_not_fit_the_chain_of_its_case(
    days: World,
) -> None:
    with days.unit_of_work(read_only=True) as work:
        events = rewritten(list(work.audit.chain()), 2)
    assert first_broken(events) is None
    found = checked(days, events=events)
    assert not found.is_intact
    assert found.broken_subject == events[1].event.subject
    assert found.broken_day == MONDAY


def test_events_cut_off_the_end_are_found_by_the_anchors_noted_elsewhere(days: World) -> None:
    with days.unit_of_work(read_only=True) as work:
        events, links = list(work.audit.chain()), work.audit.links()
        anchors = work.audit.anchors()
    short = checked(days, events=events[:4], links=links[:4], anchors=anchors[:1])
    assert short.is_intact
    found = checked(days, events=events[:4], links=links[:4], anchors=anchors[:1], noted=anchors)
    assert found.differs_on == anchors[1].day


def test_a_changed_anchor_and_a_missing_link_are_found(days: World) -> None:
    with days.unit_of_work(read_only=True) as work:
        links, anchors = work.audit.links(), work.audit.anchors()
    bad = [anchors[0], replace(anchors[1], root="0" * 64)]
    assert checked(days, anchors=bad).broken_day == anchors[1].day
    assert checked(days, links=links[:-1]).broken_subject == links[-1].subject
