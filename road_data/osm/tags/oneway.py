"""Directions of travel: one-way signs, motorways and roundabouts."""

from __future__ import annotations

from typing import NamedTuple

from road_data.osm.tags.stated import Tags

_FORWARD = frozenset({"yes", "true", "1"})
_BACKWARD = frozenset({"-1", "reverse"})
_BOTH = frozenset({"no", "false", "0"})
_CHANGING = frozenset({"reversible", "alternating"})
_KEYS = ("oneway:hgv", "oneway:motor_vehicle", "oneway:vehicle", "oneway")


class Directions(NamedTuple):
    """May trucks travel along and against the way as drawn; does the direction change in time."""

    forward: bool
    backward: bool
    changing: bool


def read_directions(tags: Tags) -> Directions:
    """Return the directions; the truck's own tag counts before the general one.

    A road that is one way at certain times is open both ways, marked as changing.
    """
    for key in _KEYS:
        if f"{key}:conditional" in tags:
            return Directions(forward=True, backward=True, changing=True)
        value = tags.get(key, "").strip().lower()
        if value in _FORWARD:
            return Directions(forward=True, backward=False, changing=False)
        if value in _BACKWARD:
            return Directions(forward=False, backward=True, changing=False)
        if value in _CHANGING:
            return Directions(forward=True, backward=True, changing=True)
        if value in _BOTH:
            return Directions(forward=True, backward=True, changing=False)
    implied = tags.get("junction") in ("roundabout", "circular") or (
        tags.get("highway") == "motorway"
    )
    return Directions(forward=True, backward=not implied, changing=False)
