"""`POST /api/v1/toll/quote`: what a route costs; answers as the command does."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.services.granting_tokens import Scope
from transport.services.quoting_tolls import quote_toll
from transport.tariffs.answer import quote_as_json
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
    etc: bool = Field(False, description="take off the discount for electronic payment")


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
    made = quote_toll(
        services.network(),
        services.tariff,
        axles=body.axles,
        day=travel_at.day,
        route=body.route,
        entry=body.entry or "",
        exit_=body.exit or "",
        etc=body.etc,
    )
    return quote_as_json(made)
