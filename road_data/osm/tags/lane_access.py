"""Lanes of a road that trucks may use: `hgv:lanes`, `access:lanes` and their neighbours."""

from __future__ import annotations

from collections.abc import Mapping

from road_data.osm.tags.access_words import ACCESS_WORDS
from transport.network.attributes import Access

# From general to special; a blank lane says nothing.
_MODES = ("access", "vehicle", "motor_vehicle", "hgv", "hgv_articulated")


def lane_words(tags: Mapping[str, str], direction: str) -> tuple[str, ...]:
    """Return for every lane, left to right, the word that counts for trucks; empty without lanes.

    Lists of different lengths contradict each other: then the lanes are not told apart.
    """
    words: list[str] = []
    for mode in _MODES:
        for key in (f"{mode}:lanes", f"{mode}:lanes:{direction}"):
            text = tags.get(key)
            if text is None:
                continue
            lanes = [lane.strip().lower() for lane in text.split("|")]
            words = words or [""] * len(lanes)
            if len(lanes) != len(words):
                return ()
            words = [new or old for new, old in zip(lanes, words, strict=True)]
    return tuple(words)


def open_lanes(tags: Mapping[str, str], direction: str) -> list[bool]:
    """Return for every lane whether a truck may perhaps use it; empty where all count."""
    return [
        ACCESS_WORDS.get(word) is not Access.CLOSED if word else True
        for word in lane_words(tags, direction)
    ]
