"""The pages of one step on an act: form, a refusal that loses nothing typed, confirmation.

`step_pages` gives a step both its pages; the decorated function reads the form and calls a service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.permits.states import Step, next_state
from transport.services.stepping import StepRequest
from transport.services.viewing_cases import ActView, CaseView
from webapp.access import Role, Services, current_actor, current_services, for_role
from webapp.case_file.condition_picker import offered_conditions
from webapp.case_file.opening import opened
from webapp.fault_messages import refusal_text
from webapp.fields import Fields
from webapp.page_context import day, moment
from webapp.wording import say

OFFICES = (Role.TRANSPORT_OFFICER, Role.POLICE_OFFICER, Role.MUNICIPAL_OFFICER)
_HIGHEST_VERSION = 1_000_000_000

Answer = Response | str | tuple[str, int]
Options = tuple[tuple[str, LazyString], ...]
Take = Callable[[Services, StepRequest, Fields], object]


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step as a page: its template, choices, what is filled in beforehand, what is said after.

    `done` may name %(kind)s, %(number)s and %(due)s, the last day of the decision.
    """

    steps: tuple[Step, ...]
    template: str
    done: LazyString
    options: Mapping[str, Options] = field(default_factory=dict)
    labels: Mapping[str, LazyString] = field(default_factory=dict)
    upload: bool = False
    defaults: Callable[[CaseView, ActView], Mapping[str, object]] | None = None


def step_pages(blueprint: Blueprint, form: StepForm, *roles: Role) -> Callable[[Take], Take]:
    """Give a step its two pages, the form and what is sent from it, for these roles alone.

    The decorated function takes the step, as called by its name: `send_back` is reached at
    `.../send-back`, its form at the endpoint `send_back_form`.
    """

    def add(take: Take) -> Take:
        name = take.__name__
        address = f"/cases/<number>/acts/<act_id>/{name.replace('_', '-')}"

        @for_role(*roles)
        def show(number: str, act_id: str) -> Answer:
            return _show_step(number, act_id, form)

        @for_role(*roles)
        def send(number: str, act_id: str) -> Answer:
            return _take_step(number, act_id, form, take)

        blueprint.add_url_rule(address, f"{name}_form", show, methods=["GET"])
        blueprint.add_url_rule(address, name, send, methods=["POST"])
        return take

    return add


def _show_step(number: str, act_id: str, form: StepForm) -> Answer:
    """Show the form of a step, or why the step is not possible now (409)."""
    view, act = _open(number, act_id)
    refusal = _refusal(act, form)
    values = form.defaults(view, act) if form.defaults else {}
    page = _page(view, act, form, values=values, refusal=refusal, blocked=bool(refusal))
    return (page, 409) if refusal else page


def _take_step(number: str, act_id: str, form: StepForm, take: Take) -> Answer:
    """Take a step from a sent form and go back to the case.

    A refusal shows the form again with everything typed: 422 for wrong fields, 409 where state,
    person or version do not allow the step.
    """
    fields = Fields(request.form)
    services = current_services()
    version = fields.whole_number("expected_version", least=1, most=_HIGHEST_VERSION)
    asked = StepRequest(current_actor(), number, act_id, version, services.clock.now())
    try:
        take(services, asked, fields)
    except InvalidInputError as wrong:
        view, act = _open(number, act_id)
        return _page(view, act, form, values=request.form, faults=wrong.faults), 422
    except StepNotAllowedError as refused:
        view, act = _open(number, act_id)
        return _page(view, act, form, values=request.form, refusal=refusal_text(refused)), 409
    except ConflictError:
        view, act = _open(number, act_id)
        return _page(view, act, form, values=request.form, refusal=_who_was_first(act)), 409
    view, act = _open(number, act_id)
    flash(str(form.done) % _names(view, act))
    return redirect(url_for("case_file.show", number=number, _anchor=f"act-{act_id}"))


def _open(number: str, act_id: str) -> tuple[CaseView, ActView]:
    view = opened(number)
    for one in view.acts:
        if one.act.id == act_id:
            return view, one
    raise NotFoundError(f"case {number} has no act {act_id!r}")


def _page(
    view: CaseView,
    act: ActView,
    form: StepForm,
    *,
    values: Mapping[str, object],
    faults: tuple[FieldFault, ...] = (),
    refusal: str = "",
    blocked: bool = False,
) -> str:
    return render_template(
        form.template,
        view=view,
        case=view.case,
        one=act,
        act=act.act,
        step=form.steps[0],
        form=form,
        values=values,
        faults=faults,
        refusal=refusal,
        blocked=blocked,
        labels=form.labels,
        offered=offered_conditions(view.case, act.act, current_services().law)
        if "conditions" in form.labels
        else [],
    )


def _refusal(view: ActView, form: StepForm) -> str:
    if any(step in view.steps for step in form.steps):
        return ""
    act, actor = view.act, current_actor()
    refusal = StepNotAllowedError("", "other_office", office=act.authority.name)
    for step in reversed(form.steps):
        try:
            next_state(act.kind, act.state, step, actor.role)
        except StepNotAllowedError as refused:
            refusal = refused
    return refusal_text(refusal)


def _who_was_first(view: ActView) -> str:
    act = view.act
    return str(
        gettext(
            "%(kind)s was changed by %(who)s at %(when)s and is now “%(state)s”. Nothing of yours "
            "was written, and what you typed is still below. Look at the change; send the form "
            "again if it still fits.",
            kind=say("act", act.kind),
            who=act.last_change.by if act.last_change else "–",
            when=moment(act.last_change.at) if act.last_change else "–",
            state=say("act_state", act.state),
        )
    )


def _names(view: CaseView, act: ActView) -> dict[str, str]:
    due = act.statutory_due
    return {
        "kind": say("act", act.act.kind),
        "number": view.case.number,
        "due": day(due) if due else str(gettext("not known yet")),
        "office": act.act.authority.name,
    }
