"""Limits at plain hours: parted from the tags, so that they hold at their hours and at no other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from road_data.osm.tags.axle import read_signed_axle
from road_data.osm.tags.closed_hours import hours_of_clause, other_hours
from road_data.osm.tags.conditions import TRUCK_WORDS, Clause, read_clauses
from road_data.osm.tags.height import read_signed_height
from road_data.osm.tags.length import read_signed_length
from road_data.osm.tags.mass import read_signed_mass
from road_data.osm.tags.stated import NO_LIMIT_WORDS, Direction, Reading, Tags, Unread
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

    A posted limit that is lifted or raised at such hours (`none @ (22:00-06:00)`) holds at all
    others. What cannot be read, and what holds at hours that nobody can foresee, stays in the tags.
    """
    found: list[TimedLimit] = []
    kept = dict(tags)
    for key, text in tags.items():
        if not key.endswith(_CONDITIONAL) or not key.startswith("max"):
            continue
        clauses = read_clauses(text) or ()
        lifted = _lifted(tags, Unread(key, text), clauses, direction)
        if lifted is not None:
            kept.pop(key)
            kept[key.removesuffix(_CONDITIONAL)] = clauses[0].value
            found.append(lifted)
            continue
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
    known = _known(alone, direction)
    if known is None:
        return None
    return TimedLimit(hours, f"OpenStreetMap {tag.key}={tag.value}", *known)


def _known(alone: Tags, direction: Direction) -> tuple[LimitKind, float] | None:
    """Return the limit that a single tag states for sure."""
    for kind, read in _READERS.items():
        reading, _ = read(alone, direction)
        if reading is None or reading.certainty is not Certainty.KNOWN:
            continue
        if math.isfinite(reading.value):
            return kind, reading.value
    return None


def _lifted(
    tags: Tags, tag: Unread, clauses: Sequence[Clause], direction: Direction
) -> TimedLimit | None:
    """Return the posted limit with the hours that are left of it, None where nothing lifts it."""
    base = tag.key.removesuffix(_CONDITIONAL)
    if len(clauses) != 1 or base not in tags or not TRUCK_WORDS.issuperset(clauses[0].words):
        return None
    (clause,) = clauses
    hours = None if clause.comparisons else hours_of_clause(clause)
    left = other_hours(hours) if hours is not None else None
    posted = _known({base: tags[base]}, direction)
    if not left or posted is None:
        return None
    raised = _known({base: clause.value}, direction)
    if clause.value.lower() not in NO_LIMIT_WORDS and (raised is None or raised[1] <= posted[1]):
        return None
    return TimedLimit(left, f"OpenStreetMap {base}={tags[base]}, {tag.key}={tag.value}", *posted)
