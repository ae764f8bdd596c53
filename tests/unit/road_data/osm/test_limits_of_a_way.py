"""Tags of a way and what its edges then hold: the diamond cases and their neighbours."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from road_data.osm.defaults import read_defaults
from road_data.osm.describing import EdgeProfile, describe
from road_data.osm.tags.structure import BELONGING
from transport.network.attributes import (
    EDGE_LIMITS,
    STRUCTURE_LIMITS,
    Access,
    Certainty,
    LimitKind,
    StructureKind,
)
from transport.routing.elements import RELEVANT

DEFAULTS = read_defaults(Path(__file__).parents[4] / "config" / "roads")
HEIGHT, CLEAR = LimitKind.SIGNED_HEIGHT, LimitKind.CLEAR_HEIGHT
WIDTH, CLEAR_WIDTH = LimitKind.SIGNED_WIDTH, LimitKind.CLEAR_WIDTH
LENGTH, MASS, AXLE = LimitKind.SIGNED_LENGTH, LimitKind.SIGNED_MASS, LimitKind.SIGNED_AXLE
VEHICLE = {HEIGHT: 4.5, CLEAR: 4.5, WIDTH: 3.5, CLEAR_WIDTH: 3.5, LENGTH: 25, MASS: 60, AXLE: 12}
# A measured width keeps the carriageway out of the cases that are about something else.
WIDE = {"highway": "primary", "width": "12"}


def read(tags: dict[str, str], *, backward: bool = False) -> EdgeProfile:
    described = describe(tags, DEFAULTS)
    profile = described.backward if backward else described.forward
    assert profile is not None
    return profile


def limits(profile: EdgeProfile) -> dict[LimitKind, Any]:
    return dict(zip(EDGE_LIMITS, profile.limits, strict=True))


def at_structure(profile: EdgeProfile) -> dict[LimitKind, Any]:
    return dict(zip(STRUCTURE_LIMITS, profile.structure_limits, strict=True))


def fits(profile: EdgeProfile) -> bool:
    """Compare plainly: no known limit is smaller than the vehicle and none is unknown."""
    return profile.access is Access.OPEN and all(
        reading.certainty is not Certainty.UNKNOWN and VEHICLE[kind] <= reading.value
        for kind, reading in limits(profile).items()
    )


# The worked cases of the routing reference: (tags, fits the vehicle 4.5 / 3.5 / 25 m / 60 / 12 t).
DIAMONDS = [
    ({"maxheight": "4.5"}, True),
    ({"maxheight": "13'6\""}, False),
    ({"maxheight": "14 ft"}, False),
    ({"maxheight": "14'9\""}, False),
    ({"maxheight": "420 cm"}, False),
    ({"maxheight": "4,2"}, False),
    ({"maxheight": "below_default"}, False),
    ({"maxheight": "none"}, True),
    ({"maxheight": "default"}, True),
    ({"maxheight": "5", "maxheight:physical": "4.3"}, False),
    ({"maxheight": "4.3", "maxheight:physical": "5"}, False),
    ({"maxheight:forward": "4"}, False),
    ({"maxheight:backward": "4"}, True),
    ({"maxheight:hgv": "4"}, False),
    ({"maxheight:bus": "3"}, True),
    ({"maxheight:lanes": "4.0|5.0"}, False),
    ({"maxheight:lanes": "none|none"}, True),
    ({"maxheight:conditional": "4 @ wet"}, False),
    ({"maxheight:signed": "no"}, True),
    ({"maxwidth": "3"}, False),
    ({"maxwidth": "3.5"}, True),
    ({"maxwidth:physical": "3.2"}, False),
    ({"width": "3"}, False),
    ({"width": "3,4 m"}, False),
    ({"maxlength": "12"}, False),
    ({"maxlength": "40'"}, False),
    ({"maxlength": "25"}, True),
    ({"maxlength:hgv": "12 m"}, False),
    ({"maxweight": "40"}, False),
    ({"maxweight": "40000 kg"}, False),
    ({"maxweight": "60"}, True),
    ({"maxweight": "80", "maxweight:hgv": "40"}, False),
    ({"maxweight:hgv": "40"}, False),
    ({"maxweightrating": "40"}, False),
    ({"maxweightrating:hgv": "40"}, False),
    ({"maxgcweight": "40"}, False),
    ({"maxgcweight": "80", "maxweight": "50"}, False),
    ({"maxaxleload": "10"}, False),
    ({"maxaxleload": "12"}, True),
    ({"maxaxleload": "10;12"}, False),
    ({"maxbogieweight": "16"}, False),
    ({"maxbogieweight": "24"}, True),
    ({"maxaxleload": "12", "maxbogieweight": "20"}, False),
    ({"maxweight:conditional": "40 @ (00:00-24:00)"}, False),
    ({"maxweight:conditional": "none @ destination"}, True),
    ({"maxweight": "40", "maxweight:conditional": "80 @ (Mar-May)"}, False),
    ({"maxweight": "40", "maxweight:conditional": "none @ (delivery)"}, False),
    ({"maxweight:conditional": "12 @ bus"}, True),
    ({"maxweight:forward": "40"}, False),
    ({"maxweight:backward": "40"}, True),
    ({"hgv:conditional": "no @ (weight>40)"}, False),
    ({"hgv:conditional": "no @ (weight>60)"}, True),
    ({"hgv:conditional": "no @ (weight>=60)"}, False),
    ({"hgv:conditional": "no @ (weight>7.5 AND wet)"}, False),
    ({"hgv:conditional": "no @ (weight<7.5)"}, True),
    ({"access:conditional": "no @ (height>4)"}, False),
    ({"access:conditional": "no @ (width>3)"}, False),
    ({"access:conditional": "no @ (length>12 m)"}, False),
    ({"motor_vehicle:conditional": "no @ (axleload>10)"}, False),
    ({"vehicle:conditional": "no @ (height > 4.5)"}, True),
    ({"maxheight": "low bridge"}, False),
    ({"maxweight": "heavy"}, False),
]


@pytest.mark.parametrize(("tags", "passes"), DIAMONDS, ids=[str(tags) for tags, _ in DIAMONDS])
def test_the_vehicle_takes_the_direct_way_or_the_detour(
    tags: dict[str, str],
    passes: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert fits(read({**WIDE, **tags})) is passes


@pytest.mark.parametrize(
    ("tags", "kind", "value", "certainty"),
    [
        ({"maxheight": "4.5"}, HEIGHT, 4.5, Certainty.KNOWN),
        ({}, HEIGHT, math.inf, Certainty.ASSUMED),
        ({}, CLEAR, math.inf, Certainty.ASSUMED),
        ({"maxheight": "none"}, HEIGHT, math.inf, Certainty.KNOWN),
        ({"maxheight": "none"}, CLEAR, math.inf, Certainty.ASSUMED),
        ({"maxheight": "default"}, HEIGHT, math.inf, Certainty.KNOWN),
        ({"maxheight": "default"}, CLEAR, 5.0, Certainty.ASSUMED),
        ({"maxheight": "below_default"}, CLEAR, 4.0, Certainty.KNOWN),
        ({"maxheight:physical": "4.3"}, CLEAR, 4.3, Certainty.KNOWN),
        ({"maxheight": "??"}, HEIGHT, math.nan, Certainty.UNKNOWN),
        ({"maxheight": "14"}, HEIGHT, math.nan, Certainty.UNKNOWN),
        ({"maxweight": "3500"}, MASS, math.nan, Certainty.UNKNOWN),
        ({"maxheight": "??", "maxheight:hgv": "4"}, HEIGHT, 4.0, Certainty.KNOWN),
        ({"maxweight": "40", "maxgcweight": "30"}, MASS, 30.0, Certainty.KNOWN),
        ({"hgv:conditional": "no @ (weight>7.5)", "maxweight": "12"}, MASS, 7.5, Certainty.KNOWN),
        ({"maxwidth": "3"}, WIDTH, 3.0, Certainty.KNOWN),
        ({"maxaxleload": "8"}, AXLE, 8.0, Certainty.KNOWN),
        ({"maxlength": "12"}, LENGTH, 12.0, Certainty.KNOWN),
    ],
)
def test_a_limit_is_held_with_its_certainty(
    tags: dict[str, str], kind: LimitKind, value: float, certainty: Certainty
) -> None:
    reading = limits(read({"highway": "primary", **tags}))[kind]
    assert reading.value == pytest.approx(value, nan_ok=True)
    assert reading.certainty is certainty


@pytest.mark.parametrize(
    ("tags", "value", "certainty"),
    [
        ({"highway": "residential"}, math.nan, Certainty.UNKNOWN),
        ({"highway": "unclassified"}, math.nan, Certainty.UNKNOWN),
        ({"highway": "service"}, math.nan, Certainty.UNKNOWN),
        ({"highway": "track"}, math.nan, Certainty.UNKNOWN),
        ({"highway": "residential", "lanes": "2"}, 6.0, Certainty.ASSUMED),
        ({"highway": "residential", "width": "5.5"}, 5.5, Certainty.KNOWN),
        ({"highway": "residential", "est_width": "5"}, 5.0, Certainty.ASSUMED),
        ({"highway": "residential", "width": "Narrow"}, math.nan, Certainty.UNKNOWN),
        ({"highway": "primary"}, 8.5, Certainty.ASSUMED),
        ({"highway": "primary", "oneway": "yes"}, 4.25, Certainty.ASSUMED),
        ({"highway": "primary", "lanes": "4"}, 15.5, Certainty.ASSUMED),
        ({"highway": "motorway"}, 10.0, Certainty.ASSUMED),
        ({"highway": "motorway", "lanes": "3"}, 13.75, Certainty.ASSUMED),
        ({"highway": "primary", "width": "7", "maxwidth:physical": "3"}, 3.0, Certainty.KNOWN),
        ({"highway": "primary", "width:lanes": "3|3"}, 8.5, Certainty.ASSUMED),
    ],
)
def test_the_clear_width_is_measured_else_assumed_by_class_else_unknown(
    tags: dict[str, str], value: float, certainty: Certainty
) -> None:
    reading = limits(read(tags))[CLEAR_WIDTH]
    assert reading.value == pytest.approx(value, nan_ok=True)
    assert reading.certainty is certainty


def test_what_cannot_be_read_is_kept_as_text() -> None:
    described = describe({"highway": "primary", "maxheight": "tief", "hgv": "maybe"}, DEFAULTS)
    assert {(tag.key, tag.value) for tag in described.unread} == {
        ("maxheight", "tief"),
        ("hgv", "maybe"),
    }


@pytest.mark.parametrize(
    ("tags", "kind"), [({"maxheight": "low"}, CLEAR), ({"maxwidth": "narrow"}, CLEAR_WIDTH)]
)
def test_no_clearance_is_assumed_where_a_sign_cannot_be_read(
    tags: dict[str, str], kind: LimitKind
) -> None:
    assert limits(read({"highway": "primary", **tags}))[kind].certainty is Certainty.UNKNOWN


def test_the_source_of_a_limit_is_the_tag_itself() -> None:
    reading = limits(read({"highway": "primary", "maxweight": "12 t"}))[MASS]
    assert reading.source == "OpenStreetMap maxweight=12 t"


def test_a_limit_of_one_direction_leaves_the_other_free() -> None:
    tags = {"highway": "primary", "maxheight:backward": "3.8"}
    assert limits(read(tags))[HEIGHT].value == math.inf
    assert limits(read(tags, backward=True))[HEIGHT].value == 3.8


def test_a_bridge_holds_its_mass_limit_and_its_rating_is_unknown() -> None:
    profile = read({"highway": "primary", "bridge": "yes", "maxweight": "30"})
    assert profile.structure is StructureKind.BRIDGE
    assert at_structure(profile)[MASS].value == 30.0
    assert at_structure(profile)[LimitKind.RATED_MASS].certainty is Certainty.UNKNOWN
    assert limits(profile)[MASS].value == math.inf


def test_a_limit_that_bridges_are_not_judged_by_stays_on_the_edge() -> None:
    profile = read({"highway": "primary", "bridge": "yes", "maxheight": "4", "maxlength": "12"})
    assert limits(profile)[HEIGHT].value == 4.0
    assert limits(profile)[LENGTH].value == 12.0


def test_the_height_of_a_tunnel_is_unknown_until_somebody_records_it() -> None:
    plain = at_structure(read({"highway": "primary", "tunnel": "yes"}))
    assert plain[CLEAR].certainty is Certainty.UNKNOWN
    signed = at_structure(read({"highway": "primary", "tunnel": "yes", "maxheight": "4.2"}))
    assert signed[HEIGHT].value == 4.2
    assert signed[CLEAR].certainty is Certainty.ASSUMED
    measured = at_structure(
        read({"highway": "primary", "tunnel": "yes", "maxheight:physical": "5"})
    )
    assert measured[CLEAR].value == 5.0


def test_the_width_assumed_of_the_road_stays_with_the_road_on_a_bridge() -> None:
    profile = read({"highway": "primary", "bridge": "yes"})
    assert limits(profile)[CLEAR_WIDTH].value == 8.5
    assert at_structure(profile)[CLEAR_WIDTH].certainty is Certainty.ASSUMED


@pytest.mark.parametrize("kind", StructureKind)
def test_no_limit_moves_to_a_structure_that_is_not_judged_by_it(kind: StructureKind) -> None:
    judged = {
        limit for dimension in RELEVANT[kind] for limit in (dimension.signed, dimension.physical)
    }
    assert BELONGING[kind] - {LimitKind.TURN_LENGTH} <= judged
