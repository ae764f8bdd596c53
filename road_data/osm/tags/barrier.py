"""Things on nodes that trucks meet: barriers, height restrictors, toll booths, crossings."""

from __future__ import annotations

from road_data.osm.tags.access import TruckAccess, read_access
from road_data.osm.tags.ground import read_ground
from road_data.osm.tags.stated import NAN, Direction, Reading, Tags
from transport.network.attributes import Access, Certainty, LimitKind, StructureKind

_CLOSING = frozenset(
    [
        "bollard",
        "block",
        "jersey_barrier",
        "cycle_barrier",
        "motorcycle_barrier",
        "chain",
        "bus_trap",
        "sump_buster",
        "log",
        "debris",
        "turnstile",
        "kissing_gate",
        "stile",
        "full-height_turnstile",
        "planter",
        "fence",
        "wall",
        "hedge",
        "rope",
        "guard_rail",
        "barrier_board",
        "car_trap",
    ]
)
_PERHAPS = frozenset(["gate", "lift_gate", "swing_gate", "sliding_gate", "hampshire_gate", "yes"])
_MOVABLE = frozenset({"removable", "rising", "foldable"})


def read_node_access(tags: Tags) -> Access:
    """Return what a barrier on the road does to trucks; a gate nobody describes is unknown."""
    return read_node_passage(tags).access


def read_node_passage(tags: Tags) -> TruckAccess:
    """Return what a barrier on the road does to trucks, with the hours at which it is closed."""
    barrier = tags.get("barrier", "")
    untagged = Access.OPEN
    if barrier in _CLOSING:
        movable = tags.get("bollard") in _MOVABLE
        untagged = Access.UNKNOWN if movable else Access.CLOSED
    elif barrier in _PERHAPS:
        untagged = Access.UNKNOWN
    elif not barrier:  # access tags of a crossing or a stop belong to other users
        return TruckAccess(read_ground(tags))
    return read_access(tags, Direction.FORWARD, untagged=untagged)


def read_node_structure(tags: Tags) -> StructureKind | None:
    """Return the structure that a node is, None for none."""
    if tags.get("barrier") == "toll_booth" or tags.get("highway") == "toll_booth":
        return StructureKind.TOLL_STATION
    if tags.get("railway") in ("level_crossing", "tram_level_crossing"):
        return StructureKind.LEVEL_CROSSING
    return None


def missing_on_node(tags: Tags) -> dict[LimitKind, Reading]:
    """Return what must be measured where the node's own tags do not say."""
    structure = read_node_structure(tags)
    if structure is StructureKind.TOLL_STATION:
        return {LimitKind.CLEAR_WIDTH: _unknown("lane width of the toll station not recorded")}
    if structure is StructureKind.LEVEL_CROSSING:
        return {LimitKind.CLEAR_HEIGHT: _unknown("height of a contact wire not recorded")}
    if tags.get("barrier") == "height_restrictor":
        return {LimitKind.CLEAR_HEIGHT: _unknown("height of the height restrictor not recorded")}
    return {}


def _unknown(why: str) -> Reading:
    return Reading(NAN, Certainty.UNKNOWN, why)
