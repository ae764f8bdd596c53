"""Who is on my road: the passes of a day in an office's area, with what stands against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from transport.errors import StepNotAllowedError
from transport.network.graph import RoadNetwork
from transport.people import Actor, Role
from transport.permits.case import Case
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.road_day import (
    Closed,
    Meeting,
    RoadUse,
    areas_within,
    closed_for,
    elsewhere,
    meetings,
    use_of,
)
from transport.regulations.law import Law
from transport.rules.conditions import conditions_for
from transport.services.ports import UnitOfWorkFactory
from transport.working_days import WorkingCalendar

_WATCHING = frozenset({Role.POLICE, Role.TRANSPORT, Role.MUNICIPAL})


@dataclass(frozen=True, slots=True)
class RoadDay:
    """A day on the roads of an office; `untold` are passes planned on another network version."""

    day: date
    uses: tuple[RoadUse, ...]
    meetings: tuple[Meeting, ...]
    closed: tuple[Closed, ...]
    untold: tuple[str, ...]
    holiday: bool | None


def road_day(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    calendar: WorkingCalendar,
    network: RoadNetwork | None,
    *,
    actor: Actor,
    day: date,
) -> RoadDay:
    """Return who may drive in the actor's area on a day, and what stands against it."""
    passes, trips = _passes_of(unit_of_work, actor, day, day)
    holiday = calendar.is_holiday(day)
    uses = []
    for case, permit in passes:
        use = use_of(case, permit, day, actor.admin_code, trips.get(case.id, ()))
        if use is not None:
            uses.append(replace(use, banned=_banned(use, law, day, holiday=holiday)))
    uses.sort(key=lambda one: (not one.on_the_road, not one.departed, one.permit.number))
    restrictions = network.restrictions if network is not None else ()
    known = network.id if network is not None else ""
    return RoadDay(
        day=day,
        uses=tuple(uses),
        meetings=tuple(meetings(uses)),
        closed=tuple(closed_for(uses, restrictions, known, day)),
        untold=tuple(elsewhere(uses, known)),
        holiday=holiday,
    )


def passes_by_day(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, first: date, days: int
) -> dict[date, int]:
    """Count the passes that may drive in the actor's area on each of so many days."""
    wanted = [first + timedelta(days=number) for number in range(days)]
    passes, _ = _passes_of(unit_of_work, actor, wanted[0], wanted[-1])
    counts = Counter(
        day
        for case, permit in passes
        if areas_within(case, actor.admin_code)
        for day in wanted
        if permit.is_valid_on(day)
    )
    return {day: counts[day] for day in wanted}


def _passes_of(
    unit_of_work: UnitOfWorkFactory, actor: Actor, first: date, last: date
) -> tuple[Sequence[tuple[Case, Permit]], dict[str, list[Trip]]]:
    if actor.role not in _WATCHING:
        raise StepNotAllowedError("offices along the route see who drives there", "other_role")
    with unit_of_work(read_only=True) as work:
        numbers = dict.fromkeys(one.case_number for one in work.permits.valid_within(first, last))
        found = work.recalls.journeys(list(numbers))
        passes = [(case, permit) for case, permit in found if permit is not None]
        near = [one for one in passes if areas_within(one[0], actor.admin_code)]
        trips = {case.id: work.trips.of_case(case.id) for case, _ in near}
    return near, trips


def _banned(use: RoadUse, law: Law, day: date, *, holiday: bool | None) -> bool | None:
    """Say whether the law lets this transport stand still on the day: a ban on holidays."""
    if holiday is False:
        return False
    transport = use.case.application.transport
    held = conditions_for(transport, law, use.case.application.law_day, None, set(), day)
    return holiday if any(one.code == "holiday_ban" for one in held) else False
