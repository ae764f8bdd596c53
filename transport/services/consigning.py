"""Loads of a load plan as the scheduler sees them: when they may arrive, over which way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transport.delivery.families import families_of
from transport.delivery.load_plan import LoadPlan, PlannedLoad, PlannedPass
from transport.delivery.parts import Part
from transport.delivery.ways import LoadBook
from transport.regulations.law import Law
from transport.rules.category import Category
from transport.rules.pass_term import last_day_of_months
from transport.rules.time_limit import time_limit
from transport.scheduling.consignments import Consignment
from transport.scheduling.lead_times import first_day_in_force
from transport.services.finding_ways import FoundWay, WayFinder, largest_of
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.transport import Transport
from transport.working_days import WorkingCalendar

_LEAD_DAYS = 5
_AFTER_DAYS = 6

Told = Callable[[int, int], None]
LaneKind = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a plan: its first, and how many."""

    first_day: date
    days: int


@dataclass(frozen=True, slots=True)
class PassRule:
    """A pass of the load plan: its working days of decision, first day in force, and its term."""

    decision_days: int
    ready_on: date | None
    term_days: int


@dataclass(frozen=True, slots=True)
class LoadDays:
    """The first and last day a load may arrive, and its place in the order of erection."""

    earliest: date
    latest: date
    sequence: int


def load_days(plan: LoadPlan, parts: Sequence[Part], reserve_days: int) -> dict[int, LoadDays]:
    """Return the days of every load, by the need days of all its pieces.

    `reserve_days` are kept between the last arrival and the need; never so many that none is left.
    """
    by_number = {one.number: one for one in parts}
    last = max((one.deliver_by for one in parts if one.deliver_by), default=plan.law_day)
    found = {}
    for load in plan.loads:
        own = [by_number[number] for number, _ in load.parts]
        due = [one.deliver_by or last for one in own]
        latest = min(due)
        earliest = min(max(due) - timedelta(days=plan.early_days), latest)
        latest = max(latest - timedelta(days=reserve_days), earliest)
        sequence = min(one.sequence or one.line for one in own)
        found[load.number] = LoadDays(earliest, latest, sequence)
    return found


def span_of(days: Mapping[int, LoadDays], today: date) -> Span:
    """Return the days of a plan: from before the first arrival to after the last."""
    first = min((one.earliest for one in days.values()), default=today)
    last = max((one.latest for one in days.values()), default=today)
    start = first - timedelta(days=_LEAD_DAYS)
    return Span(start, (last - start).days + _AFTER_DAYS)


def pass_rules(
    plan: LoadPlan,
    law: Law,
    calendar: WorkingCalendar,
    today: date,
    granted_from: date | None = None,
) -> dict[int, PassRule]:
    """Return when each pass can be in force if it is applied for today; or `granted_from`.

    A pass whose category is not known counts as one of the longest time limit.
    """
    months = law.permit_terms.plan_permit_months.on(plan.law_day).value
    found = {}
    for one in plan.passes:
        days = _decision_days(one, law, plan.law_day)
        ready = granted_from or first_day_in_force(today, days, calendar)
        term = (last_day_of_months(one.starts_on, months) - one.starts_on).days + 1
        found[one.number] = PassRule(days, ready, term)
    return found


def consign(
    plan: LoadPlan,
    parts: Sequence[Part],
    catalogue: Catalogue,
    finder: WayFinder,
    days: Mapping[int, LoadDays],
    passes: Mapping[int, PassRule],
    told: Told | None = None,
) -> tuple[tuple[Consignment, ...], frozenset[str]]:
    """Return all loads for the scheduler, and the conditions of weather that concern some."""
    ways = _ways(plan, parts, catalogue, finder, told)
    made = []
    for load in plan.loads:
        found, own = ways[load.number], days[load.number]
        rule = passes.get(load.pass_number)
        ready = _number(rule.ready_on, finder.first_day) if rule and rule.ready_on else None
        made.append(
            Consignment(
                load.number,
                found.way,
                load.units,
                _number(own.earliest, finder.first_day),
                _number(own.latest, finder.first_day),
                _number(load.deliver_on, finder.first_day),
                own.sequence,
                load.pieces,
                found.escorts,
                load.pass_number,
                None if ready is None else max(ready, 0),
                rule.term_days if rule else 0,
            )
        )
    return tuple(made), frozenset(code for one in ways.values() for code in one.cautions)


def _ways(
    plan: LoadPlan,
    parts: Sequence[Part],
    catalogue: Catalogue,
    finder: WayFinder,
    told: Told | None,
) -> dict[int, FoundWay]:
    """Find the way of every load; loads of one vehicle without a pass are asked for together."""
    transports = transports_of(plan, parts, catalogue, finder.law)
    together: dict[LaneKind, list[PlannedLoad]] = defaultdict(list)
    for load in plan.loads:
        if not load.pass_number:
            together[load.origin, load.destination, load.units].append(load)
    shared: dict[LaneKind, FoundWay] = {}
    for (origin, destination, units), loads in together.items():
        largest = largest_of([transports[one.number] for one in loads])
        shared[origin, destination, units] = finder.find(largest, origin, destination)
    found = {}
    for number, load in enumerate(plan.loads, start=1):
        lane = load.origin, load.destination
        way = shared.get((*lane, load.units)) if not load.pass_number else None
        if way is None or way.way.no_route or way.way.closed:
            way = finder.find(transports[load.number], *lane)
        found[load.number] = way
        if told is not None:
            told(number, len(plan.loads))
    return found


def transports_of(
    plan: LoadPlan, parts: Sequence[Part], catalogue: Catalogue, law: Law
) -> dict[int, Transport]:
    """Return every load as the rules judge it, loaded as the load plan says."""
    pieces = {one.code: one.piece for one in families_of(parts, catalogue.components)}
    book = LoadBook(catalogue, law, plan.law_day, pieces)
    known: dict[tuple[bool, tuple[tuple[str, int], ...]], Transport] = {}
    found = {}
    for load in plan.loads:
        key = bool(load.pass_number), load.families
        if key not in known:
            known[key] = _transport(load, book)
        found[load.number] = known[key]
    return found


def _transport(load: PlannedLoad, book: LoadBook) -> Transport:
    way = None
    if load.pass_number:
        code, count = load.families[0]
        ways = book.with_pass(code)
        way = ways[count - 1] if count <= len(ways) else None
    else:
        way = book.load_of(load.families)
    if way is not None:
        return way.choice.transport()
    return Transport(load.height_m, load.width_m, load.length_m, load.mass_t)


def _decision_days(one: PlannedPass, law: Law, day: date) -> int:
    category = one.category or Category.III
    return time_limit(law, day, category, crosses_provinces=False).value


def _number(day: date, first: date) -> int:
    return (day - first).days
