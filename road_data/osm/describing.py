"""From the tags of a way to what its edges carry, in each direction."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from road_data.osm.defaults import ClassDefaults, RoadDefaults
from road_data.osm.tags.access import TruckAccess, read_access
from road_data.osm.tags.access_words import worse
from road_data.osm.tags.axle import read_signed_axle
from road_data.osm.tags.barrier import read_node_passage
from road_data.osm.tags.ferry import PACE
from road_data.osm.tags.ground import read_ground
from road_data.osm.tags.height import read_clear_height, read_signed_height
from road_data.osm.tags.incline import read_grade_pct
from road_data.osm.tags.lanes import read_lanes, unread_lanes
from road_data.osm.tags.layer import read_layer
from road_data.osm.tags.length import read_signed_length
from road_data.osm.tags.mass import read_signed_mass
from road_data.osm.tags.oneway import Directions, read_directions
from road_data.osm.tags.owner import read_owner
from road_data.osm.tags.signs import read_signs
from road_data.osm.tags.speed import read_max_speed_km_h
from road_data.osm.tags.stated import ABSENT, NAN, Direction, Reading, Tags, Unread
from road_data.osm.tags.structure import BELONGING, missing_on_structure, read_structure
from road_data.osm.tags.surface import read_smoothness, read_surface
from road_data.osm.tags.timed_limits import TimedLimit, part_timed
from road_data.osm.tags.toll import read_toll
from road_data.osm.tags.width import read_clear_width, read_signed_width
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    Access,
    Certainty,
    LimitKind,
    Owner,
    RoadClass,
    StructureKind,
    Surface,
    Tolled,
)

NOT_APPLICABLE = Reading(math.inf, Certainty.KNOWN, "does not apply here")
AT_STRUCTURE = Reading(math.inf, Certainty.KNOWN, "recorded at the structure")


class EdgeProfile(NamedTuple):
    """Everything an edge carries besides its shape and its names; equal profiles may be joined.

    `limits` follows EDGE_LIMITS, `structure_limits` STRUCTURE_LIMITS (empty without a structure).
    `grade_pct` is above zero uphill in the direction of travel, nan where nobody says.
    `closed_hours` has a line "hours TAB source" for every ban at plain hours, and "hours TAB source
    TAB kind TAB value" for every limit at such hours.
    """

    road_class: RoadClass
    owner: Owner
    access: Access
    tolled: Tolled
    lanes: int
    design_speed_km_h: int
    truck_speed_km_h: float
    structure: StructureKind | None
    limits: tuple[Reading, ...]
    structure_limits: tuple[Reading, ...]
    surface: Surface = Surface.UNKNOWN
    grade_pct: float = NAN
    layer: int = 0
    closed_hours: str = ""
    ramp: bool = False


class Described(NamedTuple):
    """The two directions of a way (None where trucks do not travel) and the unreadable tags."""

    forward: EdgeProfile | None
    backward: EdgeProfile | None
    unread: tuple[Unread, ...]


def describe(tags: Tags, defaults: RoadDefaults) -> Described:
    """Read every attribute of a way; a closed direction stays, marked as closed."""
    directions = read_directions(tags)
    unread: dict[Unread, None] = {}
    profiles = [
        _profile(tags, direction, directions, defaults, unread) if drives else None
        for direction, drives in (
            (Direction.FORWARD, directions.forward),
            (Direction.BACKWARD, directions.backward),
        )
    ]
    return Described(profiles[0], profiles[1], tuple(unread))


def class_word(tags: Tags) -> str:
    """Return the key of the class defaults: the highway value, or `ferry`."""
    return tags.get("highway") or ("ferry" if tags.get("route") == "ferry" else "")


def _profile(
    tags: Tags,
    direction: Direction,
    directions: Directions,
    defaults: RoadDefaults,
    unread: dict[Unread, None],
) -> EdgeProfile:
    by_class = defaults.classes[class_word(tags)]
    oneway = not (directions.forward and directions.backward)
    access = _access(tags, direction, directions, ferry=by_class.road_class is RoadClass.FERRY)
    lanes = read_lanes(tags, direction, oneway=oneway)
    always, timed = part_timed(tags, direction)
    stated: dict[LimitKind, Reading | None] = {}
    readings: dict[LimitKind, tuple[Reading | None, list[Unread]]] = {
        LimitKind.CLEAR_WIDTH: read_clear_width(
            tags, direction, by_class=by_class, lanes=lanes, oneway=oneway
        ),
        LimitKind.CLEAR_HEIGHT: read_clear_height(
            tags, direction, by_class=by_class, legal_default_m=defaults.legal_default_height_m
        ),
        **_signed(always, direction),
    }
    unread.update(dict.fromkeys(access.unread))
    for kind, (reading, faults) in readings.items():
        stated[kind] = reading
        unread.update(dict.fromkeys(faults))
    _distrust(stated, LimitKind.SIGNED_HEIGHT, LimitKind.CLEAR_HEIGHT)
    _distrust(stated, LimitKind.SIGNED_WIDTH, LimitKind.CLEAR_WIDTH)
    _add_conditional(stated, access)
    structure = read_structure(tags)
    limits, structure_limits = _divide(stated, structure)
    surface, speed_km_h, layer, grade_pct = _drive(tags, direction, defaults, unread)
    return EdgeProfile(
        road_class=by_class.road_class,
        owner=read_owner(tags, by_class.owner),
        access=access.access,
        tolled=read_toll(tags),
        lanes=lanes.this_way or by_class.lanes or 0,
        design_speed_km_h=by_class.design_speed_km_h,
        truck_speed_km_h=float(tags.get(PACE, 0)) or min(by_class.truck_speed_km_h, speed_km_h),
        structure=structure,
        limits=limits,
        structure_limits=structure_limits,
        surface=surface,
        grade_pct=grade_pct,
        layer=layer,
        closed_hours=_at_hours(access, timed, stated),
        ramp=class_word(tags).endswith("_link"),
    )


def _at_hours(
    access: TruckAccess,
    timed: Sequence[TimedLimit],
    stated: Mapping[LimitKind, Reading] | Mapping[LimitKind, Reading | None],
) -> str:
    """Write the bans and limits at plain hours; those that hold anyway are left out."""
    bans = ["\t".join(one) for one in access.closed_hours]
    limits = [
        *timed,
        *(TimedLimit(hours, r.source, kind, r.value) for hours, kind, r in access.limits_at_hours),
    ]
    for one in limits:
        always = stated.get(one.kind)
        if always is None or not always.value <= one.value:
            bans.append("\t".join((one.hours, one.source, one.kind.value, repr(one.value))))
    return "\n".join(dict.fromkeys(bans))


def _access(
    tags: Tags, direction: Direction, directions: Directions, *, ferry: bool
) -> TruckAccess:
    access = read_access(tags, direction, untagged=Access.UNKNOWN if ferry else Access.OPEN)
    if directions.changing:
        access.access = worse(access.access, Access.UNKNOWN)
    access.access = worse(access.access, read_ground(tags))
    return access


def _drive(
    tags: Tags, direction: Direction, defaults: RoadDefaults, unread: dict[Unread, None]
) -> tuple[Surface, float, int, float]:
    """Return surface, posted or possible speed, layer and grade."""
    surface, of_surface = read_surface(tags)
    smoothness, of_smoothness = read_smoothness(tags)
    posted, of_speed = read_max_speed_km_h(tags, direction, defaults.zone_speed_km_h)
    layer, of_layer = read_layer(tags)
    grade_pct, of_grade = read_grade_pct(tags, direction)
    faults = (of_surface, of_smoothness, of_speed, of_layer, of_grade, unread_lanes(tags))
    for several in faults:
        unread.update(dict.fromkeys(several))
    speed_km_h = min(
        posted or math.inf,
        defaults.surface_speed_km_h.get(surface.word, math.inf),
        defaults.smoothness_speed_km_h.get(smoothness, math.inf),
    )
    return surface, speed_km_h, layer, grade_pct


def read_node_limits(tags: Tags) -> tuple[dict[LimitKind, Reading], list[Unread]]:
    """Return the limits that a node states for all hours, in both directions at once."""
    limits: dict[LimitKind, Reading] = {}
    unread: list[Unread] = []
    tags = {key: text for key, text in tags.items() if key not in _OF_LINES}
    for direction in Direction:
        readers = _signed(part_timed(tags, direction)[0], direction)
        clear = _node_clearance(tags, direction)
        for kind, (reading, faults) in (readers | clear).items():
            unread.extend(fault for fault in faults if fault not in unread)
            if reading is not None:
                limits[kind] = stricter(limits.get(kind), reading)
        if "barrier" in tags:  # else access tags belong to other users
            for kind, reading in read_access(tags, direction).limits:
                limits[kind] = stricter(limits.get(kind), reading)
    return limits, unread


def read_node_hours(tags: Tags, stated: Mapping[LimitKind, Reading]) -> str:
    """Return the bans and limits of a node at plain hours, as `EdgeProfile.closed_hours`.

    `stated` are the limits that hold anyway.
    """
    passage = read_node_passage(tags)
    lines: dict[str, None] = {}
    for direction in Direction:
        timed = part_timed(tags, direction)[1]
        lines.update(dict.fromkeys(_at_hours(passage, timed, stated).splitlines()))
    return "\n".join(lines)


def _node_clearance(
    tags: Tags, direction: Direction
) -> dict[LimitKind, tuple[Reading | None, list[Unread]]]:
    whole = {key: text for key, text in tags.items() if key != "est_width"}
    width, faults = read_clear_width(
        whole, direction, by_class=_NO_ASSUMPTION, lanes=read_lanes({}, direction, oneway=True),
        oneway=True,
    )  # fmt: skip
    nothing = width.certainty is Certainty.UNKNOWN and not faults
    height = read_clear_height(
        tags, direction, by_class=_NO_ASSUMPTION, legal_default_m=_LEGAL_HEIGHT_OF_NODES_M
    )
    return {
        LimitKind.CLEAR_WIDTH: (None if nothing else width, faults),
        LimitKind.CLEAR_HEIGHT: height,
    }


_OF_LINES = frozenset({"narrow"})
_LEGAL_HEIGHT_OF_NODES_M = 4.0
_NO_ASSUMPTION = ClassDefaults(
    road_class=RoadClass.BELOW_CLASS,
    owner=Owner.UNKNOWN,
    lanes=None,
    lane_width_m=0.0,
    shoulder_m=0.0,
    net_height_m=math.inf,
    design_speed_km_h=0,
    truck_speed_km_h=0.0,
    source="",
)


def _signed(
    tags: Tags, direction: Direction
) -> dict[LimitKind, tuple[Reading | None, list[Unread]]]:
    readings = {
        LimitKind.SIGNED_HEIGHT: read_signed_height(tags, direction),
        LimitKind.SIGNED_WIDTH: read_signed_width(tags, direction),
        LimitKind.SIGNED_LENGTH: read_signed_length(tags, direction),
        LimitKind.SIGNED_MASS: read_signed_mass(tags, direction),
        LimitKind.SIGNED_AXLE: read_signed_axle(tags, direction),
    }
    if any(key.startswith("traffic_sign") for key in tags):
        signs, faults = read_signs(tags, direction)
        for kind, reading in signs.items():
            tagged, unread = readings[kind]
            readings[kind] = stricter(tagged, reading), unread
        of_signs, unread = readings[LimitKind.SIGNED_HEIGHT]
        readings[LimitKind.SIGNED_HEIGHT] = of_signs, [*unread, *faults]
    return readings


def _distrust(stated: dict[LimitKind, Reading | None], sign: LimitKind, clear: LimitKind) -> None:
    """Assume no clearance where a sign stands that nobody can read."""
    unreadable = stated.get(sign)
    assumed = stated.get(clear) or ABSENT
    if unreadable is None or unreadable.certainty is not Certainty.UNKNOWN:
        return
    if assumed.certainty is Certainty.ASSUMED:
        stated[clear] = unreadable


def _add_conditional(stated: dict[LimitKind, Reading | None], access: TruckAccess) -> None:
    for kind, reading in access.limits:
        stated[kind] = stricter(stated.get(kind), reading)


def stricter(one: Reading | None, other: Reading) -> Reading:
    """Return the smaller of two stated values; a known one hides an unknown one.

    An assumed or absent value gives way to a known one that is smaller, and to an unknown one.
    """
    if one is None:
        return other
    if Certainty.UNKNOWN in (one.certainty, other.certainty):
        both = [reading for reading in (one, other) if reading.certainty is Certainty.KNOWN]
        finite = [reading for reading in both if math.isfinite(reading.value)]
        if finite:
            return finite[0]
        return one if one.certainty is Certainty.UNKNOWN else other
    return min(one, other)


def _divide(
    stated: Mapping[LimitKind, Reading | None], structure: StructureKind | None
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Divide limits between the edge and the structure that fills it.

    What the tags state belongs to the structure, so that it is named when it stops a transport;
    the edge keeps what was assumed of the road by its class.
    """
    edge = [stated.get(kind) or ABSENT for kind in EDGE_LIMITS]
    if structure is None:
        return tuple(edge), ()
    stated_there = {
        kind: reading
        for kind, reading in stated.items()
        if reading is not None and kind in BELONGING[structure] and not _of_the_road(kind, reading)
    }
    for number, kind in enumerate(EDGE_LIMITS):
        if kind in stated_there:
            edge[number] = AT_STRUCTURE
    there = structure_readings(structure, missing_on_structure(structure), stated_there)
    return tuple(edge), there


def _of_the_road(kind: LimitKind, reading: Reading) -> bool:
    """Say whether a value was assumed of the road by its class rather than stated on the spot."""
    return kind is LimitKind.CLEAR_WIDTH and reading.certainty is not Certainty.KNOWN


def structure_readings(
    kind: StructureKind,
    missing: Mapping[LimitKind, Reading],
    stated: Mapping[LimitKind, Reading],
) -> tuple[Reading, ...]:
    """Return a reading for each of STRUCTURE_LIMITS: stated, missing, absent or not applicable.

    A signed height stands for the clearance where nobody measured it.
    """
    known = dict(stated)
    signed = stated.get(LimitKind.SIGNED_HEIGHT, ABSENT)
    if math.isfinite(signed.value):
        known.setdefault(LimitKind.CLEAR_HEIGHT, ABSENT)
    return tuple(
        known.get(limit)
        or missing.get(limit)
        or (ABSENT if limit in BELONGING[kind] else NOT_APPLICABLE)
        for limit in STRUCTURE_LIMITS
    )
