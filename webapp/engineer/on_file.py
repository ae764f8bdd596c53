"""Surveys and decisions on file: who, when, until when, with their photographs."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, render_template, request, send_file
from flask_babel import lazy_gettext as _l

from transport.errors import NotFoundError
from transport.services.engineering_desk import (
    kept_decisions,
    kept_measurements,
    out_of_place,
    structure_names,
)
from webapp.access import Role, current_services, for_role
from webapp.engineer.grounds import ground
from webapp.page_context import menu_entry

blueprint = Blueprint("engineer_on_file", __name__)
NAVIGATION = (
    menu_entry(
        "engineer_on_file.records", _l("Surveys and decisions"), Role.TRANSPORT_OFFICER, order=21
    ),
)
_PNG = b"\x89PNG"


@blueprint.get("/engineer/records")
@for_role(Role.TRANSPORT_OFFICER)
def records() -> str:
    """List everything on file, of one place if `element` names it."""
    on = ground()
    element = request.args.get("element", "")
    measurements = [one for one in kept_measurements(on) if element in {"", one.element}]
    decisions = [one for one in kept_decisions(on) if element in {"", one.element}]
    return render_template(
        "engineer/records.html",
        element=element,
        measurements=measurements,
        decisions=decisions,
        lost=[*out_of_place(on, measurements), *out_of_place(on, decisions)],
        names=structure_names(on.network),
        today=on.day,
    )


@blueprint.get("/engineer/photos/<digest>")
@for_role(Role.TRANSPORT_OFFICER)
def photo(digest: str) -> Response:
    """Give out a photograph of a survey."""
    if not any(digest in one.pictures for one in kept_measurements(ground())):
        raise NotFoundError(f"no survey has a photograph {digest[:12]!r}")
    content = current_services().documents.get(digest)
    kind = "image/png" if content.startswith(_PNG) else "image/jpeg"
    return send_file(BytesIO(content), mimetype=kind, max_age=86_400)
