"""The words of expert panels on pages: fields, conflicts, verdicts, states."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FIELDS: dict[str, LazyString] = {
    "bridges": _l("Bridges and structures"),
    "tunnels": _l("Tunnels"),
    "pavement": _l("Subgrade and pavement"),
    "traffic": _l("Traffic engineering"),
    "transport": _l("Heavy transport and lashing"),
}
CONFLICTS: dict[str, LazyString] = {
    "not_on_roster": _l("not on the roster on this day"),
    "applicant": _l("works for the applicant"),
    "manufacturer": _l("works for the manufacturer"),
    "report_author": _l("wrote the report, or works for its institute"),
    "same_case_earlier": _l("took part in the same case before"),
}
VERDICTS: dict[str, LazyString] = {
    "agree": _l("Agrees"),
    "agree_with_conditions": _l("Agrees under conditions"),
    "disagree": _l("Does not agree"),
}
SEATS: dict[str, LazyString] = {
    "invited": _l("Invited"),
    "accepted": _l("Comes"),
    "declined": _l("Declined"),
}
LAPSES: dict[str, LazyString] = {
    "too_early": _l("made for a later day"),
    "expired": _l("its validity is over"),
    "rating_changed": _l("the structure was rated again since"),
    "other_train": _l("made for another train: other axles, or lighter ones"),
}
