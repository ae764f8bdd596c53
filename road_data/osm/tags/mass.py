"""Mass: every signed limit of the whole vehicle, compared with its gross mass."""

from __future__ import annotations

from road_data.osm.tags.measures import read_mass_t
from road_data.osm.tags.stated import Direction, Question, Reading, Tags, Unread, gather

# Rating and combination limits are applied to the gross mass too: stricter than the sign, never
# looser, because an oversize train is loaded up to its rating.
_SIGNED = Question(
    ("maxweight", "maxweight:legal", "maxweightrating", "maxgcweight", "maxgcweightrating"),
    read_mass_t,
    0.1,
    500.0,
    frozenset({"default"}),
    frozenset({"weight", "weightrating", "maxweightrating", "gcweight", "gcweightrating"}),
)


def read_signed_mass(tags: Tags, direction: Direction) -> tuple[Reading | None, list[Unread]]:
    """Return the smallest signed limit of gross mass."""
    stated = gather(tags, direction, _SIGNED)
    return stated.smallest(), stated.unread
