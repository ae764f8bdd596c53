"""The expert panel on a case: convened by lot or name, signed opinions, the conclusion."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.permits.expert_panel import ExpertField, Opinion, Panel, Verdict
from transport.services import convening_panels
from transport.services.convening_panels import Call, act_of_panel, candidates, panels_of
from transport.services.engineering_desk import recorded_people
from transport.services.stepping import StepRequest
from webapp.access import Role, current_actor, current_services, for_role
from webapp.engineer.grounds import case_of, evaluated, ground, uploaded
from webapp.engineer.panel_words import CONFLICTS, FIELDS, SEATS, VERDICTS
from webapp.fault_messages import refusal_text
from webapp.fields import Fields

blueprint = Blueprint("engineer_panels", __name__)
Answer = Response | tuple[str, int]
_MOST = 9
_VERSIONS = 1_000_000
LABELS = {
    "question": _l("Question to the panel"),
    "expected_working_days": _l("Expected working days"),
    "report_authors": _l("Authors of the report"),
    "experts": _l("Experts asked by name"),
    "fields": _l("Experts drawn by lot"),
    "verdict": _l("Opinion"),
    "text": _l("Reasons and conditions"),
    "signed_on": _l("Signed on"),
    "paper": _l("Signed sheet"),
    "conclusion": _l("Conclusion of the panel"),
}


@blueprint.get("/engineer/<number>/panel")
@for_role(Role.TRANSPORT_OFFICER)
def show(number: str) -> str:
    """Show the panels on a case, and the form that convenes one."""
    return _page(number, _proposed(number), ())


@blueprint.post("/engineer/<number>/panel")
@for_role(Role.TRANSPORT_OFFICER)
def convene(number: str) -> Answer:
    """Convene a panel: the clock of the act stands still from today."""

    def take() -> str:
        services, fields = current_services(), Fields(request.form)
        call = _call(number, fields)
        fields.check()
        panel = convening_panels.convene(
            services.unit_of_work,
            services.calendar,
            request=_request(number),
            call=call,
            lot=secrets.token_hex(8),
        )
        count = len(panel.seats)
        return str(gettext("%(count)s experts are invited. The clock stands still.", count=count))

    return _taken(number, take)


@blueprint.post("/engineer/<number>/panel/<panel_id>/answer")
@for_role(Role.TRANSPORT_OFFICER)
def answer(number: str, panel_id: str) -> Answer:
    """Note that an expert comes or declines."""

    def take() -> str:
        services = current_services()
        panel = _panel(number, panel_id)
        comes = request.form.get("comes") == "yes"
        after = convening_panels.answer_invitation(
            services.unit_of_work,
            actor=current_actor(),
            panel=panel,
            expert_id=request.form.get("expert", ""),
            comes=comes,
            now=services.clock.now(),
            day=ground().day,
        )
        if len(after.seats) > len(panel.seats):
            return str(gettext("%(name)s was drawn instead.", name=after.seats[-1].name))
        return str(gettext("The answer is noted."))

    return _taken(number, take)


@blueprint.post("/engineer/<number>/panel/<panel_id>/opinion")
@for_role(Role.TRANSPORT_OFFICER)
def opinion(number: str, panel_id: str) -> Answer:
    """Enter an opinion with the sheet that the expert signed."""

    def take() -> str:
        services, fields = current_services(), Fields(request.form)
        panel = _panel(number, panel_id)
        verdict = fields.choice("verdict", Verdict)
        text = fields.text("text", longest=2000)
        signed_on = fields.day("signed_on")
        if not any(one.filename for one in request.files.getlist("paper")):
            fields.refuse("paper", "is required", "required")
        fields.check()
        (sheet,) = uploaded("paper")[:1]
        on = ground()
        given = Opinion(verdict, text, signed_on or on.day, sheet.digest, current_actor().name)
        convening_panels.enter_opinion(
            services.unit_of_work,
            actor=current_actor(),
            panel=panel,
            expert_id=request.form.get("expert", ""),
            opinion=given,
            now=services.clock.now(),
            day=on.day,
        )
        return str(gettext("The signed opinion is kept."))

    return _taken(number, take)


@blueprint.post("/engineer/<number>/panel/<panel_id>/conclusion")
@for_role(Role.TRANSPORT_OFFICER)
def conclusion(number: str, panel_id: str) -> Answer:
    """Write the conclusion: the clock of the act runs again."""

    def take() -> str:
        services, fields = current_services(), Fields(request.form)
        text = fields.text("conclusion", longest=3000)
        fields.check()
        convening_panels.conclude(
            services.unit_of_work,
            services.calendar,
            request=_request(number),
            panel=_panel(number, panel_id),
            conclusion=text,
        )
        return str(gettext("The panel has concluded. The clock runs again."))

    return _taken(number, take)


@blueprint.get("/engineer/<number>/panel/<panel_id>/sheets/<digest>")
@for_role(Role.TRANSPORT_OFFICER)
def sheet(number: str, panel_id: str, digest: str) -> Response:
    """Give out the signed sheet of an opinion."""
    panel = _panel(number, panel_id)
    papers = {one.opinion.paper for one in panel.seats if one.opinion is not None}
    if digest not in papers:
        raise NotFoundError(f"panel {panel_id!r} has no sheet {digest[:12]!r}")
    content = current_services().documents.get(digest)
    kinds = {b"%PDF": "application/pdf", b"\x89PNG": "image/png"}
    return send_file(BytesIO(content), mimetype=kinds.get(content[:4], "image/jpeg"))


def _taken(number: str, take: Callable[[], str]) -> Answer:
    """Take a step and go back to the panel; a refusal shows the page with what was typed."""
    try:
        flash(take())
    except InvalidInputError as wrong:
        return _page(number, request.form, wrong.faults), 422
    except StepNotAllowedError as refused:
        return _page(number, request.form, (), refusal_text(refused)), 409
    except ConflictError as conflict:
        return _page(number, request.form, (), str(conflict)), 409
    return redirect(url_for("engineer_panels.show", number=number))


def _call(number: str, fields: Fields) -> Call:
    question = fields.text("question", longest=1000)
    days = fields.whole_number("expected_working_days", least=1, most=90)
    authors = fields.text("report_authors", required=False, longest=300)
    for mark in "，、；;":
        authors = authors.replace(mark, ",")
    wanted: dict[ExpertField, int] = {}
    for subject in ExpertField:
        if fields.form.get(f"draw_{subject.value}", "").strip():
            count = fields.whole_number(f"draw_{subject.value}", least=0, most=_MOST)
            wanted |= {subject: count} if count else {}
    return Call(
        question,
        days,
        wanted,
        request.form.getlist("experts"),
        frozenset(part.strip() for part in authors.split(",") if part.strip()),
        recorded_people(case_of(number), ground()),
    )


def _request(number: str) -> StepRequest:
    act = act_of_panel(case_of(number))
    seen = Fields(request.form).whole_number("expected_version", least=1, most=_VERSIONS)
    now = current_services().clock.now()
    return StepRequest(current_actor(), number, act.id, seen, now)


def _panel(number: str, panel_id: str) -> Panel:
    found = panels_of(current_services().unit_of_work, actor=current_actor(), number=number)
    for one in found:
        if one.id == panel_id:
            return one
    raise NotFoundError(f"case {number} has no panel {panel_id!r}")


def _proposed(number: str) -> dict[str, Any]:
    """Return a first draft of the question: what waits for a full check."""
    try:
        passage = evaluated(case_of(number), ground())
    except (InvalidInputError, NotFoundError):
        return {"expected_working_days": "10"}
    names = [one.name for one in passage.checks if str(one.result) == "NEEDS_CALCULATION"]
    question = ""
    if names:
        shown = "、".join(dict.fromkeys(names[:5]))
        question = f"{shown}等{len(names)}处须专项验算，请评审其结构安全性和通行条件。"
    return {"expected_working_days": "10", "question": question, "draw_bridges": "3"}


def _page(
    number: str,
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...],
    refusal: str = "",
) -> str:
    services, actor, case = current_services(), current_actor(), case_of(number)
    on = ground()
    try:
        act = act_of_panel(case)
    except StepNotAllowedError:
        act = None
    call = Call("", 1, {}, (), frozenset(), recorded_people(case, on))
    people = candidates(services.unit_of_work, actor=actor, number=number, call=call, day=on.day)
    return render_template(
        "engineer/panel.html",
        case=case,
        act=act,
        panels=panels_of(services.unit_of_work, actor=actor, number=number),
        people=people,
        values=values,
        faults=faults,
        refusal=refusal,
        labels=LABELS | {f"draw_{name}": label for name, label in FIELDS.items()},
        fields=FIELDS,
        conflicts=CONFLICTS,
        verdicts=VERDICTS,
        seat_words=SEATS,
        today=on.day,
    )
