"""Width: the signed limit and the clear width of the carriageway."""

from __future__ import annotations

from road_data.osm.defaults import ClassDefaults
from road_data.osm.tags.lanes import LaneCount
from road_data.osm.tags.measures import read_length_m
from road_data.osm.tags.stated import (
    NAN,
    Direction,
    Question,
    Reading,
    Tags,
    Unread,
    gather,
)
from transport.network.attributes import Certainty

_DEFAULT, _SUBJECTS = frozenset({"default"}), frozenset({"width"})
_SIGNED = Question(("maxwidth", "maxwidth:legal"), read_length_m, 0.5, 20.0, _DEFAULT, _SUBJECTS)
_CLEAR = Question(("maxwidth:physical",), read_length_m, 0.5, 60.0, subjects=_SUBJECTS)
_CARRIAGEWAY = Question(("width", "width:carriageway"), read_length_m, 0.5, 100.0)
_ESTIMATE = Question(("est_width",), read_length_m, 0.5, 100.0)


def read_signed_width(tags: Tags, direction: Direction) -> tuple[Reading | None, list[Unread]]:
    """Return the signed width limit."""
    stated = gather(tags, direction, _SIGNED)
    return stated.smallest(), stated.unread


def read_clear_width(
    tags: Tags,
    direction: Direction,
    *,
    by_class: ClassDefaults,
    lanes: LaneCount,
    oneway: bool,
) -> tuple[Reading, list[Unread]]:
    """Return the clear width: measured, else lanes times the class's lane width, else unknown.

    On a road without a divider the lanes and hard shoulders of both directions count
    (JTG/T 2213-2023, 4.2.2). A narrow place is not as wide as its class.
    """
    physical = gather(tags, direction, _CLEAR)
    # Lane lists (`width:lanes`) give lanes, not the carriageway.
    whole = {key: text for key, text in tags.items() if "lanes" not in key}
    carriageway = gather(whole, direction, _CARRIAGEWAY)
    unread = physical.unread + carriageway.unread
    known = [
        reading
        for reading in (physical.smallest(), carriageway.smallest())
        if reading is not None and reading.certainty is Certainty.KNOWN
    ]
    if known:
        return min(known), unread
    if unread:
        return Reading(NAN, Certainty.UNKNOWN, f"cannot be read: {unread[0].key}"), unread
    estimate = gather(whole, direction, _ESTIMATE).smallest()
    if estimate is not None and estimate.certainty is Certainty.KNOWN:
        return Reading(estimate.value, Certainty.ASSUMED, estimate.source), unread
    if tags.get("narrow", "no") != "no":
        return Reading(NAN, Certainty.UNKNOWN, "narrow, and no width recorded"), unread
    count = lanes.total or (by_class.lanes or 0) * (1 if oneway else 2)
    if count == 0:
        return Reading(NAN, Certainty.UNKNOWN, "neither width nor lanes recorded"), unread
    shoulders = by_class.shoulder_m * (1 if oneway else 2)
    width = count * by_class.lane_width_m + shoulders
    return Reading(width, Certainty.ASSUMED, by_class.source), unread
