"""Draws up the transport annex of a league: counts cases, trips, passes, decisions and relief."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from transport.delivery.league_annex import (
    Annex,
    Carried,
    Decisions,
    Obstacle,
    ObstacleKind,
    Passes,
    ProducerLine,
    ProjectLine,
    Relief,
)
from transport.delivery.projects import Project
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.decision import DecisionOutcome
from transport.permits.manifest import Trip, TripState
from transport.permits.permit import Permit
from transport.permits.states import ActKind
from transport.relief.claims import Claim, ClaimState
from transport.tariffs.money import fen_of
from transport.working_days import Suspension, WorkingCalendar, count_working_days

DayOf = Callable[[datetime], date]
Ridden = tuple[Case, Trip]
_TENTHS = 0.9
_ON_THE_ROAD = (TripState.DEPARTED, TripState.DELIVERED)
_REFUSED = (ClaimState.REJECTED, ClaimState.RECLAIMED, ClaimState.UPHELD)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case to the league with its passes and trips."""

    case: Case
    permits: tuple[Permit, ...] = ()
    trips: tuple[Trip, ...] = ()


@dataclass(frozen=True, slots=True)
class LeagueRecords:
    """What is on record about a league; `pieces` counts those of each project's newest list.

    `producers` are names with the kinds they make, by the producer's identifier.
    """

    cases: Sequence[CaseFile] = ()
    claims: Sequence[Claim] = ()
    projects: Sequence[Project] = ()
    pieces: Mapping[str, int] = field(default_factory=dict)
    producers: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    plan_obstacles: Sequence[Obstacle] = ()


def draw_up(
    records: LeagueRecords,
    calendar: WorkingCalendar,
    *,
    admin_code: str,
    year: int,
    cut_off: date,
    today: date,
    day_of: DayOf,
) -> Annex:
    """Return the annex of a league and year; `day_of` gives the day of a moment."""
    first = date(year, 1, 1)
    span = _Span(first, cut_off, day_of)
    ridden = [
        (one.case, trip)
        for one in records.cases
        for trip in one.trips
        if trip.state in _ON_THE_ROAD and span.holds(trip.departed_at)
    ]
    acts = [act for one in records.cases for act in _decided(one.case, span)]
    by_project = Counter(case.application.cargo.project for case, _ in ridden)
    by_factory = Counter(trip.factory_id for _, trip in ridden)
    return Annex(
        admin_code=admin_code,
        year=year,
        cut_off=cut_off,
        drawn_up_on=today,
        projects=tuple(
            _project_line(one, records.pieces.get(one.id, 0), by_project[one.name])
            for one in records.projects
        ),
        producers=tuple(
            ProducerLine(name, makes, by_factory[number])
            for number, (name, makes) in records.producers.items()
        ),
        whole=_carried("", ridden),
        kinds=_grouped(ridden, lambda case, _: case.application.cargo.kind or _goods(case)),
        months=tuple(
            sorted(
                _grouped(ridden, lambda _, trip: f"{span.day(trip.departed_at):%Y-%m}"),
                key=lambda one: one.name,
            )
        ),
        ways=_grouped(ridden, lambda case, _: _way(case)),
        passes=_passes(records.cases, ridden, span),
        decisions=_decisions(acts, calendar),
        relief=_relief(records.claims, {trip.id for _, trip in ridden}),
        obstacles=_obstacles(records, acts, ridden, calendar),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """The days that count."""

    first: date
    last: date
    day_of: DayOf

    def day(self, moment: datetime | None) -> date:
        return self.day_of(moment) if moment is not None else date.min

    def holds(self, moment: datetime | date | None) -> bool:
        if moment is None:
            return False
        day = self.day_of(moment) if isinstance(moment, datetime) else moment
        return self.first <= day <= self.last


def _project_line(project: Project, pieces: int, trips: int) -> ProjectLine:
    return ProjectLine(
        project.name,
        project.organisation_name,
        project.structure.value,
        project.government_invested,
        project.demonstration,
        project.floor_area_m2,
        project.prefabricated_pct,
        project.starts_on,
        project.ends_on,
        pieces,
        trips,
    )


def _goods(case: Case) -> str:
    return case.application.cargo.name


def _way(case: Case) -> str:
    itinerary = case.application.itinerary
    return f"{itinerary.origin} → {itinerary.destination}"


def _carried(name: str, ridden: Sequence[Ridden]) -> Carried:
    pieces = sum(len(trip.manifest.component_numbers) for _, trip in ridden)
    tonnes = sum(case.application.cargo.mass_t for case, _ in ridden)
    return Carried(name, len(ridden), pieces, round(tonnes, 1))


def _grouped(ridden: Iterable[Ridden], name_of: Callable[[Case, Trip], str]) -> tuple[Carried, ...]:
    groups: dict[str, list[Ridden]] = defaultdict(list)
    for one in ridden:
        groups[name_of(*one)].append(one)
    found = [_carried(name, members) for name, members in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.trips, one.name)))


def _decided(case: Case, span: _Span) -> list[Act]:
    return [
        act
        for act in case.acts
        if act.kind is ActKind.HIGHWAY_PERMIT
        and act.decision is not None
        and span.holds(act.clock.decided_on)
    ]


def _passes(cases: Iterable[CaseFile], ridden: Sequence[Ridden], span: _Span) -> Passes:
    made = [(file.case, one) for file in cases for one in file.permits if span.holds(one.issued_at)]
    new = [(case, one) for case, one in made if one.revision == 1]
    categories = Counter(case.application.requirements.category or "-" for case, _ in new)
    revoked = [
        one
        for file in cases
        for one in file.permits
        if one.revoked_at and span.holds(one.revoked_at)
    ]
    with_pass = sum(bool(trip.permit_id) for _, trip in ridden)
    return Passes(
        issued=len(new),
        by_category=tuple(sorted(categories.items())),
        plan=sum(case.application.plan for case, _ in new),
        revisions=len(made) - len(new),
        revoked=len({one.number for one in revoked}),
        trips_with=with_pass,
        trips_without=len(ridden) - with_pass,
    )


def _days(act: Act, calendar: WorkingCalendar) -> int | None:
    accepted, decided = act.clock.accepted_on, act.clock.decided_on
    if accepted is None or decided is None:
        return None
    pauses = [
        Suspension(one.from_day, one.until_day - timedelta(days=1))
        for one in act.clock.suspensions
        if one.until_day is not None
    ]
    return count_working_days(accepted, decided, calendar, pauses)


def _is_over(act: Act, calendar: WorkingCalendar) -> bool:
    used, limit = _days(act, calendar), act.terms.statutory_days
    return used is not None and limit is not None and used > limit


def _decisions(acts: Sequence[Act], calendar: WorkingCalendar) -> Decisions:
    found = [_days(one, calendar) for one in acts]
    days = sorted(one for one in found if one is not None)
    refused = sum(_is_refused(one) for one in acts)
    return Decisions(
        granted=len(acts) - refused,
        refused=refused,
        median_days=float(median(days)) if days else None,
        p90_days=days[ceil(_TENTHS * len(days)) - 1] if days else None,
        longest_days=days[-1] if days else None,
        over_limit=sum(_is_over(one, calendar) for one in acts),
        unknown=sum(one is None for one in found),
    )


def _is_refused(act: Act) -> bool:
    return act.decision is not None and act.decision.outcome is DecisionOutcome.REFUSE


def _relief(claims: Iterable[Claim], trips: set[str]) -> Relief:
    ours = [one for one in claims if one.trip_id in trips]
    granted = [one for one in ours if one.granted_yuan > 0]
    refused = sum(one.state in _REFUSED for one in ours)
    return Relief(
        records=len(ours),
        granted=len(granted),
        refused=refused,
        waiting=len(ours) - len(granted) - refused,
        toll_fen=sum(fen_of(one.entitlement.toll_yuan) for one in granted),
        relief_fen=sum(fen_of(one.granted_yuan) for one in granted),
    )


def _obstacles(
    records: LeagueRecords,
    acts: Sequence[Act],
    ridden: Sequence[Ridden],
    calendar: WorkingCalendar,
) -> tuple[Obstacle, ...]:
    grounds = Counter(
        ground
        for act in acts
        if _is_refused(act) and act.decision is not None
        for ground in (act.decision.grounds or ("",))
    )
    counted = [Obstacle(ObstacleKind.REFUSED, name, count) for name, count in grounds.items()]
    over = sum(_is_over(one, calendar) for one in acts)
    damaged = sum(trip.is_damaged for _, trip in ridden)
    counted += [
        Obstacle(ObstacleKind.OVERDUE, "", over),
        Obstacle(ObstacleKind.DAMAGED, "", damaged),
        *records.plan_obstacles,
    ]
    order = list(ObstacleKind)
    return tuple(
        sorted(
            (one for one in counted if one.count),
            key=lambda one: (order.index(one.kind), -one.count, one.name),
        )
    )
