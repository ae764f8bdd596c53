"""The ways of planned loads: stretches with their hours, days on which they are not open, escorts.

Hours, holiday bans, escorts and spring thaw are those of the law's conditions; closures and limits
for a time are those laid over the road network. Days that look alike to both share one answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil

from transport.errors import InvalidInputError
from transport.evaluation.tables import Tables
from transport.network.closures import in_force
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.regulations.occasions import Occasion
from transport.routing.route import Leg, Route, RouteStatus
from transport.rules.conditions import Condition, conditions_for
from transport.scheduling.fleet import DAY_MIN, Fleet
from transport.scheduling.ways import Stretch, Way, Windows, in_steps, without
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords
from transport.services.measured_networks import measured_network
from transport.services.planning_routes import RouteRequest, ShortPlanner, plan_request
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt
from transport.working_days import WorkingCalendar

_OPEN = {RouteStatus.FEASIBLE, RouteStatus.CONDITIONAL}
_WEATHER = ("ice_snow", "sandstorm", "wind")
_PEAKS = ("morning", "evening")
# How fast streets are driven against other roads, to share the time of a way among its stretches.
_CITY_KM_H, _ROAD_KM_H = 30.0, 60.0
_LEAST_CITY_MIN = 10


@dataclass(frozen=True, slots=True)
class FoundWay:
    """A way with what else a trip over it needs; `cautions` are conditions of weather."""

    way: Way
    escorts: int = 0
    cautions: frozenset[str] = frozenset()


@dataclass(slots=True)
class WayFinder:
    """Finds ways by the law of a day and the roads on the days of a plan.

    With the `tables` of the passage evaluation bridges and turns are examined as routes do it.
    """

    network: RoadNetwork
    law: Law
    calendar: WorkingCalendar
    fleet: Fleet
    law_day: date
    first_day: date
    days: int
    closures: tuple[tuple[str, str, date, date], ...] = ()
    tables: Tables | None = None
    records: PassageRecords = NO_RECORDS
    _found: dict[tuple[Transport, str, str], FoundWay] = field(default_factory=dict)

    def find(self, transport: Transport, origin: str, destination: str) -> FoundWay:
        """Return the way of a transport; one that is nowhere open says why in `no_route`."""
        key = transport, origin, destination
        if key not in self._found:
            code = f"W{len(self._found) + 1:03d}"
            self._found[key] = self._worked_out(code, transport, origin, destination)
        return self._found[key]

    def _worked_out(
        self, code: str, transport: Transport, origin: str, destination: str
    ) -> FoundWay:
        seasons = self._seasons()
        shut: set[int] = set()
        route: Route | None = None
        status: RouteStatus | None = None
        request = RouteRequest(origin, destination)
        for days in seasons.values():
            at = TravelAt(self.first_day + timedelta(days=days[0]))
            try:
                short = self._short(transport, at).answer(request)
            except InvalidInputError as wrong:
                return FoundWay(_nowhere(code, origin, destination, wrong.faults[0].message))
            if short.status not in _OPEN:
                shut.update(days)
                status = status or short.status
            elif route is None:
                route = self._route(request, transport, at)
        if route is None:
            return FoundWay(_nowhere(code, origin, destination, status.value if status else ""))
        return self._built(code, transport, (origin, destination), route, shut)

    def _short(self, transport: Transport, at: TravelAt) -> ShortPlanner:
        network = measured_network(self.network, self.records, at.day)
        return ShortPlanner(network, self.law, transport, at, 1, self.tables, self.records)

    def _route(self, request: RouteRequest, transport: Transport, at: TravelAt) -> Route | None:
        plan = plan_request(
            request,
            self.network,
            self.law,
            None,
            transport,
            at,
            tables=self.tables,
            records=self.records,
        )
        return plan.routes[0] if plan.routes else None

    def _built(
        self,
        code: str,
        transport: Transport,
        lane: tuple[str, str],
        route: Route,
        shut: set[int],
    ) -> FoundWay:
        held = self._conditions(transport, route.legs)
        codes = [one.code for one in held]
        rules = self.law.driving_rules
        longest = int(rules.longest_driving_hours.on(self.law_day).value * 60)
        shut |= self._closed_by_hand(*lane)
        if "holiday_ban" in codes:
            shut |= {n for n in range(self.days) if self.calendar.is_holiday(self._day(n))}
        if not self.fleet.thaw_confirmed:
            shut |= self._thaw(transport, route.legs)
        way = Way(
            code,
            *lane,
            tuple(_stretches(route, held, self.fleet, longest, lane[1])),
            frozenset(shut),
            longest,
            ceil(rules.rest_minutes.on(self.law_day).value / 5) * 5,
        )
        escorts = max((_cars(one) for one in held if one.code == "escort_cars"), default=0)
        return FoundWay(way, escorts, frozenset(codes) & frozenset(_WEATHER))

    def _seasons(self) -> dict[object, list[int]]:
        """Return the days of the plan by what restrictions are in force on them."""
        found: dict[object, list[int]] = {}
        for number in range(self.days):
            held = in_force(self.network.restrictions, self._day(number), None)
            key = tuple(
                (one.number, tuple((a[10:], b[10:]) for a, b in one.windows)) for one in held
            )
            found.setdefault(key, []).append(number)
        return found

    def _conditions(self, transport: Transport, legs: Sequence[Leg]) -> list[Condition]:
        """Return the conditions of the law on the days of the plan, season by season."""
        found: dict[tuple[str, tuple[str, ...]], Condition] = {}
        for day in self._a_day_of_every_month():
            for one in self._conditions_on(transport, legs, day):
                found.setdefault((one.code, one.road_classes), one)
        return list(found.values())

    def _conditions_on(
        self, transport: Transport, legs: Sequence[Leg], day: date
    ) -> list[Condition]:
        classes = {one.road_class for one in legs if not _in_city(one)}
        occasions = {Occasion.CITY_STREETS} if any(map(_in_city, legs)) else set()
        if occasions:
            classes.add("urban")
        return conditions_for(transport, self.law, self.law_day, classes, occasions, day)

    def _thaw(self, transport: Transport, legs: Sequence[Leg]) -> set[int]:
        """Return the days of the spring thaw, where the law lets weak roads be asked about."""
        months = {
            (day.year, day.month)
            for day in self._a_day_of_every_month()
            if any(one.code == "spring_thaw" for one in self._conditions_on(transport, legs, day))
        }
        days = ((number, self._day(number)) for number in range(self.days))
        return {number for number, day in days if (day.year, day.month) in months}

    def _a_day_of_every_month(self) -> Iterator[date]:
        seen = set()
        for number in range(self.days):
            day = self._day(number)
            if (day.year, day.month) not in seen:
                seen.add((day.year, day.month))
                yield day

    def _closed_by_hand(self, origin: str, destination: str) -> set[int]:
        found: set[int] = set()
        for start, end, first, last in self.closures:
            if (start, end) == (origin, destination):
                found |= {n for n in range(self.days) if first <= self._day(n) <= last}
        return found

    def _day(self, number: int) -> date:
        return self.first_day + timedelta(days=number)


def largest_of(transports: Sequence[Transport]) -> Transport:
    """Return a transport as large and heavy in everything as the largest of some; of one vehicle.

    Where its way is open, the way of each of them is.
    """
    first = transports[0]
    axles = [one.axle_loads_t for one in transports if len(one.axle_loads_t) == first.axle_count]
    return replace(
        first,
        height_m=max(one.height_m for one in transports),
        width_m=max(one.width_m for one in transports),
        length_m=max(one.length_m for one in transports),
        mass_t=max(one.mass_t for one in transports),
        axle_loads_t=tuple(max(each) for each in zip(*axles, strict=True)),
    )


def _nowhere(code: str, origin: str, destination: str, why: str) -> Way:
    return Way(code, origin, destination, (), no_route=why or "unknown")


def _in_city(leg: Leg) -> bool:
    return leg.owner == "municipal"


def _cars(condition: Condition) -> int:
    return sum(int(condition.parameters.get(end, 0)) for end in ("front", "rear"))


def _stretches(
    route: Route, held: Sequence[Condition], fleet: Fleet, longest_min: int, site: str
) -> Iterator[Stretch]:
    """Cut a route into streets and roads, long roads into pieces between places to wait."""
    road, city = _hours(held, fleet)
    first = True
    for in_city, minutes in _parts(route):
        pieces = max(1, ceil(minutes / longest_min))
        for _ in range(pieces):
            yield Stretch(
                in_steps(minutes / pieces),
                city if in_city else road,
                in_city=in_city,
                holding="" if first else site,
            )
            first = False


def _parts(route: Route) -> list[tuple[bool, float]]:
    """Return streets and roads in order with their minutes; a few minutes count with the next."""
    weights = [
        (_in_city(leg), leg.length_m / (_CITY_KM_H if _in_city(leg) else _ROAD_KM_H))
        for leg in route.legs
    ]
    total = sum(weight for _, weight in weights) or 1.0
    parts: list[tuple[bool, float]] = []
    for in_city, weight in weights:
        minutes = weight / total * route.duration_s / 60
        if parts and (parts[-1][0] == in_city or (in_city and minutes < _LEAST_CITY_MIN)):
            parts[-1] = parts[-1][0], parts[-1][1] + minutes
        elif parts and parts[-1][0] and parts[-1][1] < _LEAST_CITY_MIN:
            parts[-1] = in_city, parts[-1][1] + minutes
        else:
            parts.append((in_city, minutes))
    return parts


def _hours(held: Sequence[Condition], fleet: Fleet) -> tuple[Windows, Windows]:
    """Return the hours on roads and in streets; none where the whole day is open."""
    windows: Windows = ()
    peaks: Windows = ()
    for one in held:
        if one.code == "travel_window":
            windows = ((_minute(one.parameters["from"]), _minute(one.parameters["to"])),)
        elif one.code == "urban_peaks":
            told = (str(one.parameters[name]) for name in _PEAKS if name in one.parameters)
            peaks = tuple(_range(text) for text in told)
    if not held:
        return (), ()
    if fleet.city_hours is not None:
        return windows, (fleet.city_hours,)
    return windows, without(windows, peaks) if peaks else windows


def _range(text: str) -> tuple[int, int]:
    opens, _, closes = text.replace("-", "–").partition("–")
    return _minute(opens), _minute(closes)


def _minute(text: str | float) -> int:
    hours, _, minutes = str(text).strip().partition(":")
    return (int(hours) * 60 + int(minutes or 0)) % (DAY_MIN + 1)
