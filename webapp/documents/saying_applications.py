"""What the official application form says of a case."""

from __future__ import annotations

from datetime import date

from transport.people import Organisation
from transport.permits.application import Application, AttachedDocument, Vehicle
from transport.permits.case import Case
from transport.regulations.authorities import province_of
from transport.regulations.law import Law
from transport.vehicles.form_strings import (
    VehicleTypeCode,
    towing_type_code,
    trailer_axle_lines,
    trailer_type_code,
)
from transport.vehicles.transport import Transport
from webapp.documents.application_form import axle_spacing_text
from webapp.documents.contents import (
    ApplicationForm,
    FormAgent,
    FormCarrier,
    FormEscort,
    FormVehicle,
    ProvinceRoute,
    Size,
)
from webapp.documents.pass_annex import route_paragraph
from webapp.documents.saying_routes import stretches_of

_NOT_GIVEN = "（未填写）"
_LARGE_ITEMS = "大型物件运输"
_KINDS = {
    VehicleTypeCode.TRUCK: "普通货车",
    VehicleTypeCode.TRACTOR: "牵引车",
    VehicleTypeCode.FLATBED_TRAILER: "普通平板挂车",
    VehicleTypeCode.HYDRAULIC_TRAILER: "多轴多轮液压平板车",
}


def describe_application(
    case: Case, carrier: Organisation, law: Law, on: date, *, demonstration: bool = False
) -> ApplicationForm:
    """Return the form of a case, printed on a day."""
    application = case.application
    cargo, transport, places = application.cargo, application.transport, application.itinerary
    papers = {one.code: one for one in application.documents}
    drawing = papers.get("outline_drawing")
    return ApplicationForm(
        number=case.number,
        official_number=case.official_number,
        goods=goods_of(application),
        starts_on=application.travel.starts_on,
        ends_on=application.travel.ends_on,
        origin_province=_province(law, places.origin_admin),
        provinces=provinces_of(case, law),
        origin=places.origin,
        destination=places.destination,
        routes=(
            ProvinceRoute(
                _province(law, places.origin_admin),
                route_paragraph(stretches_of(case, law)),
            ),
        ),
        goods_mass_t=cargo.mass_t,
        gross_mass_t=transport.mass_t,
        axle_count=transport.axle_count,
        tyre_count=tyre_count(transport),
        axle_spacings=axle_spacings_of(application),
        axle_loads=axle_loads_of(application),
        goods_size=Size(cargo.length_m, cargo.width_m, cargo.height_m),
        overall_size=Size(transport.length_m, transport.width_m, transport.height_m),
        outline_drawing=drawing.filename if drawing else "",
        carrier=_carrier(carrier, papers.get("transport_licence")),
        agent=FormAgent(
            name=application.contact.name,
            identity_number=_file_or_gap(papers.get("agent_identity")),
            telephone=application.contact.phone,
            authorisation=_file_or_gap(papers.get("power_of_attorney")),
        ),
        tractor=_vehicle(application, papers.get("vehicle_licence"), tractor=True),
        trailer=_vehicle(application, papers.get("vehicle_licence"), tractor=False)
        if application.vehicle.trailer_plate
        else None,
        escort=_escort(application, papers.get("escort_plan")),
        printed_on=on,
        demonstration=demonstration,
    )


def goods_of(application: Application) -> str:
    """Return the goods with the numbers of their components."""
    numbers = "、".join(application.cargo.component_numbers)
    return application.cargo.name + (f"（{numbers}）" if numbers else "")


def axle_spacings_of(application: Application) -> str:
    """Return the axle spacings as the form wants them."""
    return application.axle_spacing_text or axle_spacing_text(application.transport.axle_spacings_m)


def axle_loads_of(application: Application) -> str:
    """Return the axle loads as the form wants them."""
    transport = application.transport
    return (
        application.axle_load_text
        or transport.axle_notation
        or "+".join(f"{one:g}" for one in transport.axle_loads_t)
    )


def tyre_count(transport: Transport) -> int:
    """Return the number of tyres."""
    return sum(_tyres(transport))


def provinces_of(case: Case, law: Law) -> str:
    """Return the provinces of the route in the order of travel."""
    parts = case.application.route.contract.get("jurisdictions", ())
    codes = [str(one["admin_code"]) for one in parts if one.get("admin_code")]
    codes = codes or [case.application.itinerary.origin_admin]
    return "、".join(dict.fromkeys(_province(law, code) for code in codes))


def _tyres(transport: Transport) -> tuple[int, ...]:
    # Not given: single tyres in front, dual ones on every other axle (interface.md 2).
    usual = (2, *([4] * (transport.axle_count - 1))) if transport.axle_count else ()
    return transport.tyres_per_axle or usual


def _province(law: Law, code: str) -> str:
    return law.areas.name_of(province_of(code)) if code else _NOT_GIVEN


def _carrier(carrier: Organisation, licence: AttachedDocument | None) -> FormCarrier:
    return FormCarrier(
        name=carrier.name,
        credit_code=carrier.credit_code or _NOT_GIVEN,
        licence=carrier.licence_number or _NOT_GIVEN,
        licence_scope=_LARGE_ITEMS if carrier.large_items_licence else _NOT_GIVEN,
        licence_until=licence.valid_until if licence else None,
        telephone=carrier.contact_phone,
    )


def _vehicle(
    application: Application, licence: AttachedDocument | None, *, tractor: bool
) -> FormVehicle:
    vehicle: Vehicle = application.vehicle
    transport = application.transport
    own_axles = transport.tractor_axles or min(1 + transport.drive_axles, transport.axle_count)
    tyres = _tyres(transport)[:own_axles] if tractor else _tyres(transport)[own_axles:]
    kerb = vehicle.tractor_kerb_mass_t if tractor else vehicle.trailer_kerb_mass_t
    return FormVehicle(
        plate=vehicle.tractor_plate if tractor else vehicle.trailer_plate,
        kind=_kind(transport, tractor=tractor),
        make=_NOT_GIVEN,
        model=(vehicle.tractor_model if tractor else vehicle.trailer_model) or _NOT_GIVEN,
        vin=vehicle.tractor_vin if tractor else vehicle.trailer_vin,
        kerb_mass_t=kerb or 0.0,
        axle_count=len(tyres),
        tyre_count=sum(tyres),
        axle_lines=0 if tractor else trailer_axle_lines(transport),
        document=licence.filename if licence else "",
        document_until=licence.valid_until if licence else None,
    )


def _kind(transport: Transport, *, tractor: bool) -> str:
    """Return the type of a vehicle with the form's code before it."""
    code = towing_type_code(transport) if tractor else trailer_type_code(transport)
    return f"{code} {_KINDS[code]}" if code else _NOT_GIVEN


def _escort(application: Application, plan: AttachedDocument | None) -> FormEscort | None:
    if not application.requirements.escort_plan_required:
        return None
    cars = application.escort_vehicles
    as_plan = f"见护送方案（{plan.filename}）" if plan else _NOT_GIVEN
    return FormEscort(
        vehicles=_NOT_GIVEN if cars is None else f"{cars} 辆",
        staff=as_plan,
        route=as_plan,
        rules=as_plan,
        emergencies=as_plan,
    )


def _file_or_gap(paper: AttachedDocument | None) -> str:
    return f"见附件（{paper.filename}）" if paper else _NOT_GIVEN
