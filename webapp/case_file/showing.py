"""The page of a case: verdict, acts with their buttons, route, documents, passes, history."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for

from transport.errors import FieldFault
from transport.permits.decision import DecisionOutcome
from transport.permits.spares import view_spares
from transport.permits.states import ActKind, ActState, Step
from transport.services.applying import find_missing
from transport.services.case_history import list_history
from transport.services.serving_letters import letters_on_file
from transport.services.stepping import day_of
from transport.services.viewing_cases import ActView, CaseView
from webapp.access import Role, current_actor, current_services, for_role
from webapp.case_file.opening import opened
from webapp.case_file.telling import tell_history
from webapp.map_data import map_of_routes
from webapp.plan_view import plan_words
from webapp.wording import say

blueprint = Blueprint("case_file", __name__)

# Others have no case of their own: the service tells them that there is none.
READERS = (
    Role.CARRIER,
    Role.FACTORY,
    Role.TRANSPORT_OFFICER,
    Role.POLICE_OFFICER,
    Role.MUNICIPAL_OFFICER,
    Role.TOLL_OFFICER,
)

_PAGES: dict[tuple[ActKind | None, Step], str] = {
    (None, Step.ACCEPT): "act_accepting.accept_form",
    (None, Step.ASK_SUPPLEMENT): "act_accepting.ask_supplement_form",
    (None, Step.DECLINE): "act_accepting.decline_form",
    (None, Step.CHECK): "act_deciding.check_form",
    (None, Step.SEND_BACK): "act_deciding.send_back_form",
    (None, Step.GRANT): "act_deciding.sign_form",
    (None, Step.REFUSE): "act_deciding.sign_form",
    (None, Step.REVOKE): "act_deciding.revoke_form",
    (None, Step.ANNUL): "act_deciding.annul_form",
    (None, Step.CANCEL): "act_deciding.cancel_form",
    (None, Step.SUSPEND): "act_pausing.suspend_form",
    (None, Step.RESUME): "act_pausing.resume_form",
    (None, Step.CONSULT): "transport_consulting.consult_form",
    (None, Step.CONSULT_LEAGUES): "transport_consulting.consult_leagues_form",
    (ActKind.LEAGUE_OPINION, Step.GIVE_OPINION): "transport_consulting.give_league_opinion_form",
    (None, Step.RECORD_OVERDUE): "transport_consulting.record_overdue_form",
    (None, Step.ISSUE): "transport_issuing.issue_form",
    (None, Step.SERVE): "act_serving.serve_form",
    (None, Step.REQUIRE_ENTRY_CHECK): "transport_entry_checking.require_entry_check_form",
    (None, Step.PASS_ENTRY_CHECK): "transport_entry_checking.record_entry_check_form",
    (None, Step.COMPLETE): "getting_consents.complete_form",
    (None, Step.ASK_CONSENT): "getting_consents.ask_consent_form",
    (None, Step.RECORD_CONSENT): "getting_consents.record_answer_form",
    (ActKind.RAILWAY_CONSENT, Step.RECORD_OVERDUE): "getting_consents.record_silence_form",
    (ActKind.OWNER_CONSENT, Step.RECORD_OVERDUE): "getting_consents.record_silence_form",
    (ActKind.PROVINCE_PERMIT, Step.RECORD_OVERDUE): "getting_consents.record_silence_form",
    (None, Step.GIVE_OPINION): "police_opining.give_opinion_form",
    (None, Step.SUPPLY): "handing_in.supply_form",
    (None, Step.WITHDRAW): "handing_in.withdraw_form",
    (None, Step.SUBMIT): "handing_in.check",
    (ActKind.HIGHWAY_PERMIT, Step.HANDLE): "transport_reviewing.handle_form",
    (ActKind.MUNICIPAL_CONSENT, Step.HANDLE): "municipal_consenting.consent_form",
    (ActKind.POLICE_DESIGNATION, Step.HANDLE): "police_designating.designate_form",
}
_MAIN_STEPS = frozenset(
    {
        Step.ACCEPT,
        Step.HANDLE,
        Step.CHECK,
        Step.GRANT,
        Step.REFUSE,
        Step.ISSUE,
        Step.GIVE_OPINION,
        Step.RESUME,
        Step.RECORD_OVERDUE,
        Step.PASS_ENTRY_CHECK,
        Step.ASK_CONSENT,
        Step.RECORD_CONSENT,
    }
)
_DANGEROUS_STEPS = frozenset({Step.DECLINE, Step.REVOKE, Step.ANNUL, Step.CANCEL})


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step the viewer may take now; `kind` is primary, secondary or danger."""

    step: Step
    address: str
    label: str
    kind: str


@blueprint.get("/cases/<number>")
@for_role(*READERS)
def show(number: str) -> str:
    """Show everything on a case that the viewer may see."""
    view = opened(number)
    services, actor = current_services(), current_actor()
    today = day_of(services.clock.now())
    events = list_history(services.unit_of_work, actor=actor, number=number)
    return render_template(
        "case_file/show.html",
        view=view,
        case=view.case,
        buttons={one.act.id: buttons_of(view, one) for one in view.acts},
        letters={
            one.act.id: letters_on_file(view.case, one.act, services.law, services.calendar, today)
            for one in view.acts
        },
        missing_papers=_missing_papers(view),
        history=tell_history(events, actor),
        contract=view.case.application.route.contract,
        spares=view_spares(view.case.application),
        **plan_words(),
        today=today,
    )


@blueprint.get("/cases/<number>/map.json")
@for_role(*READERS)
def map_document(number: str) -> dict[str, object]:
    """Answer with the route of a case for the map."""
    application = opened(number).case.application
    contract, places = application.route.contract, application.itinerary
    line = (contract.get("geometry") or {}).get("coordinates") or [None]
    return map_of_routes(
        [contract] if line[0] else [],
        origin=(places.origin, places.origin_at or line[0]),
        destination=(places.destination, places.destination_at or line[-1]),
    )


def buttons_of(view: CaseView, one: ActView) -> list[StepButton]:
    """Return the steps the viewer may take on an act, as links to their pages."""
    decision = one.act.decision
    unproposed = Step.REFUSE
    if decision is not None and decision.outcome is DecisionOutcome.REFUSE:
        unproposed = Step.GRANT
    buttons = []
    for step in one.steps:
        page = _PAGES.get((one.act.kind, step)) or _PAGES.get((None, step))
        consulted = step is Step.CONSULT and view.case.of_kind(ActKind.POLICE_CONSULTATION)
        if page is None or consulted or step is unproposed:
            continue
        # The carrier submits all acts of a case at once.
        act_id = None if step is Step.SUBMIT else one.act.id
        address = url_for(page, number=view.case.number, act_id=act_id)
        buttons.append(StepButton(step, address, say("act_step", step), _kind(step)))
    return buttons


def _kind(step: Step) -> str:
    if step in _MAIN_STEPS:
        return "primary"
    return "danger" if step in _DANGEROUS_STEPS else "secondary"


def _missing_papers(view: CaseView) -> list[FieldFault]:
    """Return what the pre-check finds; asked only while it can still be mended."""
    waits = {ActState.DRAFT, ActState.SUPPLEMENT_REQUESTED, ActState.AWAITING_ACCEPTANCE}
    actor, services = current_actor(), current_services()
    # The factory sees no papers, so it would be told that they are all missing.
    if actor.role.value == Role.FACTORY or not any(one.act.state in waits for one in view.acts):
        return []
    return find_missing(
        services.unit_of_work,
        actor=actor,
        number=view.case.number,
        today=day_of(services.clock.now()),
    )
