"""Pieces put together for the deck: sizes, layers, frames and centres of gravity."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin

import pytest

from tests.catalogues import shipped_catalogue
from transport.errors import InvalidInputError
from transport.vehicles.arranging import (
    Arrangement,
    Stow,
    StowedFrame,
    lean_on_frame,
    line_up,
    put_abreast,
    stack,
)
from transport.vehicles.component import Component, Divisibility, Orientation
from transport.vehicles.transport import Material

CATALOGUE = shipped_catalogue()
WALL = Component(
    "w", "墙板", "Wall", Material.PRECAST, 6.0, 3.0, 0.3, 9.0, may_turn=True, may_stand=True
)
A_FRAME = CATALOGUE.frames["a_frame_8"]


def test_the_words_of_older_snapshots_are_still_read() -> None:
    assert Orientation("as_made") is Orientation.AS_MADE
    assert Orientation("on_edge") is Orientation.ON_EDGE
    assert Orientation("flat") is Orientation.AS_MADE
    with pytest.raises(ValueError, match="sideways"):
        Orientation("sideways")


def test_a_leaning_wall_is_as_wide_and_high_as_its_corners() -> None:
    lean = radians(80)
    width_m, height_m = WALL.size_m(Orientation.UPRIGHT, 80)

    assert width_m == pytest.approx(3 * cos(lean) + 0.3 * sin(lean), abs=1e-3)
    assert height_m == pytest.approx(3 * sin(lean) + 0.3 * cos(lean), abs=1e-3)
    assert WALL.size_m(Orientation.UPRIGHT, 90) == pytest.approx((0.3, 3.0))


def test_the_centre_of_a_uniform_piece_is_the_middle_of_its_box() -> None:
    for turn in WALL.orientations:
        width_m, height_m = WALL.size_m(turn)
        along, across, up = WALL.centre_m(turn)
        assert (along, across, up) == pytest.approx((3.0, 0.0, height_m / 2), abs=1e-3)
        assert width_m > 0


def test_a_turned_piece_keeps_its_centre() -> None:
    heavy_below = replace(WALL, centre_across_m=0.5, centre_up_m=0.1)
    _, across, up = heavy_below.centre_m(Orientation.ON_EDGE)

    assert across == pytest.approx(-0.05)
    assert up == pytest.approx(1.0)  # what lay to the right is below


def test_two_walls_on_both_sides_of_a_frame_balance() -> None:
    arrangement = lean_on_frame(WALL, A_FRAME, 2)
    left, right = sorted(one.right_m for one in arrangement.stows)

    assert left == pytest.approx(-right)
    assert arrangement.centre_m[1] == pytest.approx(0.0)
    assert arrangement.mass_t == pytest.approx(19.4)
    assert arrangement.base_m == A_FRAME.bearing_m


def test_a_single_wall_is_moved_until_its_mass_is_in_the_middle() -> None:
    assert lean_on_frame(WALL, A_FRAME, 1).centre_m[1] == pytest.approx(0.0, abs=1e-9)


def test_a_slot_rack_holds_walls_straight_beside_each_other() -> None:
    arrangement = lean_on_frame(WALL, CATALOGUE.frames["slot_rack_8"], 3)
    begin, end = arrangement.sides_m

    assert end - begin == pytest.approx(2.4)  # the rack is wider than three walls
    assert {one.size_m for one in arrangement.stows} == {(0.3, 3.0)}


@pytest.mark.parametrize(
    ("pieces", "piece", "words"),
    [
        (7, WALL, "takes 6 pieces"),
        (5, WALL, "bears 36 t"),
        (1, replace(WALL, may_stand=False), "may not travel upright"),
    ],
)
def test_what_a_frame_cannot_bear_is_refused(pieces: int, piece: Component, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        lean_on_frame(piece, A_FRAME, pieces)


def test_only_so_many_may_lie_on_each_other() -> None:
    slab = CATALOGUE.components["laminated_slab"]

    assert stack(slab, 6).height_m == pytest.approx(6 * 0.26)
    with pytest.raises(InvalidInputError, match="6 high, not 7"):
        stack(slab, 7)


def test_beams_abreast_are_as_wide_as_all_with_their_gaps() -> None:
    begin, end = put_abreast(CATALOGUE.components["precast_beam"], 3).sides_m

    assert end - begin == pytest.approx(3 * 0.5 + 2 * 0.05)


def test_a_piece_lies_on_what_is_right_below_it() -> None:
    low = replace(WALL, length_m=3.0, height_m=0.2)
    arrangement = Arrangement(
        (Stow(WALL), Stow(low, back_m=3.0), Stow(low, layer=1)), (StowedFrame(A_FRAME),)
    )

    assert arrangement.undersides_m == pytest.approx((0.12, 0.12, 0.42))
    assert arrangement.height_m >= 0.62
    assert arrangement.span_m == pytest.approx((-4.0, 4.5))


def test_a_piece_turned_end_for_end_keeps_its_heavy_end_behind() -> None:
    heavy_front = replace(WALL, centre_along_m=2.0)

    assert Stow(heavy_front).centre_m[0] == pytest.approx(-1.0)
    assert Stow(heavy_front, reversed=True).centre_m[0] == pytest.approx(1.0)


def test_packaging_has_mass_too() -> None:
    film = StowedFrame(CATALOGUE.frames["corner_packaging"])

    assert stack(WALL).with_frames(film).mass_t == pytest.approx(9.05)
    assert stack(WALL).with_frames(film).pieces_t == 9.0


def test_reasons_say_whether_a_piece_is_indivisible() -> None:
    assert replace(WALL, divisibility=Divisibility.WELDED).is_indivisible
    assert not replace(WALL, divisibility=Divisibility.BOLTED).is_indivisible


def test_different_pieces_stand_one_behind_the_other() -> None:
    stairs, column = CATALOGUE.components["stair_flight"], CATALOGUE.components["precast_column"]
    arrangement = line_up((stairs, column))
    first, second = arrangement.stows

    assert arrangement.length_m == pytest.approx(4.2 + 0.05 + 10.0)
    assert second.back_m - first.back_m == pytest.approx(2.1 + 0.05 + 5.0)
    # 3.2 t at -5.025 m and 9 t at 2.125 m
    assert arrangement.centre_m[0] == pytest.approx((3.2 * -5.025 + 9 * 2.125) / 12.2)


def test_supports_of_a_piece_bound_where_it_may_lie() -> None:
    girder = CATALOGUE.components["box_girder_25"]

    assert stack(girder).supports_m == pytest.approx((-12.0, 12.0))
    assert lean_on_frame(WALL, A_FRAME, 1).supports_m is None
    assert stack(WALL).supports_m is None


def test_beside_a_tall_stack_a_low_one_stays_low() -> None:
    low = replace(WALL, height_m=0.1)
    arrangement = Arrangement(
        (
            *(Stow(WALL, layer=n) for n in range(2)),
            *(Stow(low, back_m=8.0, layer=n) for n in range(3)),
        )
    )
    thick = WALL.height_m
    assert arrangement.undersides_m == pytest.approx((0.0, thick, 0.0, 0.1, 0.2))
    assert arrangement.height_m == pytest.approx(max(2 * thick, 0.3))
