"""What the engineer's desk says of faults and refusals: panels, surveys, signed reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

PANEL_FAULTS: dict[str, LazyString] = {
    "future": _l("The day lies in the future."),
    "order": _l("This day lies before the first one."),
    "duplicate": _l("Somebody is named twice."),
    "odd_panel": _l(
        "A panel needs an odd number of experts, %(least)s at least; these are %(have)s."
    ),
    "too_few_experts": _l(
        "Only %(have)s experts of a field you asked for have no conflict; you want %(want)s. "
        "Draw fewer, or add experts to the roster."
    ),
    "conflict_not_on_roster": _l("%(name)s is not on the roster today."),
    "conflict_applicant": _l("%(name)s works for the applicant and may not sit."),
    "conflict_manufacturer": _l("%(name)s works for the manufacturer and may not sit."),
    "conflict_report_author": _l("%(name)s wrote the report and may not sit."),
    "conflict_same_case_earlier": _l("%(name)s took part in this case before and may not sit."),
    "not_a_picture": _l("“%(name)s” is no photograph. Choose a PNG or JPEG file."),
}
PANEL_REFUSALS: dict[str, LazyString] = {
    "panel_sits": _l("A panel sits on this case already."),
    "panel_concluded": _l("This panel has concluded."),
    "panel_too_small": _l("Too few experts are left on this panel. Three must sit."),
    "opinions_missing": _l("The signed opinions of %(names)s are missing."),
    "opinion_signed": _l("This expert has signed already."),
    "seat_declined": _l("This expert declined to sit on the panel."),
    "no_running_clock": _l("The case is not accepted, or decided: no clock runs."),
    "no_conclusion": _l(
        "The evaluation has no conclusion yet. Settle the surveys and full checks first."
    ),
}
ENGINEER_STEPS: dict[str, LazyString] = {
    "keep_measurements": _l("Survey on site entered"),
    "decide_passage": _l("Full check of a place signed"),
    "sign_report": _l("Evaluation report signed"),
    "expert_comes": _l("Expert accepted to sit"),
    "expert_declines": _l("Expert declined to sit"),
    "enter_opinion": _l("Signed opinion of an expert entered"),
    "keep_expert": _l("Roster of experts changed"),
}
