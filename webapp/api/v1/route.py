"""`POST /api/v1/route`: routes that fit a transport; answers as the command does."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from transport.errors import FieldFault, InvalidInputError
from transport.network.stakes import read_stake
from transport.routing.answer import plan_as_json
from transport.routing.checking import NamedRoad
from transport.routing.costs import read_weights
from transport.routing.regions import outline_text
from transport.services.evaluating_routes import read_records
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
    from_km: float | str | None = Field(None, examples=["K123+450", 123.45])
    to_km: float | str | None = None

    def named(self) -> NamedRoad:
        """Return the road; raises InvalidInputError on `roads` for a kilometre that is none."""
        try:
            ends = [None if one is None else read_stake(str(one)) for one in self.ends]
        except ValueError as wrong:
            raise InvalidInputError([FieldFault("roads", str(wrong), "stake")]) from wrong
        return NamedRoad(self.ref, *ends)

    @property
    def ends(self) -> tuple[float | str | None, float | str | None]:
        """The kilometres as they were given."""
        return self.from_km, self.to_km


class PolygonBody(Body):
    """A GeoJSON Polygon; its first ring counts."""

    type: Literal["Polygon"]
    coordinates: list[list[list[float]]]


class RouteBody(Body):
    """A transport and its way: names of places, or `lon,lat` in WGS 84."""

    transport: TransportBody = transport_field()
    origin: str = Field(alias="from", examples=["包头"])
    destination: str = Field(alias="to", examples=["满洲里"])
    via: list[str] = Field(
        [],
        description="stops on the way, or what to go through: road:G6, admin:150203 (a county, "
        "league or region by code or name), area:LON,LAT LON,LAT ... (corners of an area)",
    )
    avoid: list[str | PolygonBody] = Field(
        [],
        description="road numbers, road names, structures, places, and areas or jurisdictions as "
        "in `via`; an area may be a GeoJSON Polygon",
    )
    hold: list[str] = Field(
        [],
        description="places where the transport can wait for the end of a restriction's hours, "
        "beside the rest areas of the network",
    )
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
        tuple(
            one if isinstance(one, str) else outline_text(one.model_dump()) for one in body.avoid
        ),
        body.alternatives,
        body.reach_km,
        read_weights(body.weights),
        body.max_seconds,
        tuple(body.hold),
    )
    tables, records = services.evaluation_tables, read_records(services.passage_records.read())
    asked = (
        request,
        services.network(),
        services.law,
        services.tariff,
        transport,
        travel_at,
        services.geocode,
    )
    roads = [one.named() for one in body.roads or ()]
    way = body.line or roads
    return plan_as_json(
        check_request(way, *asked, tables=tables, records=records)
        if way
        else plan_request(*asked, tables=tables, records=records)
    )
