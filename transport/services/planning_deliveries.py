"""Make and keep the delivery plan of a project; plan anew around what is fixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from transport.delivery.parts import PartsList
from transport.delivery.projects import Project
from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.people import Actor
from transport.regulations.law import Law
from transport.scheduling.consignments import Consignment
from transport.scheduling.delivery_plan import (
    DeliveryPlan,
    DeliveryTrip,
    Disruption,
    PassDates,
    Undelivered,
)
from transport.scheduling.fleet import DAY_MIN, Fleet, Horizon
from transport.scheduling.lead_times import last_day_to_apply
from transport.scheduling.scheduler import Schedule, reschedule, schedule
from transport.scheduling.timetable import Timetable
from transport.scheduling.ways import STEP_MIN
from transport.services.consigning import (
    PassRule,
    Span,
    consign,
    load_days,
    pass_rules,
    span_of,
)
from transport.services.days import day_of
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords
from transport.services.finding_ways import WayFinder
from transport.services.fixed_loads import carried, is_fixed
from transport.services.keeping_projects import must_keep, open_project, own_project
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.project_repositories import ProjectResult
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.travel_time import CHINA_TIME
from transport.working_days import WorkingCalendar

_SATURDAY = 5
# Of the whole work, how much finding the ways is, in hundredths.
_WAYS_PCT = 40
# A plan that somebody changed meanwhile is made anew so often.
_MOST_TRIES = 3
Progress = Callable[[int, int], None]
# Called in the transaction that keeps a result; raises to keep nothing.
Seal = Callable[[UnitOfWork], None]


@dataclass(frozen=True, slots=True)
class PlanningGrounds:
    """What planning rests on: catalogue, law, roads, working days, what is known of passages."""

    catalogue: Catalogue
    law: Law
    network: RoadNetwork
    calendar: WorkingCalendar
    tables: Tables | None = None
    records: PassageRecords = NO_RECORDS


@dataclass(frozen=True, slots=True)
class DeliveryWishes:
    """What is asked of a plan; `granted_from` is the first day of passes in hand already.

    With `keep_all` every trip stays that still can, else only the fixed ones: pinned, or begun.
    """

    fleet: Fleet
    disruptions: tuple[Disruption, ...] = ()
    keep_all: bool = False
    granted_from: date | None = None


def open_delivery_plan(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, project_id: str
) -> tuple[Project, ProjectResult | None, DeliveryPlan | None]:
    """Return a project, its newest load plan, and its newest delivery plan."""
    project, _, result = open_project(unit_of_work, actor=actor, project_id=project_id)
    with unit_of_work(read_only=True) as work:
        return project, result, work.delivery_plans.newest(project_id)


def plan_deliveries(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    project_id: str,
    wishes: DeliveryWishes,
    grounds: PlanningGrounds,
    now: datetime,
    progress: Progress | None = None,
    seal: Seal | None = None,
) -> DeliveryPlan:
    """Plan the deliveries of the newest load plan and keep it as the next version.

    Trips of the plan before that are pinned, or begun at `now`, stay where they are, also where the
    load plan was made anew and numbers its loads otherwise. Where somebody fixes a trip while the
    plan is made, it is made anew around that. Raise InvalidInputError where there is no load plan.
    """
    must_keep(actor)
    project, parts, result = open_project(unit_of_work, actor=actor, project_id=project_id)
    own_project(project, actor)
    if parts is None or result is None:
        raise InvalidInputError([FieldFault("plan", "make the load plan first", "no_load_plan")])
    for tried in range(1, _MOST_TRIES + 1):
        with unit_of_work(read_only=True) as work:
            before = work.delivery_plans.newest(project_id)
            old = work.projects.result(before.result_id) if before else None
        base = _base(before, old, result)
        made = _Making(result, parts, wishes, grounds, now, base, progress).plan()
        gone = _gone(before, old, base, now)
        number = before.number + 1 if before else 1
        try:
            with unit_of_work() as work:
                kept = replace(
                    made,
                    id=work.new_id(),
                    project_id=project_id,
                    number=number,
                    made_by=actor.name,
                    gone=gone,
                )
                work.delivery_plans.add(kept)
                if seal is not None:
                    seal(work)
                work.commit()
        except ConflictError:
            if tried == _MOST_TRIES:
                raise
        else:
            return kept
    raise AssertionError  # the last try returns or raises


def _base(
    before: DeliveryPlan | None, old: ProjectResult | None, result: ProjectResult
) -> DeliveryPlan | None:
    """Return the plan before in the numbers of the load plan, None where nothing is to be kept."""
    if before is None or before.result_id == result.id:
        return before
    return carried(before, old.plan, result.plan) if old else None


def _gone(
    before: DeliveryPlan | None,
    old: ProjectResult | None,
    base: DeliveryPlan | None,
    now: datetime,
) -> tuple[tuple[str, int], ...]:
    """Return the pieces of fixed trips that the new load plan has no load for."""
    if before is None or old is None or base is None or base is before:
        return ()
    stays = {(one.truck, one.loads_at) for one in base.trips}
    lost = {
        one.load
        for one in before.trips
        if is_fixed(one, now) and (one.truck, one.loads_at) not in stays
    }
    return tuple(part for load in old.plan.loads if load.number in lost for part in load.parts)


def pin_trip(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    project_id: str,
    load: int,
    pinned: bool,
    seen_number: int,
    now: datetime,
) -> DeliveryPlan:
    """Fix a trip in place, or release it; raises ConflictError if the plan is newer than seen."""
    must_keep(actor)
    project, _, plan = open_delivery_plan(unit_of_work, actor=actor, project_id=project_id)
    own_project(project, actor)
    if plan is None or load not in {one.load for one in plan.trips}:
        raise NotFoundError(f"the delivery plan has no trip of load {load}")
    if plan.number != seen_number:
        raise ConflictError("somebody else made a newer plan meanwhile; nothing was written")
    trips = tuple(replace(one, is_pinned=pinned) if one.load == load else one for one in plan.trips)
    with unit_of_work() as work:
        kept = replace(
            plan,
            id=work.new_id(),
            number=plan.number + 1,
            made_at=now,
            made_by=actor.name,
            trips=trips,
            moved=(),
        )
        work.delivery_plans.add(kept)
        work.commit()
    return kept


@dataclass(slots=True)
class _Making:
    """One plan in the making."""

    result: ProjectResult
    parts: PartsList
    wishes: DeliveryWishes
    grounds: PlanningGrounds
    now: datetime
    before: DeliveryPlan | None
    progress: Progress | None

    def plan(self) -> DeliveryPlan:
        """Return the plan, without its number and place in the store."""
        load_plan, today = self.result.plan, day_of(self.now)
        days = load_days(load_plan, self.parts.parts, self.wishes.fleet.reserve_days)
        span = span_of(days, today)
        rules = self._pass_rules(today)
        finder = WayFinder(
            self.grounds.network,
            self.grounds.law,
            self.grounds.calendar,
            self.wishes.fleet,
            load_plan.law_day,
            span.first_day,
            span.days,
            tuple(self._closures()),
            self.grounds.tables,
            self.grounds.records,
        )
        loads, cautions = consign(
            load_plan,
            self.parts.parts,
            self.grounds.catalogue,
            finder,
            days,
            rules,
            self._told(0, _WAYS_PCT),
        )
        table = Timetable(span.first_day, self.wishes.fleet)
        made, late = self._scheduled(loads, table, self._horizon(span, table))
        pinned = {one.load for one in self.before.trips if one.is_pinned} if self.before else set()
        trips = tuple(
            table.trip(
                one,
                is_pinned=one.load.load in pinned,
                late_min=late.get(one.load.load, 0),
            )
            for one in made.placed
        )
        return DeliveryPlan(
            id="",
            project_id="",
            result_id=self.result.id,
            number=0,
            made_at=self.now,
            made_by="",
            fleet=self.wishes.fleet,
            first_day=span.first_day,
            trips=trips,
            undelivered=tuple(_open(made, table)),
            passes=tuple(_pass_dates(trips, rules, self.grounds.calendar)),
            disruptions=(*(self.before.disruptions if self.before else ()), *self._new()),
            moved=tuple(self._moved(trips)),
            conflicts=made.conflicts,
            cautions=tuple(sorted(cautions)),
            years_not_announced=tuple(self._years_not_announced(span)),
        )

    def _scheduled(
        self, loads: Sequence[Consignment], table: Timetable, horizon: Horizon
    ) -> tuple[Schedule, Mapping[int, int]]:
        told = self._told(_WAYS_PCT, 100)
        by_number = {one.load: one for one in loads}
        before = [
            one for one in (self.before.trips if self.before else ()) if one.load in by_number
        ]
        fixed = {one.load for one in before if one.is_pinned or one.loads_at <= self.now}
        late = {one.load: one.late_min for one in self._new() if one.late_min}
        kept = [
            placed
            for one in before
            if self.wishes.keep_all or one.load in fixed or one.load in late
            if (placed := table.placed(one, by_number[one.load])) is not None
        ]
        known = {one.load: one.late_min for one in before}
        delays = {load: known.get(load, 0) + minutes for load, minutes in late.items()}
        all_late = {**{load: minutes for load, minutes in known.items() if minutes}, **delays}
        if not kept:
            return schedule(loads, self.wishes.fleet, horizon, told), all_late
        made = reschedule(kept, loads, self.wishes.fleet, horizon, fixed, late, told)
        return made, {
            load: minutes for load, minutes in all_late.items() if load in fixed | {*late}
        }

    def _horizon(self, span: Span, table: Timetable) -> Horizon:
        now = table.minute(self.now)
        away: dict[int, list[tuple[int, int]]] = {}
        numbers = {one.name: number for number, one in enumerate(self.wishes.fleet.trucks)}
        minutes = span.days * DAY_MIN
        for one in self._all():
            if one.truck in numbers:
                start = table.minute(one.from_at) if one.from_at else 0
                end = table.minute(one.to_at) if one.to_at else minutes
                away.setdefault(numbers[one.truck], []).append((start, end))
        for number, truck in enumerate(self.wishes.fleet.trucks):
            for from_at, to_at in truck.away:
                times = table.minute(from_at), table.minute(to_at)
                away.setdefault(number, []).append(times)
        return Horizon(
            minutes,
            max(0, -(-now // STEP_MIN) * STEP_MIN),
            frozenset(number for number in range(span.days) if self._is_off(table.day(number))),
            tuple((number, tuple(times)) for number, times in away.items()),
        )

    def _is_off(self, day: date) -> bool:
        """Whether nobody works; weekends where the days off are not announced yet."""
        works = self.grounds.calendar.is_working_day(day)
        return day.weekday() >= _SATURDAY if works is None else not works

    def _pass_rules(self, today: date) -> dict[int, PassRule]:
        """Return when passes can be in force; those of the plan before are applied for already."""
        rules = pass_rules(
            self.result.plan,
            self.grounds.law,
            self.grounds.calendar,
            today,
            self.wishes.granted_from,
        )
        if self.before is None or self.wishes.granted_from is not None:
            return rules
        known = {one.number: one.ready_on for one in self.before.passes}
        return {
            number: replace(rule, ready_on=known.get(number) or rule.ready_on)
            for number, rule in rules.items()
        }

    def _closures(self) -> list[tuple[str, str, date, date]]:
        far = timedelta(days=3650)
        return [
            (
                one.origin,
                one.destination,
                day_of(one.from_at) if one.from_at else day_of(self.now) - far,
                day_of(one.to_at) if one.to_at else day_of(self.now) + far,
            )
            for one in self._all()
            if one.origin
        ]

    def _new(self) -> tuple[Disruption, ...]:
        return self.wishes.disruptions

    def _all(self) -> tuple[Disruption, ...]:
        return (*(self.before.disruptions if self.before else ()), *self._new())

    def _moved(self, trips: Sequence[DeliveryTrip]) -> list[int]:
        """Return the loads that lie elsewhere than in the plan before."""
        if self.before is None:
            return []
        was = {one.load: (one.truck, one.loads_at, one.unloads_at) for one in self.before.trips}
        now = {one.load: (one.truck, one.loads_at, one.unloads_at) for one in trips}
        return sorted(load for load in {*was, *now} if was.get(load) != now.get(load))

    def _years_not_announced(self, span: Span) -> list[int]:
        last = span.first_day + timedelta(days=span.days)
        years = range(span.first_day.year, last.year + 1)
        return [year for year in years if not self.grounds.calendar.is_announced(year)]

    def _told(self, start: int, end: int) -> Progress | None:
        progress = self.progress
        if progress is None:
            return None
        return lambda done, total: progress(start + (end - start) * done // max(total, 1), 100)


def _open(made: Schedule, table: Timetable) -> list[Undelivered]:
    return [
        Undelivered(
            load.load,
            load.pieces,
            table.day(load.earliest),
            table.day(load.latest),
            obstacle,
            load.way.origin,
            load.way.destination,
            load.way.no_route,
        )
        for load, obstacle in made.open
    ]


def _pass_dates(
    trips: Sequence[DeliveryTrip], rules: Mapping[int, PassRule], calendar: WorkingCalendar
) -> list[PassDates]:
    found = []
    for number, rule in rules.items():
        own = [one for one in trips if one.pass_number == number]
        if not own:
            continue
        first = min(one.departs_at for one in own).astimezone(CHINA_TIME).date()
        last = max(one.arrives_at for one in own).astimezone(CHINA_TIME).date()
        apply_by = last_day_to_apply(first, rule.decision_days, calendar)
        found.append(
            PassDates(number, own[0].truck, first, last, len(own), apply_by, rule.ready_on)
        )
    return found
