"""`POST /api/v1/classify`: what the law says of a transport; answers as the command does."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.rules.classification import classification_as_json
from transport.rules.classification import classify as judge
from transport.services.granting_tokens import Scope
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint
from webapp.api.transports import TransportBody, read_transport, transport_field

blueprint = make_blueprint("classify")


class ClassifyBody(Body):
    """A transport, the areas it touches, and the day whose law counts."""

    transport: TransportBody = transport_field()
    from_admin: str | None = Field(None, description="area of the origin (GB/T 2260)")
    to_admin: str | None = Field(None, description="area of the destination")
    through: list[str] = Field([], description="areas passed on the way")
    on: str | None = Field(None, description="the day whose law counts, e.g. 2026-05-11")


@blueprint.post(
    "/classify",
    summary="Say whether a transport is over the limit, its category, and what follows",
    responses=answer("The classification, as `dajian classify --json` prints it"),
)
@for_scope(Scope.CLASSIFY)
def classify(body: ClassifyBody) -> dict[str, Any]:
    """Judge a transport by the law of a day."""
    services = current_services()
    transport, travel_at = read_transport(body.transport)
    day = read_travel_at(body.on, services.clock.now(), "on").day if body.on else travel_at.day
    return classification_as_json(
        judge(
            transport,
            services.law,
            day,
            body.from_admin,
            body.to_admin,
            tuple(body.through),
            services.calendar,
        )
    )
