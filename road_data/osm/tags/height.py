"""Height: the signed limit and the physical clearance."""

from __future__ import annotations

import math

from road_data.osm.defaults import ClassDefaults
from road_data.osm.tags.measures import read_length_m
from road_data.osm.tags.stated import (
    BELOW_DEFAULT,
    DEFAULT_WORDS,
    Direction,
    Question,
    Reading,
    Tags,
    Unread,
    gather,
)
from transport.network.attributes import Certainty

_WORDS = DEFAULT_WORDS | {BELOW_DEFAULT}
# Nobody signs heights above 10 m: 14 without a unit means feet and cannot be trusted.
_KEYS = ("maxheight", "maxheight:legal", "maxheight:marked")
_SUBJECTS = frozenset({"height"})
_SIGNED = Question(_KEYS, read_length_m, 0.5, 10.0, _WORDS, _SUBJECTS)
_CLEAR = Question(("maxheight:physical",), read_length_m, 0.5, 30.0, _WORDS, _SUBJECTS)


def read_signed_height(tags: Tags, direction: Direction) -> tuple[Reading | None, list[Unread]]:
    """Return the signed height limit; `default` states that no sign stands there."""
    stated = gather(tags, direction, _SIGNED)
    reading = stated.smallest()
    if reading is None and stated.words:
        reading = Reading(math.inf, Certainty.KNOWN, next(iter(stated.words.values())))
    return reading, stated.unread


def read_clear_height(
    tags: Tags, direction: Direction, *, by_class: ClassDefaults, legal_default_m: float
) -> tuple[Reading | None, list[Unread]]:
    """Return the physical clearance.

    `default` promises the standard net height of the class (assumed); `below_default` says that
    even an ordinary vehicle of the legal height may not fit, so nothing above it does.
    """
    stated = gather(tags, direction, _CLEAR)
    words = stated.words | gather(tags, direction, _SIGNED).words
    candidates = [reading for reading in (stated.smallest(),) if reading is not None]
    if BELOW_DEFAULT in words:
        candidates.append(Reading(legal_default_m, Certainty.KNOWN, words[BELOW_DEFAULT]))
    if not candidates:
        return _by_word(words, by_class), stated.unread
    unknown = [reading for reading in candidates if reading.certainty is Certainty.UNKNOWN]
    numbers = [reading for reading in candidates if reading.certainty is not Certainty.UNKNOWN]
    return min(numbers or unknown), stated.unread


def _by_word(words: dict[str, str], by_class: ClassDefaults) -> Reading | None:
    for word, source in words.items():
        if word in DEFAULT_WORDS:
            return Reading(by_class.net_height_m, Certainty.ASSUMED, source)
    return None
