"""Printed tables: what formulas reproduce of JTG/T 2213-2023, and load and turning tables."""

import csv
from math import floor, sqrt
from pathlib import Path

import numpy as np
import pytest

from tests.evaluation_tables import shipped_tables
from transport.evaluation.alignment import max_length
from transport.evaluation.lateral_space import lateral_space_rule
from transport.evaluation.words import RoadClass, Train
from transport.manoeuvres.sweeping import Unit, sweep_turn
from transport.structures.effects import Axles, extremes_of_design, extremes_of_train
from transport.structures.simple_span import effects_on_spans
from transport.structures.transverse import hinged_influence, rigid_influence

FOLDER = Path(__file__).parents[2] / "config" / "evaluation"
KIP_FT, KIP, FT = 1.3558179, 4.4482216, 0.3048
# span ft: largest moment of an H20 truck in kip ft
H20 = {28: 226.80, 30: 246.61, 32: 266.45, 34: 286.31, 36: 306.18, 38: 326.06, 40: 345.96,
       42: 365.87, 45: 395.74, 50: 445.57, 55: 495.43}  # fmt: skip
# span ft: end shear of HL-93 (truck and lane, no impact) in kip
HL93 = {70: 84.80, 80: 89.20, 90: 93.33, 100: 97.28, 105: 99.20, 115: 102.95, 120: 104.80,
        140: 112.00, 160: 119.00, 170: 122.44, 190: 129.26}  # fmt: skip
# span m: largest moment of AS 5100.2's 300LA in kN m, rounded to 5
LA300 = {5: 705, 10: 2400, 20: 6300, 30: 12515, 40: 21555, 50: 32560, 100: 126300}
# Share of each of nine hinged slabs in thousandths: ratio of flexibilities, plate, printed row.
HINGED = (
    (0.02, 1, (236, 194, 147, 113, 88, 70, 57, 49, 46)),
    (0.02, 3, (147, 160, 164, 141, 110, 87, 72, 62, 57)),
    (0.02, 5, (88, 95, 110, 134, 148)),
    (0.04, 1, (306, 232, 155, 104, 70, 48, 35, 26, 23)),
    (0.04, 5, (70, 82, 108, 151, 178)),
)
# grade, length from kingpin to the axles that fits one cell, largest error over the other cells
LOW_BEDS = (("A", 0.4), ("B", 0.6))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_rule_reproduces_every_cell_of_the_lateral_spaces() -> None:
    rows = _rows("t4_2_to_4_8_lateral_space")
    wrong = []
    for row in rows:
        right = float(row["right_hard_shoulder_m"] or 0)
        left = float(row["left_strip_plus_margin_m"] or right)
        # Roads of class 3 and 4 have lanes only, no band of heights below 4.5 m, and a single lane
        # half the widening.
        lanes_only = row["shoulder_case"] == "lanes_only"
        share = 0.5 if row["lanes"] == "1" else 1.0
        found = lateral_space_rule(
            shipped_tables(),
            n_lanes=int(row["lanes"]),
            lane_width_m=float(row["lane_width_m"]),
            right_m=0.0 if lanes_only else right,
            left_m=0.0 if lanes_only else left,
            height_m=float(row["height_lt_m"]) - 0.01,
            widening_m=share * float(row["widening_m"] or 0),
        ).values["lateral_space_m"]
        printed = float(row["lateral_space_m"])  # to the centimetre
        if found != pytest.approx(printed, abs=0.0051):
            wrong.append((row, found))
    assert len(rows) == 316
    assert not wrong


def test_the_longest_trains_of_a_road_are_the_least_of_plan_and_profile() -> None:
    plan = {
        _road(row): row for row in _rows("t4_12_13_16_17_max_length") if row["governs"] == "plan"
    }
    compared = 0
    for row in _rows("t4_12_13_16_17_max_length"):
        if row["governs"] == "plan":
            continue
        profile = [
            float(one["max_total_length_m"])
            for one in _rows("t4_14_15_vertical_max_length")
            if (one["train"], one["design_speed_kmh"]) == (row["train"], row["design_speed_kmh"])
        ]
        least = min(float(plan[_road(row)]["max_total_length_m"]), *profile)
        assert float(row["max_total_length_m"]) == least, row
        compared += 1
    assert compared == 144


def _road(row: dict[str, str]) -> tuple[str, ...]:
    keys = ("train", "road_class", "design_speed_kmh", "height_lt_m", "vehicle_width_m")
    return tuple(row[key] for key in keys)


def test_twenty_of_twenty_one_lengths_over_vertical_curves_follow_the_chord() -> None:
    misses = []
    rows = _rows("t4_14_15_vertical_max_length")
    for row in rows:
        # Underside 0.8 m less 0.2 m that must remain; stroke of the suspension 0.5 m (B.5).
        drop = 0.6 if row["train"] == "low_bed" else 0.5
        chord = sqrt(8 * float(row["radius_m"]) * drop - 4 * drop**2)
        if floor(chord + 6.7 + 0.5) != float(row["max_total_length_m"]):
            misses.append((row["suspect"], row["radius_m"]))
    assert len(rows) == 21
    assert misses == [("S05", "1400.0")]


def test_the_longest_train_takes_the_wider_column_and_the_lower_band() -> None:
    found = max_length(
        shipped_tables(),
        train=Train.LOW_BED,
        road_class=RoadClass.EXPRESSWAY,
        design_speed_kmh=120.0,
        width_m=2.5,
        height_m=4.9,
    )
    assert found.values["max_length_m"] == 90.0


@pytest.mark.parametrize("span_ft", H20)
def test_the_h20_truck_causes_the_printed_moment(span_ft: int) -> None:
    truck = Axles((8 * KIP, 32 * KIP), (14 * FT,))
    found = extremes_of_train(truck, [span_ft * FT]).max_moment_knm / KIP_FT
    assert found == pytest.approx(H20[span_ft], abs=0.01)


@pytest.mark.parametrize("span_ft", HL93)
def test_truck_and_lane_cause_the_printed_end_shear(span_ft: int) -> None:
    truck = extremes_of_design(shipped_tables().design_loads["HS20-44-truck"], [span_ft * FT])
    found = truck.max_shear_kn / KIP + 0.64 * span_ft / 2
    assert found == pytest.approx(HL93[span_ft], abs=0.01)


def test_the_australian_train_causes_the_printed_moments() -> None:
    spans, most = np.array(list(LA300), dtype=float), np.zeros(len(LA300))
    for groups in range(1, 9):  # twelve metres from group to group, the closest allowed
        inner = (1.7, 1.1, 1.7)
        gaps = np.array([2.0, *inner, *((12.0 - sum(inner), *inner) * (groups - 1))])
        loads = np.array([360.0, *[300.0] * (4 * groups)])
        most = np.maximum(most, effects_on_spans(loads, gaps, spans).moment_knm)
    assert list(most) == pytest.approx(list(LA300.values()), abs=2.6)


def test_stiff_cross_beams_share_a_load_as_in_the_textbook() -> None:
    first, last = rigid_influence(5, 1.6, 0, [3.2, -3.2])
    assert (first, last) == (pytest.approx(0.60), pytest.approx(-0.20))
    second = rigid_influence(5, 2.2, 1, [4.4, -4.4])
    assert list(second) == pytest.approx([0.4, 0.0], abs=1e-12)


@pytest.mark.parametrize(("gamma", "plate", "printed"), HINGED)
def test_hinged_slabs_share_a_load_as_printed(
    gamma: float, plate: int, printed: tuple[int, ...]
) -> None:
    found = hinged_influence(9, gamma)[plate - 1] * 1000
    assert list(found[: len(printed)]) == pytest.approx(printed, abs=0.5)


def test_hinged_slabs_show_a_misprint_by_reciprocity() -> None:
    # Plate 3 under a load on plate 1, gamma 0.04: printed 115, while plate 1 under 3 says 155.
    shares = hinged_influence(9, 0.04)
    assert shares[2, 0] == pytest.approx(shares[0, 2])
    assert shares[2, 0] * 1000 == pytest.approx(155, abs=0.5)


@pytest.mark.parametrize(("grade", "most_m"), LOW_BEDS)
def test_one_fitted_length_predicts_the_turning_table_of_a_grade(grade: str, most_m: float) -> None:
    cells = [
        row
        for row in shipped_tables().turnings
        if str(row.grade) == grade and row.train is Train.LOW_BED
    ]
    fitted = next(row for row in cells if (row.r_in_m, row.junction_angle_deg) == (20.0, 90.0))
    width_m = {"A": 3.0, "B": 3.3}[grade]

    def swept(length_m: float, inside_m: float, angle_deg: float) -> float:
        # The inner wheel of the turn keeps the radius of the kerb: find the front axle's.
        low, high = inside_m + 1.0, inside_m + 40.0
        for _ in range(16):
            radius = (low + high) / 2
            found = sweep_turn(_low_bed(length_m, width_m), radius, 180.0 - angle_deg)
            low, high = (low, radius) if found.min_inside_radius_m > inside_m else (radius, high)
        return found.swept_width_body_m

    low, high = 4.0, 30.0
    for _ in range(14):
        middle = (low + high) / 2
        wide = swept(middle, 20.0, 90.0) > fitted.swept_width_m
        low, high = (low, middle) if wide else (middle, high)
    errors = [
        abs(swept(low, row.r_in_m, row.junction_angle_deg) - row.swept_width_m) for row in cells
    ]
    assert max(errors) <= most_m, errors


def _low_bed(length_m: float, width_m: float) -> list[Unit]:
    tractor = Unit(3.8, 0.0, 1.5, 1.0, 2.5, 2.5)
    return [tractor, Unit(length_m, 0.0, 1.5, 2.0, width_m, width_m)]
