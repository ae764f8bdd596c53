"""Supervised crossings: what a device carries along, and what it reports at once or later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, request

from transport.errors import FieldFault, InvalidInputError
from transport.permits.crossing import Crossing, CrossingOutcome, Observations
from transport.permits.decision import signature_of
from transport.services.supervising_crossings import crossings_of_pass, receive_crossing
from webapp.access import Role, current_actor, current_services, for_role
from webapp.gate.reporting import REPORT_ID, photos_of

blueprint = Blueprint("supervising", __name__)
OFFICERS = (Role.TRANSPORT_OFFICER, Role.POLICE_OFFICER, Role.TOLL_OFFICER)
_LONGEST = 300
_FASTEST_KM_H = 200


@blueprint.get("/gate/crossings/<number>.json")
@for_role(*OFFICERS)
def planned(number: str) -> tuple[dict[str, object], int]:
    """Answer with the bridges of a pass in the order of travel."""
    services = current_services()
    try:
        found = crossings_of_pass(services.unit_of_work, actor=current_actor(), number=number)
    except InvalidInputError as wrong:
        return _refused(wrong)
    return {"number": number, "crossings": [asdict(one) for one in found]}, 200


@blueprint.post("/gate/crossings")
@for_role(*OFFICERS)
def receive() -> tuple[dict[str, object], int]:
    """Keep a crossing from a device; the same one again answers the same."""
    services, given = current_services(), request.get_json(silent=True)
    now = services.clock.now()
    try:
        kept = receive_crossing(
            services.unit_of_work,
            services.documents,
            actor=current_actor(),
            crossing=_crossing(given, now),
            now=now,
            photos=photos_of(given),
        )
    except InvalidInputError as wrong:
        return _refused(wrong)
    return {"id": kept.id, "outcome": kept.outcome.value}, 200


def _refused(wrong: InvalidInputError) -> tuple[dict[str, object], int]:
    errors = [{"field": one.field, "message": one.message} for one in wrong.faults]
    return {"errors": errors}, 422


def _crossing(given: Any, now: datetime) -> Crossing:
    if not isinstance(given, Mapping) or not REPORT_ID.fullmatch(str(given.get("id", ""))):
        raise _wrong("id", "is no report of the roadside page")
    try:
        outcome = CrossingOutcome(str(given.get("outcome", "")))
    except ValueError as wrong:
        raise _wrong("outcome", "must be finished or denied") from wrong
    actor = current_actor()
    return Crossing(
        id=str(given["id"]),
        pass_number=_text(given, "number"),
        case_number="",
        structure=_text(given, "structure"),
        structure_name=_text(given, "structure_name"),
        outcome=outcome,
        started_at=_instant(given, "started_at"),
        ended_at=_instant(given, "ended_at"),
        observed=Observations(
            on_the_line=_answer(given, "on_the_line"),
            uniform_speed=_answer(given, "uniform_speed"),
            alone_on_bridge=_answer(given, "alone_on_bridge"),
            speed_km_h=_speed(given),
            movement=_text(given, "movement"),
            damage=_text(given, "damage"),
        ),
        supervisor=signature_of(actor, now),
        office_id=actor.organisation_id,
        received_at=now,
        reason=_text(given, "reason"),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "")[:_LONGEST]


def _answer(given: Mapping[str, Any], name: str) -> bool | None:
    value = given.get(name)
    return value if isinstance(value, bool) else None


def _speed(given: Mapping[str, Any]) -> float | None:
    value = given.get("speed_km_h")
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= _FASTEST_KM_H:
        raise _wrong("speed_km_h", f"must be between 0 and {_FASTEST_KM_H}")
    return float(value)


def _instant(given: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(given.get(name, "")))
    except ValueError as wrong:
        raise _wrong(name, "is no time") from wrong
    if moment.tzinfo is None:
        raise _wrong(name, "needs an offset such as +08:00")
    return moment


def _wrong(field: str, message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault(field, message)])
