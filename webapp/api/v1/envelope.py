"""`POST /api/v1/envelope`: the largest sizes and mass that can travel between two places."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.routing.answer import envelope_as_json
from transport.services.evaluating_routes import read_records
from transport.services.granting_tokens import Scope
from transport.services.planning_routes import RouteRequest, envelope_request
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint
from webapp.api.transports import TransportBody, read_transport, transport_field

blueprint = make_blueprint("envelope")


class EnvelopeBody(Body):
    """A transport and its way: names of places, or `lon,lat` in WGS 84."""

    transport: TransportBody = transport_field()
    origin: str = Field(alias="from", examples=["包头"])
    destination: str = Field(alias="to", examples=["满洲里"])
    via: list[str] = Field([], description="stops and regions on the way, as for a route")
    avoid: list[str] = Field(
        [], description="road numbers, road names, structures, places or regions, as for a route"
    )
    max_seconds: float = Field(30, gt=0, le=300, description="longest search")


@blueprint.post(
    "/envelope",
    summary="Find the largest height, width, length and mass, each with the others as given",
    responses=answer("The envelope, as `dajian envelope --json` prints it"),
)
@for_scope(Scope.ROUTE)
def envelope(body: EnvelopeBody) -> dict[str, Any]:
    """Find the envelope on the network in use."""
    services = current_services()
    transport, travel_at = read_transport(body.transport)
    request = RouteRequest(
        body.origin,
        body.destination,
        tuple(body.via),
        tuple(body.avoid),
        seconds=body.max_seconds,
    )
    found = envelope_request(
        request,
        services.network(),
        services.law,
        transport,
        travel_at,
        services.geocode,
        tables=services.evaluation_tables,
        records=read_records(services.passage_records.read()),
    )
    return envelope_as_json(found)
