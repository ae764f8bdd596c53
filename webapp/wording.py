"""The words for outcomes, roles and kinds, in the reader's language.

Code values come from the contract; their texts stand here once. `say` never fails: a word without
a text is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.regulations.authorities import OfficeName
from webapp.act_wording import (
    ACT_KINDS,
    ACT_STATES,
    ACT_STEPS,
    CONSEQUENCES,
    ENDING_GROUNDS,
    MEASURED,
    MISSING,
    RECALL_EFFECTS,
    RECALL_REASONS,
    SPARE_FINDINGS,
    VIEWS,
)
from webapp.act_wording import TONES as ACT_TONES
from webapp.extensions import language
from webapp.law_wording import LAW_FIELDS, LAW_SUBJECTS, LAW_UNITS, LAW_WORDS
from webapp.load_wording import LOAD_WORDS
from webapp.notice_words import NOTICE_WORDS
from webapp.panel_wording import ENGINEER_STEPS
from webapp.passage_wording import PASSAGE_WORDS
from webapp.project_words import PROJECT_TONES, PROJECT_WORDS
from webapp.toll_words import TOLL_WORDS

WORDS: dict[str, dict[str, LazyString]] = {
    "route": {
        "feasible": _l("Feasible"),
        "conditional": _l("Feasible under conditions"),
        "unknown": _l("Survey needed"),
        "infeasible": _l("Not feasible"),
        "unreachable": _l("Not connected"),
    },
    "passability": {
        "pass": _l("Passes"),
        "conditional": _l("Under conditions"),
        "unknown": _l("Unknown"),
        "fail": _l("Does not pass"),
    },
    "finding": {
        "within_limit": _l("Within the limit"),
        "permit_needed": _l("Permit needed"),
        "not_allowed": _l("Not allowed"),
        "unknown": _l("Unknown"),
    },
    "certainty": {
        "known": _l("Known"),
        "assumed": _l("Assumed by class"),
        "demonstration": _l("Demonstration value"),
        "unknown": _l("Unknown"),
    },
    **NOTICE_WORDS,
    **PROJECT_WORDS,
    "legal_status": {
        "verified": _l("Verified"),
        "unverified": _l("Unverified"),
        "assumption": _l("Assumption"),
        "demonstration": _l("Demonstration value"),
    },
    "token": {
        "valid": _l("Valid"),
        "expired": _l("Expired"),
        "not_yet": _l("Not valid yet"),
        "revoked": _l("Revoked"),
        "unknown_key": _l("Unknown key"),
        "forged": _l("Forged or altered"),
        "unreadable": _l("Unreadable"),
    },
    "role": {
        "factory": _l("Component factory"),
        "carrier": _l("Logistics firm"),
        "transport": _l("Transport department"),
        "police": _l("Traffic police"),
        "municipal": _l("Municipal department"),
        "toll_office": _l("Toll office"),
        "operator": _l("Toll road operator"),
        "finance": _l("Finance office"),
        "housing": _l("Housing department"),
        "administrator": _l("Administrator"),
    },
    "structure": {
        "bridge": _l("Bridge"),
        "tunnel": _l("Tunnel"),
        "overbridge": _l("Overbridge"),
        "toll_station": _l("Toll station"),
        "level_crossing": _l("Level crossing"),
        "junction": _l("Junction"),
        "rest_area": _l("Rest area"),
    },
    "owner": {
        "highway": _l("Highway"),
        "municipal": _l("City street"),
        "forestry": _l("Forestry road"),
        "private": _l("Private road"),
        "village": _l("Village road"),
        "unknown": _l("Owner unknown"),
    },
    "material": {
        "precast": _l("Precast concrete"),
        "steel": _l("Steel"),
        "timber": _l("Timber"),
    },
    "trailer": {
        "low_bed": _l("Low-bed trailer"),
        "hydraulic": _l("Hydraulic modular trailer"),
        "special": _l("Special trailer"),
    },
    "limit": {
        "signed_height_m": _l("Signed height"),
        "clear_height_m": _l("Clear height"),
        "signed_width_m": _l("Signed width"),
        "clear_width_m": _l("Clear width"),
        "signed_length_m": _l("Signed length"),
        "signed_mass_t": _l("Signed mass"),
        "signed_axle_t": _l("Signed axle load"),
        "rated_mass_t": _l("Rated mass of the bridge"),
        "turn_length_m": _l("Length that can turn"),
    },
    "law_subject": {
        "size_limits": _l("Sizes that need no permit"),
        "mass_limits": _l("Masses that need no permit"),
        "permitted_axle_loads": _l("Axle loads that can be permitted"),
        "axle_caps": _l("Axle loads that are never permitted"),
        "categories": _l("Categories of applications"),
        "time_limits": _l("Time limits"),
        "authorities": _l("Who decides"),
        "documents": _l("Documents to hand in"),
        "escort": _l("Escort plan"),
        "refusals": _l("Grounds for refusal"),
        "grades": _l("Grades of size and axle load"),
        "expressways": _l("Expressways"),
        "signed_limits": _l("Signed limits"),
        "urban_roads": _l("City streets"),
        "permit_terms": _l("Term of the pass"),
        "case_terms": _l("Acts, consultations and remedies"),
        "passage_limits": _l("Gaps and passage limits"),
        **LAW_SUBJECTS,
    },
    "scope": {
        "classify": _l("Classify transports"),
        "route": _l("Plan routes"),
        "toll": _l("Quote tolls"),
    },
    "act": {
        "highway_permit": _l("Highway over-limit permit"),
        "police_consultation": _l("Opinion of the traffic police"),
        "municipal_consent": _l("Municipal consent for city streets"),
        "police_designation": _l("Police designation of time, route and speed"),
        **ACT_KINDS,
    },
    "act_state": {
        "draft": _l("Draft"),
        "awaiting_acceptance": _l("Waiting for acceptance"),
        "supplement_requested": _l("Supplements asked for"),
        "supplemented": _l("Supplements handed in"),
        "not_accepted": _l("Not accepted"),
        "accepted": _l("Accepted, under review"),
        "suspended": _l("Clock suspended"),
        "awaiting_check": _l("Waiting for the check"),
        "awaiting_signature": _l("Waiting for the signature"),
        "granted": _l("Granted, the pass is not issued yet"),
        "issued": _l("Issued and in force"),
        "refused": _l("Refused"),
        "withdrawn": _l("Withdrawn by the applicant"),
        "awaiting_opinion": _l("Waiting for the opinion"),
        "opinion_given": _l("Opinion given"),
        "overdue": _l("No answer in time"),
        **ACT_STATES,
    },
    "act_step": {
        "submit": _l("Submit"),
        "ask_supplement": _l("Ask for supplements"),
        "supply": _l("Hand in supplements"),
        "accept": _l("Accept"),
        "deem_accepted": _l("Accepted by law"),
        "decline": _l("Do not accept"),
        "consult": _l("Consult the traffic police"),
        "suspend": _l("Suspend the clock"),
        "resume": _l("Resume the clock"),
        "handle": _l("Handle: propose the decision"),
        "check": _l("Check the proposal"),
        "send_back": _l("Send back"),
        "grant": _l("Sign the decision"),
        "refuse": _l("Sign the refusal"),
        "issue": _l("Issue the pass"),
        "withdraw": _l("Withdraw the application"),
        **ACT_STEPS,
        **ENGINEER_STEPS,
        "give_opinion": _l("Give the opinion"),
        "record_overdue": _l("Record that no answer came"),
        "make_application": _l("Application made"),
        "change_application": _l("Application changed"),
        "attach_document": _l("Document attached"),
        "record_official_numbers": _l("Official number recorded"),
        "hand_over": _l("Enquiry handed to the carrier"),
        "plan_trip": _l("Trip planned"),
        "record_loading": _l("Loading recorded"),
        "record_departure": _l("Departure recorded"),
        "record_site_acceptance": _l("Accepted on site"),
        "record_weighing": _l("Weighing recorded"),
        "record_arrival": _l("Arrival recorded"),
        "record_damage": _l("Damage recorded"),
        "relief_open_claim": _l("Relief record opened"),
        "relief_verify": _l("Relief verified"),
        "relief_reject": _l("Relief rejected"),
        "relief_pay": _l("Relief paid out"),
        "relief_audit": _l("Relief audited"),
        "relief_reclaim": _l("Relief reclaimed"),
        "register_firm": _l("Firm registered"),
        "decide_registration": _l("Registration decided"),
        "create_organisation": _l("Organisation created"),
        "create_user": _l("Account created"),
        "disable_user": _l("Account disabled"),
        "reset_password": _l("Password reset"),
        "enter_working_year": _l("Working days of a year entered"),
    },
    "missing": {
        "not_decided": _l("Not decided yet"),
        "refused": _l("Refused"),
        "withdrawn": _l("Withdrawn by the applicant"),
        "not_yet_valid": _l("Not valid yet"),
        "expired": _l("Expired"),
        "pass_not_in_force": _l("The pass is not in force"),
        **MISSING,
    },
    "ending_ground": ENDING_GROUNDS,
    "consequence": CONSEQUENCES,
    "photo_view": VIEWS,
    "measured": MEASURED,
    "recall_effect": RECALL_EFFECTS,
    "recall_reason": RECALL_REASONS,
    "opinion": {
        "no_objection": _l("No objection"),
        "conditions": _l("No objection under conditions"),
        "objection": _l("Objection"),
    },
    "decided": {
        "grant": _l("Permission granted"),
        "refuse": _l("Refused"),
    },
    "decision": {
        "grant": _l("To be granted"),
        "refuse": _l("Not to be granted"),
    },
    "letter": {
        "acceptance": _l("Acceptance notice"),
        "supplement": _l("Supplement notice"),
        "not_accepted": _l("Non-acceptance decision"),
        "consultation": _l("Consultation letter"),
        "grant": _l("Decision to grant"),
        "refusal": _l("Decision to refuse"),
        "suspension": _l("Notice of days not counted"),
        "revocation": _l("Decision to take back"),
        "annulment": _l("Decision to annul"),
        "cancellation": _l("Decision to cancel"),
    },
    "check_occasion": {
        "entry": _l("At the entry"),
        "roadside": _l("At the roadside"),
        "exit": _l("At the exit"),
    },
    "crossing_outcome": {
        "finished": _l("Crossing finished"),
        "denied": _l("Crossing denied"),
    },
    "service_manner": {
        "direct": _l("Handed over"),
        "left_there": _l("Left there before a witness"),
        "electronic": _l("Electronically, with consent"),
        "post": _l("By post"),
        "entrusted": _l("Through another office"),
        "public_notice": _l("By public notice"),
    },
    "spare_finding": SPARE_FINDINGS,
    "refusal_ground": {
        "flatbed_axle_load": _l("Axle loads of the flatbed beyond the cap (R62 art. 17(1))"),
        "hydraulic_line_load": _l("Load of an axle line beyond the cap (R62 art. 17(2))"),
        "reinforcement_not_done": _l("Required strengthening not done (R62 art. 17(3))"),
        "refused_by_other_law": _l("Another law forbids it (R62 art. 17(4))"),
        "road_capacity": _l("Streets or bridges of the city cannot bear it"),
        "traffic_safety": _l("Traffic safety, and no other time or route helps"),
        "other_law": _l("Another law forbids it"),
    },
    "non_acceptance_ground": {
        "divisible_load": _l("The load can be divided (R62 art. 11(1))"),
        "stacked_pieces": _l("Several pieces stacked beyond the limit (R62 art. 11)"),
        "licence_scope": _l("The licence does not cover large items (R62 art. 11(2))"),
        "application_ban": _l("The carrier is banned from applying (R62 art. 11(3))"),
        "not_accepted_by_other_law": _l("Another law forbids acceptance (R62 art. 11(4))"),
    },
    "suspension": {
        "strengthening": _l("Strengthening of the road or a bridge"),
        "expert_review": _l("Expert review"),
    },
    "trip_state": {
        "planned": _l("Planned"),
        "loaded": _l("Loaded"),
        "departed": _l("On the way"),
        "delivered": _l("Delivered"),
    },
    "permit_state": {
        "in_force": _l("Pass in force"),
        "revoked": _l("Revoked"),
        "expired": _l("Expired"),
    },
    "category": {
        "I": _l("Category I"),
        "II": _l("Category II"),
        "III": _l("Category III"),
    },
    "claim_state": {
        "pre_review": _l("Waiting for the check"),
        "verified": _l("Verified, to be paid"),
        "paid": _l("Paid out"),
        "audited": _l("Audited"),
        "rejected": _l("Rejected"),
        "reclaimed": _l("Reclaimed"),
        "appealed": _l("Under appeal"),
        "upheld": _l("Refusal upheld"),
    },
    "claim_step": {
        "verify": _l("Approve after checking"),
        "reject": _l("Reject"),
        "pay": _l("Pay out"),
        "audit": _l("Audit the record"),
        "reclaim": _l("Reclaim"),
        "appeal": _l("Appeal"),
        "uphold": _l("Uphold the refusal"),
        "reopen": _l("Allow the appeal and check again"),
    },
    "relief_check": {
        "scheme_in_force": _l("The scheme is in force on the day of the trip"),
        "load_lawful": _l("The load is lawful"),
        "pass_valid": _l("The pass is valid on the day of the trip"),
        "plates_match": _l("Plates of trip and pass agree"),
        "components_on_pass": _l("Every component of the manifest is on the pass"),
        "material_in_scope": _l("The material is in the scheme"),
        "kind_in_scope": _l("The kind of component is in the scheme"),
        "certificate": _l("The factory's certificate is there"),
        "site_accepted": _l("The site accepted the load"),
        "mass_as_permitted": _l("The weighed mass is not above the permitted one"),
        "size_as_permitted": _l("The measured sizes are not above the permitted ones"),
        "stations_on_route": _l("Entry and exit lie on the permitted route"),
        "time_plausible": _l("The time between entry and exit is plausible"),
        "not_claimed_before": _l("Nothing of this trip was claimed before"),
        "origin_in_scope": _l("Producer and project are in the scheme"),
        "vehicle_in_scope": _l("The vehicle is in the scheme"),
        "hour_in_scope": _l("Day and hour are in the scheme"),
        "budget_left": _l("The scheme's budget is not used up"),
    },
    "road_ownership": {
        "government_loan": _l("Government-loan road"),
        "commercial": _l("Commercial road"),
        "unknown": _l("Owner not on file"),
    },
    "scheme_status": {
        "decreed": _l("Rests on a decision"),
        "demonstration": _l("For demonstration only"),
    },
    "document": {
        "application_form": _l("Application form"),
        "transport_licence": _l("Road transport licence"),
        "plan_permit_months": _l("Longest term of a pass"),
        "agent_identity": _l("Identity card of the agent"),
        "power_of_attorney": _l("Power of attorney"),
        "vehicle_licence": _l("Vehicle licence or temporary plate"),
        "outline_drawing": _l("Outline drawing"),
        "escort_plan": _l("Escort plan"),
        "temporary_plate": _l("Temporary plate"),
        "insurance": _l("Compulsory insurance"),
        "inspection": _l("Inspection"),
        "transport_certificate": _l("Road transport certificate of the vehicle"),
        "other_paper": _l("Another paper"),
    },
    "unit": {
        "working day": _l("working days"),
        "month": _l("months"),
        "day": _l("days"),
        **LAW_UNITS,
    },
    "law_field": LAW_FIELDS,
    "law_word": {
        **LAW_WORDS,
        "county": _l("County"),
        "league": _l("League or city"),
        "region": _l("Autonomous region"),
        "origin-province": _l("Province of origin"),
        "always": _l("Always"),
        "beyond_category_2": _l("Beyond category II"),
        "not_accepted": _l("Not accepted"),
        "refused": _l("Refused"),
    },
    "organisation_status": {
        "registered": _l("Waiting for approval"),
        "approved": _l("Approved"),
        "rejected": _l("Rejected"),
        "closed": _l("Closed"),
    },
    "user_status": {
        "active": _l("Active"),
        "disabled": _l("Disabled"),
    },
    **LOAD_WORDS,
    **PASSAGE_WORDS,
    **TOLL_WORDS,
}
# The audit trail mixes acts and relief records; no word of theirs means two things.
WORDS["any_state"] = WORDS["claim_state"] | WORDS["organisation_status"] | WORDS["act_state"]

# How good or bad a word is; the style sheet gives each tone a colour and a sign of its own.
TONES: dict[str, str] = {
    "feasible": "good", "pass": "good", "within_limit": "good", "known": "good",
    "verified": "good", "valid": "good", "approved": "good", "active": "good",
    "conditional": "care", "permit_needed": "care", "assumed": "care", "unverified": "care",
    "not_yet": "care", "registered": "care", "expires_soon": "care", "undated": "open",
    "unknown": "open", "assumption": "open", "demonstration": "open", "unknown_key": "open",
    "unreadable": "open",
    "infeasible": "bad", "unreachable": "bad", "fail": "bad", "not_allowed": "bad",
    "expired": "bad", "revoked": "bad", "forged": "bad", "rejected": "bad", "closed": "bad",
    "disabled": "bad",
    "issued": "good", "opinion_given": "good", "no_objection": "good", "in_force": "good",
    "paid": "good", "audited": "good", "delivered": "good", "decreed": "good", "grant": "good",
    "granted": "care", "awaiting_acceptance": "care", "supplement_requested": "care",
    "supplemented": "care", "awaiting_check": "care", "awaiting_signature": "care",
    "awaiting_opinion": "care", "conditions": "care", "suspended": "care", "pre_review": "care",
    "not_decided": "care", "not_yet_valid": "care", "objection": "bad",
    "refused": "bad", "refuse": "bad", "not_accepted": "bad", "overdue": "bad",
    "draft": "open", "ended": "plain", "appealed": "care", "upheld": "bad",
    "withdrawn": "bad", "reclaimed": "bad", "pass_not_in_force": "bad",
    **ACT_TONES,
    **PROJECT_TONES,
}  # fmt: skip

# The terms of the field and the name each has in code, files and JSON.
GLOSSARY: tuple[tuple[str, LazyString, str], ...] = (
    (
        "超限",
        _l("over limit: larger or heavier than the law allows without a permit"),
        "over_limit",
    ),
    ("不可解体", _l("indivisible: cannot be taken apart without damage"), "indivisible"),
    ("轴线", _l("axle line of a hydraulic modular trailer"), "axle_line"),
    ("受理", _l("accepted: the authority took the application on file"), "accepted"),
    ("补正", _l("supplement: what is missing, asked for once"), "supplement"),
    ("踏勘", _l("survey: somebody measures what is not known"), "survey"),
    ("护送", _l("escort"), "escort"),
    ("通行证", _l("pass"), "pass"),
    ("装车单", _l("load manifest: component numbers of one trip"), "manifest"),
    ("可发车", _l("ready to depart: every act the route needs is in force"), "ready_to_depart"),
    ("通行费优惠", _l("toll relief under a dated scheme"), "relief"),
)


def say(kind: str, word: object) -> str:
    """Return the text of a code word of one kind, or the word itself."""
    text = WORDS.get(kind, {}).get(str(word))
    return str(word) if text is None else str(text)


def law_value(value: object, unit: str = "") -> str:
    """Write a legal value of any shape, with its unit, on one line."""
    if value is None:
        return str(gettext("repealed"))
    if unit == "word":
        return say("law_word", value)
    if unit == "yes/no" or isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    said = f"{value:g}" if isinstance(value, float) else _law_parts(value)
    return f"{said} {'' if unit in {'list', 'record', 'count'} else say('unit', unit)}".strip()


def _law_parts(value: object) -> str:
    if isinstance(value, Mapping):
        return str(gettext("; ")).join(
            f"{say('road_class', key)}{gettext(': ')}{law_value(part)}"
            for key, part in value.items()
        )
    if isinstance(value, OfficeName):
        return value.en if language() == "en" else value.zh
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((one.name, getattr(value, one.name)) for one in fields(value))
        return str(gettext("; ")).join(
            f"{say('law_field', key)}{gettext(': ')}{law_value(part)}"
            for key, part in parts
            if part is not None and part is not False
        )
    if isinstance(value, tuple | list | frozenset | set):
        mark = gettext(" | ") if any(map(is_dataclass, value)) else gettext(", ")
        return str(mark).join(law_value(part) for part in value)
    return say("law_word", value)


def tone(word: object) -> str:
    """Return good, care, open, bad or plain for a code word."""
    return TONES.get(str(word), "plain")
