"""The outline drawing of a draft: looked at, and attached as the document the law wants."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from transport.errors import ConflictError
from transport.services.applying import attach_document
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.steps import Answer, seen_version
from webapp.case_file.opening import opened
from webapp.drawings import drawing_of

blueprint = Blueprint("outline", __name__)

_CODE = "outline_drawing"


@blueprint.get("/carrier/cases/<number>/outline")
@for_role(Role.CARRIER)
def show(number: str) -> str:
    """Show the drawing that the data of the application make."""
    return _page(number)


@blueprint.post("/carrier/cases/<number>/outline")
@for_role(Role.CARRIER)
def attach(number: str) -> Answer:
    """Attach the drawing as a document; it says that it was made from the data entered."""
    services = current_services()
    now = services.clock.now()
    today = day_of(now)
    drawn, title = services.papers.outline_of(opened(number).case, today)
    paper = services.papers.outline_drawing(drawn, title, "pdf", today)
    try:
        attach_document(
            services.unit_of_work,
            services.documents,
            actor=current_actor(),
            number=number,
            code=_CODE,
            filename=paper.filename,
            content=paper.content,
            expected_version=seen_version(),
            now=now,
        )
    except ConflictError as conflict:
        return _page(number, str(conflict)), 409
    flash(gettext("The outline drawing is attached."))
    return redirect(url_for("handing_in.documents", number=number))


def _page(number: str, conflict: str = "") -> str:
    services = current_services()
    case = opened(number).case
    drawn, title = services.papers.outline_of(case, day_of(services.clock.now()))
    return render_template(
        "carrier/outline.html",
        case=case,
        drawing=drawing_of(drawn, title),
        assumed=sorted(drawn.assumed),
        conflict=conflict,
    )
