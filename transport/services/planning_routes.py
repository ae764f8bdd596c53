"""Plan routes as a user asks: place names or coordinates, a transport, a day, and wishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.tables import Tables
from transport.network.attributes import Passability
from transport.network.closures import in_force
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint, locate
from transport.regulations.law import Law
from transport.routing.answering_shortly import (
    ShortAnswer,
    answer_shortly,
    expect_many,
    is_many,
)
from transport.routing.asking import RouteWishes, faults_on_the_road
from transport.routing.checking import NamedRoad
from transport.routing.costs import USUAL_WEIGHTS, Weights
from transport.routing.demand import Demand, demand_of
from transport.routing.envelope import Envelope, find_envelope
from transport.routing.examining import Examiner
from transport.routing.ground import Ground, ground_for
from transport.routing.holding import Timing, restrictions_ahead
from transport.routing.passage_rules import PassageRules, passage_rules
from transport.routing.patience import USUAL_SECONDS, Patience
from transport.routing.planning import (
    RouteContext,
    check_line,
    check_roads,
    ground_and_stops,
    plan_routes,
)
from transport.routing.regions import Region
from transport.routing.route import LonLat, RoutePlan
from transport.rules.classification import classify
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords
from transport.services.examining_passages import examiner_for
from transport.services.measured_networks import measured_network
from transport.services.naming_regions import through, wish_by_code
from transport.services.opened_structures import TrustingExaminer, opened_network
from transport.tariffs.schedule import Tariff
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt

# Longitude and latitude of a name, None where it is not found.
Geocode = Callable[[str], tuple[float, float] | None]
# Farther away the point is not beside a road of the network at all.
_FARTHEST_REACH_KM = 500


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """Origin, destination and stops as the user writes them, with what shall be avoided.

    `via` and `avoid` may be regions (transport.routing.regions). At the places of `hold` the
    transport may wait for the end of a restriction's hours, as it may at rest areas of the network.
    """

    origin: str
    destination: str
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    alternatives: int = 0
    reach_km: float | None = None
    weights: Weights = USUAL_WEIGHTS
    seconds: float = USUAL_SECONDS
    hold: tuple[str, ...] = ()


def plan_request(
    request: RouteRequest,
    network: RoadNetwork,
    law: Law,
    tariff: Tariff | None,
    transport: Transport,
    travel_at: TravelAt,
    geocode: Geocode | None = None,
    *,
    tables: Tables | None = None,
    records: PassageRecords = NO_RECORDS,
    opened: frozenset[str] = frozenset(),
) -> RoutePlan:
    """Plan a request by the law and tariff of its day.

    `geocode` is asked for names that the network does not have. With the `tables` of the passage
    evaluation, bridges on record and measured junctions are examined where a way meets them;
    `records` add what was surveyed and what engineers decided. Places that are `opened` let
    everything pass: what if they held.

    Raises InvalidInputError on from, to, via, avoid, alternatives or reach_km, with every fault
    found, and NoLawInForceError for a day before the law on file.
    """
    network = opened_network(measured_network(network, records, travel_at.day), opened)
    asked = _asked(request, network, law, geocode)
    plan = plan_routes(
        network,
        *asked.ends,
        transport,
        rules_at(network, law, transport, travel_at),
        travel_at=str(travel_at),
        wishes=asked.wishes,
        context=replace(
            _context(law, tariff, transport, travel_at, tables, records, opened),
            timing=_timing(network, travel_at, asked.holding),
        ),
    )
    return replace(plan, points=asked.points)


def check_request(
    way: Sequence[LonLat] | Sequence[NamedRoad],
    request: RouteRequest,
    network: RoadNetwork,
    law: Law,
    tariff: Tariff | None,
    transport: Transport,
    travel_at: TravelAt,
    geocode: Geocode | None = None,
    *,
    tables: Tables | None = None,
    records: PassageRecords = NO_RECORDS,
) -> RoutePlan:
    """Judge a line, track or list of roads as if it had been found.

    A list of roads needs the ends of `request`; a line does not. Raises InvalidInputError on line
    or roads, and as `plan_request` does.
    """
    network = measured_network(network, records, travel_at.day)
    rules = rules_at(network, law, transport, travel_at)
    holding = tuple(_located(network, text, "hold", geocode) for text in request.hold)
    context = replace(
        _context(law, tariff, transport, travel_at, tables, records),
        timing=_timing(network, travel_at, holding),
    )
    named = [one for one in way if isinstance(one, NamedRoad)]
    if way and not named:
        line = [one for one in way if not isinstance(one, NamedRoad)]
        return check_line(
            network, line, transport, rules, travel_at=str(travel_at), context=context
        )
    asked = _asked(request, network, law, geocode)
    plan = check_roads(
        network,
        asked.ends,
        named,
        transport,
        rules,
        travel_at=str(travel_at),
        wishes=asked.wishes,
        context=context,
    )
    return replace(plan, points=asked.points)


def _context(
    law: Law,
    tariff: Tariff | None,
    transport: Transport,
    travel_at: TravelAt,
    tables: Tables | None,
    records: PassageRecords,
    opened: frozenset[str] = frozenset(),
) -> RouteContext:
    day = travel_at.day
    return RouteContext(
        tariff=tariff,
        findings=classify(transport, law, day).findings,
        admin_names=law.areas.names,
        admin_names_en=law.areas.english,
        examiner=_examiner(transport, tables, law, day, records, opened),
    )


def envelope_request(
    request: RouteRequest,
    network: RoadNetwork,
    law: Law,
    transport: Transport,
    travel_at: TravelAt,
    geocode: Geocode | None = None,
    *,
    tables: Tables | None = None,
    records: PassageRecords = NO_RECORDS,
) -> Envelope:
    """Find the largest sizes and mass that can travel as requested; raises as `plan_request`.

    With `tables` bridges and turns are examined for every size, as for a route. Another mass is
    shared by the axles as the given one is; other sizes leave the axles where they are.
    """
    network = measured_network(network, records, travel_at.day)
    asked = _asked(request, network, law, geocode)

    def examine(demand: Demand) -> Examiner | None:
        sized = _of_size(transport, demand)
        return _examiner(sized, tables, law, travel_at.day, records, frozenset())

    with Patience(request.seconds) as patience:
        ground, stops = ground_and_stops(
            network,
            asked.ends,
            transport,
            rules_at(network, law, transport, travel_at),
            wishes=asked.wishes,
            tariff=None,
            patience=patience,
        )
        return find_envelope(ground, stops, examine)


def _of_size(transport: Transport, demand: Demand) -> Transport:
    """Return a transport with other sizes, its axle loads in proportion to its mass."""
    share = demand.mass_t / transport.mass_t
    return replace(
        transport,
        height_m=demand.height_m,
        width_m=demand.width_m,
        length_m=demand.length_m,
        mass_t=demand.mass_t,
        axle_loads_t=tuple(load * share for load in transport.axle_loads_t),
    )


class ShortPlanner:
    """Answers many requests of one transport with status, time, length and first blocker alone."""

    def __init__(
        self,
        network: RoadNetwork,
        law: Law,
        transport: Transport,
        travel_at: TravelAt,
        expected: int,
        tables: Tables | None = None,
        records: PassageRecords = NO_RECORDS,
        opened: frozenset[str] = frozenset(),
    ) -> None:
        self._network, self._law, self._transport = network, law, transport
        day = travel_at.day
        self._examiner = _examiner(transport, tables, law, day, records, opened)
        self._rules = rules_at(network, law, transport, travel_at)
        self._timing = _timing(network, travel_at)
        self._expected = expected
        self._one_by_one = False
        self._answers: list[ShortAnswer] = []

    def ground(self) -> Ground:
        """Judge the network for the transport, as a request without wishes finds it."""
        demand = demand_of(self._transport)
        return ground_for(self._network, demand, self._rules, USUAL_WEIGHTS)

    def begin(self) -> None:
        """Prepare for all requests at once, where those of all transports before are answered."""
        self._one_by_one = True
        if is_many(self._expected):
            self.ground().customise(Passability.UNKNOWN, taking_over=True)

    def answer(self, request: RouteRequest) -> ShortAnswer:
        """Answer one request; raises as `plan_request`."""
        asked = _asked(request, self._network, self._law, None)
        with Patience(request.seconds) as patience:
            ground, stops = ground_and_stops(
                self._network,
                asked.ends,
                self._transport,
                self._rules,
                wishes=asked.wishes,
                tariff=None,
                patience=patience,
            )
            left = self._expected - len(self._answers)
            expect_many(ground, self._answers, left, taking_over=self._one_by_one)
            found = answer_shortly(ground, stops, self._examiner, self._timing)
        self._answers.append(found)
        return found


def _examiner(
    transport: Transport,
    tables: Tables | None,
    law: Law,
    day: date,
    records: PassageRecords,
    opened: frozenset[str],
) -> Examiner | None:
    found = examiner_for(transport, tables, law, day, records) if tables else None
    return TrustingExaminer(found, opened) if found is not None and opened else found


def rules_at(
    network: RoadNetwork, law: Law, transport: Transport, travel_at: TravelAt
) -> PassageRules:
    """Return the rules of a journey's day, with the restrictions in force on it.

    With an hour of departure these are the ones that hold all the days ahead; what holds for some
    hours is a matter of the timetable.
    """
    rules = passage_rules(law, travel_at.day, transport)
    if travel_at.instant is None:
        return replace(rules, restrictions=in_force(network.restrictions, travel_at.day, None))
    whole, _ = restrictions_ahead(network.restrictions, travel_at.instant)
    return replace(rules, restrictions=whole)


def _timing(
    network: RoadNetwork, travel_at: TravelAt, holding: tuple[NamedPoint, ...] = ()
) -> Timing | None:
    """Return the hour of departure with what may be met, None where only a day is given."""
    if travel_at.instant is None:
        return None
    _, ahead = restrictions_ahead(network.restrictions, travel_at.instant)
    return Timing(travel_at.instant, ahead, holding)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with its places found: both ends, what lies between, and what to avoid."""

    ends: tuple[NamedPoint, NamedPoint]
    wishes: RouteWishes
    holding: tuple[NamedPoint, ...] = ()

    @property
    def points(self) -> tuple[NamedPoint, ...]:
        """The points in order; a region on the way is none."""
        via = (one for one in self.wishes.via if isinstance(one, NamedPoint))
        return (self.ends[0], *via, self.ends[1])


def _asked(
    request: RouteRequest, network: RoadNetwork, law: Law, geocode: Geocode | None
) -> _Asked:
    """Find every point; where one is not found, say also what is wrong with the others."""

    def find(text: str, field: str) -> NamedPoint:
        return _located(network, text, field, geocode)

    found: list[tuple[str, NamedPoint | Region]] = []
    faults: list[FieldFault] = []
    named = [("from", request.origin), *(("via", name) for name in request.via)]
    holding = [("hold", name) for name in request.hold]
    for field, text in [*named, ("to", request.destination), *holding]:
        try:
            one = through(text, network, law, find) if field == "via" else find(text, field)
            found.append((field, one))
        except InvalidInputError as wrong:
            faults += wrong.faults
    if request.reach_km is not None and not 0 < request.reach_km <= _FARTHEST_REACH_KM:
        message = f"must be more than 0 and at most {_FARTHEST_REACH_KM} km"
        raise InvalidInputError([*faults, FieldFault("reach_km", message)])
    wishes = RouteWishes(
        via=tuple(one for field, one in found if field == "via"),
        avoid=tuple(wish_by_code(wish, network, law) for wish in request.avoid),
        alternatives=request.alternatives,
        reach_m=None if request.reach_km is None else request.reach_km * 1000,
        weights=request.weights,
        seconds=request.seconds,
    )
    if faults:
        stops = [(field, one) for field, one in found if field != "hold"]
        raise InvalidInputError([*faults, *faults_on_the_road(network, stops, wishes)])
    of: dict[str, list[NamedPoint]] = {"from": [], "to": [], "hold": [], "via": []}
    for field, one in found:
        if isinstance(one, NamedPoint):
            of[field].append(one)
    return _Asked((of["from"][0], of["to"][0]), wishes, tuple(of["hold"]))


def _located(network: RoadNetwork, text: str, field: str, geocode: Geocode | None) -> NamedPoint:
    try:
        return replace(locate(network, text, field=field), given=text)
    except InvalidInputError as wrong:
        if geocode is None or wrong.faults[0].code != "unknown_place":
            raise
        found = geocode(text)
        if found is None:
            raise
        return NamedPoint(*found, given=text)
