"""Screening of bridges, effects on beams and swept turns, as the checks answer them."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.evaluation_tables import shipped_tables
from transport.errors import InvalidInputError
from transport.evaluation.catalogue import CHECKS

KN = 9.8
HEAVY = {
    "axle_loads_kn": [load * KN for load in (10, 10, 10, 18, 18, 18, 18, 18)],
    "axle_spacings_m": [3.3, 1.4, 7, 1.45, 1.45, 1.45, 1.45],
}
LIGHT = {
    "axle_loads_kn": [load * KN for load in (6, 7, 7, 6, 6, 6)],
    "axle_spacings_m": [3.3, 1.4, 7, 1.3, 1.3],
}
GIRDERS: dict[str, Any] = {
    "spans_m": [20, 20, 20],
    "continuous": False,
    "structural_form": "girder",
    "design_load": "highway-I-2015",
    "deck_width_m": 11,
    "girders": 6,
    "girder_spacing_m": 2,
    "skew_deg": 0,
    "natural_frequency_hz": 5.0,
    "condition_class": 1,
    "rating_age_years": 0.5,
    "single_column_pier": False,
}


def _answer(name: str, **inputs: Any) -> Mapping[str, Any]:
    return CHECKS[name].answer(shipped_tables(), inputs)


def _verdict(train: Mapping[str, Any], **changes: Any) -> str:
    structure = {**GIRDERS, **changes}
    found = _answer("bridge_screening", structure=structure, **train)
    return str(found["values"]["verdict"])


def test_a_documented_bridge_carries_an_ordinary_train_at_20_km_h() -> None:
    assert _verdict(LIGHT) == "PASS"


def test_a_heavy_train_crosses_alone_on_the_centre_line() -> None:
    found = _answer("bridge_screening", structure=GIRDERS, **HEAVY)["values"]
    assert found["verdict"] == "CONDITIONAL_B"
    assert {"speed_5", "centre_line", "close_other_lanes"} <= set(found["conditions"])


def test_closing_the_other_lanes_raises_the_ratio() -> None:
    ratios = [
        _answer("bridge_screening", structure=GIRDERS, other_lanes=lanes, speed_km_h=5, **HEAVY)[
            "values"
        ]["capacity_ratio"]["sagging_moment"]
        for lanes in ("open", "closed")
    ]
    assert ratios[0] < ratios[1]


@pytest.mark.parametrize("condition", [4, 5])
def test_a_bridge_of_class_4_or_5_is_never_crossed(condition: int) -> None:
    assert _verdict(LIGHT, condition_class=condition) == "FAIL"


def test_a_posted_limit_is_not_calculated_away() -> None:
    assert _verdict(LIGHT, posted_mass_t=30) == "FAIL"
    assert _verdict(LIGHT, posted_mass_t=38) == "PASS"
    assert _verdict(LIGHT, posted_axle_t=6.9) == "FAIL"


@pytest.mark.parametrize(
    "changes",
    [
        {"condition_class": 3},
        {"structural_form": "arch"},
        {"curve_radius_m": 120},
        {"skew_deg": 31},
        {"single_column_pier": True},
        {"rating_age_years": 1.2},
    ],
)
def test_an_unusual_bridge_is_an_engineers_decision(changes: dict[str, Any]) -> None:
    assert _verdict(LIGHT, **changes) == "ENGINEER"


@pytest.mark.parametrize(
    "name",
    ["girders", "skew_deg", "single_column_pier", "condition_class", "rating_age_years"],
)
def test_a_gap_in_the_record_never_passes_by_itself(name: str) -> None:
    found = _answer("bridge_screening", structure={**GIRDERS, name: None}, **LIGHT)
    assert found["values"]["verdict"] == "ENGINEER"
    assert found["missing"] == [name]


@pytest.mark.parametrize("name", ["spans_m", "design_load"])
def test_without_spans_or_design_load_there_is_nothing_to_compare(name: str) -> None:
    assert _verdict(LIGHT, **{name: None}) == "NO_DATA"


def test_a_documented_trailer_helps_an_old_bridge() -> None:
    alone = _answer(
        "bridge_screening",
        structure={**GIRDERS, "design_load": "truck-15"},
        other_lanes="closed",
        speed_km_h=5,
        **HEAVY,
    )["values"]["capacity_ratio"]
    with_trailer = _answer(
        "bridge_screening",
        structure={**GIRDERS, "design_load": "truck-15+trailer-80"},
        other_lanes="closed",
        speed_km_h=5,
        **HEAVY,
    )["values"]["capacity_ratio"]
    assert with_trailer["sagging_moment"] > alone["sagging_moment"]


def test_a_bridge_far_too_weak_fails_whatever_is_found_out_later() -> None:
    train = {**HEAVY, "axle_loads_kn": [4 * load for load in HEAVY["axle_loads_kn"]]}
    assert _verdict(train) == "FAIL"
    assert _verdict(train, girders=None) == "ENGINEER"  # a gap alone refuses nobody for good


def test_above_20_km_h_no_crossing_is_offered() -> None:
    with pytest.raises(InvalidInputError, match="20 km/h"):
        _answer("bridge_screening", structure=GIRDERS, speed_km_h=25, **LIGHT)


def test_an_unknown_design_load_has_no_effects() -> None:
    found = _answer("bridge_effects", spans_m=[20], design_load="truck-13")
    assert found["values"] == {"result": "NO_DATA"}


@pytest.mark.parametrize(
    ("name", "inputs", "words"),
    [
        ("bridge_effects", {"spans_m": []}, "at least one span"),
        ("bridge_effects", {"spans_m": [20]}, "either axle_loads_kn"),
        ("bridge_effects", {"spans_m": [0], "design_load": "city-A"}, "more than 0"),
        (
            "bridge_effects",
            {"spans_m": [9], "axle_loads_kn": [9, 9], "axle_spacings_m": [-1]},
            "more than 0",
        ),
        ("bridge_screening", {"structure": {"span": 1}, **LIGHT}, "span: no such field"),
        ("swept_path", {"units": [], "radius_m": 15, "turn_deg": 90}, "at least one unit"),
        (
            "swept_path",
            {"units": [{"wheelbase_m": 16, "width_m": 3}], "radius_m": 15, "turn_deg": 90},
            "cannot follow",
        ),
        ("gap_check", {"where": "bridge", "gap_m": 1}, "use one of main_high"),
        ("gap_check", {"where": "top", "gap": 1}, "no such input"),
        ("classify_mass", {"max_axle_t": True}, "must be a number"),
    ],
)
def test_a_wrong_input_is_named(name: str, inputs: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        _answer(name, **inputs)


def test_every_check_documents_its_inputs() -> None:
    for check in CHECKS.values():
        schema = check.schema()
        assert schema["properties"], check.name
        assert check.purpose.endswith("."), check.name


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"L": 0.0}, "L"),
        ({"L": 1e308}, "L"),
        ({"spacings_m": [-3.0]}, "spacings_m"),
        ({"axles_t": [], "spacings_m": []}, "axles_t"),
        ({"axles_t": [10.0] * 20_000, "spacings_m": [1.2] * 19_999}, "axles_t"),
    ],
)
def test_a_train_or_span_that_cannot_be_is_refused_at_its_field(
    given: dict[str, Any], field: str
) -> None:
    whole = {"L": 20.0, "axles_t": [10.0, 10.0], "spacings_m": [3.0], **given}
    with pytest.raises(InvalidInputError) as refused:
        _answer("train_effect", **whole)
    assert [one.field for one in refused.value.faults] == [field]
