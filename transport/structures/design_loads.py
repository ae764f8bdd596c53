"""The live loads bridges were designed for, by code and year, as data.

`describe_design_loads` reads `config/bridges/cn/design_loads.yaml`. What a load causes on a beam is
in `transport.structures.effects`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from types import MappingProxyType
from typing import Any, TypeAlias, get_type_hints

from transport.errors import RegulationFileError


@dataclass(frozen=True, slots=True)
class LaneLoad:
    """A uniform load with one concentrated load that grows with the span."""

    code: str
    edition: int
    uniform_kn_m: float
    peak_short_kn: float
    peak_long_kn: float
    peak_slope_kn_m: float
    peak_offset_m: float
    shear_factor: float
    source: str
    status: str

    def peak_kn(self, span_m: float) -> float:
        """Return the concentrated load for a span."""
        grown = self.peak_slope_kn_m * (span_m + self.peak_offset_m)
        return min(max(grown, self.peak_short_kn), self.peak_long_kn)


@dataclass(frozen=True, slots=True)
class VehicleColumn:
    """Main vehicles in a row with one heavy vehicle among them; gaps from axle to axle."""

    code: str
    edition: int
    heavy_kn: tuple[float, ...]
    heavy_gaps_m: tuple[float, ...]
    main_kn: tuple[float, ...]
    main_gaps_m: tuple[float, ...]
    gap_beside_heavy_m: float
    gap_m: float
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class SingleVehicle:
    """One vehicle alone on the bridge; its last gap may grow up to `last_gap_to_m`."""

    code: str
    edition: int
    axles_kn: tuple[float, ...]
    gaps_m: tuple[float, ...]
    source: str
    status: str
    last_gap_to_m: float | None = None


@dataclass(frozen=True, slots=True)
class TrackedVehicle:
    """A load spread evenly over a length."""

    code: str
    edition: int
    total_kn: float
    length_m: float
    source: str
    status: str


DesignLoad: TypeAlias = LaneLoad | VehicleColumn | SingleVehicle | TrackedVehicle

_PARTS: Mapping[str, type[DesignLoad]] = MappingProxyType(
    {
        "lane_loads": LaneLoad,
        "vehicle_columns": VehicleColumn,
        "single_vehicles": SingleVehicle,
        "tracked_vehicles": TrackedVehicle,
    }
)


def describe_design_loads(document: Mapping[str, Any]) -> Mapping[str, DesignLoad]:
    """Return the design loads by name; raise RegulationFileError naming part, load and key."""
    found: dict[str, DesignLoad] = {}
    for part, loads in document.items():
        if part not in _PARTS:
            raise RegulationFileError(f"design_loads.yaml: {part}: unknown part")
        for code, given in loads.items():
            found[code] = _read(_PARTS[part], code, given, f"design_loads.yaml: {part}.{code}")
    return MappingProxyType(found)


def _read(kind: type[DesignLoad], code: str, given: Mapping[str, Any], where: str) -> DesignLoad:
    hints = get_type_hints(kind)
    known = {one.name: one for one in fields(kind) if one.name != "code"}
    for key in given:
        if key not in known:
            raise RegulationFileError(f"{where}.{key}: unknown key")
    values: dict[str, Any] = {}
    for name, one in known.items():
        if name not in given:
            if one.default is MISSING:
                raise RegulationFileError(f"{where}.{name}: is missing")
            continue
        values[name] = _value(given[name], hints[name], f"{where}.{name}")
    return kind(code=code, **values)


def _value(given: Any, hint: Any, where: str) -> Any:
    try:
        if hint == tuple[float, ...]:
            return tuple(_positive(one) for one in given)
        return hint(given) if hint in (int, str) else _positive(given)
    except (TypeError, ValueError) as wrong:
        raise RegulationFileError(f"{where}: '{given}' cannot be used here") from wrong


def _positive(given: Any) -> float:
    number = float(given)
    if not number > 0:
        raise ValueError(given)
    return number
