"""What is missing before submission, all at once: documents, fields, axle loads, contradictions."""

from __future__ import annotations

from datetime import date, timedelta

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application, Requirements
from transport.permits.form_checks import train_faults, vehicle_faults
from transport.permits.permit import validity
from transport.rules.pass_term import last_day_of_months
from transport.vehicles.vehicle_papers import PaperKind

# Usual return reason: gross mass that does not add up; forms round to 0.1 t per figure.
_MASS_ROUNDING_T = 0.5


def precheck(application: Application, today: date) -> list[FieldFault]:
    """Return everything that an office would send the application back for; empty when complete."""
    return [
        *_documents(application),
        *_fields(application),
        *vehicle_faults(application.vehicle),
        *train_faults(application),
        *_vehicle(application),
        *_temporary_plate(application, today),
        *_sizes(application),
        *_days(application, today),
        *_law(application.requirements),
        *_route(application),
    ]


def _documents(application: Application) -> list[FieldFault]:
    attached = {one.code for one in application.documents}
    return [
        FieldFault(
            f"documents.{one.code}",
            f"the document is required ({one.clause}): {one.name}",
            "document_missing",
            (("name", one.name), ("clause", one.clause)),
        )
        for one in application.requirements.documents
        if one.required and one.code not in attached
    ]


def _fields(application: Application) -> list[FieldFault]:
    given = {
        "cargo.name": application.cargo.name,
        "cargo.component_numbers": ",".join(application.cargo.component_numbers),
        "itinerary.origin": application.itinerary.origin,
        "itinerary.destination": application.itinerary.destination,
        "vehicle.tractor_plate": application.vehicle.tractor_plate,
        "contact.name": application.contact.name,
        "contact.phone": application.contact.phone,
    }
    return [
        FieldFault(field, "must be given", "field_missing")
        for field, value in given.items()
        if not value.strip()
    ]


def _vehicle(application: Application) -> list[FieldFault]:
    vehicle, transport = application.vehicle, application.transport
    faults = []
    if not transport.axle_loads_t:
        message = "each axle load must be given (R62 art. 10)"
        faults.append(FieldFault("transport.axle_loads_t", message, "axle_loads_missing"))
    elif len(transport.axle_spacings_m) != len(transport.axle_loads_t) - 1:
        message = "one spacing fewer than axles must be given"
        faults.append(FieldFault("transport.axle_spacings_m", message, "axle_spacings_missing"))
    kerb = (vehicle.tractor_kerb_mass_t, vehicle.trailer_kerb_mass_t)
    if kerb[0] is not None and kerb[1] is not None:
        total = kerb[0] + kerb[1] + application.cargo.mass_t
        if abs(total - transport.mass_t) > _MASS_ROUNDING_T:
            message = (
                f"gross mass {transport.mass_t:g} t is not tractor {kerb[0]:g} + trailer "
                f"{kerb[1]:g} + cargo {application.cargo.mass_t:g} = {total:g} t"
            )
            faults.append(FieldFault("transport.mass_t", message, "mass_sum"))
    return faults


def _temporary_plate(application: Application, today: date) -> list[FieldFault]:
    """Ask until when a temporary plate is valid, and refuse more days than the law allows."""
    vehicle, most = application.vehicle, application.requirements.temporary_plate_days
    plates = [one for one in vehicle.papers if one.kind is PaperKind.TEMPORARY_PLATE]
    if not vehicle.temporary_plate and not plates:
        return []
    ends = [one.last_day(most) for one in plates]
    ends += [one.valid_until for one in application.documents if one.code == "vehicle_licence"]
    known = [one for one in ends if one is not None]
    if not known:
        message = "give the last day of the temporary plate; the pass ends with it"
        return [FieldFault("documents.vehicle_licence", message, "temporary_plate_undated")]
    if most is not None and min(known) > today + timedelta(days=most):
        message = (
            f"a temporary plate lasts at most {most} days, so it cannot be valid until "
            f"{min(known)}: correct its last day"
        )
        params = (("most", str(most)),)
        return [FieldFault("documents.vehicle_licence", message, "temporary_plate_long", params)]
    return []


def _sizes(application: Application) -> list[FieldFault]:
    cargo, transport = application.cargo, application.transport
    pairs = (
        ("height_m", cargo.height_m, transport.height_m),
        ("width_m", cargo.width_m, transport.width_m),
        ("length_m", cargo.length_m, transport.length_m),
        ("mass_t", cargo.mass_t, transport.mass_t),
    )
    return [
        FieldFault(
            f"transport.{field}",
            f"loaded {field} {loaded:g} is less than the cargo's {bare:g}",
            "smaller_than_cargo",
        )
        for field, bare, loaded in pairs
        if loaded < bare
    ]


def _days(application: Application, today: date) -> list[FieldFault]:
    travel = application.travel
    if travel.ends_on < travel.starts_on:
        return [FieldFault("travel.ends_on", "is before the first day", "window_reversed")]
    if travel.ends_on < today:
        return [FieldFault("travel.ends_on", f"is in the past (today {today})", "window_past")]
    months = application.requirements.plan_permit_months
    if application.plan and months is not None:
        latest = last_day_of_months(travel.starts_on, months)
        if travel.ends_on > latest:
            message = f"a plan permit ends on {latest} at the latest: {months} months"
            params = (("latest", str(latest)), ("months", str(months)))
            return [FieldFault("travel.ends_on", message, "plan_too_long", params)]
    try:
        validity(application)
    except InvalidInputError as wrong:
        return list(wrong.faults)
    return []


def _law(requirements: Requirements) -> list[FieldFault]:
    faults = [
        FieldFault(
            "transport",
            f"the law does not allow a permit for this load: {rule}",
            "refusal_ground",
            (("rule", rule),),
        )
        for rule in requirements.refusals
    ]
    if not requirements.over_limit:
        message = "this load is within the ordinary limits and needs no pass"
        faults.append(FieldFault("transport", message, "no_pass_needed"))
    return faults


def _route(application: Application) -> list[FieldFault]:
    if application.route.status in {"infeasible", "unreachable"}:
        message = f"the chosen route is {application.route.status}; choose another one"
        return [FieldFault("route", message, "route_not_passable")]
    return []
