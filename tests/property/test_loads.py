"""What must hold for every load on every combination: statics, limits, repacking."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.catalogues import shipped_catalogue
from transport.errors import InvalidInputError
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.rules.classification import classify
from transport.selection.combinations import combinations_of
from transport.selection.limits import uses_of
from transport.selection.repacking import better_than, repack
from transport.vehicles.arranging import stack
from transport.vehicles.combination import Combination, Coupling
from transport.vehicles.component import Component
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.placing import place
from transport.vehicles.statics import PointMass, carry
from transport.vehicles.transport import Material, Transport

DAY = date(2026, 5, 11)
CATALOGUE = shipped_catalogue()
COMBINATIONS = tuple(combinations_of(CATALOGUE))
SEMI_TRAILERS = tuple(
    one for one in COMBINATIONS if one.trailer and one.trailer.coupling is Coupling.KINGPIN
)
COUPLED = tuple(
    one for one in COMBINATIONS if one.trailer and one.trailer.coupling is not Coupling.DRAWBAR
)


@cache
def law() -> Law:
    return read_law(Path(__file__).parent.parent.parent / "config")


def piece(mass_t: float, length_m: float = 8.0) -> Component:
    return Component("p", "板", "Piece", Material.PRECAST, length_m, 2.4, 1.0, mass_t)


def standing(combination: Combination, mass_t: float, middle_m: float) -> PlacedLoad | None:
    try:
        return place(combination, stack(piece(mass_t)), middle_m)
    except InvalidInputError:
        return None


combinations = st.sampled_from(COMBINATIONS)
masses = st.floats(0.5, 150.0)
places = st.floats(0.0, 14.0)
asides = st.floats(-0.4, 0.4)


@given(combinations, masses, places, asides, st.floats(0.0, 10.0))
def test_axle_loads_sum_to_the_gross_mass(
    combination: Combination, mass_t: float, back_m: float, right_m: float, out_m: float
) -> None:
    reactions = carry(combination, (PointMass(mass_t, back_m, right_m),), out_m)
    gross_t = combination.kerb_mass_t + mass_t

    assert abs(sum(reactions.axle_loads_t) - gross_t) < 1e-6 * gross_t
    halves = reactions.halves
    assert abs(sum(halves.left_t + halves.right_t) - sum(reactions.trailer_t)) < 1e-6 * gross_t


@given(st.sampled_from(COUPLED), masses, places, st.floats(0.0, 6.0))
def test_moving_the_load_forward_never_lowers_the_kingpin_load(
    combination: Combination, mass_t: float, back_m: float, forward_m: float
) -> None:
    before = carry(combination, (PointMass(mass_t, back_m),))
    after = carry(combination, (PointMass(mass_t, back_m - forward_m),))

    assert after.kingpin_t >= before.kingpin_t - 1e-9
    assert after.tractor_coupling_t >= before.tractor_coupling_t - 1e-9


@given(
    st.sampled_from(SEMI_TRAILERS), st.floats(1.0, 60.0), st.floats(0.0, 20.0), st.floats(0.0, 1.0)
)
@settings(deadline=None)
def test_more_mass_at_the_same_place_never_lowers_the_use_of_a_limit(
    combination: Combination, mass_t: float, more_t: float, share: float
) -> None:
    assert combination.trailer is not None
    middle_m = share * combination.trailer.bogie_m()  # between kingpin and axles
    lighter = standing(combination, mass_t, middle_m)
    heavier = standing(combination, mass_t + more_t, middle_m)
    assume(lighter is not None and heavier is not None)
    assert lighter is not None
    assert heavier is not None

    before = uses_of(lighter, law(), DAY)
    after = uses_of(heavier, law(), DAY)
    assert [one.limit for one in after] == [one.limit for one in before]
    for less, more in zip(before, after, strict=True):
        assert more.share >= less.share - 1e-9, less.limit


@given(
    st.sampled_from(sorted(CATALOGUE.components)),
    st.floats(2.0, 4.8),
    st.floats(2.4, 4.6),
    st.floats(12.0, 30.0),
    st.floats(10.0, 49.0),
    st.integers(1, 3),
)
@settings(deadline=None, max_examples=25)
def test_repacking_never_goes_further_beyond_a_limit(
    code: str, height_m: float, width_m: float, length_m: float, mass_t: float, pieces: int
) -> None:
    current = classify(Transport(height_m, width_m, length_m, mass_t, pieces=pieces), law(), DAY)
    found = repack(CATALOGUE.components[code], CATALOGUE, law(), DAY, pieces)
    before = {one.rule: float(one.value or 0) for one in current.exceeded}

    for way in better_than(current, found):
        for one in way.classification.exceeded:
            assert float(one.value or 0) <= before[one.rule] + 5e-4
