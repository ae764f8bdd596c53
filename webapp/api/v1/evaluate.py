"""`POST /api/v1/evaluate`: the passage of a transport on a route; answers as the command does."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.evaluation.passage.answer import passage_as_json
from transport.services.evaluating_routes import evaluate_route, read_records
from transport.services.granting_tokens import Scope
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint
from webapp.api.transports import TransportBody, read_transport, transport_field

blueprint = make_blueprint("evaluate")


class EvaluateBody(Body):
    """An answer of `route`, the transport, and what was measured and decided along it."""

    route: dict[str, Any] = Field(description="an answer of /route, or one of its routes")
    transport: TransportBody = transport_field()
    records: dict[str, Any] = Field(
        default_factory=dict, description="measurements and decisions of engineers"
    )


@blueprint.post(
    "/evaluate",
    summary="Evaluate every bridge, bend, junction, tunnel and pavement of a route",
    responses=answer("The evaluation, as `dajian evaluate --json` prints it"),
)
@for_scope(Scope.ROUTE)
def evaluate(body: EvaluateBody) -> dict[str, Any]:
    """Evaluate by the law and the tables in force on the day."""
    services = current_services()
    transport, travel_at = read_transport(body.transport)
    passage = evaluate_route(
        services.network(),
        services.evaluation_tables,
        services.law,
        transport,
        travel_at.day,
        body.route,
        read_records(body.records),
    )
    return passage_as_json(passage)
