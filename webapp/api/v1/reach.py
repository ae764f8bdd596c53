"""`POST /api/v1/reach`: can a part get from a factory to a site, and what change would help."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from transport.delivery.families import piece_of
from transport.delivery.parts import Part
from transport.delivery.reach import LaneEnvelope, ReachAnswer
from transport.errors import FieldFault, InvalidInputError
from transport.services.checking_parts import PartChecker
from transport.services.days import day_of
from transport.services.evaluating_routes import read_records
from transport.services.granting_tokens import Scope
from transport.vehicles.transport import Material
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint

blueprint = make_blueprint("reach")


class ReachBody(Body):
    """One part as made, sizes in metres and mass in tonnes, and its way."""

    length_m: float = Field(ge=0.05, le=60, examples=[6.0])
    width_m: float = Field(ge=0.05, le=12, examples=[0.9])
    height_m: float = Field(ge=0.05, le=12, examples=[3.0])
    mass_t: float = Field(ge=0.005, le=500, examples=[9.0])
    origin: str = Field(alias="from", examples=["包头"])
    destination: str = Field(alias="to", examples=["呼和浩特"])
    name: str = ""
    material: Literal["precast", "steel", "timber"] = "precast"
    kind: str = Field("", description="a piece of the catalogue whose handling holds")
    may_turn: bool | None = None
    may_stand: bool | None = None
    with_largest: bool = Field(
        default=False, description="also say the largest sizes and mass between the two places"
    )


@blueprint.post(
    "/reach",
    summary="Ask before casting: without a pass, with one, only after a change, or not known",
    responses=answer("The answer with category, loading, route and the cheapest change"),
)
@for_scope(Scope.ROUTE)
def reach(body: ReachBody) -> dict[str, Any]:
    """Answer one part on the network in use, by the law of today."""
    services = current_services()
    pieces = services.catalogue.components
    if body.kind and body.kind not in pieces:
        message = f"no piece '{body.kind}' in the catalogue"
        raise InvalidInputError([FieldFault("kind", message, "not_a_choice")])
    part = Part(
        "part",
        body.name,
        Material(body.material),
        body.length_m,
        body.width_m,
        body.height_m,
        body.mass_t,
        1,
        body.origin,
        body.destination,
        kind=body.kind,
        may_turn=body.may_turn,
        may_stand=body.may_stand,
    )
    today = day_of(services.clock.now())
    checker = PartChecker(
        services.catalogue,
        services.law,
        services.network(),
        today,
        today,
        tables=services.evaluation_tables,
        records=read_records(services.passage_records.read()),
    )
    found = checker.answer(piece_of(part, pieces), body.origin, body.destination)
    told = _as_json(found, today.isoformat())
    if body.with_largest:
        told["largest"] = _largest(checker.envelope(body.origin, body.destination))
    return told


def _largest(found: LaneEnvelope | None) -> dict[str, Any] | None:
    """Return the largest sizes, each with the others within the ordinary limits."""
    if found is None:
        return None
    return {
        "height_m": found.height_m,
        "width_m": found.width_m,
        "length_m": found.length_m,
        "mass_t": found.mass_t,
        "stopped_by": list(found.stopped_by),
    }


def _as_json(found: ReachAnswer, law_as_of: str) -> dict[str, Any]:
    change = None
    if found.change is not None:
        change = {
            "kind": found.change.value,
            "units": list(found.change_units),
            "orientation": found.change_orientation or None,
            "category": found.change_to,
        }
    stopped = {"name": found.stopped_by, "limit": found.limit, "value": found.value}
    return {
        "answer": found.reach.value,
        "category": found.category,
        "route": {
            "status": found.route and found.route.value,
            "length_m": found.route_length_m,
            "detour_m": found.detour_m,
        },
        "loading": {
            "units": list(found.units),
            "orientation": found.orientation or None,
            "length_m": found.length_m,
            "width_m": found.width_m,
            "height_m": found.height_m,
            "mass_t": found.mass_t,
        },
        "change": change,
        "stopped_by": stopped if found.stopped_by else None,
        "law_as_of": law_as_of,
    }
