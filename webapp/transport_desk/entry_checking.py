"""Issue after a check at the entry: ask for it, record what was measured and photographed."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import lazy_gettext as _l

from transport.permits.decision import signature_of
from transport.permits.entry_check import EntryCheck, Measured, Tolerances, View
from transport.permits.states import Step
from transport.services import entry_checking
from transport.services.stepping import StepRequest
from webapp.access import Role, Services
from webapp.case_file.stepping import StepForm, step_pages
from webapp.fields import Fields
from webapp.wording import WORDS

blueprint = Blueprint("transport_entry_checking", __name__)

REQUIRE = StepForm(
    steps=(Step.REQUIRE_ENTRY_CHECK,),
    template="transport_desk/require_entry_check.html",
    done=_l("The pass of case %(number)s is issued once the entry check is passed."),
    labels={"station": _l("Where it is checked")},
)
RECORD = StepForm(
    steps=(Step.PASS_ENTRY_CHECK, Step.FAIL_ENTRY_CHECK),
    template="transport_desk/record_entry_check.html",
    done=_l("The entry check of case %(number)s is on file."),
    options={
        "result": (
            ("pass", _l("Passed: issue the pass")),
            ("fail", _l("Not passed: the load or vehicle differs")),
        ),
        "photo": tuple(WORDS["photo_view"].items()),
    },
    labels={
        "station": _l("Where it is checked"),
        "height_m": _l("Height"),
        "width_m": _l("Width"),
        "length_m": _l("Length"),
        "mass_t": _l("Gross mass"),
        "largest_axle_load_t": _l("Largest axle load"),
        "axle_count": _l("Axles"),
        "plates_match": _l("The plates are those of the application"),
        "result": _l("Result"),
        "passed": _l("Result"),
        "note": _l("Note"),
    },
    upload=True,
)


@step_pages(blueprint, REQUIRE, Role.TRANSPORT_OFFICER)
def require_entry_check(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Say that the pass waits for a check at the entry."""
    station = fields.text("station", longest=80)
    fields.check()
    entry_checking.require_entry_check(
        services.unit_of_work, services.calendar, asked, station=station
    )


@step_pages(blueprint, RECORD, Role.TRANSPORT_OFFICER)
def record_entry_check(services: Services, asked: StepRequest, fields: Fields) -> None:
    """Record the check; a passed one issues the pass."""
    measured = Measured(
        height_m=fields.optional_number("height_m", least=0.1, most=20),
        width_m=fields.optional_number("width_m", least=0.1, most=20),
        length_m=fields.optional_number("length_m", least=0.1, most=200),
        mass_t=fields.optional_number("mass_t", least=0.1, most=2000),
        largest_axle_load_t=fields.optional_number("largest_axle_load_t", least=0.1, most=100),
        axle_count=fields.whole_number("axle_count", least=2, most=200)
        if request.form.get("axle_count", "").strip()
        else None,
    )
    check = EntryCheck(
        station=fields.text("station", longest=80),
        measured=measured,
        plates_match=fields.ticked("plates_match"),
        passed=fields.text("result", longest=8) == "pass",
        by=signature_of(asked.actor, asked.now),
        note=fields.text("note", required=False, longest=2000),
    )
    fields.check()
    entry_checking.record_entry_check(
        services.unit_of_work,
        services.calendar,
        services.pass_signer,
        services.documents,
        asked,
        check=check,
        tolerances=Tolerances(),
        photos=_photos(),
    )


def _photos() -> dict[View, tuple[str, bytes]]:
    found = {}
    for view in View:
        file = request.files.get(f"photo_{view.value}")
        if file is not None and file.filename:
            found[view] = (file.filename, file.read())
    return found
