"""Bridges, tunnels and covered ways."""

from __future__ import annotations

from road_data.osm.tags.stated import NAN, Reading, Tags
from transport.network.attributes import Certainty, LimitKind, StructureKind

_HEIGHTS = frozenset({LimitKind.SIGNED_HEIGHT, LimitKind.CLEAR_HEIGHT})
_WIDTHS = frozenset({LimitKind.SIGNED_WIDTH, LimitKind.CLEAR_WIDTH})
_LOADS = frozenset({LimitKind.SIGNED_MASS, LimitKind.SIGNED_AXLE, LimitKind.RATED_MASS})
_NONE = frozenset({"no", "culvert", "abandoned", "dismantled"})
# Limits that a structure is judged by; any other limit stated there stays with the road.
BELONGING = {
    StructureKind.BRIDGE: _WIDTHS | _LOADS,
    StructureKind.TUNNEL: _HEIGHTS | _WIDTHS,
    StructureKind.OVERBRIDGE: _HEIGHTS,
    StructureKind.TOLL_STATION: _HEIGHTS | _WIDTHS,
    StructureKind.LEVEL_CROSSING: _HEIGHTS,
    StructureKind.JUNCTION: frozenset({LimitKind.TURN_LENGTH}),
}


def read_structure(tags: Tags) -> StructureKind | None:
    """Return the structure that a way runs over, through or under, None for none."""
    if tags.get("tunnel", "no") not in _NONE or tags.get("location") == "underground":
        return StructureKind.TUNNEL
    if tags.get("bridge", "no") not in _NONE:
        return StructureKind.BRIDGE
    if tags.get("covered", "no") != "no" or tags.get("indoor", "no") != "no":
        return StructureKind.OVERBRIDGE
    return None


def missing_on_structure(kind: StructureKind) -> dict[LimitKind, Reading]:
    """Return what must be found out of a structure where its tags do not say."""
    if kind is StructureKind.BRIDGE:
        why = "load rating of the bridge not recorded"
        return {LimitKind.RATED_MASS: Reading(NAN, Certainty.UNKNOWN, why)}
    why = f"clear height of the {kind.word} not recorded"
    return {LimitKind.CLEAR_HEIGHT: Reading(NAN, Certainty.UNKNOWN, why)}


def read_structure_name(tags: Tags) -> tuple[str, str]:
    """Return the structure's own name and its English name, empty where it has none."""
    for prefix in ("bridge", "tunnel"):
        name = tags.get(f"{prefix}:name", "")
        if name:
            return name, tags.get(f"{prefix}:name:en", "")
    return "", ""
