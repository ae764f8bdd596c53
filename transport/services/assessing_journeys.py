"""Assess a journey as a whole: how the load stands on its vehicle, what law and roads say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint, locate
from transport.permits.application import Itinerary
from transport.regulations.law import Law
from transport.routing.answer import plan_as_json
from transport.rules.classification import classification_as_json, classify
from transport.selection.repacking import Repacking, better_than, repack
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords
from transport.services.planning_routes import RouteRequest, plan_request
from transport.tariffs.schedule import Tariff
from transport.vehicles.arranging import Pattern, stack
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination
from transport.vehicles.component import Component, Orientation
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.placing import place
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import CHINA_TIME, TravelAt
from transport.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Journey:
    """From where to where on which day; `avoid` as in a route request.

    With an hour to `leave_at` restrictions for some hours are met when the transport gets there.
    """

    origin: str
    destination: str
    travel_on: date
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    alternatives: int = 2
    leave_at: time | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answers of `classify` and `route` (interface.md 2), and where the ends are."""

    itinerary: Itinerary
    classification: Mapping[str, Any] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoadingWish:
    """How to load: codes of the catalogue, empty where any unit may be chosen."""

    tractor: str = ""
    trailer: str = ""
    orientation: Orientation = Orientation.AS_MADE
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Loading:
    """A loading: the units by code and the transport they make."""

    tractor: str
    trailer: str
    transport: Transport
    placed: PlacedLoad | None = None


def assess_journey(
    transport: Transport,
    journey: Journey,
    *,
    network: RoadNetwork,
    law: Law,
    tariff: Tariff | None,
    calendar: WorkingCalendar,
    today: date,
    tables: Tables | None = None,
    records: PassageRecords = NO_RECORDS,
) -> Assessment:
    """Classify by the law of today, whose clock would start now, and plan for the travel day.

    With the `tables` of the passage evaluation bridges and turns on record are examined too, with
    what was surveyed and what engineers decided (`records`).

    Raises InvalidInputError on from, to, via or avoid.
    """
    request = RouteRequest(
        journey.origin, journey.destination, journey.via, journey.avoid, journey.alternatives
    )
    at = TravelAt(journey.travel_on)
    if journey.leave_at is not None:
        at = replace(at, instant=datetime.combine(at.day, journey.leave_at, CHINA_TIME))
    asked = (request, network, law, tariff, transport, at)
    plan = plan_as_json(plan_request(*asked, tables=tables, records=records))
    itinerary = _itinerary(network, journey, plan)
    through = tuple(code for code in _counties(plan) if law.areas.is_known(code))
    judged = classify(
        transport,
        law,
        today,
        itinerary.origin_admin or None,
        itinerary.destination_admin or None,
        through,
        calendar,
    )
    return Assessment(itinerary, classification_as_json(judged), plan)


def load_as_wished(
    component: Component, catalogue: Catalogue, law: Law, day: date, wish: LoadingWish
) -> Loading:
    """Load a piece on the units that were chosen, or on the best lawful ones of the catalogue.

    Raises InvalidInputError on tractor, trailer, orientation or load_position_m.
    """
    _check_wish(component, catalogue, wish)
    if wish.tractor and wish.trailer:
        units = Combination(catalogue.tractors[wish.tractor], catalogue.trailers[wish.trailer])
        placed = place(units, stack(component, wish.pieces, wish.orientation))
        return Loading(wish.tractor, wish.trailer, placed.transport, placed)
    ways = repack(
        component, catalogue, law, day, wish.pieces, tractor=wish.tractor, trailer=wish.trailer
    )
    for way in ways:
        if way.trailer is not None and _is_wished(way, wish):
            placed = way.choice.placed()
            return Loading(way.tractor.code, way.trailer.code, way.transport, placed)
    message = "no combination of the catalogue carries this lawfully: choose one, or fewer pieces"
    raise InvalidInputError([FieldFault("trailer", message, "no_lawful_loading")])


def better_loadings(
    component: Component,
    catalogue: Catalogue,
    law: Law,
    day: date,
    transport: Transport,
) -> tuple[Repacking, ...]:
    """Return loadings of the same pieces that need no pass or a lower category, best first.

    Of one trailer and position only the best tractor is kept.
    """
    current = classify(transport, law, day)
    return better_than(current, repack(component, catalogue, law, day, transport.pieces))


def _check_wish(component: Component, catalogue: Catalogue, wish: LoadingWish) -> None:
    faults = [
        FieldFault(name, f"'{code}' is not in the catalogue", "not_a_choice", (("given", code),))
        for name, code, known in (
            ("tractor", wish.tractor, catalogue.tractors),
            ("trailer", wish.trailer, catalogue.trailers),
        )
        if code and code not in known
    ]
    if wish.orientation is Orientation.ON_EDGE and not component.may_turn:
        message = "this piece must travel as it was made"
        faults.append(FieldFault("orientation", message, "may_not_turn"))
    if wish.orientation is Orientation.UPRIGHT and not component.may_stand:
        message = "this piece may not travel upright"
        faults.append(FieldFault("orientation", message, "may_not_stand"))
    if faults:
        raise InvalidInputError(faults)


def _is_wished(way: Repacking, wish: LoadingWish) -> bool:
    return (
        way.placement.orientation is wish.orientation
        and way.placement.pieces == wish.pieces
        and way.pattern in {Pattern.STACKED, Pattern.ON_A_FRAME}
    )


def _itinerary(network: RoadNetwork, journey: Journey, plan: Mapping[str, Any]) -> Itinerary:
    origin = locate(network, journey.origin, field="from")
    destination = locate(network, journey.destination, field="to")
    codes = list(_counties(plan)) or [""]
    return Itinerary(
        origin=_name(origin, journey.origin),
        destination=_name(destination, journey.destination),
        origin_admin=_admin(origin) or codes[0],
        destination_admin=_admin(destination) or codes[-1],
        via=journey.via,
        origin_at=(origin.lon, origin.lat),
        destination_at=(destination.lon, destination.lat),
    )


def _name(point: NamedPoint, text: str) -> str:
    return point.place.name if point.place else text.strip()


def _admin(point: NamedPoint) -> str:
    return point.place.admin_code if point.place else ""


def _counties(plan: Mapping[str, Any]) -> Iterator[str]:
    """Yield the counties of the best route in the order of travel."""
    for route in plan["routes"][:1]:
        for leg in route["legs"]:
            if leg["admin_code"]:
                yield leg["admin_code"]
