"""What a trip's page says of tolls and relief: quote of the route, schemes in force, its record."""

from __future__ import annotations

from dataclasses import dataclass

from transport.errors import InvalidInputError, NoLawInForceError
from transport.people import Actor, Role
from transport.permits.case import Case
from transport.permits.manifest import Trip, TripState
from transport.relief.claims import Claim
from transport.relief.schemes import Scheme
from transport.routing.toll_way import pieces_of_answer
from transport.services.claiming_relief import list_claims
from transport.services.stepping import day_of
from transport.tariffs.quote import Quote, quote_edges
from webapp.access import Services


@dataclass(frozen=True, slots=True)
class ReliefView:
    """Quote, schemes and record of a trip; `quote` is None where it cannot be made here."""

    quote: Quote | None
    schemes: tuple[Scheme, ...]
    claim: Claim | None


def relief_of_trip(case: Case, trip: Trip, services: Services, actor: Actor) -> ReliefView | None:
    """Return what belongs to relief; None for those who do not ask for it."""
    if actor.role is not Role.CARRIER:
        return None
    day = day_of(trip.departed_at or services.clock.now())
    claims = list_claims(services.unit_of_work, actor=actor)
    schemes = services.schemes.on(day) if trip.state is TripState.DELIVERED else ()
    return ReliefView(
        quote=quote_of(case, trip, services),
        schemes=schemes,
        claim=next((one for one in claims if one.trip_id == trip.id), None),
    )


def quote_of(case: Case, trip: Trip, services: Services) -> Quote | None:
    """Quote the toll of the case's route on the day of the trip, None where it cannot be told."""
    route, axles = case.application.route, case.application.transport.axle_count
    network = services.network()
    day = day_of(trip.departed_at or services.clock.now())
    if not axles or route.network_id != network.id:
        return None
    try:
        return quote_edges(
            network, pieces_of_answer(network, route.contract), axles, services.tariff.on(day)
        )
    except (InvalidInputError, NoLawInForceError):
        return None
