"""The search of a way through a junction at grade."""

import math

import pytest

from transport.manoeuvres.junction import (
    Junction,
    JunctionSearch,
    Outlook,
    draw_junction,
    is_turn,
    search_junction,
)
from transport.manoeuvres.outlines import Arm, pavement_of
from transport.manoeuvres.sweeping import Unit

SEMI = [Unit(3.8, 0.3, 1.4, 0.8, 2.5, 2.5), Unit(7.7, 0.0, 1.2, 2.5, 2.5, 2.5)]


def _girder(bolsters_m: float, beyond_m: float) -> list[Unit]:
    return [
        Unit(5.0, 0.4, 1.5, 1.0, 2.5, 2.5),
        Unit(bolsters_m, 0.0, beyond_m, beyond_m, 2.6, 2.5),
    ]


def _crossing(entry_m: float, exit_m: float, bearing: float = 90.0) -> Junction:
    arms = (Arm(180, entry_m), Arm(0, entry_m), Arm(bearing, exit_m), Arm(bearing + 180, exit_m))
    return Junction(arms, 0, 2)


def _outlook(found: JunctionSearch) -> str:
    return str(found.outlook)


def test_an_ordinary_semi_trailer_turns_where_roads_are_ordinary() -> None:
    for bearing in (90.0, 270.0):
        assert search_junction(_crossing(12.0, 8.5, bearing), SEMI).outlook is Outlook.FEASIBLE


def test_a_girder_of_30_m_on_a_locked_bogie_needs_a_survey() -> None:
    assert search_junction(_crossing(12.0, 12.0), _girder(24.0, 3.0)).outlook is Outlook.LIKELY


def test_a_girder_of_30_m_on_a_steered_bogie_takes_a_gentle_turn() -> None:
    found = search_junction(_crossing(12.0, 12.0, 60.0), _girder(24.0, 3.0), (0.5,))
    assert found.outlook is Outlook.FEASIBLE


def test_a_girder_of_40_m_cannot_turn_between_narrow_roads_even_at_best() -> None:
    found = search_junction(_crossing(7.0, 7.0), _girder(32.0, 4.0))
    assert found.outlook is Outlook.INFEASIBLE
    assert found.ways[-1].exceeds_m > 0.5


def test_a_wide_entry_lets_a_steered_girder_of_40_m_turn() -> None:
    found = search_junction(_crossing(24.0, 12.0), _girder(32.0, 4.0), (0.0, 0.5, 1.0))
    assert found.outlook is Outlook.FEASIBLE


def test_left_and_right_are_mirror_images() -> None:
    right = search_junction(_crossing(9.0, 9.0, 90.0), _girder(18.0, 2.0))
    left = search_junction(_crossing(9.0, 9.0, 270.0), _girder(18.0, 2.0))
    assert right.outlook is left.outlook
    assert [way.exceeds_m for way in right.ways] == pytest.approx(
        [way.exceeds_m for way in left.ways], abs=1e-6
    )


def test_more_width_never_makes_a_turn_harder() -> None:
    order = list(Outlook)
    outlooks = [
        order.index(search_junction(_crossing(width, width), _girder(18.0, 2.0)).outlook)
        for width in (6.0, 9.0, 12.0, 20.0)
    ]
    assert outlooks == sorted(outlooks, reverse=True)


def test_measured_widths_leave_only_the_room_beside_the_road_open() -> None:
    guessed = _crossing(9.0, 9.0)
    measured = Junction(guessed.arms, 0, 2, corner_radius_m=15.0, widths_measured=True)
    best = search_junction(guessed, _girder(24.0, 3.0)).ways[-1]
    known = search_junction(measured, _girder(24.0, 3.0)).ways[-1]
    assert known.exceeds_m >= best.exceeds_m - 1e-6


def test_a_corner_is_free_up_to_the_arc_of_the_kerb() -> None:
    arms = (Arm(180, 10.0), Arm(270, 10.0))
    pavement, turn = pavement_of(arms, 0, 1, 8.0)
    assert math.degrees(turn) == pytest.approx(90.0)
    (corner,) = pavement.corners
    assert list(corner.tip) == pytest.approx([-5.0, 5.0])
    assert list(corner.middle) == pytest.approx([-13.0, 13.0])
    assert list(corner.first) == pytest.approx([-5.0, 13.0])


def test_straight_on_and_back_are_no_turns() -> None:
    assert not is_turn(5.0)
    assert is_turn(-90.0)
    assert not is_turn(175.0)


def test_a_drawing_shows_pavement_train_and_tracks() -> None:
    junction = _crossing(12.0, 8.5)
    way = search_junction(junction, SEMI).ways[-1]
    drawing = draw_junction(junction, way, SEMI)
    assert len(drawing.pavement) == 8
    assert len(drawing.wheels) == 6
    assert all(len(outline) >= 4 for outline in drawing.bodies)
