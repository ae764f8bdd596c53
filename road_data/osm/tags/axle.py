"""Axle load: the signed limit of one axle."""

from __future__ import annotations

from road_data.osm.tags.measures import read_mass_t
from road_data.osm.tags.stated import Direction, Question, Reading, Tags, Unread, gather

_SIGNED = Question(("maxaxleload",), read_mass_t, 0.1, 60.0, frozenset({"default"}))


def read_signed_axle(tags: Tags, direction: Direction) -> tuple[Reading | None, list[Unread]]:
    """Return the signed limit of a single axle."""
    stated = gather(tags, direction, _SIGNED)
    return stated.smallest(), stated.unread
