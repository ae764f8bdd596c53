"""Ground that may not carry a truck: fords, ice roads, ways too rough to drive."""

from __future__ import annotations

from road_data.osm.tags.stated import Tags
from transport.network.attributes import Access

_NO = frozenset({"", "no"})
_TOO_ROUGH = {
    "impassable": Access.CLOSED,
    "very_horrible": Access.UNKNOWN,
    "horrible": Access.UNKNOWN,
}


def read_ground(tags: Tags) -> Access:
    """Return what the ground leaves of the access; a ford is a question until somebody looks."""
    if tags.get("ford") == "stepping_stones":
        return Access.CLOSED
    wet = any(tags.get(key, "") not in _NO for key in ("ford", "ice_road", "winter_road"))
    if wet or tags.get("bridge") == "low_water_crossing":
        return Access.UNKNOWN
    return _TOO_ROUGH.get(tags.get("smoothness", ""), Access.OPEN)
