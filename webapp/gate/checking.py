"""The page at the gate: find a pass by its number, enter measurements, read the comparison."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault
from transport.permits.permit import Permit
from transport.services.stepping import day_of
from webapp.access import Role, current_services, for_role
from webapp.fields import Fields
from webapp.gate.comparing import Measurement, compare
from webapp.page_context import menu_entry

blueprint = Blueprint("gate", __name__)
OFFICERS = (Role.TRANSPORT_OFFICER, Role.POLICE_OFFICER, Role.TOLL_OFFICER)
NAVIGATION = (menu_entry("gate.check", _l("Roadside check"), *OFFICERS, order=40),)

LABELS = {
    "number": _l("Number of the pass"),
    "height_m": _l("Height"),
    "width_m": _l("Width"),
    "length_m": _l("Length"),
    "gross_mass_t": _l("Gross mass"),
    "largest_axle_load_t": _l("Largest axle load"),
    "axle_count": _l("Axles"),
}


@blueprint.get("/gate")
@for_role(*OFFICERS)
def check() -> str | tuple[str, int]:
    """Show the form; with a number the pass; with measurements the comparison too.

    Nothing is stored: the address can be opened again and gives the same answer.
    """
    fields = Fields(request.args)
    number = fields.text("number", required=False, longest=60).upper()
    measured = Measurement(
        height_m=fields.optional_number("height_m", least=0.1, most=20),
        width_m=fields.optional_number("width_m", least=0.1, most=20),
        length_m=fields.optional_number("length_m", least=0.1, most=200),
        gross_mass_t=fields.optional_number("gross_mass_t", least=0.1, most=2000),
        largest_axle_load_t=fields.optional_number("largest_axle_load_t", least=0.1, most=100),
        axle_count=fields.whole_number("axle_count", least=2, most=200)
        if request.args.get("axle_count", "").strip()
        else None,
    )
    permit = _pass(number) if number else None
    if number and permit is None:
        fields.refuse("number", f"there is no pass {number}", "no_such_pass", given=number)
    wrong = tuple(fields.faults)
    page = _page(permit, measured, wrong)
    return (page, 422) if wrong else page


def _pass(number: str) -> Permit | None:
    with current_services().unit_of_work(read_only=True) as work:
        return work.permits.by_number(number)


def _page(permit: Permit | None, measured: Measurement, faults: tuple[FieldFault, ...]) -> str:
    today = day_of(current_services().clock.now())
    entries = compare(measured, permit) if permit and not faults else []
    return render_template(
        "gate/check.html",
        permit=permit,
        state=permit.state_on(today) if permit else None,
        early=permit is not None and today < permit.valid_from,
        entries=[one for one in entries if one.measured is not None],
        faults=faults,
        values=request.args,
        labels=LABELS,
    )
