"""Lanes: how many in all and in one direction; 0 where nobody says."""

from __future__ import annotations

import re
from typing import NamedTuple

from road_data.osm.tags.stated import Direction, Tags, Unread

_MOST = 16
# "1.5" is a road on which two cars just meet: for a load it is one lane.
_LANES = re.compile(r"(\d{1,2})(?:[.,]\d+)?")


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
        total = this_way + other + _count(tags.get("lanes:both_ways", ""))
    if this_way == 0 and total:
        this_way = max(1, total - other if other else total // 2)
    return LaneCount(total, this_way)


def unread_lanes(tags: Tags) -> list[Unread]:
    """Return the lane counts that nobody can read."""
    keys = ("lanes", "lanes:forward", "lanes:backward", "lanes:both_ways")
    stated = [Unread(key, tags[key]) for key in keys if key in tags]
    return [tag for tag in stated if not _readable(tag.value)]


def _readable(text: str) -> bool:
    return all(_LANES.fullmatch(part.strip()) for part in text.split(";"))


def _count(text: str) -> int:
    found = [_LANES.fullmatch(part.strip()) for part in text.split(";")]
    numbers = [int(lanes[1]) for lanes in found if lanes]
    return min(*numbers, _MOST) if numbers else 0
