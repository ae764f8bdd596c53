"""Speed: what a loaded truck may drive, posted as a number or by the zone of a country."""

from __future__ import annotations

import re
from collections.abc import Mapping

from road_data.osm.tags.conditions import read_clauses
from road_data.osm.tags.stated import Direction, Tags, Unread

_SPEED = re.compile(r"(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph|knots)?")
_FACTOR = {"mph": 1.609344, "knots": 1.852}
_FASTEST = 250
# Words that leave the speed to the driver, or to a sign that changes.
_NO_NUMBER = frozenset({"none", "signals", "variable", "implicit", "default", "unposted", "no"})
_WALKING_KM_H = 6.0


def read_max_speed_km_h(
    tags: Tags, direction: Direction, zones: Mapping[str, float]
) -> tuple[float | None, list[Unread]]:
    """Return the smallest posted speed for trucks this way, None where none is posted.

    `zones` holds what `CN:urban` and the like mean for trucks. Lanes and hours count as always.
    """
    keys = ("maxspeed", "maxspeed:hgv", "maxspeed:advisory")
    speeds: list[float] = []
    unread: list[Unread] = []
    for base in keys:
        for key in (base, f"{base}:{direction.value}"):
            for name in (key, f"{key}:lanes", f"{key}:conditional"):
                text = tags.get(name)
                if text is None:
                    continue
                texts = _values(text) if name.endswith("conditional") else re.split(r"[;|]", text)
                for part in texts:
                    _take(part, Unread(name, text), zones, speeds, unread)
    if not speeds and tags.get("maxspeed:type") in zones:
        speeds.append(zones[tags["maxspeed:type"]])
    return (min(speeds) if speeds else None), unread


def _values(text: str) -> list[str]:
    clauses = read_clauses(text)
    if clauses is None:
        return [text]
    return [clause.value for clause in clauses if clause.may_concern_truck]


def _take(
    part: str, tag: Unread, zones: Mapping[str, float], speeds: list[float], unread: list[Unread]
) -> None:
    word = part.strip()
    if not word or word.lower() in _NO_NUMBER:
        return
    speed = zones.get(word) or _read(word.lower())
    if speed is None:
        unread.append(tag)
    else:
        speeds.append(speed)


def _read(text: str) -> float | None:
    if text == "walk":
        return _WALKING_KM_H
    found = _SPEED.fullmatch(text)
    if found is None:
        return None
    speed = float(found[1]) * _FACTOR.get(found[2] or "", 1.0)
    return speed if 1 <= speed <= _FASTEST else None
