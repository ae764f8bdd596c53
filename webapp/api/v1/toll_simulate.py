"""`POST /api/v1/toll/simulate`: what relief schemes do to made-up trips."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.relief.comparing import compare
from transport.services.granting_tokens import Scope
from transport.services.simulating_relief import (
    assumptions_on,
    price_ways,
    scenarios_named,
    synthetic_trips,
)
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint

blueprint = make_blueprint("toll_simulate")


class TollSimulateBody(Body):
    """A seed of made-up trips, and the schemes to compare; `a+b` tries two together."""

    seed: int = Field(ge=0, description="seed of the synthetic year")
    count: int = Field(10_000, ge=1, le=200_000, description="number of synthetic trips")
    year: int = Field(ge=2000, le=2100, description="year of the trips")
    schemes: list[str] = Field(min_length=1, max_length=20, description="ids, or 'none'")
    baseline: str = Field("none", description="what is in force already")
    at: str | None = Field(None, description="the day whose toll schedule prices the trips")


@blueprint.post(
    "/toll/simulate",
    summary="Compare relief schemes on a made-up year of trips",
    responses=answer("The comparison, as `dajian toll simulate --json` prints it"),
)
@for_scope(Scope.TOLL)
def simulate(body: TollSimulateBody) -> dict[str, Any]:
    """Replay the trips under every scheme."""
    services = current_services()
    travel_at = read_travel_at(body.at, services.clock.now(), "at")
    known = {one.id: one for one in services.schemes.schemes}
    scenarios = scenarios_named(body.schemes, known)
    baseline = scenarios_named([body.baseline], known)[0].schemes
    network = services.network()
    table = synthetic_trips(network, seed=body.seed, year=body.year, count=body.count)
    ways = price_ways(network, services.tariff, table.keys, travel_at.day)
    result = compare(
        table,
        ways,
        scenarios,
        baseline=baseline,
        assumptions=assumptions_on(services.law, travel_at.day),
        calendar=services.calendar,
    )
    return {**result, "tolls_as_of": travel_at.day.isoformat()}
