"""What the last rating of a bridge allowed: a vehicle, or a mass, beside the design load."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evaluation_tables import shipped_tables
from transport.evaluation.engineering import rules_from
from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.effects import Axles
from transport.structures.rated_vehicles import rated_load, read_rated_vehicle
from transport.structures.screening import effects_along, screen
from transport.structures.verdicts import ALONE, Verdict

RULES = rules_from(shipped_tables())
TRAIN = Axles((98.0, 147.0, 147.0, *[117.6] * 5), (3.3, 1.4, 7.0, *[1.45] * 4))
BRIDGE = Bridge(
    spans_m=(20.0,), continuous=False, structural_form=StructuralForm.BOX,
    design_load="highway-I-2015", design_code_year=2015, deck_width_m=11.0, lanes=3, skew_deg=0.0,
    condition_class=1, rating_age_years=0.5, single_column_pier=False, natural_frequency_hz=4.0,
)  # fmt: skip
# The train itself, so that the rating allows exactly what it causes.
ITSELF = "10;15;15;5*12@3.3;1.4;7;1.45;1.45;1.45;1.45"


def test_a_vehicle_is_read_in_tonnes_and_metres() -> None:
    found = read_rated_vehicle(ITSELF)
    assert found.axles_kn == pytest.approx(TRAIN.loads_kn)
    assert found.gaps_m == TRAIN.gaps_m
    assert rated_load("trailer-120", RULES.design_loads) is RULES.design_loads["trailer-120"]


@pytest.mark.parametrize("text", ["10;20", "10;20@-3", "0@", "a;b@1", "10;20@3;4", "99*1@1"])
def test_what_is_no_vehicle_is_refused_and_never_compared(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_rated_vehicle(text)
    assert rated_load(text, RULES.design_loads) is None
    assert "rated_vehicle" in screen(replace(BRIDGE, rated_vehicle=text), TRAIN, RULES).missing


def test_the_rated_vehicle_itself_has_a_ratio_of_one_however_strong_the_design_load() -> None:
    found = screen(replace(BRIDGE, rated_vehicle=ITSELF), TRAIN, RULES, ALONE)
    assert min(one.capacity_ratio for one in found.ratios) == pytest.approx(1.0, abs=1e-6)
    assert found.verdict is Verdict.ENGINEER  # 1.0 is below the margin
    assert screen(BRIDGE, TRAIN, RULES, ALONE).verdict is not Verdict.ENGINEER
    lines = effects_along(replace(BRIDGE, rated_vehicle=ITSELF), TRAIN, RULES, ALONE)
    assert {line.design_load for line in lines} == {"rated-vehicle"}


def test_a_train_heavier_than_the_rated_vehicle_passes_no_more_a_lighter_one_does() -> None:
    rated = replace(BRIDGE, rated_vehicle=ITSELF)
    lighter = Axles(tuple(0.9 * load for load in TRAIN.loads_kn), TRAIN.gaps_m)
    heavier = Axles(tuple(1.5 * load for load in TRAIN.loads_kn), TRAIN.gaps_m)
    assert screen(rated, lighter, RULES).verdict is Verdict.CONDITIONAL_B
    assert screen(rated, heavier, RULES).verdict is Verdict.FAIL


def test_a_rating_alone_leaves_a_bridge_without_design_load_to_an_engineer() -> None:
    unknown = replace(BRIDGE, design_load=None)
    assert screen(unknown, TRAIN, RULES).verdict is Verdict.NO_DATA
    rated = screen(replace(unknown, rated_vehicle="trailer-120"), TRAIN, RULES)
    assert rated.verdict is Verdict.ENGINEER
    assert rated.missing == ("design_load",)
    assert rated.ratios


def test_a_mass_beyond_the_rated_one_is_an_engineer_s_question() -> None:
    found = screen(replace(BRIDGE, rated_mass_t=60.0), TRAIN, RULES)
    assert (found.verdict, found.reasons) == (Verdict.ENGINEER, ("rated_mass_t",))
    assert screen(replace(BRIDGE, rated_mass_t=120.0), TRAIN, RULES).verdict is not Verdict.ENGINEER


def test_traffic_on_a_long_span_counts_less_so_its_design_load_allows_less() -> None:
    long = replace(BRIDGE, spans_m=(160.0,))
    plain = replace(RULES, span_factors=())
    with_factor = {r.effect: r.capacity_ratio for r in screen(long, TRAIN, RULES, ALONE).ratios}
    without = {r.effect: r.capacity_ratio for r in screen(long, TRAIN, plain, ALONE).ratios}
    for effect, ratio in without.items():
        assert with_factor[effect] == pytest.approx(0.97 * ratio)
    assert RULES.span_factor((150.0,)) == 1.0
    assert RULES.span_factor((40.0, 400.0)) == 0.96
