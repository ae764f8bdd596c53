"""The messages of faults and refused steps, in the reader's language.

The core names each fault and refusal by a code; the text of each stands here once. A code without
a text is said in the core's English.
"""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.errors import FieldFault, StepNotAllowedError
from webapp.load_wording import LOAD_FAULTS
from webapp.notice_words import NOTICE_FAULTS
from webapp.panel_wording import PANEL_FAULTS, PANEL_REFUSALS
from webapp.project_words import PROJECT_FAULTS
from webapp.toll_words import TOLL_FAULTS, TOLL_REFUSALS
from webapp.trip_words import TRIP_FAULTS, TRIP_REFUSALS
from webapp.wording import say

# Texts of the faults that the core and `fields` name by code; parameters in %(name)s.
FAULTS: dict[str, LazyString] = {
    "required": _l("Fill in this field."),
    "too_long": _l("Use at most %(longest)s characters."),
    "not_a_number": _l("“%(given)s” is not a number. Write digits, for example 3.6."),
    "out_of_range": _l("Give a value between %(least)s and %(most)s."),
    "not_whole": _l("Give a whole number from %(least)s to %(most)s."),
    "day_past": _l("The day is in the past. Choose today or a later day."),
    "not_a_day": _l("“%(given)s” is not a day. Write it as 2026-03-01."),
    "not_a_time": _l("“%(given)s” is not a time. Write it as 2026-03-01T08:00."),
    "no_hour": _l("“%(given)s” is no time of day. Write it as 06:30."),
    "day_of_other_year": _l("%(day)s is not a day of this year."),
    "day_is_both": _l("%(day)s is also among the days off."),
    "day_is_weekday": _l("%(day)s is an ordinary working day, not a Saturday or Sunday."),
    "not_a_choice": _l("“%(given)s” is not one of the choices."),
    "not_fitting": _l("“%(given)s” does not fit here. Write numbers joined by commas."),
    "not_repeated": _l("The two entries differ. Type the new password twice."),
    "name_taken": _l("A firm of this name is registered already. Ask the administrator."),
    "login_taken": _l("This sign-in name is taken. Choose another."),
    "file_too_large": _l("The file is too large."),
    "digest_differs": _l("The digest is not that of this file: it was changed, or mistyped."),
    "no_answer_file": _l("This is no answer file of a bundle."),
    "answer_text": _l("“%(key)s” of the answer file must be a text."),
    "answer_speed": _l("“%(key)s” of the answer file must be a speed in km/h, or null."),
    "answer_outcome": _l(
        "“%(key)s” of the answer file must be no_objection, conditions or objection."
    ),
    "answer_windows": _l("“%(key)s” of the answer file must be hours such as 09:00-16:00."),
    "day_order": _l("The last day lies before the first."),
    "hour_order": _l("The last hour lies before the first."),
    "choose_one": _l("Choose at least one."),
    "unknown_login": _l("Nobody has this sign-in name."),
    "reason_missing": _l("Give the reasons."),
    "deputy_not_here": _l("Choose another person of your office."),
    "ends_before_start": _l("The end lies before the beginning."),
    "no_such_structure": _l("The network in use has no such structure."),
    "no_such_letter": _l("This act has no such letter yet."),
    "served_already": _l("This letter was served already; the proof is on file."),
    "served_outside": _l("The day must lie between the day of the letter and today."),
    "recipient_missing": _l("Name who received the letter."),
    "witness_missing": _l("Name the witness."),
    "supplement_empty": _l("List everything that is missing; it can be asked only once."),
    "ground_missing": _l("A refusal needs a ground from the list."),
    "ground_unexpected": _l("Only a refusal has grounds."),
    "ground_not_lawful": _l("This is not a lawful ground. Choose from the list."),
    "violation_reason_missing": _l(
        "Something speaks against a grant. Give the explicit reason for granting nevertheless."
    ),
    "office_missing": _l("This office is not registered here. Ask the administrator to add it."),
    "windows_form": _l("Write the hours as 09:00-16:00, one window a line."),
    "designated_missing": _l("Time, route and speed must all be designated."),
    "no_such_pass": _l("There is no pass with the number %(given)s here."),
    "month_form": _l("Write the month as 2026-05."),
    "changed_meanwhile": _l("Somebody changed this meanwhile. Look at it again, then repeat."),
    "nothing_measured": _l("Enter at least one measured value."),
    "check_does_not_fit": _l(
        "What was measured is not what was granted, so the check cannot be passed."
    ),
    "consent_paper_missing": _l("Attach the paper that says so."),
    "paper_expired": _l("A paper ends before the travel begins. Attach a valid one."),
    **LOAD_FAULTS,
    **TOLL_FAULTS,
    **NOTICE_FAULTS,
    **PROJECT_FAULTS,
    **PANEL_FAULTS,
    **TRIP_FAULTS,
}

# Why a step was refused, by the code of StepNotAllowedError; parameters in %(name)s.
REFUSALS: dict[str, LazyString] = {
    **TOLL_REFUSALS,
    **PANEL_REFUSALS,
    **TRIP_REFUSALS,
    "amendment_prepared": _l("The amendment is prepared already."),
    "no_other_route": _l("No other route is passable for this transport on these days."),
    "other_desk": _l("This step belongs to another desk."),
    "other_role": _l("The step “%(step)s” is not for your department."),
    "other_office": _l("This act belongs to %(office)s."),
    "not_from_this_state": _l(
        "%(kind)s is now in the state “%(state)s”. The step “%(step)s” is not possible from there."
    ),
    "consult_first": _l(
        "Beyond the sizes of category II the traffic police must be consulted first (R62 art. 12)."
    ),
    "opinion_outstanding": _l(
        "%(office)s has not answered yet. Wait, or record after the limit that no answer came."
    ),
    "consulted_already": _l("The traffic police was already consulted on this case."),
    "opinion_too_late": _l("The case was decided on %(day)s; an opinion comes too late."),
    "answer_not_due": _l("The answer of %(office)s is due on %(day)s; it is not overdue."),
    "consent_first": _l(
        "In the city the municipal consent comes first. That of %(office)s is now in the state "
        "“%(state)s”."
    ),
    "not_handled": _l("There is no proposal yet. Handle the act first."),
    "check_first": _l("The proposal must be checked before it is signed."),
    "same_person_handled": _l(
        "%(name)s handled this decision. A different person must check and sign it."
    ),
    "same_person_checked": _l("%(name)s checked this decision. A different person must sign it."),
    "row_not_in_force": _l("The row is not in force. A second person confirms it first."),
    "same_person_row": _l(
        "%(name)s entered or confirmed this row. Another person signs that it decides."
    ),
    "replay_first": _l(
        "No shadow replay on record has a past decision that this row covers. Run one first."
    ),
    "replay_differs": _l(
        "People refused %(count)s of %(of)s past decisions that this row covers. Narrow the row."
    ),
    "claimed_already": _l("%(name)s works on this act. Taking it over needs a reason."),
    "recused": _l("%(name)s is recused from this act. Another person decides it."),
    "no_league_to_ask": _l("No other league on the route has an office here that could be asked."),
    "nothing_delivered": _l(
        "No trip was delivered on this pass. Ask the office to cancel it if it is not needed."
    ),
    "nothing_to_renew": _l("There is no pass that could be renewed. Apply anew."),
    "spare_not_examined": _l(
        "%(plate)s was not examined with this application. Ask for an amendment."
    ),
    "nothing_to_amend": _l("There is no permit in force that could be amended. Apply anew."),
    "same_person_verified": _l("%(name)s approved this record. A different person must pay it."),
    "claim_not_from_this_state": _l(
        "The record is now in the state “%(claim_state)s”. The step “%(claim_step)s” is not "
        "possible from there."
    ),
    "claim_checks_fail": _l("Not every check holds. Reject the record and give the reason."),
}
_KIND_OF_PARAMETER = {
    "kind": "act",
    "state": "act_state",
    "step": "act_step",
    "claim_state": "claim_state",
    "claim_step": "claim_step",
    "trip_state": "trip_state",
    "needed_state": "trip_state",
}

# Complete sentences that the core says without a code, so that the catalogue can hold them.
CORE_MESSAGES: tuple[LazyString, ...] = (
    _l("must be given"),
    _l("must be factory or carrier"),
    _l("must have six digits (GB/T 2260), e.g. 150100"),
    _l("must be a unified social credit code of 18 characters"),
    _l("must have 3 to 40 letters, digits, dots or dashes, e.g. zhang.wei"),
    _l("needs at least 10 characters"),
    _l("must not contain the sign-in name"),
    _l("is not your present password"),
)


def refusal_text(refusal: StepNotAllowedError) -> str:
    """Return why a step was refused in the reader's language; the core's English otherwise."""
    text = REFUSALS.get(refusal.code)
    if text is None:
        return str(refusal)
    said = {
        name: say(_KIND_OF_PARAMETER.get(name, ""), value) for name, value in refusal.params.items()
    }
    return str(text) % said


def fault_text(fault: FieldFault) -> str:
    """Return the message of a fault in the reader's language; the core's English otherwise."""
    text = FAULTS.get(fault.code)
    if text is None:
        return str(gettext(fault.message)) if fault.message else ""
    params = dict(fault.params)
    why = FAULTS.get(params.get("why_code", ""))
    try:
        if why is not None:
            params["why"] = str(why) % params
        said = str(text) % params
    except (KeyError, ValueError):
        return fault.message
    sheet = params.get("sheet")
    return gettext("Sheet “%(sheet)s”: %(fault)s", sheet=sheet, fault=said) if sheet else said
