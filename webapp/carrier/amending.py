"""Amend what is in force: a draft like the old case, which replaces it when it is issued."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application
from transport.services.amending import begin_amendment
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier import draft_application
from webapp.carrier.steps import Answer
from webapp.case_file.opening import opened
from webapp.fields import Fields

blueprint = Blueprint("amending", __name__)
LABELS = {"because": _l("What changes and why")}


@blueprint.get("/carrier/cases/<number>/amend")
@for_role(Role.CARRIER)
def form(number: str) -> str:
    """Ask what changes."""
    return _page(number, ())


@blueprint.post("/carrier/cases/<number>/amend")
@for_role(Role.CARRIER)
def begin(number: str) -> Answer:
    """Open the draft of the amendment; papers of the old case come along."""
    services, fields = current_services(), Fields(request.form)
    because = fields.text("because", longest=500)
    if fields.faults:
        return _page(number, tuple(fields.faults)), 422
    old = opened(number).case.application

    def like_the_old(_: Application) -> Application:
        fresh = draft_application.reassess(old, services)
        return replace(fresh, documents=old.documents, travel=old.travel)

    try:
        case = begin_amendment(
            services.unit_of_work,
            services.law,
            actor=current_actor(),
            number=number,
            because=because,
            now=services.clock.now(),
            change=like_the_old,
        )
    except InvalidInputError as wrong:
        return _page(number, wrong.faults), 422
    flash(
        gettext(
            "This draft amends case %(number)s. Its pass counts until the amended one is issued.",
            number=number,
        )
    )
    return redirect(url_for("drafting.vehicle", number=case.number))


def _page(number: str, faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "carrier/amend.html",
        case=opened(number).case,
        values=request.form,
        faults=faults,
        labels=LABELS,
    )
