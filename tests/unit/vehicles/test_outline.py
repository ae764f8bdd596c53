"""The outline of a loaded vehicle: what it measures, and what it had to assume."""

from __future__ import annotations

import pytest

from tests.rigs import KINDS, rig
from transport.vehicles.describing import describe_transport
from transport.vehicles.outline import (
    Assumed,
    CargoMeasures,
    Outline,
    fits,
    outline_of_load,
    outline_of_transport,
)
from transport.vehicles.outline_views import (
    Dimension,
    Measure,
    axle_marks,
    rear_view,
    side_view,
    three_views,
    top_view,
)
from transport.vehicles.transport import TrailerKind

GIVEN = {
    "height_m": 4.25,
    "width_m": 3.6,
    "length_m": 17.2,
    "axle_loads_t": "6,8,8,8.5,8.5,9",
    "axle_spacings_m": "3.2-1.4-7-1.3-1.3",
}
CARGO = CargoMeasures(12.0, 3.6, 3.2)


def entered(cargo: CargoMeasures = CARGO, **changes: object) -> Outline:
    return outline_of_transport(describe_transport({**GIVEN, **changes}), cargo)


def values(row: tuple[Dimension, ...], measure: Measure) -> list[float]:
    return [round(one.value_m, 3) for one in row if one.measure is measure]


@pytest.mark.parametrize("kind", KINDS)
def test_the_outline_of_every_kind_measures_what_its_transport_says(kind: str) -> None:
    placed = rig(kind)
    outline = outline_of_load(placed)
    transport = placed.transport
    assert (outline.length_m, outline.width_m, outline.height_m) == (
        transport.length_m,
        transport.width_m,
        transport.height_m,
    )
    assert outline.spacings_m == pytest.approx(transport.axle_spacings_m, abs=0.002)
    assert outline.assumed == frozenset()
    assert fits(outline, transport)


@pytest.mark.parametrize("kind", KINDS)
def test_the_dimensions_along_the_vehicle_add_up_to_its_length(kind: str) -> None:
    outline = outline_of_load(rig(kind))
    axles, overall = side_view(outline).below
    assert sum(one.value_m * one.times for one in axles) == pytest.approx(outline.length_m)
    assert values(overall, Measure.OVERALL) == [outline.length_m]
    assert sum(one.times for one in axles if one.measure is Measure.AXLES) == len(outline.axles) - 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_axle_loads_of_the_drawing_add_up_to_the_gross_mass(kind: str) -> None:
    outline = outline_of_load(rig(kind))
    marked = sum(mark.load_t * len(mark.places_m) for mark in axle_marks(outline.axles))
    assert marked == pytest.approx(outline.mass_t, rel=0.002)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_drawn_lies_on_the_vehicle(kind: str) -> None:
    for view in three_views(outline_of_load(rig(kind))):
        for shape in view.shapes:
            for x, y in shape.places:
                assert view.from_m[0] - 0.6 <= x <= view.to_m[0] + 0.6, (view.name, shape)
                assert view.from_m[1] - 0.6 <= y <= view.to_m[1] + 0.6, (view.name, shape)


def test_equal_spacings_are_written_once() -> None:
    chain = side_view(outline_of_load(rig("hydraulic"))).below[0]
    assert [one.times for one in chain if one.measure is Measure.AXLES][-1] == 5


def test_a_deck_that_is_pulled_out_shows_by_how_much() -> None:
    above = side_view(outline_of_load(rig("extended"))).above[0]
    assert values(above, Measure.EXTENSION) == [11.0]


def test_a_girder_rests_on_two_bolsters_without_a_deck() -> None:
    outline = outline_of_load(rig("girder"))
    assert outline.deck is None
    assert outline.cargo is not None
    front, rear = outline.bolsters_m
    assert outline.cargo.front_m < front < rear < outline.cargo.rear_m


def test_walls_lean_against_each_other_in_the_rear_view() -> None:
    outline = outline_of_load(rig("upright"))
    leaning = [one for one in outline.pieces if one.thick_m is not None]
    assert len(leaning) == 2
    tops = []
    for piece, shape in zip(leaning, rear_view(outline).shapes[-5:-3], strict=True):
        top = max(shape.places, key=lambda place: place[1])
        bottom = min(shape.places, key=lambda place: place[1])
        middle = (piece.box.left_m + piece.box.right_m) / 2
        tops.append((abs(top[0]) < abs(bottom[0]), middle))
    assert all(leans for leans, _ in tops)


def test_a_load_that_sticks_out_is_measured_beyond_the_deck() -> None:
    placed = rig("truck")
    outline = outline_of_load(placed)
    assert placed.overhangs is not None
    over = [
        one for row in side_view(outline).above for one in row if one.measure is Measure.OVERHANG
    ]
    assert bool(over) == (placed.overhangs.rear_m > 0.005 or placed.overhangs.front_m > 0.005)


def test_what_an_application_does_not_say_is_assumed_and_named() -> None:
    outline = entered()
    assert outline.assumed == {Assumed.NOSE, Assumed.CARGO}
    # The height of the deck follows from load and overall height.
    assert outline.deck is not None
    assert outline.deck.top_m == pytest.approx(1.05)
    starred = [one.is_assumed for one in side_view(outline).below[0]]
    assert starred == [True, False, False, False, False, True]


def test_measures_that_were_entered_are_drawn_and_not_starred() -> None:
    outline = entered(CargoMeasures(12.0, 3.6, 3.2, front_m=4.9, deck_height_m=1.0, nose_m=1.5))
    assert outline.assumed == frozenset()
    assert outline.cargo is not None
    assert (outline.cargo.front_m, outline.cargo.bottom_m) == (4.9, 1.0)
    assert outline.axles[0].back_m == 1.5


def test_a_deck_height_that_cannot_follow_from_the_sizes_is_assumed() -> None:
    assert Assumed.DECK in entered(CargoMeasures(12.0, 3.6, 0.5)).assumed


def test_a_truck_by_itself_has_its_deck_behind_the_cab() -> None:
    outline = entered(
        CargoMeasures(6.0, 2.5, 1.2),
        trailer_kind="none",
        length_m=9.0,
        axle_loads_t="6,6,8,8",
        axle_spacings_m="1.8-3.5-1.35",
    )
    assert outline.kind is TrailerKind.NONE
    assert outline.deck is not None
    assert outline.kingpin_at_m is None
    assert outline.deck.rear_m == 9.0


def test_without_axles_there_is_still_a_drawing() -> None:
    outline = entered(axle_loads_t="", axle_spacings_m="", mass_t=40)
    assert outline.axles == ()
    assert side_view(outline).axles == ()
    assert top_view(outline).shapes


def test_an_outline_stops_fitting_when_the_vehicle_changes() -> None:
    outline = entered()
    assert fits(outline, describe_transport(GIVEN))
    assert not fits(outline, describe_transport({**GIVEN, "height_m": 4.4}))
    assert not fits(outline, describe_transport({**GIVEN, "axle_loads_t": "7,8,8,8,8,9"}))
