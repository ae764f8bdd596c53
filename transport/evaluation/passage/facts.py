"""What is known of a place on the road: values with certainty, source and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from transport.errors import FieldFault, InvalidInputError

LonLat = tuple[float, float]

# Fields that hold a number for each span or arm.
LISTS = frozenset({"spans_m", "arm_widths_m", "arm_bearings_deg"})
_ABOVE_ZERO = frozenset({
    "spans_m", "arm_widths_m", "deck_width_m", "girder_spacing_m", "natural_frequency_hz",
    "lane_width_m", "clear_height_m", "clear_width_m", "wide_lane_m", "parking_length_m",
    "parking_width_m", "inner_width_m", "curve_radius_m", "min_curve_radius_m",
    "min_crest_radius_m", "min_sag_radius_m", "sight_distance_m", "design_speed_km_h", "lanes",
    "girders", "ground_slope_h_per_v", "temperature_factor", "pavement_width_m",
    "turn_lane_width_m", "circulating_width_m",
})  # fmt: skip
_BELOW_ZERO = frozenset({"field_correction", "slab_thermal_mpa", "profile_gap_m", "skew_deg"})
DAYS = frozenset({"rated_on", "pavement_rated_on"})
FLAGS = frozenset({
    "continuous", "divided", "meets_b01", "single_column_pier", "one_way", "special_floor",
    "special_soil", "retaining_undamaged", "guardrail", "weighing", "consent",
})  # fmt: skip
# Facts that are one of some words, and facts in words of any kind.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "condition_class": ("1", "2", "3", "4", "5"),
    "pavement_quality": ("优", "良", "中", "次", "差"),
    "natural_zone": ("I", "II", "III", "IV", "V", "VI", "VII"),
    "ramp_type": ("I", "II", "III", "IV"),
    "base_kind": ("granular", "soil"),
}
TEXTS = frozenset({
    "pavement", "pavement_design", "facilities", "tunnel_section", "lining", "structural_form",
    "design_load",
})  # fmt: skip
_SIZES = ("_m", "_t", "_pct", "_deg", "_hz", "_km_h", "_mpa", "_h_per_v")
KNOWN, ASSUMED, DEMONSTRATION = "known", "assumed", "demonstration"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: `measure` names the improvement after which it was measured."""

    value: Any
    certainty: str
    source: str
    measure: str = ""

    @property
    def counts(self) -> bool:
        """Whether a check may rest on it: an assumption may not."""
        return self.certainty != ASSUMED


@dataclass(frozen=True, slots=True)
class RoadPlace:
    """Where on the earth a stretch or a junction lies that is numbered by a network version.

    `network` is that version. `road` is the number or name of a stretch and `line` its course as
    driven; a junction has one point and the `bearings` of its arms.
    """

    network: str
    road: str = ""
    line: tuple[LonLat, ...] = ()
    bearings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """What somebody measured at a place: who, when, how long it holds, with which photo.

    `element` is a structure's id, `junction:` with a node, `stretch:` with its edges, `rest:` with
    the name of a stop, or `vehicle`, of a registered one with its name: `vehicle:NAME`.
    `measure` is the improvement that was made before, empty where the place is as it was.
    `pictures` are the digests of uploaded photographs. `edges` are all the edges of a measured
    stretch: the value holds on each of them, whatever way leads over them. `place` tells where a
    stretch or a junction lies, so that it is found in another version of the network.
    """

    element: str
    field: str
    value: Any
    measured_by: str
    measured_on: date
    valid_until: date
    photo: str = ""
    measure: str = ""
    pictures: tuple[str, ...] = ()
    edges: tuple[int, ...] = ()
    place: RoadPlace | None = None

    def __post_init__(self) -> None:
        """Refuse a measurement without its author or one that never held."""
        faults = []
        if not self.measured_by.strip():
            faults.append(FieldFault("measured_by", "say who measured", "required"))
        if self.valid_until < self.measured_on:
            message = f"{self.valid_until} lies before the day of measuring, {self.measured_on}"
            faults.append(FieldFault("valid_until", message, "order"))
        wrong = wrong_value(self.field, self.value)
        if wrong:
            faults.append(FieldFault("value", f"{self.field}: {wrong}", "range"))
        if faults:
            raise InvalidInputError(faults)


def wrong_value(name: str, value: Any) -> str:
    """Say why a value cannot be one of its field, nothing where it can."""
    is_list = isinstance(value, list | tuple)
    if name in LISTS and not (is_list and value):
        return "give numbers, one for each span or arm"
    if is_list and name not in LISTS:
        return "give one value"
    found = _wrong_word(name, value)
    for one in value if is_list else (value,):
        found = found or _wrong_number(name, one)
    return found


def _wrong_word(name: str, value: Any) -> str:
    if name in DAYS and not _is_day(value):
        return f"{value!r} is not a day such as 2026-05-01"
    if name in FLAGS and not isinstance(value, bool):
        return f"{value!r} is neither yes nor no"
    if name in CHOICES and str(value).removesuffix("类") not in CHOICES[name]:
        return f"{value!r} is none of {', '.join(CHOICES[name])}"
    return ""


def _wrong_number(name: str, one: Any) -> str:
    if isinstance(one, bool) or not isinstance(one, int | float):
        must_be = name in LISTS | _ABOVE_ZERO | _BELOW_ZERO or name.endswith(_SIZES)
        return f"{one!r} is not a number" if must_be else ""
    if not isfinite(one):
        return f"{one} is not a number"
    if name in _ABOVE_ZERO and one <= 0.0:
        return f"{one:g} must be more than 0"
    if name not in _BELOW_ZERO and one < 0.0:
        return f"{one:g} must be at least 0"
    return ""


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Measurements:
    """All measurements by place; a later one of the same field replaces an earlier one.

    `every` are all of them, also those replaced: two versions of a network may give two places the
    same number.
    """

    by_element: Mapping[str, Mapping[str, Measurement]] = field(default_factory=dict)
    every: tuple[Measurement, ...] = ()

    @classmethod
    def of(cls, given: Iterable[Measurement]) -> Measurements:
        """Collect measurements in the order of their days."""
        found: dict[str, dict[str, Measurement]] = {}
        every = tuple(sorted(given, key=lambda measurement: measurement.measured_on))
        for one in every:
            found.setdefault(one.element, {})[one.field] = one
        return cls(found, every)

    def facts(self, element: str, day: date) -> tuple[dict[str, Fact], tuple[str, ...]]:
        """Return what holds on a day, and the fields whose measurement is too old by then."""
        return _facts(self.by_element.get(element, {}), day)

    def facts_along(
        self, element: str, edges: Sequence[int], day: date
    ) -> tuple[dict[str, Fact], tuple[str, ...]]:
        """Return what holds on edges: measured on a stretch that holds all of them.

        A stretch without a list of its edges is known by its name alone.
        """
        found: dict[str, Measurement] = {}
        driven = set(edges)
        for name, measured in self.by_element.items():
            for field_, one in measured.items():
                if not (driven.issubset(one.edges) if one.edges else name == element):
                    continue
                before = found.get(field_)
                if before is None or _later(one, before, day):
                    found[field_] = one
        return _facts(found, day)


def _facts(
    measured: Mapping[str, Measurement], day: date
) -> tuple[dict[str, Fact], tuple[str, ...]]:
    facts, expired = {}, []
    for name, one in measured.items():
        if not one.measured_on <= day <= one.valid_until:
            expired.append(name)
            continue
        source = f"{one.measured_by} {one.measured_on.isoformat()}"
        facts[name] = Fact(one.value, KNOWN, source, one.measure)
    return facts, tuple(expired)


def _later(one: Measurement, other: Measurement, day: date) -> bool:
    """Say whether one measurement goes before another: it holds, and was made later."""
    holds = [each.measured_on <= day <= each.valid_until for each in (one, other)]
    return (holds[0], one.measured_on) > (holds[1], other.measured_on)


@dataclass(frozen=True, slots=True)
class Site:
    """A place that is checked: a stretch, a structure, a turn, or the vehicle itself.

    `expired` names fields that were measured too long ago to count.
    """

    element: str
    kind: str
    name: str
    chainage_km: float
    at: LonLat
    facts: Mapping[str, Fact]
    expired: tuple[str, ...] = ()
    to_km: float | None = None

    def value(self, name: str) -> Any:
        """Return a value a check may rest on, None where there is none."""
        fact = self.facts.get(name)
        return fact.value if fact is not None and fact.counts else None

    def assumed(self, name: str) -> Any:
        """Return any value at all, also an assumed one."""
        fact = self.facts.get(name)
        return None if fact is None else fact.value


def facts_of_record(record: Mapping[str, Any]) -> dict[str, Fact]:
    """Return the cells of an official record as facts."""
    source = str(record.get("source", ""))
    leave = {"record", "kind", "source", "measured_on"}
    return {name: Fact(value, KNOWN, source) for name, value in record.items() if name not in leave}
