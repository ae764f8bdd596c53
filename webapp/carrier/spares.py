"""Spare tractors of an application: prepared while it is a draft, in front when one breaks down."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.people import Role as ActorRole
from transport.permits.application import SpareTractor
from transport.permits.spares import view_spares, with_spare, without_spare
from transport.permits.states import ActKind, ActState, Step, steps_from
from transport.services.keeping_vehicles import list_units
from transport.services.library import LibraryKind, LibraryVehicle
from transport.services.stepping import StepRequest
from transport.services.swapping_tractors import swap_tractor
from webapp.access import Role, current_actor, current_services, for_role
from webapp.carrier.steps import Answer, keep_step, seen_version
from webapp.case_file.opening import opened
from webapp.fields import Fields

blueprint = Blueprint("spares", __name__)
LABELS = {
    "unit": _l("One of your tractors"),
    "axle_loads_t": _l("Axle loads with this tractor in front, front to rear"),
    "because": _l("What happened"),
    "plate": _l("Number plate"),
    "vin": _l("Vehicle identification number (VIN)"),
}


@blueprint.get("/carrier/cases/<number>/spares")
@for_role(Role.CARRIER)
def listed(number: str) -> str:
    """Show the spare tractors and what may be done with them now."""
    return _page(number)


@blueprint.post("/carrier/cases/<number>/spares")
@for_role(Role.CARRIER)
def add(number: str) -> Answer:
    """Put a tractor of the firm on a draft as a spare."""
    fields = Fields(request.form)
    loads = fields.numbers("axle_loads_t", least=0.1, most=60.0)
    unit = next((one for one in _tractors() if one.id == request.form.get("unit")), None)
    if unit is None:
        fields.refuse("unit", "is none of your tractors", "not_a_choice", given="")
    if fields.faults or unit is None:
        return _page(number, tuple(fields.faults)), 422
    spare = _spare(unit, loads)
    return keep_step(
        number,
        lambda case, _values, faults, conflict: _page(case.number, tuple(faults), conflict),
        lambda application: with_spare(application, spare),
        then="spares.listed",
    )


@blueprint.post("/carrier/cases/<number>/spares/remove")
@for_role(Role.CARRIER)
def remove(number: str) -> Answer:
    """Take a spare off a draft."""
    plate = request.form.get("plate", "")
    return keep_step(
        number,
        lambda case, _values, faults, conflict: _page(case.number, tuple(faults), conflict),
        lambda application: without_spare(application, plate),
        then="spares.listed",
    )


@blueprint.post("/carrier/cases/<number>/spares/swap")
@for_role(Role.CARRIER)
def swap(number: str) -> Answer:
    """Let an examined spare take over: the next revision of the pass at once."""
    services, act = current_services(), opened(number).case.highway_permit
    if act is None:
        raise NotFoundError(f"case {number} has no highway permit")
    asked = StepRequest(current_actor(), number, act.id, seen_version(), services.clock.now())
    try:
        _, permit = swap_tractor(
            services.unit_of_work,
            services.calendar,
            services.pass_signer,
            asked,
            plate=request.form.get("plate", ""),
            because=request.form.get("because", "")[:500],
        )
    except InvalidInputError as wrong:
        return _page(number, wrong.faults), 422
    except ConflictError as conflict:
        return _page(number, (), str(conflict)), 409
    flash(
        gettext(
            "%(plate)s drives from now on. Pass %(pass_number)s is now revision %(revision)s: "
            "take the new annex along, the old one is void.",
            plate=permit.tractor_plate,
            pass_number=permit.number,
            revision=permit.revision,
        ),
        "good",
    )
    return redirect(url_for("applying.overview", number=number))


def _tractors() -> list[LibraryVehicle]:
    units = list_units(current_services().unit_of_work, actor=current_actor())
    return [one for one in units if one.kind is LibraryKind.TRACTOR and one.unit is not None]


def _spare(kept: LibraryVehicle, loads: tuple[float, ...]) -> SpareTractor:
    unit = kept.unit
    if unit is None:
        raise NotFoundError(f"{kept.name} has no measures")
    measured = unit.tractor
    return SpareTractor(
        plate=unit.plate,
        model=unit.model,
        vin=unit.vin,
        axles=unit.axle_count,
        spacings_m=measured.spacings_m if measured else (),
        axle_loads_t=loads,
        kerb_mass_t=unit.kerb_mass_t,
        height_m=measured.height_m if measured else None,
        width_m=measured.width_m if measured else None,
        papers=tuple(replace(one, holder=one.holder or unit.plate) for one in kept.papers),
    )


def _page(number: str, faults: tuple[FieldFault, ...] = (), conflict: str = "") -> str:
    view = opened(number)
    application = view.case.application
    act = view.case.highway_permit
    asked = " ".join(f"{one:g}" for one in application.transport.axle_loads_t)
    return render_template(
        "carrier/spares.html",
        case=view.case,
        act=act,
        spares=view_spares(application),
        may_swap=act is not None
        and any(one.act.id == act.id and _swaps(one.act.state) for one in view.acts),
        units=[(one.id, f"{one.name} {one.unit.plate if one.unit else ''}") for one in _tractors()],
        values=request.form or {"axle_loads_t": asked},
        faults=faults,
        conflict=conflict,
        labels=LABELS,
    )


def _swaps(state: ActState) -> bool:
    return Step.SWAP_TRACTOR in steps_from(ActKind.HIGHWAY_PERMIT, state, ActorRole.CARRIER)
