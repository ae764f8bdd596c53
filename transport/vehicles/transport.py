"""The transport: vehicle plus load as they stand on the road, the unit every rule judges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TrailerKind(StrEnum):
    """Train kinds of JTG/T 2213-2023, 3.2.3."""

    LOW_BED = "low_bed"
    HYDRAULIC = "hydraulic"
    SPECIAL = "special"
    NONE = "none"  # a rigid truck; our word, for the truck column of R62 art. 3


class Material(StrEnum):
    """Material of the building component (2017 policy, clause 14)."""

    PRECAST = "precast"
    STEEL = "steel"
    TIMBER = "timber"


class ConformingKind(StrEnum):
    """Kinds that conform to GB 1589 and may be wider or longer than R62 art. 3 says."""

    REFRIGERATED = "refrigerated"
    CENTRE_AXLE_TRAIN = "centre_axle_train"
    FULL_TRAILER_TRAIN = "full_trailer_train"
    CAR_CARRIER = "car_carrier"
    AIR_SUSPENSION = "air_suspension"
    SPECIAL_OPERATION = "special_operation"


@dataclass(frozen=True, slots=True)
class Transport:
    """A loaded vehicle: overall size in metres, masses in tonnes, axles front to rear.

    `axle_loads_t` may be empty where only the gross mass is known; then rules that need axles
    answer unknown. `axle_spacings_m` has one entry fewer than `axle_loads_t`. `tyres_per_axle`
    matches `axle_loads_t`. `axles_per_line` is 2 for hydraulic trailers whose axle line carries two
    axles side by side; then each trailer entry of `axle_loads_t` is the load of one line.
    `tractor_axles` counts the leading entries that belong to the tractor; `full_trailer` is None
    where nobody said whether the trailer is towed by a drawbar.
    `licence_mass_t` is given only for tractors, farm and low-speed trucks, whose limit is the gross
    mass on the licence; `conforming_kind` only for a vehicle that conforms to GB 1589 as loaded.
    Build it with `transport.vehicles.describing`, which validates.
    """

    height_m: float
    width_m: float
    length_m: float
    mass_t: float
    axle_loads_t: tuple[float, ...] = ()
    axle_spacings_m: tuple[float, ...] = ()
    drive_axles: int = 2
    trailer_kind: TrailerKind = TrailerKind.LOW_BED
    axles_per_line: int = 1
    tyres_per_axle: tuple[int, ...] = ()
    pieces: int = 1
    indivisible: bool = True
    material: Material = Material.PRECAST
    design_top_speed_km_h: float | None = None
    axle_notation: str = ""
    axle_group_sizes: tuple[int, ...] = ()
    tractor_axles: int | None = None
    full_trailer: bool | None = None
    standard_wide_tyres: bool = False
    licence_mass_t: float | None = None
    conforming_kind: ConformingKind | None = None

    @property
    def axle_count(self) -> int:
        """Number of entries in `axle_loads_t` (axles, or lines of a hydraulic trailer)."""
        return len(self.axle_loads_t)

    @property
    def largest_axle_load_t(self) -> float | None:
        """Largest load of one axle in tonnes, None where axle loads are not given."""
        return max(self.axle_loads_t) if self.axle_loads_t else None
