"""Speed: what a loaded truck drives, and the design speed assumed of the road."""

from __future__ import annotations

import re

from road_data.osm.tags.stated import Direction, Tags

_SPEED = re.compile(r"(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?")
_MPH = 1.609344
_FASTEST = 250


def read_max_speed_km_h(tags: Tags, direction: Direction) -> float | None:
    """Return the smallest posted speed for trucks this way, None where none is readable."""
    keys = ("maxspeed", "maxspeed:hgv", f"maxspeed:{direction.value}",
            f"maxspeed:hgv:{direction.value}", "maxspeed:advisory")  # fmt: skip
    speeds = [_read(part) for key in keys for part in tags.get(key, "").split(";")]
    posted = [speed for speed in speeds if speed is not None]
    return min(posted) if posted else None


def _read(text: str) -> float | None:
    found = _SPEED.fullmatch(text.strip().lower())
    if found is None:
        return None
    speed = float(found[1]) * (_MPH if found[2] == "mph" else 1.0)
    return speed if 1 <= speed <= _FASTEST else None
