"""What a user wishes of a route, and where the points that were asked for stand on the road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transport.errors import FieldFault, InvalidInputError
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.network.snapping import PlaceOnEdge, distance_m, snap, standing_on
from transport.routing.avoiding import avoided_edges
from transport.routing.costs import USUAL_WEIGHTS, Weights
from transport.routing.patience import USUAL_SECONDS
from transport.routing.regions import Region, begun_in, places_in

MOST_ALTERNATIVES = 5
_SAME_POINT_M = 1.0


@dataclass(frozen=True, slots=True)
class RouteWishes:
    """What a user asks beside origin and destination; `alternatives` counts further routes.

    A way through a region drives on one of its roads at least.
    """

    via: tuple[NamedPoint | Region, ...] = ()
    avoid: tuple[str, ...] = ()
    alternatives: int = 0
    weights: Weights = USUAL_WEIGHTS
    reach_m: float | None = None
    seconds: float = USUAL_SECONDS


def faults_on_the_road(
    network: RoadNetwork, points: Sequence[tuple[str, NamedPoint | Region]], wishes: RouteWishes
) -> tuple[FieldFault, ...]:
    """Return every fault of these points and wishes, also where others could not be found."""
    return put_on_the_road(network, points, wishes).faults


@dataclass(frozen=True, slots=True)
class PlacesAsked:
    """Points and wishes as places on edges, with every fault of them."""

    stops: list[list[PlaceOnEdge]]
    avoided: frozenset[int]
    faults: tuple[FieldFault, ...]


def put_on_the_road(
    network: RoadNetwork, points: Sequence[tuple[str, NamedPoint | Region]], wishes: RouteWishes
) -> PlacesAsked:
    """Find the places of points and wishes, and every fault of them."""
    faults: list[FieldFault] = []
    if not 0 <= wishes.alternatives <= MOST_ALTERNATIVES:
        message = f"ask for 0 to {MOST_ALTERNATIVES} alternatives, not {wishes.alternatives}"
        faults.append(FieldFault("alternatives", message, "alternatives_range"))
    stops: list[list[PlaceOnEdge]] = []
    before: PlaceOnEdge | None = None
    for name, point in points:
        if isinstance(point, Region):
            started = begun_in(network, stops[-1], point) if stops else []
            stops.append([*started, *places_in(network, point)])
            before = None
            continue
        try:
            places = _on_the_road(network, point, name, wishes.reach_m)
        except InvalidInputError as wrong:
            faults += wrong.faults
            continue
        here = places[0]
        if before is not None and _apart_m(before, here) < _SAME_POINT_M:
            message = "is the same place on the road as the point before it"
            faults.append(FieldFault(name, message, "equal_points"))
        before = here
        stops.append(places)
    avoided: frozenset[int] = frozenset()
    try:
        avoided = avoided_edges(network, wishes.avoid)
    except InvalidInputError as wrong:
        faults += wrong.faults
    return PlacesAsked(stops, avoided, tuple(faults))


def _on_the_road(
    network: RoadNetwork, point: NamedPoint, name: str, reach_m: float | None
) -> list[PlaceOnEdge]:
    """Take a named place that stands on a junction there, everything else to the nearest road."""
    own = standing_on(network, point.lon, point.lat) if point.place else []
    return own or snap(network, point.lon, point.lat, field=name, reach_m=reach_m)


def _apart_m(one: PlaceOnEdge, other: PlaceOnEdge) -> float:
    return distance_m(one.lon, one.lat, other.lon, other.lat)
