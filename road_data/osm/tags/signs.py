"""Traffic signs tagged by their number or kind: limits that no other tag repeats."""

from __future__ import annotations

import re

from road_data.osm.tags.measures import Measure, read_length_m, read_mass_t
from road_data.osm.tags.stated import NAN, Direction, Reading, Tags, Unread
from transport.network.attributes import Certainty, LimitKind

# Words of OpenStreetMap, and the numbers of the countries whose catalogue is mapped this way.
_SIGNS: dict[str, tuple[LimitKind, Measure]] = {
    name: (kind, measure)
    for kind, measure, names in (
        (LimitKind.SIGNED_MASS, read_mass_t, "maxweight de:262"),
        (LimitKind.SIGNED_AXLE, read_mass_t, "maxaxleload de:263"),
        (LimitKind.SIGNED_WIDTH, read_length_m, "maxwidth de:264"),
        (LimitKind.SIGNED_HEIGHT, read_length_m, "maxheight de:265"),
        (LimitKind.SIGNED_LENGTH, read_length_m, "maxlength de:266"),
    )
    for name in names.split()
}
_SIGN = re.compile(r"([a-z]{2}:\d+(?:\.\d+)?|[a-z_]+)(?:\[([^\]]*)\])?")
_UNLISTED = re.compile(r"(?!de[:.])[a-z]{2}[:.].*\[.*\d")
_KEY = {
    LimitKind.SIGNED_MASS: "maxweight",
    LimitKind.SIGNED_AXLE: "maxaxleload",
    LimitKind.SIGNED_WIDTH: "maxwidth",
    LimitKind.SIGNED_HEIGHT: "maxheight",
    LimitKind.SIGNED_LENGTH: "maxlength",
}


def read_signs(tags: Tags, direction: Direction) -> tuple[dict[LimitKind, Reading], list[Unread]]:
    """Return the limits that signs state; a sign whose value nobody recorded leaves it unknown.

    Where the limit has its own tag, a sign without a value adds nothing.
    """
    limits: dict[LimitKind, Reading] = {}
    unread: list[Unread] = []
    for key in ("traffic_sign", f"traffic_sign:{direction.value}"):
        for sign in re.split(r"[;,](?![^\[]*\])", tags.get(key, "")):
            found = _SIGN.fullmatch(sign.strip().lower())
            known = _SIGNS.get(found[1]) if found else None
            if found is None or known is None:
                # Most signs limit nothing; a value on a sign of a catalogue that nobody listed here
                # may be a limit.
                if _UNLISTED.match(sign.strip().lower()):
                    unread.append(Unread(key, tags[key]))
                continue
            kind, measure = known
            source = f"OpenStreetMap {key}={tags[key]}"
            value = measure(found[2]) if found[2] else None
            if value is not None:
                limits[kind] = min(
                    limits.get(kind) or Reading(value, Certainty.KNOWN, source),
                    Reading(value, Certainty.KNOWN, source),
                )
            elif not any(other.startswith(_KEY[kind]) for other in tags):
                limits.setdefault(kind, Reading(NAN, Certainty.UNKNOWN, f"no value: {source}"))
                if found[2]:
                    unread.append(Unread(key, tags[key]))
    return limits, unread
