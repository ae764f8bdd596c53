"""What a transport needs of a road: ordinary limits, gaps, and which posted limits are liftable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from transport.errors import NoLawInForceError
from transport.network.attributes import LimitKind, RoadClass, StructureKind
from transport.regulations.citation import Status
from transport.vehicles.transport import Transport

# JTG/T 2213-2023 4.2.1 (1) names expressways, class 1 and class 2; city roads of that rank
# are taken with them, every other road with classes 3 and 4.
MAJOR_CLASSES = (
    RoadClass.EXPRESSWAY,
    RoadClass.CLASS_1,
    RoadClass.CLASS_2,
    RoadClass.URBAN_EXPRESSWAY,
    RoadClass.URBAN_ARTERIAL,
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Air that a load needs beside it (each side) or above it, with its clause."""

    mandatory_m: float
    recommended_m: float
    clause: str
    status: Status


@dataclass(frozen=True, slots=True)
class OrdinaryLimits:
    """Sizes and masses that need no permit; the mass by number of axles, the last one for more.

    The mass of a transport whose axles are not given is compared with the largest.
    """

    height_m: float
    width_m: float
    length_m: float
    mass_t_by_axles: tuple[tuple[int, float], ...]
    axle_t: float
    clause: str

    def mass_t(self, axle_count: int) -> float:
        """Return the ordinary gross mass for a number of axles (0 = not known)."""
        masses = dict(self.mass_t_by_axles)
        if axle_count <= 0:
            return max(masses.values())
        return masses.get(axle_count, masses[max(n for n in masses if n <= max(axle_count, 2))])


@dataclass(frozen=True, slots=True)
class PassageRules:
    """Everything passability needs of the law, for one day; hashable, so it can key a cache."""

    on: date
    ordinary: OrdinaryLimits
    lateral_major: Gap
    lateral_minor: Gap
    lateral_tunnel: Gap
    vertical: Gap
    vertical_tunnel: Gap
    liftable: frozenset[LimitKind]
    lifting_clause: str
    posted_clause: str
    rated_mass_clause: str
    turning_clause: str
    sharp_turn_deg: float
    expressway_top_speed_km_h: float
    expressway_clause: str

    def lateral(self, road_class: RoadClass, structure: StructureKind | None = None) -> Gap:
        """Return the gap needed on each side."""
        if structure is StructureKind.TUNNEL:
            return self.lateral_tunnel
        return self.lateral_major if road_class in MAJOR_CLASSES else self.lateral_minor

    def above(self, structure: StructureKind | None = None) -> Gap:
        """Return the gap needed above the load."""
        return self.vertical_tunnel if structure is StructureKind.TUNNEL else self.vertical


def is_ordinary_size(transport: Transport, rules: PassageRules) -> bool:
    """Say whether size and gross mass need no permit."""
    ordinary = rules.ordinary
    return (
        transport.height_m <= ordinary.height_m
        and transport.width_m <= ordinary.width_m
        and transport.length_m <= ordinary.length_m
        and transport.mass_t <= ordinary.mass_t(transport.axle_count)
    )


def passage_rules(table: Mapping[str, object], ordinary: OrdinaryLimits, on: date) -> PassageRules:
    """Build the rules of a day from `passage_limits.yaml`, read, and the ordinary limits.

    Raises NoLawInForceError where no value is in force, KeyError or TypeError where the table lacks
    an entry or holds another type.
    """
    gaps = {name: _gap(table, name, on) for name in _GAPS}
    liftable = _in_force(table, "liftable_limits", on)
    turning = _in_force(table, "sharp_turn_deg", on)
    expressway = _in_force(table, "expressway_top_speed_km_h", on)
    return PassageRules(
        on=on,
        ordinary=ordinary,
        liftable=frozenset(LimitKind(str(name)) for name in _items(liftable["value"])),
        lifting_clause=_clause(liftable),
        posted_clause=_clause(_in_force(table, "posted_limits", on)),
        rated_mass_clause=_clause(_in_force(table, "rated_mass", on)),
        turning_clause=_clause(turning),
        sharp_turn_deg=_number(turning["value"]),
        expressway_top_speed_km_h=_number(expressway["value"]),
        expressway_clause=_clause(expressway),
        **gaps,
    )


_GAPS = ("lateral_major", "lateral_minor", "lateral_tunnel", "vertical", "vertical_tunnel")


def _gap(table: Mapping[str, object], name: str, on: date) -> Gap:
    row = _in_force(table, name, on)
    value = _mapping(row["value"])
    return Gap(
        mandatory_m=_number(value["mandatory_m"]),
        recommended_m=_number(value["recommended_m"]),
        clause=_clause(row),
        status=Status(str(row["status"])),
    )


def _in_force(table: Mapping[str, object], name: str, on: date) -> Mapping[str, object]:
    rows = [_mapping(row) for row in _items(_mapping(table[name])["values"])]
    begun = [row for row in rows if date.fromisoformat(str(row["effective"])) <= on]
    if not begun:
        raise NoLawInForceError(f"passage_limits.yaml: {name} has no value in force on {on}")
    return max(begun, key=lambda row: str(row["effective"]))


def _clause(row: Mapping[str, object]) -> str:
    citation = _mapping(row["citation"])
    return f"{citation['title']} {citation['article']}".strip()


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {value!r}")
    return value


def _items(value: object) -> Iterable[object]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"expected a list, got {value!r}")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"expected a number, got {value!r}")
    return float(value)
