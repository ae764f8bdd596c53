"""What the three desks share when they handle (经办) an act: outcome, ground, reasons, terms."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from transport.permits.decision import DecisionOutcome, Proposal
from transport.permits.states import ActKind, Step
from transport.services.viewing_cases import ActView, CaseView
from webapp.case_file.stepping import Options, StepForm
from webapp.case_file.travel_terms import read_terms, terms_values
from webapp.fields import Fields
from webapp.wording import WORDS

LABELS = {
    "outcome": _l("Proposal"),
    "text": _l("Reasons"),
    "grounds": _l("Ground of the refusal"),
    "windows": _l("Hours of travel"),
    "top_speed_km_h": _l("Highest speed"),
    "bridge_speed_km_h": _l("Speed on bridges"),
    "route_note": _l("Route"),
    "conditions": _l("Conditions"),
    "open_violation_reason": _l("Reason for granting nevertheless"),
}


def grounds_among(lawful: frozenset[str]) -> Options:
    """Return the grounds of a refusal that are lawful for a desk, with their words."""
    return tuple((word, text) for word, text in WORDS["refusal_ground"].items() if word in lawful)


def proposal_form(template: str, grounds: Options) -> StepForm:
    """Return the form of a proposal; a refusal rests on one of the `grounds`."""
    return StepForm(
        steps=(Step.HANDLE,),
        template=template,
        done=_l("Your proposal on case %(number)s is on file. Now another person checks it."),
        options={"outcome": tuple(WORDS["decision"].items()), "grounds": grounds},
        labels=LABELS,
        defaults=terms_so_far,
    )


def read_proposal(fields: Fields) -> Proposal:
    """Read the fields of a proposal; raises InvalidInputError with every fault."""
    outcome = fields.choice("outcome", DecisionOutcome)
    ground = fields.text("grounds", required=False)
    proposal = Proposal(
        outcome=outcome,
        text=fields.text("text", required=False, longest=4000),
        grounds=(ground,) if ground and outcome is DecisionOutcome.REFUSE else (),
        terms=read_terms(fields),
        open_violation_reason=fields.text("open_violation_reason", required=False, longest=2000),
    )
    fields.check()
    return proposal


def terms_so_far(view: CaseView, one: ActView) -> Mapping[str, object]:
    """Fill the form with the terms that were last spoken of: the police opinion, or the consent.

    The outcome is left open: nobody grants by overlooking a choice.
    """
    earlier = view.case.of_kind(
        ActKind.POLICE_CONSULTATION
        if one.act.kind is ActKind.HIGHWAY_PERMIT
        else ActKind.MUNICIPAL_CONSENT
    )
    for act in earlier:
        if act.opinion is not None:
            return terms_values(act.opinion.terms)
        if act.area == one.act.area and act.granted_terms is not None:
            return terms_values(act.granted_terms)
    return terms_values()
