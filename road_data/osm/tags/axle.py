"""Axle load: the signed limit of one axle."""

from __future__ import annotations

from road_data.osm.tags.measures import read_mass_t
from road_data.osm.tags.stated import Direction, Question, Reading, Tags, Unread, gather


def _half_mass_t(text: str) -> float | None:
    mass_t = read_mass_t(text)
    return None if mass_t is None else mass_t / 2


_DEFAULT = frozenset({"default"})
_SIGNED = Question(
    ("maxaxleload", "maxaxleload:legal"),
    read_mass_t,
    0.1,
    60.0,
    _DEFAULT,
    frozenset({"axleload"}),
)
# A bogie has two axles: half its limit for each is stricter than the sign, never looser.
_BOGIE = Question(
    ("maxbogieweight",), _half_mass_t, 0.1, 60.0, _DEFAULT, frozenset({"bogieweight"})
)


def read_signed_axle(tags: Tags, direction: Direction) -> tuple[Reading | None, list[Unread]]:
    """Return the signed limit of a single axle."""
    axle, bogie = gather(tags, direction, _SIGNED), gather(tags, direction, _BOGIE)
    axle.numbers += bogie.numbers
    axle.unread += bogie.unread
    axle.words |= bogie.words
    return axle.smallest(), axle.unread
