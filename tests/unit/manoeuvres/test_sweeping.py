"""Swept paths, against printed turning tables and closed formulas."""

import math

import pytest

from transport.manoeuvres.sweeping import Unit, sweep_turn

# vehicle: wheelbase and hitch of each unit, width, radius of the front axle, printed, in feet
AASHTO: dict[str, tuple[list[tuple[float, float]], float, float, float]] = {
    "P": ([(11, 0)], 7, 21.0, 14.4),
    "SU-40": ([(25, 0)], 8, 47.4, 36.4),
    "BUS-45": ([(28.5, 0)], 8.5, 40.2, 24.7),
    "S-BUS36": ([(21.3, 0)], 8, 34.9, 23.8),
    "A-BUS": ([(22, -6.2), (13.2, 0)], 8.5, 35.5, 21.3),
    "WB-62": ([(19.5, 0), (41, 0)], 8.5, 41.0, 7.4),
    "WB-67D": ([(11, 0), (23, -3), (7, 0), (23, 0)], 8.5, 40.9, 19.1),
}
# radius of the front axle m: swept width of the wheels of girders on bolsters 24 and 32 m apart
GIRDERS = {20: (12.9, 17.7), 30: (10.9, 15.4), 40: (9.5, 13.6), 60: (7.5, 10.8), 100: (5.5, 7.8)}


def _train(units: list[tuple[float, float]], width: float) -> list[Unit]:
    return [Unit(wheelbase, hitch, 0.0, 0.0, width, width) for wheelbase, hitch in units]


def _girder(bolsters_m: float, steer: float = 0.0) -> list[Unit]:
    tractor = Unit(5.0, 0.4, 1.5, 1.0, 2.5, 2.5)
    return [tractor, Unit(bolsters_m, 0.0, 3.0, 3.0, 2.6, 2.5, steer)]


@pytest.mark.parametrize("name", AASHTO)
def test_a_half_turn_leaves_the_printed_inside_radius(name: str) -> None:
    units, width, radius, printed = AASHTO[name]
    found = sweep_turn(_train(units, width), radius, 180.0).min_inside_radius_m
    assert found == pytest.approx(printed, abs=0.12)


@pytest.mark.parametrize("radius_m", GIRDERS)
def test_girders_on_locked_bogies_take_the_reference_widths(radius_m: float) -> None:
    found = [
        sweep_turn(_girder(bolsters_m), radius_m, 90.0).swept_width_wheels_m
        for bolsters_m in (24.0, 32.0)
    ]
    assert found == pytest.approx(GIRDERS[int(radius_m)], abs=0.06)


def test_many_turns_settle_on_the_circle_of_the_formula() -> None:
    tractor, trailer, radius_m = 3.8, 9.0, 25.0
    found = sweep_turn(_train([(tractor, 0.0), (trailer, 0.0)], 2.5), radius_m, 900.0)
    settled_m = math.sqrt(radius_m**2 - tractor**2 - trailer**2)
    assert found.min_inside_radius_m == pytest.approx(settled_m - 1.25, abs=1e-3)


def test_a_settled_low_bed_takes_the_aisle_of_the_standard() -> None:
    # JTG/T 2213-2023 B.1.1 with the kingpin over the drive axle and phi = atan(L / r of the axle)
    kingpin_m, tractor_m, track_m, radius_m = 9.0, 3.8, 2.4, 25.0
    units = [
        Unit(tractor_m, 0.0, 0.0, 0.0, track_m, track_m),
        Unit(kingpin_m, 0.0, 0.0, 0.0, 2.5, track_m),
    ]
    found = sweep_turn(units, radius_m, 900.0)
    axle_m = math.sqrt(radius_m**2 - tractor_m**2 - kingpin_m**2)
    phi = math.atan(kingpin_m / axle_m)
    inner_m = kingpin_m / math.tan(phi) - track_m / 2
    outer_m = math.hypot(kingpin_m / math.sin(phi) + track_m / 2, tractor_m)
    # The formula takes the tractor's axle and front wheel as one radius beyond the pull.
    assert found.min_inside_radius_m == pytest.approx(inner_m, abs=1e-3)
    assert found.swept_width_wheels_m == pytest.approx(outer_m - inner_m, abs=0.02)


def test_steering_the_rear_bogie_narrows_the_way_of_the_wheels() -> None:
    widths = [
        sweep_turn(_girder(24.0, steer), 30.0, 90.0).swept_width_wheels_m for steer in (0, 0.5, 1)
    ]
    assert widths == sorted(widths, reverse=True)


def test_a_steered_rear_swings_its_tail_out_and_a_locked_one_hardly_does() -> None:
    long_tail = Unit(20.0, 0.0, 1.0, 8.0, 3.0, 2.5, 1.0)
    locked = Unit(20.0, 0.0, 1.0, 8.0, 3.0, 2.5, 0.0)
    tractor = Unit(4.0, 0.3, 1.4, 1.0, 2.5, 2.5)
    steered_m = sweep_turn([tractor, long_tail], 20.0, 90.0).tail_out_m
    assert steered_m > sweep_turn([tractor, locked], 20.0, 90.0).tail_out_m + 0.5


def test_everything_twice_as_large_takes_twice_the_room() -> None:
    once = sweep_turn(_train([(4, 0.5), (10, 0)], 2.5), 15.0, 90.0)
    twice = sweep_turn(_train([(8, 1.0), (20, 0)], 5.0), 30.0, 90.0)
    assert twice.swept_width_body_m == pytest.approx(2 * once.swept_width_body_m, rel=1e-3)


def test_a_train_too_long_for_the_turn_drives_over_its_centre() -> None:
    found = sweep_turn(_girder(32.0), 15.0, 90.0)
    assert found.min_inside_radius_m < 0
    assert found.swept_width_wheels_m > 16.0
