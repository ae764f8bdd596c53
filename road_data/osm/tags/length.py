"""Length: the signed limit."""

from __future__ import annotations

from road_data.osm.tags.measures import read_length_m
from road_data.osm.tags.stated import Direction, Question, Reading, Tags, Unread, gather

_SIGNED = Question(
    ("maxlength", "maxlength:legal"),
    read_length_m,
    2.0,
    100.0,
    frozenset({"default"}),
    frozenset({"length"}),
)


def read_signed_length(tags: Tags, direction: Direction) -> tuple[Reading | None, list[Unread]]:
    """Return the signed length limit."""
    stated = gather(tags, direction, _SIGNED)
    return stated.smallest(), stated.unread
