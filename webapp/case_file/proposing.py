"""What the three desks share when they handle (经办) an act: outcome, ground, reasons, terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from transport.permits.decision import DecisionOutcome, TravelTerms
from transport.permits.states import ActKind
from transport.services.viewing_cases import ActView, CaseView
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
OUTCOMES = tuple(WORDS["decision"].items())
CITY_GROUNDS = tuple(
    (word, text)
    for word, text in WORDS["refusal_ground"].items()
    if word in {"road_capacity", "traffic_safety", "other_law"}
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A handler's proposal as read from the form."""

    outcome: DecisionOutcome
    text: str
    grounds: tuple[str, ...]
    terms: TravelTerms


def read_proposal(fields: Fields) -> Proposal:
    """Read the fields of a proposal; raises InvalidInputError with every fault."""
    outcome = fields.choice("outcome", DecisionOutcome)
    ground = fields.text("grounds", required=False)
    proposal = Proposal(
        outcome=outcome,
        text=fields.text("text", required=False, longest=4000),
        grounds=(ground,) if ground and outcome is DecisionOutcome.REFUSE else (),
        terms=read_terms(fields),
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
