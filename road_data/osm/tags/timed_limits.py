"""Limits at plain hours: parted from the tags, so that they hold at their hours and at no other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from road_data.osm.tags.axle import read_signed_axle
from road_data.osm.tags.closed_hours import hours_of_clause
from road_data.osm.tags.conditions import Clause, read_clauses
from road_data.osm.tags.height import read_signed_height
from road_data.osm.tags.length import read_signed_length
from road_data.osm.tags.mass import read_signed_mass
from road_data.osm.tags.stated import Direction, Reading, Tags, Unread
from road_data.osm.tags.width import read_signed_width
from transport.network.attributes import Certainty, LimitKind

_CONDITIONAL = ":conditional"
_Reader = Callable[[Tags, Direction], tuple[Reading | None, list[Unread]]]
_READERS: Mapping[LimitKind, _Reader] = {
    LimitKind.SIGNED_HEIGHT: read_signed_height,
    LimitKind.SIGNED_WIDTH: read_signed_width,
    LimitKind.SIGNED_LENGTH: read_signed_length,
    LimitKind.SIGNED_MASS: read_signed_mass,
    LimitKind.SIGNED_AXLE: read_signed_axle,
}


class TimedLimit(NamedTuple):
    """A limit at plain hours (as `closed_hours` writes them), with the tag that states it."""

    hours: str
    source: str
    kind: LimitKind
    value: float


def part_timed(tags: Tags, direction: Direction) -> tuple[Tags, list[TimedLimit]]:
    """Return the tags without their limits at plain hours, and these limits in one direction.

    What cannot be read, and what holds at hours that nobody can foresee, stays in the tags.
    """
    found: list[TimedLimit] = []
    kept = dict(tags)
    for key, text in tags.items():
        if not key.endswith(_CONDITIONAL) or not key.startswith("max"):
            continue
        clauses = read_clauses(text) or ()
        left = []
        for clause in clauses:
            limit = _timed(Unread(key, text), clause, direction)
            if limit is None:
                left.append(clause.text)
            else:
                found.append(limit)
        if len(left) < len(clauses):
            kept.pop(key)
            if left:
                kept[key] = "; ".join(left)
    return (kept, found) if found else (tags, found)


def _timed(tag: Unread, clause: Clause, direction: Direction) -> TimedLimit | None:
    hours = hours_of_clause(clause)
    if hours is None or not clause.may_concern_truck:
        return None
    key = tag.key if clause.comparisons else tag.key.removesuffix(_CONDITIONAL)
    alone: Tags = {key: clause.value}
    if clause.comparisons:
        sizes = " AND ".join(f"{c.subject}{c.operator}{c.bound}" for c in clause.comparisons)
        alone = {key: f"{clause.value} @ ({sizes})"}
    for kind, read in _READERS.items():
        reading, _ = read(alone, direction)
        if reading is None or reading.certainty is not Certainty.KNOWN:
            continue
        if math.isfinite(reading.value):
            return TimedLimit(hours, f"OpenStreetMap {tag.key}={tag.value}", kind, reading.value)
    return None
