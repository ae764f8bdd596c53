"""`POST /api/v1/conditions`: what a pass of this transport would impose, and whom it involves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import Field

from transport.regulations.law import Law
from transport.regulations.occasions import Occasion
from transport.rules.conditions import Condition, conditions_for
from transport.rules.involvement import find_involved
from transport.rules.penalties import fine_for
from transport.services.granting_tokens import Scope
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint
from webapp.api.transports import TransportBody, read_transport, transport_field

blueprint = make_blueprint("conditions")


class ConditionsBody(Body):
    """A transport, the roads and occasions of its route, and the day whose law counts."""

    transport: TransportBody = transport_field()
    road_classes: list[str] | None = Field(
        None, description="expressway, class_1 to class_4, urban; left out: not known, all may hold"
    )
    occasions: list[Occasion] | None = Field(
        None, description="what the route meets; left out: not known, all may hold"
    )
    admin_code: str | None = Field(None, description="area (GB/T 2260) with rules of its own")
    on: str | None = Field(None, description="the day whose law counts, e.g. 2026-05-11")


@blueprint.post(
    "/conditions",
    summary="List the conditions of a pass, the bodies involved, and the fine without a pass",
    responses=answer("Conditions in both languages, each with clause and status"),
)
@for_scope(Scope.CLASSIFY)
def conditions(body: ConditionsBody) -> dict[str, Any]:
    """Say what a pass of this transport would impose."""
    services = current_services()
    transport, travel_at = read_transport(body.transport)
    day = read_travel_at(body.on, services.clock.now(), "on").day if body.on else travel_at.day
    law = services.law.at(body.admin_code or "")
    found = conditions_for(
        transport, law, day, body.road_classes, body.occasions, travel_on=travel_at.day
    )
    return {
        "law_as_of": day.isoformat(),
        "conditions": [_condition(one, law) for one in found],
        **_around(transport, law, day, body.occasions or ()),
    }


def _condition(one: Condition, law: Law) -> dict[str, Any]:
    return {
        "code": one.code,
        "text": {"zh": one.text(law, "zh"), "en": one.text(law, "en")},
        "parameters": dict(one.parameters),
        "road_classes": list(one.road_classes),
        "clause": one.clause,
        "status": str(one.status),
        "area": one.area,
    }


def _around(
    transport: Transport, law: Law, day: date, occasions: Collection[Occasion]
) -> dict[str, Any]:
    """Return the bodies involved, and what the trip costs without a pass."""
    involved = find_involved(transport, law, day, occasions)
    return {
        "involved": [{key: str(value) for key, value in asdict(one).items()} for one in involved],
        "fine_without_pass": {
            key: str(value) if key == "status" else value
            for key, value in asdict(fine_for(transport, law, day)).items()
        },
    }
