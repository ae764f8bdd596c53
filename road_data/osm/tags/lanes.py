"""Lanes: how many in all and in one direction; 0 where nobody says."""

from __future__ import annotations

from typing import NamedTuple

from road_data.osm.tags.stated import Direction, Tags

_MOST = 16


class LaneCount(NamedTuple):
    """Lanes of the carriageway in all and in the direction of travel, 0 = not recorded."""

    total: int
    this_way: int


def read_lanes(tags: Tags, direction: Direction, *, oneway: bool) -> LaneCount:
    """Return the lanes that tags state; a shared odd lane counts for neither direction."""
    total = _count(tags.get("lanes", ""))
    this_way = _count(tags.get(f"lanes:{direction.value}", ""))
    other = _count(tags.get(f"lanes:{direction.other.value}", ""))
    if oneway:
        return LaneCount(total or this_way, total or this_way)
    if total == 0 and this_way and other:
        total = this_way + other
    if this_way == 0 and total:
        this_way = max(1, total - other if other else total // 2)
    return LaneCount(total, this_way)


def _count(text: str) -> int:
    parts = [part.strip() for part in text.split(";")]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    return min(*numbers, _MOST) if numbers else 0
