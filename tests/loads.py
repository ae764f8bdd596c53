"""Transports and passage rules for tests of routing: an ordinary truck unless said otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from transport.network.attributes import LimitKind, RoadClass
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint, find_place
from transport.routing.asking import RouteWishes
from transport.routing.passage_rules import Gap, OrdinaryLimits, PassageRules
from transport.routing.planning import RouteContext, plan_routes
from transport.routing.route import RoutePlan
from transport.vehicles.transport import Transport

DAY = date(2026, 5, 11)
MINOR = (RoadClass.CLASS_3, RoadClass.CLASS_4, RoadClass.BELOW_CLASS)
RULES = PassageRules(
    on=DAY,
    ordinary=OrdinaryLimits(height_m=4.0, width_m=2.55, length_m=18.1, mass_t=49.0, axle_t=11.5),
    lateral=tuple(
        Gap(0.0, 0.25 if road_class in MINOR else 0.5, "T2213 4.2.1") for road_class in RoadClass
    ),
    lateral_tunnel=Gap(0.5, 0.5, "T2213 9.2.1(1)"),
    vertical=Gap(0.05, 0.10, "T2213 4.4.2(3), 6.4.1"),
    vertical_tunnel=Gap(0.2, 0.2, "T2213 9.2.1(1)"),
    liftable=frozenset(kind for kind in LimitKind if kind.value.startswith("signed")),
    posted_clause="R62 art. 27",
    rated_mass_clause="T2213 7.3",
    barred_from_expressways=False,
    expressway_clause="",
)
ORDINARY = Transport(
    height_m=3.9,
    width_m=2.5,
    length_m=16.0,
    mass_t=48.0,
    axle_loads_t=(7.0, 9.0, 9.0, 7.5, 7.5, 8.0),
)


def load(**changes: Any) -> Transport:
    """Return an ordinary truck of six axles with some values changed."""
    return replace(ORDINARY, **changes)


def planned(
    network: RoadNetwork,
    origin: str,
    destination: str,
    transport: Transport,
    *,
    rules: PassageRules = RULES,
    context: RouteContext | None = None,
    via: str = "",
    **wishes: Any,
) -> RoutePlan:
    """Plan between places of a drawn map, named by their letters."""

    def point(letter: str) -> NamedPoint:
        place = find_place(network, letter, field="test")
        return NamedPoint(place.lon, place.lat, place)

    return plan_routes(
        network,
        point(origin),
        point(destination),
        transport,
        rules,
        travel_at=DAY.isoformat(),
        wishes=RouteWishes(via=tuple(point(letter) for letter in via), **wishes),
        context=context,
    )
