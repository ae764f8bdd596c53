"""Layer: which of two ways that cross without meeting lies above."""

from __future__ import annotations

from road_data.osm.tags.stated import Tags, Unread

_NO = frozenset({"", "no"})
_FURTHEST = 20


def read_layer(tags: Tags) -> tuple[int, list[Unread]]:
    """Return the layer; untagged bridges lie at 1, tunnels at -1, everything else at 0."""
    text = tags.get("layer")
    unread: list[Unread] = []
    if text is not None:
        sign, digits = text.strip()[:1], text.strip().lstrip("+-")
        if digits.isascii() and digits.isdigit() and int(digits) <= _FURTHEST:
            return (-int(digits) if sign == "-" else int(digits)), []
        unread = [Unread("layer", text)]
    if is_above(tags):
        return 1, unread
    return (-1 if tags.get("tunnel", "") not in {*_NO, "culvert"} else 0), unread


def is_above(tags: Tags) -> bool:
    """Say whether a way runs over something: it is a bridge of any kind."""
    return tags.get("bridge", "") not in {*_NO, "culvert", "low_water_crossing", "abandoned"}
