"""The checks that the official form makes of vehicle, axles and firm before it takes them."""

from __future__ import annotations

import re

from transport.errors import FieldFault
from transport.permits.application import Application, Vehicle
from transport.vehicles.transport import TrailerKind

VIN = re.compile(r"[0-9A-HJ-NPR-Z]{17}")
# A unified social credit code, or the older business registration number.
CREDIT_CODE = re.compile(r"(?:[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}|[1-9]\d{14})")
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9])?")
MOBILE = re.compile(r"1[3-9]\d{9}")
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,6}[\u4e00-\u9fffA-Z0-9]?")


def vin_fault(text: str, field: str) -> FieldFault | None:
    """Return what is wrong with a vehicle identification number; an empty one is not judged."""
    if not text.strip() or VIN.fullmatch(text.strip().upper()):
        return None
    message = f"{text!r} is no identification number: 17 digits and letters without I, O and Q"
    return FieldFault(field, message, "vin_form", (("given", text),))


def credit_code_fault(text: str, field: str = "credit_code") -> FieldFault | None:
    """Return what is wrong with a credit code; an empty one is not judged."""
    if not text.strip() or CREDIT_CODE.fullmatch(text.strip().upper()):
        return None
    message = f"{text!r} is no unified social credit code: it has 18 digits and letters"
    return FieldFault(field, message, "credit_code_form", (("given", text),))


def plate_fault(text: str, field: str) -> FieldFault | None:
    """Return what is wrong with a number plate; an empty one is not judged."""
    if not text.strip() or PLATE.fullmatch(text.strip().upper()):
        return None
    message = f"{text!r} is not a number plate, e.g. 蒙A12345 or 蒙A1234挂"
    return FieldFault(field, message, "plate_form", (("plate", text),))


def email_fault(text: str, field: str) -> FieldFault | None:
    """Return what is wrong with an e-mail address; an empty one is not judged."""
    if not text or EMAIL.fullmatch(text):
        return None
    message = f"{text!r} is no e-mail address, e.g. permits@example.com"
    return FieldFault(field, message, "email_form", (("given", text),))


def mobile_fault(text: str, field: str) -> FieldFault | None:
    """Return what is wrong with a mobile number; an empty one is not judged."""
    if not text or MOBILE.fullmatch(text):
        return None
    message = f"{text!r} is no mobile number: 11 digits beginning with 1"
    return FieldFault(field, message, "mobile_form", (("given", text),))


def vehicle_faults(vehicle: Vehicle) -> list[FieldFault]:
    """Return malformed plates and identification numbers of a combination."""
    found = [
        plate_fault(vehicle.tractor_plate, "vehicle.tractor_plate"),
        plate_fault(vehicle.trailer_plate, "vehicle.trailer_plate"),
        vin_fault(vehicle.tractor_vin, "vehicle.tractor_vin"),
        vin_fault(vehicle.trailer_vin, "vehicle.trailer_vin"),
    ]
    return [one for one in found if one is not None]


def train_faults(application: Application) -> list[FieldFault]:
    """Return contradictions between the units and the train: axles, and a truck's trailer."""
    vehicle, transport = application.vehicle, application.transport
    faults = []
    if transport.trailer_kind is TrailerKind.NONE and vehicle.trailer_plate.strip():
        message = "a rigid truck has no trailer: remove its plate, or choose the kind of trailer"
        faults.append(FieldFault("vehicle.trailer_plate", message, "truck_with_trailer"))
    own, towed = vehicle.tractor_axles, vehicle.trailer_axles
    if own is None or towed is None or not transport.axle_loads_t:
        return faults
    # A line of two axles has one load but counts two axles where the papers count axles.
    lines = transport.axle_count - (transport.tractor_axles or own)
    counted = {transport.axle_count, transport.axle_count + lines * (transport.axles_per_line - 1)}
    if own + towed not in counted:
        message = (
            f"{own} axles of the tractor and {towed} of the trailer are not the "
            f"{transport.axle_count} axles of the train"
        )
        params = (
            ("tractor", str(own)),
            ("trailer", str(towed)),
            ("train", str(transport.axle_count)),
        )
        faults.append(FieldFault("transport.axle_loads_t", message, "axles_sum", params))
    return faults
