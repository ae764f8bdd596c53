"""`POST /api/v1/route`: routes that fit a transport; answers as the command does."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.routing.answer import plan_as_json
from transport.routing.checking import NamedRoad
from transport.routing.costs import read_weights
from transport.services.granting_tokens import Scope
from transport.services.planning_routes import RouteRequest, check_request, plan_request
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint
from webapp.api.transports import TransportBody, read_transport, transport_field

blueprint = make_blueprint("route")


class RoadBody(Body):
    """A road of a way: its number, and the kilometres of the journey on it."""

    ref: str
    from_km: float | None = None
    to_km: float | None = None


class RouteBody(Body):
    """A transport and its way: names of places, or `lon,lat` in WGS 84."""

    transport: TransportBody = transport_field()
    origin: str = Field(alias="from", examples=["包头"])
    destination: str = Field(alias="to", examples=["满洲里"])
    via: list[str] = Field([], description="stops on the way")
    avoid: list[str] = Field([], description="road numbers, road names, structures or places")
    alternatives: int = Field(0, ge=0, le=5)
    reach_km: float | None = Field(None, gt=0, description="how far from a road a place may lie")
    weights: dict[str, float] = Field(
        {}, description="weights of the search to change, e.g. unknown, seconds_per_authority"
    )
    max_seconds: float = Field(30, gt=0, le=300, description="longest search")
    line: list[tuple[float, float]] | None = Field(
        None, description="lon, lat pairs of a way to judge instead of finding one"
    )
    roads: list[RoadBody] | None = Field(
        None, description="numbers of the roads of a way to judge, in order"
    )


@blueprint.post(
    "/route",
    summary="Find routes that a transport may take, best first, and what blocks others",
    responses=answer("The plan, as `dajian route --json` prints it"),
)
@for_scope(Scope.ROUTE)
def route(body: RouteBody) -> dict[str, Any]:
    """Plan routes on the network in use."""
    services = current_services()
    transport, travel_at = read_transport(body.transport)
    request = RouteRequest(
        body.origin,
        body.destination,
        tuple(body.via),
        tuple(body.avoid),
        body.alternatives,
        body.reach_km,
        read_weights(body.weights),
        body.max_seconds,
    )
    tables = services.evaluation_tables
    asked = (
        request,
        services.network(),
        services.law,
        services.tariff,
        transport,
        travel_at,
        services.geocode,
    )
    roads = [NamedRoad(one.ref, one.from_km, one.to_km) for one in body.roads or ()]
    way = body.line or roads
    return plan_as_json(
        check_request(way, *asked, tables=tables) if way else plan_request(*asked, tables=tables)
    )
