"""How fast a ferry is: the length of its way by the time that `duration` states."""

from __future__ import annotations

import re

from road_data.osm.tags.stated import Tags, Unread

# Not a tag of OpenStreetMap: what the reader works out while it knows the length of the way.
PACE = "dajian:ferry_km_h"
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3})(?::(\d{2}))?")
_PERIOD = re.compile(r"pt(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SLOWEST, _FASTEST = 0.3, 90.0
_MINUTES = 60


def read_duration_s(text: str) -> int | None:
    """Read `mm`, `hh:mm`, `hh:mm:ss` or `PT1H30M`; None for anything else."""
    said = text.strip().lower()
    found = _CLOCK.fullmatch(said)
    if found is not None and (found[1] is not None or found[3] is None):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        if found[1] is not None and minutes >= _MINUTES:
            return None
    elif (period := _PERIOD.fullmatch(said)) is not None:
        hours, minutes, seconds = (int(part or 0) for part in period.groups())
    else:
        return None
    return (hours * 60 + minutes) * 60 + seconds or None


def ferry_pace(tags: Tags, length_m: float) -> tuple[dict[str, str], list[Unread]]:
    """Return the pace of a whole ferry way as a tag, none where no duration is stated."""
    text = tags.get("duration", "")
    if not text:
        return {}, []
    duration_s = read_duration_s(text)
    km_h = length_m / duration_s * 3.6 if duration_s else 0.0
    if not _SLOWEST <= km_h <= _FASTEST:
        return {}, [Unread("duration", text)]
    return {PACE: f"{km_h:.3f}"}, []
