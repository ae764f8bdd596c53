"""Plan routes: best status first, with blockers and unlocking changes where there is no way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from transport.errors import InvalidInputError, NoLawInForceError
from transport.network.attributes import Floats, Passability
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.routing.alternatives import (
    LAST_TRIES,
    TRIES,
    distinct_paths,
    distinct_ways,
    is_distinct,
)
from transport.routing.asking import RouteWishes, put_on_the_road
from transport.routing.blockers import blockers_on
from transport.routing.chainages import with_chainages
from transport.routing.checking import Matched, NamedRoad, match_line, match_roads
from transport.routing.costs import USUAL_WEIGHTS, Weights, check_weights
from transport.routing.demand import demand_of
from transport.routing.describing import Surroundings, describe
from transport.routing.examining import (
    Examiner,
    as_examined,
    examine_path,
    examined_path,
    holds_examined,
    least_violating_examined,
)
from transport.routing.ground import Ground, ground_for, unlimited_metric
from transport.routing.holding import Timing, timely_path, timetable, with_timetable
from transport.routing.passage_rules import PassageRules
from transport.routing.paths import (
    CountsOthers,
    Metric,
    Path,
    Stops,
    cheapest_path,
    duration_s,
    other_ways,
)
from transport.routing.patience import Patience
from transport.routing.regions import Region
from transport.routing.route import Blocker, LonLat, Route, RoutePlan, RouteStatus
from transport.routing.unlocking import unlocking_changes
from transport.rules.findings import Finding
from transport.tariffs.quote import edge_tolls_yuan
from transport.tariffs.schedule import Tariff, TollRates
from transport.vehicles.transport import Transport

STAGES = (Passability.PASS, Passability.CONDITIONAL, Passability.UNKNOWN)
MUCH_FASTER = 0.8


@dataclass(frozen=True, slots=True)
class RouteContext:
    """What a plan carries from elsewhere: tariff, legal findings, names of counties.

    With `timing` the journey has an hour of departure, and meets what is restricted for some hours
    when it gets there; the restrictions of the rules hold all the time.
    """

    tariff: Tariff | None = None
    findings: tuple[Finding, ...] = ()
    admin_names: Mapping[str, str] = field(default_factory=dict)
    admin_names_en: Mapping[str, str] = field(default_factory=dict)
    examiner: Examiner | None = None
    timing: Timing | None = None


def plan_routes(
    network: RoadNetwork,
    origin: NamedPoint,
    destination: NamedPoint,
    transport: Transport,
    rules: PassageRules,
    *,
    travel_at: str,
    wishes: RouteWishes | None = None,
    context: RouteContext | None = None,
    patience: Patience | None = None,
) -> RoutePlan:
    """Plan routes of one transport for one day (that of `rules`).

    Raises InvalidInputError on from, to, via, avoid, weights or alternatives; a refusal is no
    error: then the plan's status is infeasible or unreachable. Raises SearchStoppedError where
    `patience` ends, by default after the seconds of `wishes`.
    """
    wishes = wishes or RouteWishes()
    with patience or Patience(wishes.seconds) as stop:
        ends = (origin, destination)
        return _planned(
            network, ends, transport, rules, travel_at, wishes, context or RouteContext(), stop
        )


def _planned(
    network: RoadNetwork,
    ends: tuple[NamedPoint, NamedPoint],
    transport: Transport,
    rules: PassageRules,
    travel_at: str,
    wishes: RouteWishes,
    context: RouteContext,
    patience: Patience,
) -> RoutePlan:
    check_weights(wishes.weights)
    ground, stops = ground_and_stops(
        network, ends, transport, rules, wishes=wishes, tariff=context.tariff, patience=patience
    )
    rates, axles = _rates(context.tariff, rules), transport.axle_count
    around = Surroundings(
        rates, axles, context.findings, context.admin_names, context.admin_names_en
    )
    ground, routes = _routes(ground, stops, wishes.alternatives, around, context)
    plan = RoutePlan(
        status=routes[0].status if routes else RouteStatus.INFEASIBLE,
        routes=tuple(routes),
        blockers=(),
        unlocking=(),
        network_id=network.id,
        network_built_at=network.built_at,
        law_as_of=rules.on.isoformat(),
        travel_at=travel_at,
    )
    if routes:
        return replace(plan, fastest_blockers=_fastest_blockers(ground, stops))
    return _refused(ground, stops, plan, context.examiner)


def ground_and_stops(
    network: RoadNetwork,
    ends: tuple[NamedPoint, NamedPoint],
    transport: Transport,
    rules: PassageRules,
    *,
    wishes: RouteWishes,
    tariff: Tariff | None,
    patience: Patience,
) -> tuple[Ground, Stops]:
    """Judge the network for a transport and put its points on the road.

    Raises InvalidInputError with every fault of points and wishes.
    """
    via: list[tuple[str, NamedPoint | Region]] = [("via", one) for one in wishes.via]
    points = [("from", ends[0]), *via, ("to", ends[1])]
    asked = put_on_the_road(network, points, wishes)
    if asked.faults:
        raise InvalidInputError(list(asked.faults))
    rates, axles = _rates(tariff, rules), transport.axle_count
    ground = ground_for(
        network,
        demand_of(transport),
        rules,
        wishes.weights,
        toll_yuan=_edge_tolls(network, wishes.weights, axles, rates),
        toll_key=(axles, rules.on),
        avoided=asked.avoided,
        patience=patience,
    )
    return ground, asked.stops


def check_line(
    network: RoadNetwork,
    line: Sequence[LonLat],
    transport: Transport,
    rules: PassageRules,
    *,
    travel_at: str,
    context: RouteContext | None = None,
    patience: Patience | None = None,
) -> RoutePlan:
    """Match a drawn line or track and judge it as if it had been found.

    Raises InvalidInputError on `line`.
    """
    with patience or Patience() as stop:
        matched = match_line(network, line, stop)
        ground = ground_for(network, demand_of(transport), rules, USUAL_WEIGHTS, patience=stop)
        return _checked(ground, matched, transport, travel_at, context or RouteContext())


def check_roads(
    network: RoadNetwork,
    ends: tuple[NamedPoint, NamedPoint],
    roads: Sequence[NamedRoad],
    transport: Transport,
    rules: PassageRules,
    *,
    travel_at: str,
    wishes: RouteWishes | None = None,
    context: RouteContext | None = None,
    patience: Patience | None = None,
) -> RoutePlan:
    """Match a list of road numbers between two places and judge it as if it had been found.

    Raises InvalidInputError on from, to, via or roads.
    """
    wishes, context = wishes or RouteWishes(), context or RouteContext()
    with patience or Patience(wishes.seconds) as stop:
        ground, stops = ground_and_stops(
            network, ends, transport, rules, wishes=wishes, tariff=context.tariff, patience=stop
        )
        matched = match_roads(network, roads, stops, stop)
        return _checked(ground, matched, transport, travel_at, context)


def _checked(
    ground: Ground, matched: Matched, transport: Transport, travel_at: str, context: RouteContext
) -> RoutePlan:
    ground = examine_path(ground, matched.path, context.examiner)
    around = Surroundings(
        _rates(context.tariff, ground.rules),
        transport.axle_count,
        context.findings,
        context.admin_names,
        context.admin_names_en,
    )
    route = _described(ground, matched.path, around, context.timing)
    return RoutePlan(
        status=route.status,
        routes=(route,),
        blockers=blockers_on(ground, matched.path),
        unlocking=(),
        network_id=ground.network.id,
        network_built_at=ground.network.built_at,
        law_as_of=ground.rules.on.isoformat(),
        travel_at=travel_at,
        remarks=matched.remarks,
    )


def _refused(ground: Ground, stops: Stops, plan: RoutePlan, examiner: Examiner | None) -> RoutePlan:
    unlimited = unlimited_metric(ground.network, ground.patience)
    if cheapest_path(ground.network, unlimited, stops) is None:
        return replace(plan, status=RouteStatus.UNREACHABLE)
    ground, least = least_violating_examined(ground, stops, examiner)
    return replace(
        plan,
        blockers=() if least is None else blockers_on(ground, least),
        unlocking=unlocking_changes(ground, stops),
    )


def _fastest_blockers(ground: Ground, stops: Stops) -> tuple[Blocker, ...]:
    """Return what keeps the transport from the road that is fastest for an ordinary truck."""
    unlimited = unlimited_metric(ground.network, ground.patience)
    fastest = cheapest_path(ground.network, unlimited, stops)
    return () if fastest is None else blockers_on(ground, fastest[1])


def _routes(
    ground: Ground,
    stops: Stops,
    alternatives: int,
    around: Surroundings,
    context: RouteContext,
) -> tuple[Ground, list[Route]]:
    """Search with ever more doubtful roads, until as many distinct routes as wanted are found.

    A more doubtful way is shown without being asked for where it saves a fifth of the time.
    """
    examiner, timing = context.examiner, context.timing
    paths: list[Path] = []
    for worst in STAGES:
        wanted = 1 + alternatives - len(paths)
        found = _first_to_arrive(ground, worst, stops, context)
        if found is None:
            continue
        ground, path = found
        fastest_s = min((duration_s(ground.network, one) for one in paths), default=inf)
        much_faster = duration_s(ground.network, path) <= MUCH_FASTER * fastest_s
        if (wanted > 0 or much_faster) and is_distinct(path, paths):
            paths.append(path)
            wanted -= 1
        if wanted > 0:
            paths += _others(ground, worst, stops, examiner, (paths, wanted))
    ground = as_examined(ground, examiner)
    routes = [_described(ground, path, around, timing) for path in paths]
    order = list(RouteStatus)
    return ground, sorted(routes, key=lambda route: order.index(route.status))


def _first_to_arrive(
    ground: Ground, worst: Passability, stops: Stops, context: RouteContext
) -> tuple[Ground, Path] | None:
    """Return the cheapest way; where it would have to wait, the one that arrives first."""
    if context.timing is None or not context.timing.ahead:
        return examined_path(ground, worst, stops, context.examiner)
    found = timely_path(ground, worst, stops, context.examiner, context.timing)
    return None if found is None else found[:2]


def _described(ground: Ground, path: Path, around: Surroundings, timing: Timing | None) -> Route:
    route = with_chainages(ground.network, path, describe(ground, path, around))
    if timing is None:
        return route
    return with_timetable(route, timetable(ground, path, timing), timing.departs)


def _others(
    ground: Ground,
    worst: Passability,
    stops: Stops,
    examiner: Examiner | None,
    asked: tuple[list[Path], int],
) -> list[Path]:
    """Return distinct ways beside those found, at most as many as wanted."""
    (found, wanted), metric = asked, as_examined(ground, examiner).metric(worst)
    tries, more = TRIES, list[Path]()
    if len(stops) == 2 and isinstance(metric, CountsOthers):  # noqa: PLR2004 - no stop on the way
        more = distinct_ways(
            metric,
            other_ways(ground.network, metric, stops),
            found,
            wanted,
            lambda path: holds_examined(ground, path, examiner, worst),
        )
        tries = LAST_TRIES
    if len(more) == wanted:
        return more
    find = _finder(ground, worst, stops, examiner)
    beside = [*found, *more]
    return more + distinct_paths(ground.network, find, beside, wanted - len(more), tries=tries)


def _finder(
    ground: Ground, worst: Passability, stops: Stops, examiner: Examiner | None
) -> Callable[[Mapping[int, int]], tuple[Metric, Path] | None]:
    def find(dearer: Mapping[int, int]) -> tuple[Metric, Path] | None:
        found = examined_path(ground, worst, stops, examiner, dearer=dearer)
        return None if found is None else (found[0].metric(worst), found[1])

    return find


def _edge_tolls(
    network: RoadNetwork, weights: Weights, axles: int, rates: TollRates | None
) -> Floats | None:
    if rates is None or not axles or not weights.seconds_per_yuan:
        return None
    return edge_tolls_yuan(network, axles, rates)


def _rates(tariff: Tariff | None, rules: PassageRules) -> TollRates | None:
    if tariff is None:
        return None
    try:
        return tariff.on(rules.on)
    except NoLawInForceError:
        return None  # the toll is then not known, the route is
