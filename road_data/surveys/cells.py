"""What the columns of the files hold that people bring: names, types, ranges; one table a kind."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from transport.network.attributes import Owner, RoadClass, StructureKind
from transport.network.stakes import read_stake
from transport.structures.rated_vehicles import read_rated_vehicle

Read = Callable[[str], Any]
_FLAGS = {"yes": True, "no": False, "是": True, "否": False, "1": True, "0": False,
          "true": True, "false": False}  # fmt: skip
_REPEATED = re.compile(r"(\d+)\s*[*×xX]\s*([0-9.]+)")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_MOST_SPANS = 500
_LONGEST_ROAD_KM = 20_000


class Kind(StrEnum):
    """Kinds of official records."""

    STRUCTURES = "structures"
    SECTIONS = "sections"
    JUNCTIONS = "junctions"
    STATIONS = "stations"
    URBAN_AREAS = "urban-areas"
    ADMIN_AREAS = "admin-areas"

    @property
    def is_geojson(self) -> bool:
        """Whether the kind comes as GeoJSON polygons."""
        return self in (Kind.URBAN_AREAS, Kind.ADMIN_AREAS)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are read, and whether every row needs it."""

    read: Read
    required: bool = False


def text(cell: str) -> str:
    """Return the cell itself."""
    return cell


def number(low: float, high: float, unit: str) -> Read:
    """Read a finite number from `low` to `high`; raises ValueError with the range."""

    def read(cell: str) -> float:
        try:
            value = float(cell)
        except ValueError:
            value = None
        if value is None or "_" in cell:  # Python reads 1_000, tables do not mean it
            raise ValueError(f"'{cell}' is not a number")
        if not math.isfinite(value) or not low <= value <= high:
            raise ValueError(f"{cell} is outside {low:g} to {high:g} {unit}".rstrip())
        return value

    return read


def chainage(cell: str) -> float:
    """Read a kilometre of a road as a number or as on its post (K610+500)."""
    try:
        read = read_stake(cell) if "k" in cell.lower() else cell
    except ValueError:
        raise ValueError(f"'{cell}' is not a number") from None
    return float(number(0, _LONGEST_ROAD_KM, "km")(str(read)))


def whole(low: int, high: int) -> Read:
    """Read a whole number."""

    def read(cell: str) -> int:
        value = number(low, high, "")(cell)
        if value != int(value):
            raise ValueError(f"'{cell}' is not a whole number")
        return int(value)

    return read


def choice(*words: str) -> Read:
    """Read one of some words."""

    def read(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"'{cell}' is none of {', '.join(words)}")
        return cell

    return read


def flag(cell: str) -> bool:
    """Read yes or no (是 or 否)."""
    if cell.lower() not in _FLAGS:
        raise ValueError(f"'{cell}' is neither yes nor no (是/否)")
    return _FLAGS[cell.lower()]


def numbers(low: float, high: float, unit: str) -> Read:
    """Read numbers joined by `;`."""
    one = number(low, high, unit)

    def read(cell: str) -> list[float]:
        return [one(part.strip()) for part in cell.split(";")]

    return read


def spans(cell: str) -> list[float]:
    """Read spans in metres: `20;30;20`, `3*20`, or both mixed."""
    one, found = number(0.5, 2000, "m"), list[float]()
    for part in re.split(r"[;+]", cell):
        match = _REPEATED.fullmatch(part.strip())
        times = int(match[1]) if match else 1
        if not 1 <= times <= _MOST_SPANS:
            raise ValueError(f"'{part}' has {times} spans; at most {_MOST_SPANS} are possible")
        found += [one(match[2] if match else part.strip())] * times
    return found


def day(cell: str) -> str:
    """Read a day `YYYY-MM-DD` (2025/1/2, and Excel's midnight, are accepted)."""
    try:
        text_of_day = cell.removesuffix(" 00:00:00").removesuffix("T00:00:00")
        parts = _DAY.fullmatch(text_of_day)
        if parts is None:
            return date.fromisoformat(text_of_day).isoformat()
        return date(*map(int, parts.groups())).isoformat()
    except ValueError:
        raise ValueError(f"'{cell}' is no day; write YYYY-MM-DD") from None


def rated_vehicle(cell: str) -> str:
    """Read a rated vehicle: a design load by its name, or `10;20;20@3.3;1.4` in t and m."""
    if cell and not cell[0].isdigit():
        return cell
    read_rated_vehicle(cell)
    return cell


_PROVENANCE = {"source": Column(text), "measured_on": Column(day)}
_LON, _LAT = number(-180, 180, "degrees"), number(-90, 90, "degrees")
_CLASSES = tuple(road_class.word for road_class in RoadClass)
_KINDS = tuple(kind.word for kind in StructureKind)

COLUMNS: Mapping[Kind, Mapping[str, Column]] = {
    Kind.STRUCTURES: {
        "structure_id": Column(text, required=True),
        "kind": Column(choice(*_KINDS), required=True),
        "name": Column(text),
        "lon": Column(_LON),
        "lat": Column(_LAT),
        "road_ref": Column(text),
        "chainage_km": Column(chainage),
        "clear_height_m": Column(number(0.5, 100, "m")),
        "clear_width_m": Column(number(0.5, 100, "m")),
        "crossfall_pct": Column(number(-15, 15, "%")),
        "spans_m": Column(spans),
        "continuous": Column(flag),
        "structural_form": Column(text),
        "design_load": Column(text),
        "design_code_year": Column(whole(1900, 2100)),
        "deck_width_m": Column(number(0.5, 200, "m")),
        "lanes": Column(whole(1, 20)),
        "girders": Column(whole(1, 100)),
        "girder_spacing_m": Column(number(0.1, 50, "m")),
        "skew_deg": Column(number(-89, 89, "degrees")),
        "curve_radius_m": Column(number(1, 100_000, "m")),
        "natural_frequency_hz": Column(number(0.01, 100, "Hz")),
        "condition_class": Column(text),
        "rated_on": Column(day),
        "posted_mass_t": Column(number(0.5, 10_000, "t")),
        "posted_axle_t": Column(number(0.5, 1_000, "t")),
        "single_column_pier": Column(flag),
        "one_way": Column(flag),
        "rated_vehicle": Column(rated_vehicle),
        "rated_mass_t": Column(number(0.5, 10_000, "t")),
        "special_floor": Column(flag),
        "walkway_height_m": Column(number(0, 5, "m")),
        "tunnel_section": Column(text),
        "lining": Column(text),
        "profile_gap_m": Column(number(-2, 5, "m")),
        **_PROVENANCE,
    },
    Kind.SECTIONS: {
        "road_ref": Column(text, required=True),
        "from_km": Column(chainage, required=True),
        "to_km": Column(chainage, required=True),
        "class": Column(choice(*_CLASSES)),
        "design_speed_km_h": Column(whole(5, 140)),
        "lanes": Column(whole(1, 20)),
        "lane_width_m": Column(number(1, 10, "m")),
        "hard_shoulder_m": Column(number(0, 10, "m")),
        "divided": Column(flag),
        "min_curve_radius_m": Column(number(1, 100_000, "m")),
        "max_grade_pct": Column(number(0, 40, "%")),
        "min_crest_radius_m": Column(number(1, 1_000_000, "m")),
        "min_sag_radius_m": Column(number(1, 1_000_000, "m")),
        "meets_b01": Column(flag),
        "pavement": Column(text),
        "pavement_design": Column(text),
        "pavement_quality": Column(choice("优", "良", "中", "次", "差")),
        "pavement_rated_on": Column(day),
        "facilities": Column(text),
        "ramp_type": Column(choice("I", "II", "III", "IV")),
        "pavement_width_m": Column(number(1, 60, "m")),
        "superelevation_pct": Column(number(-12, 12, "%")),
        "sight_distance_m": Column(number(1, 5_000, "m")),
        "clear_offset_m": Column(number(0.1, 200, "m")),
        "grade_break_pct": Column(number(0, 60, "%")),
        "altitude_m": Column(number(-500, 6_000, "m")),
        "natural_zone": Column(choice("I", "II", "III", "IV", "V", "VI", "VII")),
        "special_soil": Column(flag),
        "retaining_undamaged": Column(flag),
        "fill_height_m": Column(number(0, 200, "m")),
        "ground_slope_h_per_v": Column(number(0.1, 1_000, "to 1")),
        "guardrail": Column(flag),
        "rail_height_m": Column(number(0, 5, "m")),
        "roadside_free_m": Column(number(0, 100, "m")),
        "temperature_factor": Column(number(0.1, 10, "")),
        "base_strength_mpa": Column(number(0.01, 50, "MPa")),
        "base_kind": Column(choice("granular", "soil")),
        "base_temperature_factor": Column(number(0.1, 10, "")),
        "frost_factor": Column(number(0.1, 10, "")),
        "field_correction": Column(number(-10, 10, "")),
        "slab_strength_mpa": Column(number(0.1, 20, "MPa")),
        "slab_reliability": Column(number(1, 2, "")),
        "slab_thermal_mpa": Column(number(0, 20, "MPa")),
        "owner": Column(choice(*(owner.word for owner in Owner))),
        "authority": Column(text),
        "police": Column(text),
        **_PROVENANCE,
    },
    Kind.JUNCTIONS: {
        "lon": Column(_LON, required=True),
        "lat": Column(_LAT, required=True),
        "arm_bearings_deg": Column(numbers(0, 360, "degrees")),
        "arm_widths_m": Column(numbers(0.5, 200, "m")),
        "corner_radius_m": Column(number(0, 1_000, "m")),
        "central_island_radius_m": Column(number(0, 1_000, "m")),
        "circulating_lanes": Column(whole(1, 8)),
        "circulating_width_m": Column(number(1, 60, "m")),
        "turn_lane_width_m": Column(number(1, 60, "m")),
        "sight_distance_m": Column(number(1, 5_000, "m")),
        "guardrail": Column(flag),
        "rail_height_m": Column(number(0, 5, "m")),
        "roadside_free_m": Column(number(0, 100, "m")),
        "obstacles": Column(text),
        **_PROVENANCE,
    },
    Kind.STATIONS: {
        "code": Column(text, required=True),
        "name": Column(text),
        "lon": Column(_LON),
        "lat": Column(_LAT),
        "road_ref": Column(text),
        "direction": Column(text),
        "lanes": Column(whole(1, 60)),
        "wide_lane_m": Column(number(0.5, 30, "m")),
        "clear_height_m": Column(number(0.5, 100, "m")),
        "weighing": Column(flag),
        "hours": Column(text),
        "phone": Column(text),
        **_PROVENANCE,
    },
    Kind.URBAN_AREAS: {
        "name": Column(text),
        "authority": Column(text, required=True),
        "police": Column(text),
        **_PROVENANCE,
    },
    Kind.ADMIN_AREAS: {
        "admin_code": Column(text, required=True),
        "name": Column(text, required=True),
        "parent_code": Column(text),
        "parent_name": Column(text),
        **_PROVENANCE,
    },
}

# Rows with the same cells here are the same thing; a later import replaces the earlier row.
KEYS: Mapping[Kind, tuple[str, ...]] = {
    Kind.STRUCTURES: ("structure_id",),
    Kind.SECTIONS: ("road_ref", "from_km", "to_km"),
    Kind.JUNCTIONS: ("lon", "lat"),
    Kind.STATIONS: ("code", "direction"),
    Kind.URBAN_AREAS: ("name", "authority"),
    Kind.ADMIN_AREAS: ("admin_code", "name"),
}
