"""How firmly a load stands: angles by hand, and what only practice asks for."""

from __future__ import annotations

from dataclasses import replace
from math import atan, degrees, hypot

import pytest

from tests.catalogues import shipped_catalogue
from transport.selection.standing_firm import SAIL, TIPPING, stability_findings
from transport.vehicles.arranging import stack
from transport.vehicles.combination import Combination
from transport.vehicles.component import Component
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.placing import place, place_empty
from transport.vehicles.stability import Stability, StabilityPractice, stability_of
from transport.vehicles.transport import Material

CATALOGUE = shipped_catalogue()
PIECE = Component("p", "件", "Piece", Material.STEEL, 8.0, 2.4, 2.0, 30.0)


def placed(trailer: str, piece: Component = PIECE, tractor: str = "tractor_8x4") -> PlacedLoad:
    return place(
        Combination(CATALOGUE.tractors[tractor], CATALOGUE.trailers[trailer]), stack(piece)
    )


def firm(trailer: str, piece: Component = PIECE, tractor: str = "tractor_8x4") -> Stability:
    found = stability_of(placed(trailer, piece, tractor))
    assert found is not None
    return found


def test_the_angle_is_half_the_track_over_the_height_of_the_common_centre() -> None:
    # low_bed_3: deck 0.95 m, own 12 t at 0.6 of it; load 30 t at 0.95 + 1.0 m; track 1.84 m
    height_m = (12 * 0.57 + 30 * 1.95) / 42
    found = firm("low_bed_3")

    assert found.centre_height_m == pytest.approx(height_m, abs=1e-3)
    assert found.tipping_angle_deg == pytest.approx(degrees(atan(0.92 / height_m)), abs=0.01)


def test_three_points_are_less_firm_than_four() -> None:
    three = placed("hydraulic_full_12")
    trailer = three.combination.trailer
    assert trailer is not None
    four = place(Combination(three.combination.tractor, replace(trailer, circuits=4)), stack(PIECE))
    on_three, on_four = stability_of(three), stability_of(four)
    assert on_three is not None
    assert on_four is not None

    assert on_three.tipping_angle_deg < on_four.tipping_angle_deg


def test_the_edge_of_three_points_runs_from_the_front_to_a_rear_corner() -> None:
    # front circuit of 8 lines, rear ones of 4: middles 9 m apart, half-sets 2.2 m apart
    found = firm("hydraulic_full_12")
    # the common centre stands at the lines' middle, 3 m before the rear circuits
    reach = 1.1 * 3.0 / hypot(9.0, 1.1)
    assert degrees(atan(reach / found.centre_height_m)) == pytest.approx(
        found.tipping_angle_deg, rel=0.02
    )


def test_a_higher_centre_tips_sooner_and_a_lighter_sail_flies() -> None:
    low, high = firm("low_bed_3"), firm("low_bed_3", replace(PIECE, centre_up_m=1.8))
    light = firm("low_bed_3", replace(PIECE, mass_t=4.0))

    assert high.tipping_angle_deg < low.tipping_angle_deg
    assert low.stop_wind_m_s is None
    assert light.stop_wind_m_s == StabilityPractice().stop_m_s
    assert light.tipping_wind_m_s is not None
    assert low.tipping_wind_m_s is not None
    assert light.tipping_wind_m_s < low.tipping_wind_m_s


def test_what_hides_behind_another_piece_counts_once() -> None:
    one = firm("low_bed_3").sail_area_m2
    narrow = replace(PIECE, width_m=1.0, mass_t=12.0)
    assert one == pytest.approx(16.0)
    assert firm("low_bed_3", narrow).sail_area_m2 == pytest.approx(one)


def test_findings_are_for_an_engineer_and_refuse_nothing() -> None:
    tall = replace(PIECE, width_m=1.0, mass_t=4.0, centre_up_m=1.9)
    found = {one.rule: one for one in stability_findings(placed("low_bed_3", tall))}

    assert found[SAIL].outcome == "unknown"
    assert found[TIPPING].outcome == "within_limit"
    assert {one.outcome for one in found.values()} <= {"unknown", "within_limit"}
    assert {one.status for one in found.values()} == {"assumption"}


def test_an_empty_combination_has_nothing_to_judge() -> None:
    rig = Combination(CATALOGUE.tractors["tractor_6x4"], CATALOGUE.trailers["low_bed_3"])

    assert stability_of(place_empty(rig)) is None
    assert stability_findings(place_empty(rig)) == ()


def test_a_truck_is_judged_on_its_own_axles() -> None:
    load = place(Combination(CATALOGUE.trucks["truck_8x4"]), stack(replace(PIECE, mass_t=12.0)))
    found = stability_of(load)

    assert found is not None
    assert found.lengthwise_angle_deg > 45
