"""Roadside checks that devices send, and the list of those on file."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.network.graph import RoadNetwork
from transport.permits.entry_check import Measured
from transport.permits.roadside import Occasion, Report
from transport.services.reporting_checks import carry_along, list_checks, receive_report
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role

blueprint = Blueprint("roadside_reports", __name__)
OFFICERS = (Role.TRANSPORT_OFFICER, Role.POLICE_OFFICER, Role.TOLL_OFFICER)
REPORT_ID = re.compile(r"[0-9a-f-]{36}")
_LONGEST = 120
MOST_PHOTOS = 4
_MOST = {
    "height_m": 20,
    "width_m": 20,
    "length_m": 200,
    "mass_t": 2000,
    "largest_axle_load_t": 100,
    "after_km": 9000,
}


@blueprint.post("/gate/checks")
@for_role(*OFFICERS)
def receive() -> tuple[dict[str, object], int]:
    """Keep a report from a device; the same one again answers the same."""
    services, given = current_services(), request.get_json(silent=True)
    try:
        check = receive_report(
            services.unit_of_work,
            services.law,
            actor=current_actor(),
            report=_report(given),
            now=services.clock.now(),
            documents=services.documents,
            photos=photos_of(given),
            network=network_in_use(),
        )
    except InvalidInputError as wrong:
        errors = [{"field": one.field, "message": one.message} for one in wrong.faults]
        return {"errors": errors}, 422
    ahead = [
        {"name": one.name, "kind": one.kind, "km": one.chainage_km, "quantity": one.quantity}
        for one in check.ahead
    ]
    return {"id": check.id, "fits": check.fits, "ahead": ahead}, 200


@blueprint.get("/gate/structures.json")
@for_role(*OFFICERS)
def structures() -> dict[str, object]:
    """Answer with what a device needs to judge the structures ahead without a network."""
    services = current_services()
    return carry_along(
        services.unit_of_work,
        actor=current_actor(),
        network=network_in_use(),
        day=day_of(services.clock.now()),
    )


@blueprint.get("/gate/checks")
@for_role(*OFFICERS)
def listed() -> str:
    """List the checks of the office, newest first."""
    checks = list_checks(current_services().unit_of_work, actor=current_actor())
    return render_template("gate/checks.html", checks=checks[:200])


def _report(given: Any) -> Report:
    if not isinstance(given, Mapping) or not REPORT_ID.fullmatch(str(given.get("id", ""))):
        raise _wrong("id", "is no report of the roadside page")
    try:
        measured_at = datetime.fromisoformat(str(given.get("measured_at", "")))
    except ValueError as wrong:
        raise _wrong("measured_at", "is no time") from wrong
    if measured_at.tzinfo is None:
        raise _wrong("measured_at", "needs an offset such as +08:00")
    revision, on_route = given.get("revision"), given.get("on_route")
    return Report(
        id=str(given["id"]),
        number=str(given.get("number", ""))[:_LONGEST],
        revision=revision if isinstance(revision, int) else 0,
        outcome=str(given.get("outcome", ""))[:20],
        measured_at=measured_at,
        measured=Measured(
            height_m=_number(given, "height_m"),
            width_m=_number(given, "width_m"),
            length_m=_number(given, "length_m"),
            mass_t=_number(given, "mass_t"),
            largest_axle_load_t=_number(given, "largest_axle_load_t"),
        ),
        place=str(given.get("place") or "")[:_LONGEST],
        road=str(given.get("road") or "")[:_LONGEST],
        on_route=on_route if isinstance(on_route, bool) else None,
        occasion=_occasion(given),
        after_km=_number(given, "after_km", least=0.0) or 0.0,
    )


def photos_of(given: Any) -> list[tuple[str, bytes]]:
    """Return the photographs of a report; raises InvalidInputError for what is none."""
    found = []
    listed = given.get("photos") if isinstance(given, Mapping) else None
    for count, text in enumerate(listed if isinstance(listed, list) else (), start=1):
        if count > MOST_PHOTOS:
            raise _wrong("photos", f"at most {MOST_PHOTOS} are taken")
        try:
            content = base64.b64decode(str(text).rpartition(",")[2], validate=True)
        except ValueError as wrong:
            raise _wrong("photos", "is no photograph") from wrong
        found.append((f"photo-{count}.jpg", content))
    return found


def network_in_use() -> RoadNetwork | None:
    """Return the network in use, None where there is none."""
    try:
        return current_services().network()
    except NotFoundError:
        return None


def _occasion(given: Mapping[str, Any]) -> Occasion:
    try:
        return Occasion(given.get("occasion") or Occasion.ROADSIDE)
    except ValueError as wrong:
        raise _wrong("occasion", "must be entry, roadside or exit") from wrong


def _number(given: Mapping[str, Any], name: str, least: float = 1e-9) -> float | None:
    value = given.get(name)
    if value is None:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not least <= value <= _MOST[name]:
        raise _wrong(name, f"must be between 0 and {_MOST[name]}")
    return float(value)


def _wrong(field: str, message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault(field, message)])
