"""`POST /api/v1/checks/{name}`: one engineering check; answers as the command does."""

from __future__ import annotations

from typing import Any

from flask import request
from pydantic import Field

from transport.services.granting_tokens import Scope
from transport.services.running_checks import CheckNeeds, find_check, offered_checks
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint

blueprint = make_blueprint("checks")


class CheckPath(Body):
    """The name of the check."""

    name: str = Field(description="as `dajian check list` names it")


@blueprint.post(
    "/checks/<name>",
    summary="Run one engineering check; the body is its input",
    responses=answer("The answer, as `dajian check NAME` prints it"),
)
@for_scope(Scope.CLASSIFY)
def run(path: CheckPath) -> dict[str, Any]:
    """Run a check by name."""
    services = current_services()
    day = read_travel_at(None, services.clock.now()).day
    offered = offered_checks(
        CheckNeeds(services.catalogue, services.law, day, services.evaluation_tables)
    )
    return find_check(path.name, offered).answer(request.get_json())
