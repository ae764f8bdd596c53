"""Toll: whether trucks pay on the road."""

from __future__ import annotations

from road_data.osm.tags.stated import Tags
from transport.network.attributes import Tolled

_OFTEN_TOLLED = frozenset({"motorway", "motorway_link", "trunk", "trunk_link"})


def read_toll(tags: Tags) -> Tolled:
    """Return yes or no as tagged; a fast road nobody tagged is unknown, other roads are free."""
    for key in ("toll:hgv", "toll"):
        value = tags.get(key, "").strip().lower()
        if value in ("yes", "true"):
            return Tolled.YES
        if value in ("no", "false"):
            return Tolled.NO
        if value:
            return Tolled.UNKNOWN
    return Tolled.UNKNOWN if tags.get("highway") in _OFTEN_TOLLED else Tolled.NO
