"""The application: what the carrier asks for, with everything the official form wants, once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.outline import Outline
from transport.vehicles.transport import Material, Transport
from transport.vehicles.vehicle_papers import VehiclePaper

# Minted by the official platform only; ours begins with DJ and has dashes.
OFFICIAL_NUMBER = re.compile(r"A\d{6}\d{8}\d{5}")
_OUR_PREFIX = "DJ"


@dataclass(frozen=True, slots=True)
class Cargo:
    """What is carried: the building components of one loading, each with its number."""

    name: str
    material: Material
    component_numbers: tuple[str, ...]
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    kind: str = ""
    producer: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The combination: exactly this one may travel (R62 21).

    Three measures are for the outline drawing, in metres: from the nose to the first axle, height
    of the deck, and from the nose to the front of the load. `library_id` is the combination of the
    firm's library that it was taken from, empty where it was typed.
    """

    tractor_plate: str
    trailer_plate: str
    tractor_model: str = ""
    trailer_model: str = ""
    tractor_kerb_mass_t: float | None = None
    trailer_kerb_mass_t: float | None = None
    temporary_plate: bool = False
    tractor_vin: str = ""
    trailer_vin: str = ""
    tractor_axles: int | None = None
    trailer_axles: int | None = None
    papers: tuple[VehiclePaper, ...] = ()
    nose_m: float | None = None
    deck_height_m: float | None = None
    load_front_m: float | None = None
    library_id: str = ""


@dataclass(frozen=True, slots=True)
class SpareTractor:
    """A tractor prepared to take over; `transport.permits.spares` says when it may.

    `axles` are its own, `spacings_m` those between them; `axle_loads_t` are all axles of the
    combination with this tractor in front, by the carrier's weighing or calculation.
    """

    plate: str
    model: str = ""
    vin: str = ""
    axles: int | None = None
    spacings_m: tuple[float, ...] = ()
    axle_loads_t: tuple[float, ...] = ()
    kerb_mass_t: float | None = None
    height_m: float | None = None
    width_m: float | None = None
    papers: tuple[VehiclePaper, ...] = ()


@dataclass(frozen=True, slots=True)
class Itinerary:
    """From where to where; codes are counties (GB/T 2260)."""

    origin: str
    destination: str
    origin_admin: str
    destination_admin: str
    via: tuple[str, ...] = ()
    origin_at: tuple[float, float] | None = None
    destination_at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class RouteSnapshot:
    """The chosen route as it was planned; `contract` is one entry of `routes` (interface.md)."""

    contract: Mapping[str, Any]
    digest: str
    network_id: str
    network_built_at: str
    law_as_of: date

    @property
    def status(self) -> str:
        """The route's status word."""
        return str(self.contract.get("status", "unknown"))

    @property
    def length_m(self) -> float:
        """Length in metres."""
        return float(self.contract.get("length_m", 0.0))


@dataclass(frozen=True, slots=True)
class TravelWindow:
    """First and last day of travel."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Contact:
    """The person to ask; personal data, shown only to those who work on the case."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """A paper of the application; `code` is the document's code in the law's list.

    `valid_until` is the last day of the paper (licence, insurance, temporary plate), if it has one.
    """

    code: str
    digest: str
    filename: str
    media_type: str
    size_bytes: int
    attached_at: datetime
    attached_by: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document the law asks for."""

    code: str
    name: str
    required: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Requirements:
    """What the law asked of this transport on the law day, from `classify` (interface.md 2).

    `temporary_plate_days` is how long a temporary plate may last, `plan_permit_months` how long
    any pass; None in older applications. `ends_with_shortest_paper` says whether a paper that ends
    earlier ends the pass.
    """

    over_limit: bool
    category: str | None
    authority_level: str
    authority_admin_code: str
    authority_name: str
    statutory_days: int | None
    documents: tuple[RequiredDocument, ...]
    escort_plan_required: bool
    refusals: tuple[str, ...]
    temporary_plate_days: int | None = None
    plan_permit_months: int | None = None
    ends_with_shortest_paper: bool = True

    @property
    def consultation_required(self) -> bool:
        """Whether the police must be consulted: beyond class II sizes (R62 12)."""
        return self.category == "III"


@dataclass(frozen=True, slots=True)
class Application:
    """One transport on one route in one window, by one carrier.

    `outline` is the drawing of the placed load it was made from, if there was one. `amends` is the
    number of the case whose pass this one replaces (变更), empty for a new application;
    `renews` that of the case that went before. A `plan` is for several trips of one combination
    (R62 19).
    """

    cargo: Cargo
    transport: Transport
    vehicle: Vehicle
    itinerary: Itinerary
    route: RouteSnapshot
    requirements: Requirements
    law_day: date
    travel: TravelWindow
    contact: Contact
    documents: tuple[AttachedDocument, ...] = ()
    axle_spacing_text: str = ""
    axle_load_text: str = ""
    escort_vehicles: int | None = None
    remarks: str = ""
    outline: Outline | None = None
    amends: str = ""
    amended_because: str = ""
    plan: bool = False
    renews: str = ""
    spares: tuple[SpareTractor, ...] = ()


def case_number(authority_code: str, day: date, serial: int) -> str:
    """Return our own number, which nobody can take for an official one."""
    return f"{_OUR_PREFIX}{authority_code}-{day:%Y%m%d}-{serial:04d}"


def check_official_number(text: str) -> str:
    """Return the official platform's number, tidied; raises InvalidInputError for another form."""
    number = text.strip().upper()
    if not OFFICIAL_NUMBER.fullmatch(number):
        message = (
            "must be A, six digits of the province, the day as eight digits and five digits, "
            "e.g. A1500002026112400001"
        )
        raise InvalidInputError([FieldFault("official_number", message, "official_number_form")])
    return number


def snapshot_route(
    contract: Mapping[str, Any], *, network_id: str, network_built_at: str, law_as_of: date
) -> RouteSnapshot:
    """Freeze a planned route (one entry of `routes`) with the digest of its content."""
    return RouteSnapshot(
        contract=contract,
        digest=digest_of(contract),
        network_id=network_id,
        network_built_at=network_built_at,
        law_as_of=law_as_of,
    )


def requirements_from(classification: Mapping[str, Any]) -> Requirements:
    """Read the answer of `classify` (interface.md 2)."""
    authority = classification.get("authority") or {}
    return Requirements(
        over_limit=bool(classification["over_limit"]),
        category=classification.get("category"),
        authority_level=str(authority.get("level", "")),
        authority_admin_code=str(authority.get("admin_code", "")),
        authority_name=str(authority.get("name", "")),
        statutory_days=classification.get("time_limit_working_days"),
        documents=tuple(
            RequiredDocument(
                code=one["code"],
                name=one["name"],
                required=bool(one["required"]),
                clause=one.get("clause", ""),
            )
            for one in classification.get("documents", ())
        ),
        escort_plan_required=bool(classification.get("escort_plan_required", False)),
        refusals=tuple(str(one["rule"]) for one in classification.get("refusals", ())),
    )


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a JSON document in its canonical writing."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
