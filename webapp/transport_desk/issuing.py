"""Issue the pass of a granted permit; record the official platform's numbers beside ours."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.permits.states import Step
from transport.services import applying, issuing
from transport.services.stepping import StepRequest
from webapp.access import Role, Services, current_actor, current_services, for_role
from webapp.case_file.opening import opened
from webapp.case_file.stepping import Answer, StepForm, step_pages
from webapp.fields import Fields

blueprint = Blueprint("transport_issuing", __name__)

ISSUE = StepForm(
    steps=(Step.ISSUE,),
    template="transport_desk/issue.html",
    done=_l(
        "The pass of case %(number)s is issued and its token signed. The annex with the QR code is "
        "among the passes; the carrier sees it now."
    ),
    labels={"official_pass_number": _l("Number of the official pass")},
)
NUMBER_LABELS = {
    "official_number": _l("Official application number"),
    "official_pass_number": _l("Number of the official pass"),
}
_HIGHEST_VERSION = 1_000_000_000


@step_pages(blueprint, ISSUE, Role.TRANSPORT_OFFICER)
def issue(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Issue the pass: number, validity, signed token."""
    official = fields.text("official_pass_number", required=False, longest=60)
    fields.check()
    issuing.issue(
        services.unit_of_work,
        services.calendar,
        services.pass_signer,
        asked,
        official_pass_number=official,
        law=services.law,
    )


@blueprint.get("/cases/<number>/official-number")
@for_role(Role.TRANSPORT_OFFICER)
def number_form(number: str) -> Answer:
    """Show the form for the official platform's numbers."""
    return _number_page(number)


@blueprint.post("/cases/<number>/official-number")
@for_role(Role.TRANSPORT_OFFICER)
def record_number(number: str) -> Answer:
    """Record the official platform's numbers."""
    services, fields = current_services(), Fields(request.form)
    try:
        applying.record_official_numbers(
            services.unit_of_work,
            actor=current_actor(),
            number=number,
            official_number=fields.text("official_number", longest=40),
            official_pass_number=fields.text("official_pass_number", required=False, longest=60),
            expected_version=fields.whole_number(
                "expected_version", least=1, most=_HIGHEST_VERSION
            ),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _number_page(number, wrong.faults), 422
    except ConflictError:
        return _number_page(number, (FieldFault("official_number", "", "changed_meanwhile"),)), 409
    flash(gettext("The official number of case %(number)s is on file.", number=number))
    return redirect(url_for("case_file.show", number=number))


def _number_page(number: str, faults: tuple[FieldFault, ...] = ()) -> str:
    view = opened(number)
    stored = {
        "official_number": view.case.official_number,
        "official_pass_number": view.case.official_pass_number,
    }
    return render_template(
        "transport_desk/official_number.html",
        case=view.case,
        faults=faults,
        values=request.form or stored,
        labels=NUMBER_LABELS,
    )
