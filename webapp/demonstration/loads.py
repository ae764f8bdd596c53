"""Loads of the demonstration: pieces of the catalogue on combinations of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from transport.permits.application import Cargo, Vehicle
from transport.vehicles.arranging import stack
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination
from transport.vehicles.component import Component
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.placing import place
from transport.vehicles.transport import Transport


@dataclass(frozen=True, slots=True)
class Rig:
    """A tractor and a trailer of the catalogue with invented number plates."""

    name: str
    tractor: str
    trailer: str
    tractor_plate: str
    trailer_plate: str


@dataclass(frozen=True, slots=True)
class Load:
    """Pieces of one kind on a rig; a height or mass given here replaces the catalogue's."""

    kind: str
    numbers: tuple[str, ...]
    rig: Rig
    project: str
    height_m: float | None = None
    mass_t: float | None = None


LOW_BED = Rig("六轴低平板车组（示范）", "tractor_6x4", "low_bed_3", "蒙KSF001", "蒙KSF11挂")
SECOND_LOW_BED = Rig(
    "六轴低平板车组二（示范）", "tractor_6x4", "low_bed_3", "蒙KSF002", "蒙KSF12挂"
)
EXTENDABLE = Rig("六轴抽拉板车组（示范）", "tractor_6x4", "extendable_3", "蒙KSF003", "蒙KSF13挂")
HYDRAULIC = Rig(
    "八轴线液压车组（示范）", "tractor_8x4", "hydraulic_8_long", "蒙KSF004", "蒙KSF14挂"
)
NORTHERN = Rig("六轴低平板车组（北部示范）", "tractor_6x4", "low_bed_3", "蒙ESF001", "蒙ESF11挂")


def component_of(given: Load, catalogue: Catalogue) -> Component:
    """Return the piece of a load."""
    piece = catalogue.components[given.kind]
    return replace(
        piece,
        height_m=given.height_m or piece.height_m,
        mass_t=given.mass_t or piece.mass_t,
    )


def placed_of(given: Load, catalogue: Catalogue) -> PlacedLoad:
    """Return the load as it stands on its rig."""
    units = Combination(
        catalogue.tractors[given.rig.tractor], catalogue.trailers[given.rig.trailer]
    )
    return place(units, stack(component_of(given, catalogue)))


def transport_of(given: Load, catalogue: Catalogue) -> Transport:
    """Return the loaded vehicle."""
    return placed_of(given, catalogue).transport


def cargo_of(given: Load, catalogue: Catalogue, producer: str) -> Cargo:
    """Return the cargo as an application names it."""
    piece = component_of(given, catalogue)
    return Cargo(
        name=piece.name_zh,
        material=piece.material,
        component_numbers=given.numbers,
        length_m=piece.length_m,
        width_m=piece.width_m,
        height_m=piece.height_m,
        mass_t=piece.mass_t,
        kind=given.kind,
        producer=producer,
        project=given.project,
    )


def vehicle_of(rig: Rig, catalogue: Catalogue) -> Vehicle:
    """Return the combination as an application names it."""
    tractor, trailer = catalogue.tractors[rig.tractor], catalogue.trailers[rig.trailer]
    return Vehicle(
        tractor_plate=rig.tractor_plate,
        trailer_plate=rig.trailer_plate,
        tractor_model=tractor.name_zh,
        trailer_model=trailer.name_zh,
        tractor_kerb_mass_t=tractor.kerb_mass_t,
        trailer_kerb_mass_t=trailer.kerb_mass_t,
        tractor_axles=tractor.axle_count,
        trailer_axles=trailer.axle_count * trailer.axles_per_line,
        nose_m=tractor.front_m,
        deck_height_m=trailer.deck_height_m,
    )
