"""Axle loads by statics, checked by hand, and properties that must always hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport.errors import InvalidInputError
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.component import Component, Orientation
from transport.vehicles.loading import Placement, load, tractor_axles, trailer_supports
from transport.vehicles.transport import Material, TrailerKind

TRACTOR = Tractor(
    code="t",
    name_zh="牵引车",
    name_en="Tractor",
    width_m=2.5,
    height_m=3.7,
    front_m=1.5,
    spacings_m=(3.3, 1.4),
    kingpin_m=3.6,
    drive_axles=2,
    kerb_front_t=4.8,
    kerb_rear_t=4.0,
)
TRAILER = Trailer(
    code="l",
    name_zh="低平板",
    name_en="Low-bed",
    kind=TrailerKind.LOW_BED,
    deck_length_m=13.0,
    longest_deck_m=13.0,
    width_m=3.0,
    deck_height_m=0.95,
    kingpin_m=1.0,
    first_axle_m=8.7,
    spacings_m=(1.3, 1.3),
    kerb_mass_t=12.0,
    payload_t=45.0,
)
WALL = Component("w", "墙板", "Wall", Material.PRECAST, 8.0, 3.2, 2.8, 20.0, may_turn=True)


def test_kingpin_and_axles_share_by_the_lever() -> None:
    # bogie middle 10 m behind the kingpin; load 6 m, own mass 13/2 - 1 = 5.5 m behind it
    kingpin_t, axles_t = trailer_supports(TRAILER, 20.0, 6.0)

    assert sum(axles_t) == pytest.approx((20 * 6 + 12 * 5.5) / 10)  # 18.6 t
    assert kingpin_t == pytest.approx(32 - 18.6)
    assert axles_t == pytest.approx((6.2, 6.2, 6.2))


def test_the_kingpin_load_rests_on_front_and_drive_axles() -> None:
    # drive axles' middle 4.0 m behind the front axle, fifth wheel 3.6 m: 90 % behind
    front, *drive = tractor_axles(TRACTOR, 13.4)

    assert front == pytest.approx(4.8 + 1.34)
    assert drive == pytest.approx([(4.0 + 12.06) / 2] * 2)


def test_overall_sizes_and_mass_follow_from_the_units() -> None:
    transport = load(WALL, TRACTOR, TRAILER)

    assert transport.height_m == 3.75
    assert transport.width_m == 3.2
    assert transport.length_m == 17.1
    assert transport.mass_t == 40.8
    assert transport.axle_spacings_m == (3.3, 1.4, 7.6, 1.3, 1.3)
    assert transport.axle_group_sizes == (1, 2, 3)


def test_a_piece_on_edge_changes_width_and_height() -> None:
    transport = load(WALL, TRACTOR, TRAILER, Placement(Orientation.ON_EDGE))

    assert transport.width_m == 3.0
    assert transport.height_m == 4.15


def test_an_extendable_deck_is_pulled_out_only_as_far_as_needed() -> None:
    extendable = replace(TRAILER, longest_deck_m=25.0)
    transport = load(replace(WALL, length_m=18.0), TRACTOR, extendable)

    assert transport.length_m == 22.1
    assert transport.axle_spacings_m[2] == 12.6


def test_a_load_far_behind_the_deck_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"sticks out 4 m behind l"):
        load(replace(WALL, length_m=17.0), TRACTOR, TRAILER)


def test_a_piece_too_wide_for_the_frames_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"1.6 m wide between its frames"):
        load(WALL, TRACTOR, replace(TRAILER, inside_width_m=1.6))


def test_a_tractor_too_weak_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"tractor: 32 t is more than the 30 t"):
        load(WALL, replace(TRACTOR, towed_mass_t=30.0), TRAILER)


LOADS = st.floats(1.0, 45.0)
MIDDLES = st.floats(2.0, 7.0)


@given(LOADS, MIDDLES)
def test_axle_loads_sum_to_the_gross_mass(mass_t: float, middle_m: float) -> None:
    transport = load(replace(WALL, mass_t=mass_t), TRACTOR, TRAILER, Placement(middle_m=middle_m))

    assert sum(transport.axle_loads_t) == pytest.approx(transport.mass_t, abs=1e-4)


@given(LOADS, MIDDLES, st.floats(0.01, 2.0))
def test_moving_the_load_forward_never_lowers_the_kingpin_load(
    mass_t: float, middle_m: float, forward_m: float
) -> None:
    before, _ = trailer_supports(TRAILER, mass_t, middle_m)
    after, _ = trailer_supports(TRAILER, mass_t, middle_m - forward_m)

    assert after >= before
