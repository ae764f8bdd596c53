"""`GET /api/v1/law`: every legal value in force on a day, with its source and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import Field

from transport.errors import FieldFault, InvalidInputError
from transport.regulations.dated import Dated, Provision
from transport.regulations.law import Law
from transport.services.granting_tokens import Scope
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.api.bearer import for_scope
from webapp.api.endpoint import Body, answer, make_blueprint

blueprint = make_blueprint("law")


class LawQuery(Body):
    """The day, the area and the subject asked for."""

    on: str | None = Field(None, description="the day whose law counts, e.g. 2026-05-11; today")
    subject: str | None = Field(None, description="one subject only, e.g. size_limits")
    admin_code: str | None = Field(None, description="area (GB/T 2260) with rules of its own")
    history: bool = Field(False, description="add every earlier and expected value")


@blueprint.get(
    "/law",
    summary="List the legal values in force on a day, with clause, status and history",
    responses=answer("The values by subject; `value` is null where none is in force that day"),
)
@for_scope(Scope.CLASSIFY)
def law_in_force(query: LawQuery) -> dict[str, Any]:
    """List the law of a day."""
    services = current_services()
    now = services.clock.now()
    day = read_travel_at(query.on, now, "on").day if query.on else now.date()
    code = query.admin_code or ""
    if code and not services.law.areas.is_known(code):
        message = f"'{code}' is no area code on file: give six digits of GB/T 2260, e.g. 150203"
        raise InvalidInputError([FieldFault("admin_code", message, "admin_code")])
    law = services.law.at(code)
    return law_as_json(law, day, query.subject, history=query.history)


def law_as_json(
    law: Law, day: date, subject: str | None = None, *, history: bool = False
) -> dict[str, Any]:
    """Return the law of a day as the interface answers; raises InvalidInputError."""
    names = list(dict.fromkeys(name for name, _, _ in law.values()))
    if subject is not None and subject not in names:
        message = f"'{subject}' is no subject: choose one of {', '.join(names)}"
        raise InvalidInputError([FieldFault("subject", message, "choice", (("given", subject),))])
    return {
        "on": day.isoformat(),
        "region": law.region,
        "values": [
            _value(name, key, value, day, history=history)
            for name, key, value in law.values()
            if subject in {None, name}
        ],
    }


def _value(
    subject: str, key: str, value: Dated[Any], day: date, *, history: bool
) -> dict[str, Any]:
    provision = value.find(day)
    told = {
        "subject": subject,
        "key": key,
        "description": {"zh": value.description_zh, "en": value.description_en},
        "unit": value.unit,
        "last_checked": value.last_checked.isoformat(),
        **(_provision(provision) if provision else {"value": None}),
    }
    if history:
        told["history"] = [
            {**_provision(one.provision), "expected": one.expected} for one in value.history()
        ]
    return told


def _provision(provision: Provision[Any]) -> dict[str, Any]:
    citation = provision.citation
    return {
        "value": _plain(provision.value),
        "effective": provision.effective.isoformat(),
        "clause": provision.clause,
        "citation": {"title": citation.title, "article": citation.article, "url": citation.url},
        "status": str(provision.status),
        "area": provision.area,
    }


def _plain(value: Any) -> Any:
    """Return a legal value of any shape as JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Enum) else value
