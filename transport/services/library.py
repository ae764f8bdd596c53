"""What firms keep to use again: components, enquiries, vehicles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from transport.permits.application import Application, Cargo, Itinerary, Vehicle
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.component import Divisibility
from transport.vehicles.measurement import AS_DRAWN, Measurement
from transport.vehicles.outline import Outline
from transport.vehicles.transport import Material, Transport
from transport.vehicles.vehicle_papers import VehiclePaper


@dataclass(frozen=True, slots=True)
class Component:
    """A building component in a factory's list.

    Where `kind` is a piece of the catalogue, what is None here is taken from there. The other
    fields mean what they do in `transport.vehicles.component`.
    """

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
    may_turn: bool | None = None
    may_stand: bool | None = None
    carries_itself: bool | None = None
    divisibility: Divisibility | None = None
    supports_m: tuple[float, ...] = ()
    centre_along_m: float | None = None
    centre_across_m: float = 0.0
    centre_up_m: float | None = None
    most_layers: int | None = None
    frame: str = ""
    measured: Measurement = AS_DRAWN
    cast_on: date | None = None


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
    outline: Outline | None = None


class LibraryKind(StrEnum):
    """What an entry of a carrier's library is."""

    COMBINATION = "combination"
    TRACTOR = "tractor"
    TRAILER = "trailer"
    MODULE = "module"  # lines of a hydraulic trailer
    TRUCK = "truck"

    @property
    def is_towed(self) -> bool:
        """Whether it has no engine of its own."""
        return self in {LibraryKind.TRAILER, LibraryKind.MODULE}


@dataclass(frozen=True, slots=True)
class LibraryUnit:
    """One vehicle: plate, identification, model and measures.

    `tractor` holds the measures of a tractor or truck, `trailer` those of a trailer or module;
    `like` is the catalogue's code they were taken from.
    """

    plate: str
    vin: str = ""
    model: str = ""
    like: str = ""
    tractor: Tractor | None = None
    trailer: Trailer | None = None

    @property
    def kerb_mass_t(self) -> float | None:
        """Mass without load, None where no measures are known."""
        known = self.tractor or self.trailer
        return known.kerb_mass_t if known else None

    @property
    def axle_count(self) -> int | None:
        """Axles of the vehicle, both of a line counted; None where no measures are known."""
        if self.tractor:
            return self.tractor.axle_count
        return self.trailer.axle_count * self.trailer.axles_per_line if self.trailer else None


@dataclass(frozen=True, slots=True)
class ApplicationTemplate:
    """An application of a carrier kept to start others from; without papers and planned route."""

    id: str
    organisation_id: str
    name: str
    application: Application
    kept_at: datetime
    kept_by: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class LibraryVehicle:
    """A single vehicle of a carrier, or a combination with the transport it usually makes.

    A combination may name the units it consists of; `papers` are its own or the unit's.
    """

    id: str
    organisation_id: str
    name: str
    vehicle: Vehicle
    transport: Transport | None = None
    papers_valid_until: date | None = None
    version: int = 1
    kind: LibraryKind = LibraryKind.COMBINATION
    unit: LibraryUnit | None = None
    tractor_id: str = ""
    trailer_id: str = ""
    papers: tuple[VehiclePaper, ...] = ()
