"""The picture of a region: what its projects plan to move, what holds it up, what would free it.

Loads that the plans found no open way for are judged again by the roads of today, then with one
structure opened after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from transport.delivery.load_plan import LoadPlan
from transport.delivery.parts import PartsList
from transport.delivery.projects import Project
from transport.delivery.regional_picture import (
    Corridor,
    Holding,
    PlannedTransport,
    RegionalPicture,
    Remedy,
    Step,
    by_corridor_and_week,
)
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.network.graph import RoadNetwork
from transport.people import Actor, Role
from transport.routing.blockers import EXAMINATION
from transport.routing.route import RoutePlan, RouteStatus
from transport.scheduling.delivery_plan import DeliveryPlan
from transport.services.consigning import transports_of
from transport.services.days import day_of
from transport.services.keeping_projects import list_projects
from transport.services.measured_networks import measured_network
from transport.services.opened_structures import opened_network
from transport.services.planning_deliveries import PlanningGrounds
from transport.services.planning_routes import RouteRequest, ShortPlanner, plan_request
from transport.services.ports import UnitOfWorkFactory
from transport.services.project_repositories import ProjectResult
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt

_OPEN = {RouteStatus.FEASIBLE, RouteStatus.CONDITIONAL}
_MOST_STEPS = 12
_MOST_HOLDINGS = 60
_JUNCTION = "junction"
Lane = tuple[Transport, Corridor]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A project with its newest parts list, load plan and delivery plan."""

    project: Project
    parts: PartsList
    result: ProjectResult
    deliveries: DeliveryPlan | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that holds transports: a structure, a turn or a stretch; `elements` open it."""

    element: str
    name: str
    kind: str
    remedy: Remedy
    elements: frozenset[str]
    at: tuple[float, float]


def picture_region(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, grounds: PlanningGrounds, today: date
) -> RegionalPicture:
    """Return the picture of today: all projects for transport, those of its area for housing."""
    if actor.role not in {Role.TRANSPORT, Role.HOUSING}:
        raise StepNotAllowedError("only transport and housing departments see the region")
    planned, unplanned = _planned(unit_of_work, actor)
    judged = _Judged(grounds, today)
    transports: list[PlannedTransport] = []
    for one in planned:
        transports += _transports(one, judged, today)
    return RegionalPicture(
        today,
        by_corridor_and_week(transports),
        judged.holdings(),
        judged.steps(),
        len(planned),
        unplanned,
        judged.cannot_tell,
    )


def _planned(unit_of_work: UnitOfWorkFactory, actor: Actor) -> tuple[list[_Planned], int]:
    if actor.role is Role.HOUSING:
        projects = list_projects(unit_of_work, actor=actor)
    else:
        with unit_of_work(read_only=True) as work:
            projects = work.projects.everywhere()
    found = []
    with unit_of_work(read_only=True) as work:
        for one in projects:
            parts = work.projects.newest_parts(one.id)
            result = work.projects.newest_result(parts.id) if parts else None
            if parts is None or result is None:
                continue
            deliveries = work.delivery_plans.newest(one.id)
            fits = deliveries is not None and deliveries.result_id == result.id
            found.append(_Planned(one, parts, result, deliveries if fits else None))
    return found, len(projects) - len(found)


def _transports(one: _Planned, judged: _Judged, today: date) -> list[PlannedTransport]:
    plan = one.result.plan
    days = _days(one, plan)
    ahead = [load for load in plan.loads if days[load.number] >= today]
    doubtful = tuple(load for load in plan.closed if days[load.number] >= today)
    vehicles = transports_of(
        replace(plan, loads=doubtful), one.parts.parts, judged.grounds.catalogue, judged.grounds.law
    )
    found = []
    for load in ahead:
        corridor = load.origin, load.destination
        planned = PlannedTransport(
            one.project.name,
            load.number,
            days[load.number],
            corridor,
            load.mass_t,
            load.pieces,
            bool(load.pass_number),
        )
        vehicle = vehicles.get(load.number)
        if vehicle is not None and judged.is_held((vehicle, corridor)):
            planned = replace(planned, is_held=True)
            judged.note((vehicle, corridor), planned)
        found.append(planned)
    return found


def _days(one: _Planned, plan: LoadPlan) -> Mapping[int, date]:
    """Return the day of every load: of its trip, or of its delivery where none is planned."""
    days = {load.number: load.deliver_on for load in plan.loads}
    if one.deliveries is not None:
        days |= {trip.load: day_of(trip.departs_at) for trip in one.deliveries.trips}
    return days


@dataclass(slots=True)
class _Judged:
    """Ways judged by the roads of a day, with nothing or something opened; each once."""

    grounds: PlanningGrounds
    day: date
    cannot_tell: int = 0
    _loads: dict[Lane, list[PlannedTransport]] = field(default_factory=dict)
    _status: dict[tuple[Lane, frozenset[str]], RouteStatus | None] = field(default_factory=dict)
    _places: dict[tuple[Lane, frozenset[str]], tuple[_Place, ...]] = field(default_factory=dict)

    def is_held(self, lane: Lane) -> bool:
        """Whether a transport's way is not open today; unknown places are not."""
        return self._judge(lane, frozenset()) not in _OPEN

    def note(self, lane: Lane, planned: PlannedTransport) -> None:
        """Remember a held load."""
        if self._judge(lane, frozenset()) is None:
            self.cannot_tell += 1
        else:
            self._loads.setdefault(lane, []).append(planned)

    def holdings(self) -> tuple[Holding, ...]:
        """Return what holds, the most loads first, each opened alone."""
        by_place = self._by_place(self._loads, frozenset())
        ranked = sorted(by_place.items(), key=lambda one: (-self._count(one[1]), one[0].element))
        return tuple(self._holding(*one) for one in ranked[:_MOST_HOLDINGS])

    def steps(self) -> tuple[Step, ...]:
        """Return an order of opening: what releases most next, else what holds most.

        Greedy: a pair of places that hold the same loads comes one after the other.
        """
        opened: frozenset[str] = frozenset()
        left = list(self._loads)
        found: list[Step] = []
        while left and len(found) < _MOST_STEPS:
            holding = self._by_place(left, opened)
            if not holding:
                break
            gains = {
                place: self._count(self._released(lanes, opened | place.elements))
                for place, lanes in holding.items()
            }
            best = min(
                holding,
                key=lambda one: (-gains[one], -self._count(holding[one]), one.element),
            )
            opened |= best.elements
            freed = self._released(left, opened)
            left = [one for one in left if one not in freed]
            found.append(
                Step(
                    best.element,
                    best.name,
                    best.kind,
                    best.remedy,
                    self._count(freed),
                    self._count(left),
                )
            )
        return tuple(found)

    def _by_place(self, lanes: Iterable[Lane], opened: frozenset[str]) -> dict[_Place, list[Lane]]:
        """Return the held ways of every place; a road that several drive in part counts once."""
        places: dict[str, _Place] = {}
        held: dict[str, list[Lane]] = {}
        for lane in lanes:
            for one in self._held_by(lane, opened):
                known = places.get(one.element, one)
                if not one.elements <= opened:
                    places[one.element] = replace(known, elements=known.elements | one.elements)
                    held.setdefault(one.element, []).append(lane)
        return {place: held[element] for element, place in places.items()}

    def _holding(self, place: _Place, lanes: Sequence[Lane]) -> Holding:
        own = [load for lane in lanes for load in self._loads[lane]]
        released = self._released(lanes, place.elements)
        return Holding(
            place.element,
            place.name,
            place.kind,
            place.at,
            place.remedy,
            len(own),
            round(sum(one.mass_t for one in own), 1),
            self._count(released),
            min(one.on for one in own),
            tuple(dict.fromkeys(one.corridor for one in own)),
        )

    def _released(self, lanes: Iterable[Lane], opened: frozenset[str]) -> list[Lane]:
        return [one for one in lanes if self._judge(one, opened) in _OPEN]

    def _count(self, lanes: Iterable[Lane]) -> int:
        return sum(len(self._loads[one]) for one in lanes)

    def _judge(self, lane: Lane, opened: frozenset[str]) -> RouteStatus | None:
        """Return the status of a way, None where one of its places is not found."""
        key = lane, opened
        if key not in self._status:
            grounds, (transport, corridor) = self.grounds, lane
            planner = ShortPlanner(
                opened_network(
                    measured_network(grounds.network, grounds.records, self.day), opened
                ),
                grounds.law,
                transport,
                TravelAt(self.day),
                1,
                grounds.tables,
                grounds.records,
                opened=opened,
            )
            try:
                self._status[key] = planner.answer(RouteRequest(*corridor)).status
            except InvalidInputError:
                self._status[key] = None
        return self._status[key]

    def _held_by(self, lane: Lane, opened: frozenset[str]) -> tuple[_Place, ...]:
        key = lane, opened
        if key not in self._places:
            grounds, (transport, corridor) = self.grounds, lane
            plan = plan_request(
                RouteRequest(*corridor),
                grounds.network,
                grounds.law,
                None,
                transport,
                TravelAt(self.day),
                tables=grounds.tables,
                records=grounds.records,
                opened=opened,
            )
            self._places[key] = tuple(dict.fromkeys(_places(plan, grounds.network)))
        return self._places[key]


def _places(plan: RoutePlan, network: RoadNetwork) -> Iterator[_Place]:
    """Yield what stops a refused way, or what is not known of the best one."""
    for one in plan.blockers:
        element, name = one.element, one.name or one.element
        opening = {element, element.replace("edge:", "turn:")} if _is_turn(one.kind) else {element}
        yield _Place(element, name, one.kind, _remedy(one.kind), frozenset(opening), one.at)
    if plan.blockers or not plan.routes:
        return
    route = plan.routes[0]
    names = {one.id: one.name for one in route.structures}
    for asked in route.unknowns:
        element, opening = asked.element, {asked.element}
        name = names.get(element, "")
        if element.startswith("edge:"):
            edge = int(element.removeprefix("edge:"))
            name = network.text(network.ref[edge]) or network.text(network.name[edge])
            if asked.kind == _JUNCTION:
                element = f"turn:{edge}"
                opening = {element}
            else:
                opening = {f"edge:{one}" for one in _run(network, route.edges, edge)}
        yield _Place(
            element, name or element, asked.kind, Remedy.SURVEY, frozenset(opening), asked.at
        )


def _run(network: RoadNetwork, edges: Sequence[int], first: int) -> Iterator[int]:
    """Yield the edges of a route from one on, as long as it stays on the same road."""
    road = int(network.ref[first]), int(network.name[first])
    for edge in edges[edges.index(first) :]:
        if (int(network.ref[edge]), int(network.name[edge])) != road:
            return
        yield edge


def _is_turn(kind: str) -> bool:
    return kind in {EXAMINATION, "turn_length_m"}


def _remedy(kind: str) -> Remedy:
    if kind.startswith("signed_"):
        return Remedy.SIGN
    if kind in {"rated_mass_t", EXAMINATION}:
        return Remedy.STRENGTHENING
    if kind.startswith(("clear_", "turn_")):
        return Remedy.REBUILDING
    return Remedy.WAITING
