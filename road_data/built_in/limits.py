"""Say of each limit of a link or structure what is taken, how sure that is, and from where.

The order: a value of its own in limits.csv, then the demonstration values of its corridor, then
what its class or kind lets assume. Nothing here is ever more certain than its row says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from road_data.built_in.tables import Row, Tables
from transport.network.attributes import EDGE_LIMITS, STRUCTURE_LIMITS, Certainty, LimitKind

_NOT_OF_THIS_KIND = "此类构造物无此项限制"
_SIGNED = (
    LimitKind.SIGNED_HEIGHT,
    LimitKind.SIGNED_WIDTH,
    LimitKind.SIGNED_LENGTH,
    LimitKind.SIGNED_MASS,
    LimitKind.SIGNED_AXLE,
)


class Reading(NamedTuple):
    """A limit, how sure it is, and where it comes from; nan where it is unknown."""

    value: float
    certainty: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class LimitBook:
    """Everything needed to read the limits of links and structures."""

    classes: tuple[Row, ...]
    corridors: Mapping[str, Row]
    kinds: Mapping[tuple[str, str], Row]
    own: Mapping[tuple[str, str], Row]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, tables: Tables) -> LimitBook:
        """Gather the files that speak of limits."""
        return cls(
            classes=tuple(tables.rows("classes.csv")),
            corridors={row["corridor"]: row for row in tables.rows("corridors.csv")},
            kinds={(row["kind"], row["limit"]): row for row in tables.rows("structure_kinds.csv")},
            own={(row["element"], row["limit"]): row for row in tables.rows("limits.csv")},
            titles={row["source"]: row["title"] for row in tables.rows("sources.csv")},
        )

    def class_row(self, link: Row) -> Row:
        """Return what is assumed of the class of a link at its design speed."""
        speed = int(link["design_speed_km_h"])
        return next(
            row
            for row in self.classes
            if row["road_class"] == link["road_class"]
            and speed >= int(row["from_design_speed_km_h"])
        )

    def of_link(self, link: Row) -> list[Reading]:
        """Return one reading per edge limit."""
        return [self._of_link(link, kind) for kind in EDGE_LIMITS]

    def of_structure(self, structure: Row, link: Row) -> list[Reading]:
        """Return one reading per structure limit."""
        return [self._of_structure(structure, link, kind) for kind in STRUCTURE_LIMITS]

    def _of_link(self, link: Row, kind: LimitKind) -> Reading:
        own = self.own.get((link["link_id"], kind))
        if own is not None:
            return self._reading(own)
        corridor = self.corridors.get(link["corridor"])
        if kind in _SIGNED:
            if corridor is not None:
                return self._demonstrated(corridor, "inf")
            return Reading(math.inf, Certainty.ASSUMED, self.titles["nosign"])
        if corridor is not None:
            return self._demonstrated(corridor, corridor[kind])
        row = self.class_row(link)
        return Reading(float(row[kind]), Certainty.ASSUMED, self.titles[row["source"]])

    def _of_structure(self, structure: Row, link: Row, kind: LimitKind) -> Reading:
        own = self.own.get((structure["structure_id"], kind))
        if own is not None:
            return self._reading(own)
        row = self.kinds.get((structure["kind"], kind))
        if row is None:
            return Reading(math.inf, Certainty.KNOWN, _NOT_OF_THIS_KIND)
        corridor = self.corridors.get(structure["corridor"])
        if corridor is not None and row["value"] == "none":
            return self._demonstrated(corridor, "inf")
        if corridor is not None and row["corridor_column"] and corridor[row["corridor_column"]]:
            return self._demonstrated(corridor, corridor[row["corridor_column"]])
        if row["value"] == "class":
            by_class = self.class_row(link)
            title = self.titles[by_class["source"]]
            return Reading(float(by_class[kind]), Certainty.ASSUMED, title)
        return self._reading(row)

    def _reading(self, row: Row) -> Reading:
        certainty = Certainty[row["certainty"].upper()]
        if certainty is Certainty.UNKNOWN:
            return Reading(math.nan, certainty, self.titles[row["source"]])
        value = math.inf if row["value"] == "none" else float(row["value"])
        return Reading(value, certainty, self.titles[row["source"]])

    def _demonstrated(self, corridor: Row, value: str) -> Reading:
        title = f"{self.titles[corridor['source']]}({corridor['name']})"
        return Reading(float(value), Certainty.DEMONSTRATION, title)
