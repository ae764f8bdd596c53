"""Drivers and escort companies of the firm, with their papers and last days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.permits.crew import PAPERS_OF, CrewKind, CrewMember, CrewPaper
from transport.services.keeping_crew import (
    list_crew,
    open_member,
    save_member,
    warn_of_crew_papers,
)
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.steps import seen_version
from webapp.fields import Fields
from webapp.wording import WORDS, say

blueprint = Blueprint("crew", __name__)
LABELS = {
    "name": _l("Name of the person or company"),
    "phone": _l("Mobile number"),
    "detail": _l("Licence class, or cars and radios"),
}


@blueprint.get("/carrier/crew")
@for_role(Role.CARRIER)
def listed() -> str:
    """Show drivers and escort companies, and whose papers end."""
    services, actor = current_services(), current_actor()
    today = day_of(services.clock.now())
    return render_template(
        "carrier/crew.html",
        crew=list_crew(services.unit_of_work, actor=actor),
        ending=warn_of_crew_papers(services.unit_of_work, actor=actor, day=today),
        today=today,
    )


@blueprint.get("/carrier/crew/new/<any(driver, escort):kind>")
@for_role(Role.CARRIER)
def new(kind: str) -> str:
    """Ask for a new driver or escort company."""
    return _page(CrewMember("", "", CrewKind(kind), ""), {}, ())


@blueprint.post("/carrier/crew/new/<any(driver, escort):kind>")
@for_role(Role.CARRIER)
def create(kind: str) -> Response | tuple[str, int]:
    """Keep a new driver or escort company."""
    return _keep(CrewMember("", "", CrewKind(kind), ""))


@blueprint.get("/carrier/crew/<member_id>")
@for_role(Role.CARRIER)
def edit(member_id: str) -> str:
    """Show one to be changed."""
    member = open_member(
        current_services().unit_of_work, actor=current_actor(), member_id=member_id
    )
    return _page(member, _values(member), ())


@blueprint.post("/carrier/crew/<member_id>")
@for_role(Role.CARRIER)
def save(member_id: str) -> Response | tuple[str, int]:
    """Change one."""
    services, actor = current_services(), current_actor()
    return _keep(open_member(services.unit_of_work, actor=actor, member_id=member_id))


def _keep(before: CrewMember) -> Response | tuple[str, int]:
    services = current_services()
    try:
        save_member(
            services.unit_of_work,
            actor=current_actor(),
            member=_read(before),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(before, request.form, wrong.faults), 422
    except ConflictError as conflict:
        return _page(before, request.form, (), str(conflict)), 409
    flash(gettext("Kept."))
    return redirect(url_for("crew.listed"))


def _read(before: CrewMember) -> CrewMember:
    fields = Fields(request.form)
    papers = []
    for kind in PAPERS_OF[before.kind]:
        number = fields.text(f"{kind}_number", required=False, longest=40)
        last = fields.day(f"{kind}_valid_until", required=False)
        if number or last:
            papers.append(CrewPaper(kind, number, last))
    read = CrewMember(
        id=before.id,
        organisation_id=before.organisation_id,
        kind=before.kind,
        name=fields.text("name", longest=60),
        phone=fields.text("phone", required=False, longest=20),
        detail=fields.text("detail", required=False, longest=120),
        papers=tuple(papers),
        active=not fields.ticked("left"),
        version=seen_version() if before.id else 1,
    )
    fields.check()
    return read


def _values(member: CrewMember) -> dict[str, Any]:
    papers = {
        f"{one.kind}_{name}": value
        for one in member.papers
        for name, value in (("number", one.number), ("valid_until", one.valid_until or ""))
    }
    return {
        "name": member.name,
        "phone": member.phone,
        "detail": member.detail,
        "left": "" if member.active else "1",
        **papers,
    }


def _page(
    member: CrewMember,
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...],
    conflict: str = "",
) -> str:
    papers = PAPERS_OF[member.kind]
    labels = LABELS | {f"{kind}_valid_until": WORDS["crew_paper"][kind] for kind in papers}
    return render_template(
        "carrier/crew_member.html",
        member=member,
        title=member.name or say("crew_kind", member.kind),
        papers=papers,
        values=values,
        faults=faults,
        conflict=conflict,
        labels=labels,
    )
