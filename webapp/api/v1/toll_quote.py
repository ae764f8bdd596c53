"""`POST /api/v1/toll/quote`: what a route costs; answers as the command does."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.errors import FieldFault, InvalidInputError
from transport.routing.toll_way import pieces_between_stations, pieces_of_answer
from transport.services.granting_tokens import Scope
from transport.tariffs.answer import quote_as_json
from transport.tariffs.quote import quote_edges
from transport.tariffs.schedule import check_axle_count
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint

blueprint = make_blueprint("toll_quote")


class TollQuoteBody(Body):
    """An answer of `route`, or two toll stations; axles of tractor and trailer together."""

    route: dict[str, Any] | None = Field(None, description="an answer of /route")
    entry: str | None = Field(None, description="toll station of entry")
    exit: str | None = Field(None, description="toll station of exit")
    axles: int
    at: str | None = Field(None, description="a day, or an instant with its offset")


@blueprint.post(
    "/toll/quote",
    summary="Quote the toll of a route, or of the way between two stations, line by line",
    responses=answer("The quote, as `dajian toll quote --json` prints it"),
)
@for_scope(Scope.TOLL)
def quote(body: TollQuoteBody) -> dict[str, Any]:
    """Quote by the schedule of the day."""
    services = current_services()
    travel_at = read_travel_at(body.at, services.clock.now(), "at")
    check_axle_count(body.axles)
    _check_choice(body)
    network = services.network()
    if body.route is not None:
        pieces = pieces_of_answer(network, body.route)
    else:
        pieces = pieces_between_stations(network, body.entry or "", body.exit or "")
    return quote_as_json(
        quote_edges(network, pieces, body.axles, services.tariff.on(travel_at.day))
    )


def _check_choice(body: TollQuoteBody) -> None:
    if body.route is not None and (body.entry or body.exit):
        message = "give a route or two stations, not both"
        raise InvalidInputError([FieldFault("route", message, "route_or_not")])
    if body.route is None:
        faults = [
            FieldFault(field, "give a route, or entry and exit", "route_or_stations")
            for field, given in (("entry", body.entry), ("exit", body.exit))
            if not given
        ]
        if faults:
            raise InvalidInputError(faults)
