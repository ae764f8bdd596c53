"""Choosing how a component is loaded, and finding the loading again by its key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import MONDAY, law
from transport.errors import InvalidInputError
from transport.rules.classification import classify
from transport.services.choosing_loadings import (
    choose_loadings,
    combination_of,
    empty_returns,
    key_of,
    load_by_key,
    most_pieces,
    nearness,
    read_key,
)
from transport.vehicles.component import Divisibility, Orientation

CATALOGUE = shipped_catalogue()
MODULE = CATALOGUE.components["volumetric_module"]
TRUSS = CATALOGUE.components["steel_truss"]


@pytest.mark.parametrize("code", ["volumetric_module", "steel_truss", "box_girder_30"])
def test_every_listed_loading_is_found_again_by_its_key(code: str) -> None:
    piece = CATALOGUE.components[code]
    found = choose_loadings(piece, 1, CATALOGUE, law(), MONDAY)
    assert found.choices
    for choice in found.choices:
        key = read_key(str(key_of(choice)))
        again = load_by_key(piece, key, CATALOGUE, law(), MONDAY)
        assert again.transport == choice.transport()
        assert not classify(again.transport, law(), MONDAY).refusals


def test_of_one_trailer_and_position_only_the_best_tractor_is_listed() -> None:
    found = choose_loadings(MODULE, 1, CATALOGUE, law(), MONDAY)
    carriers = [one.combination.codes[-1] for one in found.choices]
    assert len(carriers) == len(set(carriers))


def test_every_carrier_is_either_listed_or_refused_with_a_reason() -> None:
    found = choose_loadings(MODULE, 1, CATALOGUE, law(), MONDAY)
    listed = {one.combination.codes[-1] for one in found.choices}
    refused = {one.combination.codes[-1] for one in found.refusals}
    assert listed | refused == set(CATALOGUE.trailers) | set(CATALOGUE.trucks)
    assert not listed & refused
    assert all(one.reason and one.message for one in found.refusals)


def test_only_the_position_asked_for_is_tried() -> None:
    found = choose_loadings(TRUSS, 1, CATALOGUE, law(), MONDAY, orientation=Orientation.ON_EDGE)
    assert {key_of(one).orientation for one in found.choices} == {Orientation.ON_EDGE}


@pytest.mark.parametrize("text", ["", "a/b", "t/as_made/stacked/-/x", "t/flying/stacked/-/1"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        read_key(text)
    assert wrong.value.faults[0].code == "no_loading"


def test_a_key_that_is_not_lawful_for_the_piece_is_refused_with_the_reason() -> None:
    key = read_key("tractor_4x2+flatbed_3/as_made/stacked/-/1")
    with pytest.raises(InvalidInputError, match="this loading is not possible"):
        load_by_key(replace(MODULE, mass_t=90.0), key, CATALOGUE, law(), MONDAY)


def test_the_empty_way_back_is_judged_retracted_and_pulled_out() -> None:
    units = combination_of(("tractor_6x4", "extendable_3"), CATALOGUE)
    assert units is not None
    retracted, extended = empty_returns(units, law(), MONDAY)
    assert not retracted.classification.over_limit
    assert extended.classification.over_limit
    assert extended.transport.length_m > 30


def test_an_empty_low_bed_of_three_metres_needs_a_pass_too() -> None:
    units = combination_of(("tractor_6x4", "low_bed_3"), CATALOGUE)
    assert units is not None
    (empty,) = empty_returns(units, law(), MONDAY)
    assert [one.rule for one in empty.classification.exceeded] == ["width_m"]


def test_units_that_left_the_catalogue_make_no_combination() -> None:
    assert combination_of(("tractor_6x4", "sold"), CATALOGUE) is None


def test_what_nothing_carries_is_refused_with_numbers() -> None:
    heavy = replace(MODULE, mass_t=300.0)
    long = replace(MODULE, length_m=58.0)

    for piece, reason, unit in ((heavy, "payload", "t"), (long, "overhang", "m")):
        found = choose_loadings(piece, 1, CATALOGUE, law(), MONDAY)
        assert not found.choices
        refused = {one.combination.codes[-1]: one for one in found.refusals}["low_bed_3"]
        assert (refused.reason, refused.unit) == (reason, unit)
        assert refused.value is not None
        assert refused.limit is not None
        assert refused.value > refused.limit


def test_the_nearest_refusal_is_of_the_strongest_carrier() -> None:
    found = choose_loadings(replace(MODULE, mass_t=300.0), 1, CATALOGUE, law(), MONDAY)
    nearest = min(found.refusals, key=nearness)
    assert nearest.combination.codes[-1] == "hydraulic_full_12"
    assert (nearest.value, nearest.limit) == (300.0, 230.0)


def test_a_piece_that_can_be_taken_apart_is_told_so_not_that_a_tractor_is_weak() -> None:
    piece = replace(MODULE, divisibility=Divisibility.BOLTED)
    found = choose_loadings(piece, 1, CATALOGUE, law(), MONDAY)
    refused = {one.combination.codes[-1]: one for one in found.refusals}
    assert refused["low_bed_5"].reason == "divisible_load"
    assert min(found.refusals, key=nearness).reason == "divisible_load"


def test_the_most_pieces_that_some_combination_carries_are_found() -> None:
    slab = CATALOGUE.components["laminated_slab_narrow"]
    most = most_pieces(slab, 40, CATALOGUE, law(), MONDAY)
    assert most is not None
    assert choose_loadings(slab, most, CATALOGUE, law(), MONDAY).choices
    assert not choose_loadings(slab, most + 1, CATALOGUE, law(), MONDAY).choices
    assert most_pieces(replace(MODULE, mass_t=300.0), 3, CATALOGUE, law(), MONDAY) is None
