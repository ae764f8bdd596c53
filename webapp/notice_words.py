"""The words of notices, and of drivers and escort companies with their papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

NOTICE_WORDS: dict[str, dict[str, LazyString]] = {
    "notice": {
        "submitted": _l("An application came in"),
        "supplement_asked": _l("Supplements are asked for"),
        "supplied": _l("The supplements are there"),
        "accepted": _l("Accepted"),
        "not_accepted": _l("Not accepted"),
        "opinion_asked": _l("Your opinion is asked for"),
        "opinion_given": _l("An opinion was given"),
        "suspended": _l("The clock was stopped"),
        "resumed": _l("The clock runs again"),
        "granted": _l("Granted; the pass follows"),
        "issued": _l("Issued"),
        "refused": _l("Refused"),
        "ended": _l("No longer in force"),
        "withdrawn": _l("Withdrawn by the applicant"),
        "recalled": _l("The road has changed"),
        "deadline_near": _l("A limit is near"),
        "paper_expires": _l("A paper expires"),
        "pass_ends": _l("A pass ends soon"),
        "message": _l("A message"),
    },
    "send_state": {
        "pending": _l("Waits to be sent"),
        "sent": _l("Sent"),
        "given_up": _l("Could not be sent"),
        "in_house": _l("Shown here only"),
    },
    "crew_kind": {"driver": _l("Driver"), "escort": _l("Escort company")},
    "crew_paper": {
        "driving_licence": _l("Driving licence"),
        "driver_qualification": _l("Driver's qualification certificate"),
        "business_licence": _l("Business licence"),
        "liability_insurance": _l("Liability insurance"),
    },
}
NOTICE_FAULTS: dict[str, LazyString] = {
    "email_form": _l("“%(given)s” is no e-mail address. Write it as permits@example.com."),
    "mobile_form": _l("“%(given)s” is no mobile number: 11 digits that begin with 1."),
    "plan_too_long": _l("A plan permit ends on %(latest)s at the latest (%(months)s months)."),
    "no_reader": _l("Nobody would read it: the case is with no office yet."),
}
