"""Random walks of officers, carriers and days over a few cases: what must never happen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from tests.acts import TAKES, propose
from tests.factories import CALENDAR, World, application, law, route_contract
from transport.errors import ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.acts import Act, allowed_steps, may_act
from transport.permits.application import TravelWindow
from transport.permits.case import Case
from transport.permits.clocks import promised_due_on, statutory_due_on
from transport.permits.decision import DecisionOutcome
from transport.permits.manifest import Trip, TripState
from transport.permits.states import IN_FORCE, NOTICES, OPINIONS, ActState, Step
from transport.services import amending, applying, recording_trips
from transport.services.case_history import check_audit
from transport.services.stepping import day_of
from transport.services.viewing_cases import view_case
from transport.working_days import WorkingCalendar, YearOfDays

_REFUSALS = (ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError)
_ROUTE = route_contract(structures=[{"kind": "level_crossing"}, {"kind": "toll_station"}])
# The usual calendar goes on for years, so that due days can always be told.
_YEARS = WorkingCalendar({year: YearOfDays(frozenset(), frozenset()) for year in range(2026, 2040)})


class Walk:
    """A walk: each step one person does something to one act, or time passes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - not for secrets
        self.world = World()
        league = self.world.person("盟市", Role.TRANSPORT, "150200", "包头市交通局")
        small = self.world.person("小所", Role.MUNICIPAL, "150900", "乌兰察布市政")
        world = self.world
        self.people: list[Actor] = [
            *(world.carrier, world.handler, world.checker, world.signatory, world.police),
            *(*world.city_police, *world.municipal, league, replace(small, small_office=True)),
        ]
        self.cases: list[str] = []
        self.taken = 0
        self.reached: set[ActState] = set()

    def step(self) -> None:
        """Do one thing; a refusal changes nothing."""
        roll = self.random.random()
        if len(self.cases) < 4 or roll < 0.002:
            self.open_case()
        elif roll < 0.02:
            self.world.later(hours=self.random.choice([1, 20, 24, 24 * 7]))
        elif roll < 0.12:
            self.on_a_trip()
        elif roll < 0.127:
            self.amend()
        else:
            self.on_an_act()

    def pick(self) -> Case:
        """Return a case that is not finished, usually a new one."""
        number = self.random.choice(self.cases[-4:])
        with self.world.unit_of_work(read_only=True) as work:
            return work.cases.get(number)

    def open_case(self) -> None:
        today = day_of(self.world.now)
        travel = TravelWindow(today, date.fromordinal(today.toordinal() + 60))
        given = application(route=_ROUTE, law_day=today, travel=travel)
        numbers = tuple(f"XL-{len(self.cases)}-{number}" for number in range(80))
        given = replace(given, cargo=replace(given.cargo, component_numbers=numbers))
        case = applying.make_application(
            self.world.unit_of_work,
            law(),
            actor=self.world.carrier,
            application=given,
            now=self.world.now,
        )
        self.submit(case)

    def submit(self, case: Case) -> None:
        self.cases.append(case.number)
        self.taken += 1
        applying.submit(
            self.world.unit_of_work,
            actor=self.world.carrier,
            number=case.number,
            expected_version=case.version,
            now=self.world.now,
        )

    def amend(self) -> None:
        with suppress(*_REFUSALS):
            case = amending.begin_amendment(
                self.world.unit_of_work,
                law(),
                actor=self.world.carrier,
                number=self.pick().number,
                because="换车头",
                now=self.world.now,
            )
            self.submit(case)

    def on_a_trip(self) -> None:
        world, case = self.world, self.pick()
        what: dict[str, Any] = {"actor": world.carrier, "now": world.now}
        with suppress(*_REFUSALS):
            trips = [one for one in self.trips(case) if one.state is not TripState.DELIVERED]
            if not trips:
                recording_trips.plan_trip(
                    world.unit_of_work,
                    number=case.number,
                    component_numbers=[self.next_component(case)],
                    **what,
                )
            else:
                trip = trips[0]
                seen: dict[str, Any] = {
                    "trip_id": trip.id,
                    "expected_version": trip.version,
                    **what,
                }
                if trip.state is TripState.PLANNED:
                    recording_trips.record_loading(
                        world.unit_of_work,
                        world.documents,
                        certificate_number="1",
                        certificate=("c.pdf", b"c"),
                        **seen,
                    )
                elif trip.state is TripState.LOADED:
                    recording_trips.record_departure(world.unit_of_work, **seen)
                else:
                    recording_trips.record_site_acceptance(
                        world.unit_of_work,
                        accepted_by="李",
                        **seen,
                    )
            self.taken += 1

    def next_component(self, case: Case) -> str:
        """Return a component that no other trip carries, also of an amended case."""
        place = 20 * self.cases.index(case.number) + len(self.trips(case))
        numbers = case.application.cargo.component_numbers
        return numbers[place % len(numbers)]

    def trips(self, case: Case) -> list[Trip]:
        with self.world.unit_of_work(read_only=True) as work:
            return work.trips.of_case(case.id)

    def on_an_act(self) -> None:
        case = self.pick()
        act, who = self.random.choice(case.acts), self.random.choice(self.people)
        steps = list(TAKES)
        if self.random.random() < 0.7:  # what is likely to be allowed; else anything by anybody
            able = [one for one in self.people if may_act(act, one)] or [self.world.carrier]
            if self.random.random() < 0.4:
                able = [self.world.carrier, self.world.handler]
            who = self.random.choice(able)
            steps = [one for one in allowed_steps(act, who.role) if one in TAKES] or steps
        step = self.random.choice(steps)
        if step in _RARE and self.random.random() > 0.012:
            return
        request = self.world.at(act, who, case)
        if self.random.random() < 0.02:
            request = replace(request, expected_version=act.version + 1)
        before = self.world.reload(case)
        try:
            if step is Step.HANDLE and self.random.random() < 0.05:
                propose(self.world, request, act.kind, DecisionOutcome.REFUSE)
            else:
                TAKES[step](self.world, request, act.kind)
        except _REFUSALS:
            assert self.world.reload(case) == before
        else:
            self.taken += 1
            assert self.world.reload(case).act(act.id).version > act.version

    def look(self) -> None:
        """Check what must hold on the case that was touched last, whatever happened."""
        today = day_of(self.world.now)
        for number in self.cases[-4:]:
            view = view_case(
                self.world.unit_of_work,
                CALENDAR if today.year == 2026 else _YEARS,
                actor=self.world.carrier,
                number=number,
                today=today,
            )
            needed = [one.act for one in view.acts if one.act.kind not in {*OPINIONS, *NOTICES}]
            if view.ready:
                assert all(one.state in IN_FORCE and one.is_in_force(today) for one in needed)
                assert view.current_permit is not None
                assert view.current_permit.is_valid_on(today)
            for act in view.case.acts:
                self.reached.add(act.state)
                check_clock(act)
                check_signatures(act)
        self.check_revisions()

    def check_revisions(self) -> None:
        with self.world.unit_of_work(read_only=True) as work:
            permits = list(work._shelves.permits.values())  # type: ignore[attr-defined]
        current: dict[str, list[int]] = {}
        for one in permits:
            current.setdefault(one.number, [])
            if one.revoked_at is None:
                current[one.number].append(one.revision)
        for number, revisions in current.items():
            newest = max(one.revision for one in permits if one.number == number)
            assert revisions in ([], [newest])


_RARE = {
    *(Step.WITHDRAW, Step.DECLINE, Step.REVOKE, Step.ANNUL, Step.CANCEL, Step.COMPLETE),
    *(Step.RECORD_OBJECTION, Step.SEND_BACK, Step.SUSPEND, Step.ASK_SUPPLEMENT),
}


def check_clock(act: Act) -> None:
    clock = act.clock
    days = [clock.submitted_on, clock.accepted_on, clock.decided_on]
    known = [one for one in days if one is not None]
    assert known == sorted(known)
    for pause in clock.suspensions:
        assert pause.until_day is None or pause.from_day <= pause.until_day
    assert sum(one.until_day is None for one in clock.suspensions) <= 1
    for due in (
        statutory_due_on(clock, act.terms, _YEARS),
        promised_due_on(clock, act.terms, _YEARS),
    ):
        assert due is None or clock.accepted_on is None or due > clock.accepted_on
    assert act.state is not ActState.SUSPENDED or clock.is_suspended


def check_signatures(act: Act) -> None:
    decision = act.decision
    if decision is None or decision.signed_by is None:
        return
    assert decision.checked_by is not None
    three = {decision.handled_by, decision.checked_by, decision.signed_by}
    assert len({one.person_id for one in three}) == 3


def test_walks_of_thousands_of_steps_keep_every_promise() -> None:
    reached: set[ActState] = set()
    for seed in (1, 7):
        walk = Walk(seed)
        for number in range(5000):
            walk.step()
            if number % 3 == 0:
                walk.look()
        found = check_audit(walk.world.unit_of_work)
        assert found.is_intact
        assert found.anchors > 10
        assert walk.taken > 250
        reached |= walk.reached
    assert {ActState.ISSUED, ActState.IN_USE, ActState.AMENDED, ActState.EXPIRED} <= reached
