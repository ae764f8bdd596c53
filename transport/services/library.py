"""What firms keep to use again: components, enquiries, vehicles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from transport.permits.application import Cargo, Itinerary, Vehicle
from transport.vehicles.transport import Material, Transport


@dataclass(frozen=True, slots=True)
class Component:
    """A building component in a factory's list."""

    id: str
    organisation_id: str
    number: str
    name: str
    kind: str
    material: Material
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    project: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A factory's question how a cargo comes to a site.

    `classification` and `plan` are the answers of `classify` and `route` (interface.md 2) as they
    were given on `law_day`. `asked` keeps what was asked beside cargo and places: the piece, units,
    position, travel day, roads to avoid. `carrier_id` is the firm it was handed to, empty before.
    """

    id: str
    factory_id: str
    factory_name: str
    cargo: Cargo
    transport: Transport
    itinerary: Itinerary
    law_day: date
    created_at: datetime
    created_by: str
    deliver_by: date | None = None
    classification: Mapping[str, Any] | None = None
    plan: Mapping[str, Any] | None = None
    carrier_id: str = ""
    carrier_name: str = ""
    remarks: str = ""
    version: int = 1
    asked: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class LibraryVehicle:
    """A combination of a carrier, with the loaded transport it usually makes."""

    id: str
    organisation_id: str
    name: str
    vehicle: Vehicle
    transport: Transport | None = None
    papers_valid_until: date | None = None
    version: int = 1
