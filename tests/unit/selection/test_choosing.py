"""Choosing a combination: exhaustive, exact, by the words of the law, with reasons for refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import law
from transport.errors import InvalidInputError, NoLawInForceError
from transport.rules.axle_loads import largest_single_axle_t
from transport.rules.classification import classify
from transport.rules.over_limit import count_axles
from transport.selection.arrangements import arrangements_of
from transport.selection.choice import Choice, Selection
from transport.selection.choosing import place_range, select, try_combination
from transport.selection.combinations import combinations_of
from transport.selection.day_bounds import bounds_on
from transport.selection.limits import LimitSource, governing, uses_of
from transport.selection.straight_lines import LineMaker
from transport.vehicles.arranging import (
    Arrangement,
    line_up,
    put_abreast,
    put_in_a_row,
    stack,
)
from transport.vehicles.beds import bed_of, pulled_out_for
from transport.vehicles.combination import Combination, Coupling
from transport.vehicles.component import Component
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.placing import place

DAY = date(2026, 5, 11)
CATALOGUE = shipped_catalogue()
COMBINATIONS = tuple(combinations_of(CATALOGUE))
STEPS = 60


@cache
def chosen(code: str) -> Selection:
    piece = CATALOGUE.components[code]
    return select(arrangements_of(piece, 1, CATALOGUE.frames), COMBINATIONS, law(), DAY)


def rank_of(placed: PlacedLoad) -> int | None:
    """Return the rank by the law's own rules, None where it refuses."""
    judged = classify(placed.transport, law(), DAY)
    if judged.refusals:
        return None
    if judged.needs_permit is False:
        return 0
    return {None: 1, "I": 1, "II": 2, "III": 3}[judged.category]


def share_of(placed: PlacedLoad) -> float:
    most = governing(uses_of(placed, law(), DAY))
    assert most is not None
    return most.share


@pytest.mark.parametrize(
    "code",
    [
        "external_wall_panel",
        "plant_module",
        "hollow_slab_16",
        "box_girder_30",
        "steel_truss",
        "pier_cap",
        "bolted_truss",
    ],
)
def test_every_choice_is_what_the_rules_say(code: str) -> None:
    for choice in chosen(code).choices:
        placed = choice.placed()

        assert rank_of(placed) == choice.rank
        assert share_of(placed) == pytest.approx(choice.share, abs=1e-6)
        assert choice.share <= 1 + 1e-5
        assert placed.transport.mass_t == pytest.approx(choice.mass_t)
        assert placed.envelope == choice.envelope


@pytest.mark.parametrize("code", ["plant_module", "hollow_slab_16", "pier_cap", "steel_module"])
@pytest.mark.parametrize("start", [0, 7])
def test_no_place_tried_one_by_one_is_better(code: str, start: int) -> None:
    arrangement = stack(CATALOGUE.components[code])
    bounds = bounds_on(law(), DAY)
    for combination in COMBINATIONS[start::17]:
        found = try_combination(bounds.of(combination), LineMaker(arrangement))
        tried = _tried(combination, arrangement)
        if not isinstance(found, Choice):
            assert tried == [], f"{combination.codes} carries it, but: {found.message}"
            continue
        *first, share = _key(found.placed(), found.rank, found.share)
        better = [one for one in tried if one < (*first, share - 1e-6)]
        assert better == [], combination.codes


def _key(placed: PlacedLoad, rank: int, share: float) -> tuple[float, ...]:
    over = placed.overhangs
    assert over is not None
    sticks_out = over.rear_m > 1e-6 or over.front_m > 1e-6
    driven = [axle.load_t for axle in placed.axles if axle.is_driven]
    few = sum(driven) < 0.2 * placed.transport.mass_t - 1e-6
    return sticks_out, few, rank, share


def _tried(combination: Combination, arrangement: Arrangement) -> list[tuple[float, ...]]:
    """Try many places with the slow and plain functions; keep the lawful ones."""
    if combination.trailer and combination.trailer.coupling is Coupling.BOLSTERS:
        return []
    out_m = pulled_out_for(combination, arrangement)
    bed = bed_of(combination, out_m)
    first_m, last_m = place_range(combination, bed, arrangement, out_m)
    found = []
    for step in range(STEPS + 1):
        middle_m = first_m + (last_m - first_m) * step / STEPS
        try:
            placed = place(combination, arrangement, middle_m, out_m)
        except InvalidInputError:
            continue
        rank, share = rank_of(placed), share_of(placed)
        if rank is not None and share <= 1:
            found.append(_key(placed, rank, share))
    return found


def test_every_combination_is_chosen_or_refused_with_a_reason() -> None:
    for code in ("sandwich_wall", "box_girder_40", "steel_truss"):
        found = chosen(code)
        ways = len(list(arrangements_of(CATALOGUE.components[code], 1, CATALOGUE.frames)))
        assert len(found.choices) + len(found.refusals) == ways * len(COMBINATIONS)
        assert all(one.reason and one.message for one in found.refusals)


def test_the_first_choice_has_the_lowest_category() -> None:
    for code in CATALOGUE.components:
        ranks = [choice.rank for choice in chosen(code).choices]
        assert ranks == sorted(ranks)


def test_a_wall_cast_flat_goes_upright_on_a_frame_without_a_pass() -> None:
    best = chosen("internal_wall_panel").choices[0]

    assert best.needs_no_pass
    assert best.arrangement.frames[0].frame.code in {"a_frame_8", "slot_rack_8"}


def test_a_girder_of_95_t_needs_lines_or_a_jeep() -> None:
    found = chosen("box_girder_30")
    plain = Combination(CATALOGUE.tractors["tractor_8x4"], CATALOGUE.trailers["girder_bogie_6"])
    refusal = next(one for one in found.refusals if one.combination == plain)

    assert refusal.reason in {"drive_axle", "fifth_wheel"}
    assert refusal.value is not None
    assert refusal.limit is not None
    assert refusal.value > refusal.limit
    assert all(choice.combination.trailer for choice in found.choices)


def test_a_bolted_truss_over_the_limit_is_refused_as_divisible() -> None:
    found = chosen("bolted_truss")

    assert found.choices == ()
    assert "divisible_load" in {one.reason for one in found.refusals}


def test_several_pieces_never_make_it_too_heavy() -> None:
    piece = replace(CATALOGUE.components["hollow_slab_13"], mass_t=15.0, most_layers=3)
    found = select([stack(piece, 3)], COMBINATIONS, law(), DAY)

    assert all(choice.category is None for choice in found.choices if choice.mass_t > 49)
    assert "stacked_pieces" in {one.reason for one in found.refusals}


def test_uses_name_who_sets_the_limit_and_the_clause() -> None:
    placed = chosen("steel_girder_segment").choices[0].placed()
    uses = uses_of(placed, law(), DAY)
    sources = {one.source for one in uses}

    assert sources == set(LimitSource)
    assert {one.limit for one in uses} >= {
        "payload",
        "towed_mass",
        "fifth_wheel",
        "kingpin",
        "flatbed_average_t",
        "flatbed_maximum_t",
        "gross_mass_t",
    }
    assert all(one.clause for one in uses if one.source is not LimitSource.MAKER)


def test_a_full_trailer_comes_after_what_may_use_expressways() -> None:
    choices = [one for one in chosen("pier_cap").choices if one.rank == 3]
    barred = [not one.may_use_expressways for one in choices]

    assert barred == sorted(barred)
    assert any(barred)


def test_a_day_before_the_law_is_an_error() -> None:
    piece = CATALOGUE.components["stair_flight"]
    with pytest.raises(NoLawInForceError):
        select([stack(piece)], COMBINATIONS, law(), date(1990, 1, 1))


def test_different_pieces_travel_together_where_they_need_no_pass() -> None:
    stairs, flat_wall = (CATALOGUE.components[code] for code in ("stair_flight", "clt_wall"))
    plain = select([line_up((stairs, stairs))], COMBINATIONS, law(), DAY)
    wide = select([line_up((stairs, flat_wall))], COMBINATIONS, law(), DAY)

    assert plain.choices[0].needs_no_pass
    assert all(choice.category is not None for choice in wide.choices)  # 2.95 m wide lying flat


@pytest.mark.parametrize("ways", [stack, put_abreast, put_in_a_row])
def test_several_pieces_never_go_further_beyond_a_size_than_one(
    ways: Callable[[Component, int], Arrangement],
) -> None:
    column = replace(
        CATALOGUE.components["steel_box_column"],
        length_m=8.0,
        mass_t=3.0,
        width_m=1.4,
        height_m=1.6,
    )
    one = select([stack(column)], COMBINATIONS, law(), DAY)
    two = select([ways(column, 2)], COMBINATIONS, law(), DAY)
    alone = {choice.combination.codes: choice for choice in one.choices}

    assert two.choices
    for choice in two.choices:
        single = alone[choice.combination.codes]
        for limit, value, before in (
            (4.0, choice.envelope.height_m, single.envelope.height_m),
            (2.55, choice.envelope.width_m, single.envelope.width_m),
            (18.1, choice.envelope.length_m, single.envelope.length_m),
        ):
            assert value <= limit or value <= before + 1e-6, choice.combination.codes


def test_a_low_bed_of_three_lines_and_six_axles_is_judged_by_its_single_axles() -> None:
    units = Combination(CATALOGUE.tractors["tractor_6x4_heavy"], CATALOGUE.trailers["low_bed_3_6"])
    piece = replace(CATALOGUE.components["steel_girder_segment"], length_m=10.0)

    found = select([stack(piece, 1)], [units], law(), DAY)

    (choice,) = found.choices
    transport = choice.transport()
    assert count_axles(transport) == 9
    judged = classify(transport, law(), DAY)
    assert not judged.refusals
    by_rule = {one.rule: one for one in judged.findings}
    # 40 t over three lines: beyond 13 t a line, within 13 t an axle
    assert max(transport.axle_loads_t[3:]) > 7.0
    assert by_rule["flatbed_maximum_t"].value == largest_single_axle_t(transport)
    assert by_rule["flatbed_average_t"].value == round(transport.mass_t / 9, 3)
    uses = {one.limit: one.value_t for one in uses_of(choice.placed(), law(), DAY)}
    assert uses["flatbed_maximum_t"] == by_rule["flatbed_maximum_t"].value
