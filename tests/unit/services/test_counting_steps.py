"""Statistics of an office: working days of each step against the limit, returns, rules, silence."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import CALENDAR, MONDAY, World, route_contract
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.permits.decision import NonAcceptanceGround
from transport.permits.states import ActKind
from transport.permits.statistics import OfficeStatistics, Stage, Turn
from transport.services import accepting, deciding
from transport.services.counting_steps import count_steps

_YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _seen(world: World, who: object = None, days: tuple[date, date] = _YEAR) -> OfficeStatistics:
    return count_steps(
        world.unit_of_work,
        CALENDAR,
        actor=who or world.handler,  # type: ignore[arg-type]
        days=days,
        now=world.now,
    )


def test_each_step_is_timed_in_working_days_and_set_against_its_own_limit() -> None:
    world = World()
    world.signed(cities=())
    slow = world.handled(cities=())
    world.later(days=42)
    deciding.check(world.unit_of_work, CALENDAR, world.request(slow, world.checker))
    deciding.sign(world.unit_of_work, CALENDAR, world.request(slow, world.signatory))
    found = _seen(world)
    [counts] = found.counts
    assert (counts.kind, counts.received, counts.decided) == (ActKind.HIGHWAY_PERMIT, 2, 2)
    times = {one.stage: one for one in found.times}
    decide = times[Stage.DECIDE]
    # 42 days are 30 weekdays; one is a holiday, and a Saturday is worked for it.
    assert (decide.median_days, decide.p90_days) == (15.0, 30)
    assert (decide.least_limit, decide.most_limit, decide.over) == (15, 15, 1)
    assert times[Stage.ANSWER].over == 0
    assert times[Stage.CHECK].p90_days == 30
    assert times[Stage.CHECK].least_limit is None, "the law sets no limit inside the office"
    assert counts.automatic_pct == 0.0
    assert found.cut_off == date(2026, 6, 22)


def test_returns_and_refusals_are_counted_with_their_reasons() -> None:
    world = World()
    for _ in range(2):
        case = world.submitted(cities=())
        asked = world.at(world.act(case), world.handler, case)
        accepting.ask_supplement(world.unit_of_work, CALENDAR, asked, wanted=["行驶证", "护送方案"])
    case = world.submitted(cities=())
    asked = world.at(world.act(case), world.handler, case)
    ground = NonAcceptanceGround.DIVISIBLE_LOAD
    accepting.decline(world.unit_of_work, CALENDAR, asked, ground=ground, text="可分装")
    turns = {one.turn: one for one in _seen(world).turns}
    assert turns[Turn.SUPPLEMENT].count == 2
    assert dict(turns[Turn.SUPPLEMENT].reasons) == {"行驶证": 2, "护送方案": 2}
    assert turns[Turn.NOT_ACCEPTED].reasons == (("divisible_load", 1),)


def test_silence_counts_as_accepted_by_law_and_then_as_open_beyond_the_limit() -> None:
    world = World()
    world.submitted(cities=())
    world.later(days=60)
    [counts] = _seen(world).counts
    assert (counts.accepted_by_law, counts.open, counts.open_over) == (1, 1, 1)


def test_places_nobody_surveyed_are_counted_once_over_the_open_cases_that_wait() -> None:
    world = World()
    unknown = {"kind": "height", "edge": 7, "missing": ["height"], "survey": "measure"}
    for _ in range(2):
        world.submitted(route=route_contract(cities=(), unknowns=[unknown]))
    world.later(days=3)
    surveys = _seen(world).surveys
    assert surveys is not None
    assert (surveys.places, surveys.cases, surveys.oldest_days) == (1, 2, 3)


def test_an_office_sees_its_own_acts_only_and_of_the_days_asked() -> None:
    world = World()
    world.submitted()
    [counts] = _seen(world, world.municipal[0]).counts
    assert counts.kind is ActKind.MUNICIPAL_CONSENT
    assert _seen(world, world.municipal[0]).surveys is None
    assert not _seen(world, days=(date(2026, 1, 1), date(2026, 5, 10))).counts
    with pytest.raises(InvalidInputError):
        _seen(world, days=(MONDAY, date(2026, 1, 1)))
    with pytest.raises(StepNotAllowedError):
        _seen(world, world.carrier)


def test_what_was_sent_back_is_counted_and_its_first_proposal_is_not_timed() -> None:
    world = World()
    case = world.handled(cities=())
    request = world.at(world.act(case), world.checker, case)
    deciding.send_back(world.unit_of_work, CALENDAR, request, reason="速度未定")
    found = _seen(world)
    assert {one.turn: one.reasons for one in found.turns}[Turn.SENT_BACK] == (("速度未定", 1),)
    assert Stage.HANDLE not in {one.stage for one in found.times}
