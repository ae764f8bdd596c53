"""What law and network answer to a load of the demonstration, asked as a user asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from transport.network.naming import find_place
from transport.network.places import Place
from transport.permits.application import Itinerary
from transport.routing.answer import plan_as_json
from transport.rules.classification import classification_as_json, classify
from transport.services.planning_routes import RouteRequest, plan_request
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt
from webapp.access import Services

_ALTERNATIVES = 2


@dataclass(frozen=True, slots=True)
class Answers:
    """A way with what was answered: `classify` and `route` of the contract."""

    itinerary: Itinerary
    classification: Mapping[str, Any]
    plan: Mapping[str, Any]

    @property
    def route(self) -> Mapping[str, Any]:
        """The best route."""
        best: Mapping[str, Any] = self.plan["routes"][0]
        return best


def ask(
    services: Services,
    transport: Transport,
    origin: str,
    destination: str,
    day: date,
) -> Answers:
    """Plan and classify a transport between two places of the network, by the law of a day."""
    network = services.network()
    start = find_place(network, origin, field="from")
    end = find_place(network, destination, field="to")
    request = RouteRequest(origin, destination, alternatives=_ALTERNATIVES)
    plan = plan_as_json(
        plan_request(request, network, services.law, services.tariff, transport, TravelAt(day))
    )
    through = [
        part["admin_code"] for route in plan["routes"][:1] for part in route["jurisdictions"]
    ]
    judged = classify(
        transport,
        services.law,
        day,
        start.admin_code,
        end.admin_code,
        through,
        services.calendar,
    )
    return Answers(
        itinerary=_itinerary(start, end),
        classification=classification_as_json(judged),
        plan=plan,
    )


def _itinerary(start: Place, end: Place) -> Itinerary:
    return Itinerary(
        origin=start.name,
        destination=end.name,
        origin_admin=start.admin_code,
        destination_admin=end.admin_code,
        origin_at=(start.lon, start.lat),
        destination_at=(end.lon, end.lat),
    )
