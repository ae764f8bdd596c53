"""Placed loads: what stands where, overall size, and what cannot be placed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.catalogues import shipped_catalogue
from transport.errors import InvalidInputError
from transport.vehicles.arranging import Arrangement, put_in_a_row, stack
from transport.vehicles.combination import Combination, TyreKind
from transport.vehicles.component import Component
from transport.vehicles.measurement import Measurement, MeasuringMethod
from transport.vehicles.placed_load import Unit, UnitState
from transport.vehicles.placing import place, place_empty
from transport.vehicles.transport import Material, TrailerKind

CATALOGUE = shipped_catalogue()


def combination(tractor: str, trailer: str, jeep: str = "") -> Combination:
    return Combination(
        CATALOGUE.tractors[tractor],
        CATALOGUE.trailers[trailer],
        CATALOGUE.jeeps[jeep] if jeep else None,
    )


def piece(length_m: float = 8.0, mass_t: float = 10.0, **more: object) -> Component:
    made = Component("p", "板", "Piece", Material.PRECAST, length_m, 2.4, 1.0, mass_t)
    return replace(made, **more)  # type: ignore[arg-type]


LOW_BED = combination("tractor_6x4", "low_bed_3")


def test_axles_stand_where_the_units_say() -> None:
    placed = place(LOW_BED, stack(piece()))
    axles = placed.axles

    assert [axle.unit for axle in axles] == [Unit.TRACTOR] * 3 + [Unit.TRAILER] * 3
    assert [axle.back_m for axle in axles] == pytest.approx([1.5, 4.7, 6.1, 13.0, 14.31, 15.62])
    assert placed.kingpin_at_m == pytest.approx(5.0)
    assert [axle.is_driven for axle in axles] == [False, True, True, False, False, False]
    assert sum(axle.load_t for axle in axles) == pytest.approx(placed.transport.mass_t)
    assert sum(axle.left_t + axle.right_t for axle in axles) == pytest.approx(30.8)


def test_the_boxes_of_deck_piece_and_tractor_fit_together() -> None:
    placed = place(LOW_BED, stack(piece(), 2), 5.0)
    lower, upper = placed.pieces

    assert placed.deck is not None
    assert placed.deck.front_m == pytest.approx(3.8)
    assert placed.deck.length_m == pytest.approx(13.0)
    assert lower.box.bottom_m == placed.deck.top_m == 0.95
    assert upper.box.bottom_m == lower.box.top_m
    assert (lower.box.front_m, lower.box.rear_m) == pytest.approx((6.0, 14.0))
    assert placed.cargo_centre is not None
    assert placed.cargo_centre.back_m == pytest.approx(10.0)
    assert placed.cargo_centre.up_m == pytest.approx(1.95)
    assert placed.tractor.height_m == 3.7


def test_overhangs_are_measured_from_the_deck() -> None:
    placed = place(LOW_BED, stack(piece(14.0)), 6.5)
    assert placed.overhangs is not None

    assert placed.overhangs.front_m == pytest.approx(-0.7)
    assert placed.overhangs.rear_m == pytest.approx(1.7)
    assert placed.overhangs.left_m == pytest.approx(-0.3)
    assert placed.envelope.rear_projection_m == pytest.approx(1.7)


def test_a_load_too_far_in_front_would_hit_the_cab() -> None:
    with pytest.raises(InvalidInputError, match="in front of the deck of low_bed_3"):
        place(LOW_BED, stack(piece()), -1.5)


def test_the_gooseneck_carries_nothing() -> None:
    well = combination("tractor_6x4", "gooseneck_3")
    placed = place(well, stack(piece(9.0)))

    assert placed.deck is not None
    assert placed.pieces[0].box.front_m >= placed.deck.front_m + 3.6
    with pytest.raises(InvalidInputError, match="in front of the deck"):
        place(well, stack(piece(9.0)), 5.0)


def test_the_tolerance_of_the_measuring_is_on_the_road_too() -> None:
    taped = Measurement("工厂质检", MeasuringMethod.TAPE, date(2026, 5, 4), tolerance_m=0.02)
    tall = piece(measured=taped, height_m=3.2)
    placed = place(LOW_BED, stack(tall))

    assert placed.envelope.height_m == 4.15
    assert placed.envelope.largest_height_m == placed.transport.height_m == 4.17
    assert placed.pieces[0].component.measured.measured_by == "工厂质检"


def test_a_rigid_truck_carries_on_its_own_deck() -> None:
    placed = place(Combination(CATALOGUE.trucks["truck_8x4"]), stack(piece()))

    assert placed.transport.trailer_kind is TrailerKind.NONE
    assert placed.transport.full_trailer is None
    assert placed.kingpin_at_m is None
    assert len(placed.axles) == 4
    assert sum(placed.transport.axle_loads_t) == pytest.approx(22.0)


def test_a_truck_refuses_what_is_too_heavy_and_a_tractor_alone_carries_nothing() -> None:
    with pytest.raises(InvalidInputError, match="choose a stronger truck"):
        place(Combination(CATALOGUE.trucks["truck_4x2"]), stack(piece(mass_t=11.0)))
    with pytest.raises(InvalidInputError, match="add a trailer"):
        place(Combination(CATALOGUE.tractors["tractor_6x4"]), stack(piece()))


def test_a_jeep_stands_between_tractor_and_trailer() -> None:
    placed = place(combination("tractor_6x4", "low_bed_4", "jeep_2"), stack(piece(mass_t=40.0)))
    without = place(combination("tractor_6x4", "low_bed_4"), stack(piece(mass_t=40.0)))

    assert placed.transport.tractor_axles == 5
    assert placed.transport.axle_group_sizes == (1, 2, 2, 4)
    assert placed.tractor_coupling_t < without.tractor_coupling_t
    assert placed.envelope.length_m > without.envelope.length_m


def test_a_girder_is_the_frame_between_two_bolsters() -> None:
    girder = CATALOGUE.components["box_girder_30"]
    placed = place(combination("tractor_8x4", "girder_bogie_6"), stack(girder))

    assert placed.deck is None
    assert placed.kingpin_at_m is not None
    assert placed.pieces[0].supports_m[0] == pytest.approx(placed.kingpin_at_m)
    bogie = [axle.back_m for axle in placed.axles if axle.unit is Unit.TRAILER]
    assert placed.pieces[0].supports_m[1] == pytest.approx(sum(bogie) / len(bogie))
    assert placed.transport.trailer_kind is TrailerKind.SPECIAL


@pytest.mark.parametrize(
    ("code", "words"), [("precast_beam", "its own frame"), ("box_girder_40", "girders of 18")]
)
def test_bolsters_take_only_girders_of_their_length(code: str, words: str) -> None:
    rig = combination("tractor_8x8", "girder_bogie_6")
    component = replace(CATALOGUE.components[code], length_m=60.0, supports_m=())
    with pytest.raises(InvalidInputError, match=words):
        place(rig, stack(component))


def test_a_full_trailer_puts_nothing_on_the_tractor() -> None:
    placed = place(combination("tractor_8x4", "hydraulic_full_12"), stack(piece(12.0, 100.0)))

    assert placed.kingpin_load_t == 0
    assert placed.transport.full_trailer is True
    assert placed.transport.axles_per_line == 2
    lines = [axle for axle in placed.axles if axle.unit is Unit.TRAILER]
    assert len(lines) == 12
    assert all(axle.axles == 2 and axle.tyres == 8 for axle in lines)
    assert lines[0].per_axle_t == pytest.approx(lines[0].load_t / 2)


def test_the_extended_state_is_longer_also_when_empty() -> None:
    rig = combination("tractor_6x4", "extendable_3")
    loaded = place(rig, stack(piece(24.0)))
    home, long_home = place_empty(rig), place_empty(rig, 11.0)

    assert loaded.state is UnitState.EXTENDED
    assert loaded.pulled_out_m == pytest.approx(11.0)
    assert home.state is UnitState.RETRACTED
    assert home.cargo_t == 0
    assert home.overhangs is None
    assert long_home.transport.length_m - home.transport.length_m == pytest.approx(11.0)
    assert home.transport.mass_t == pytest.approx(19.8)


def test_an_empty_wide_low_bed_is_itself_over_the_limit() -> None:
    assert place_empty(LOW_BED).transport.width_m == 3.0


def test_pieces_in_a_row_keep_their_own_places() -> None:
    placed = place(LOW_BED, put_in_a_row(piece(4.0, 6.0), 2), 5.3)
    first, second = placed.pieces

    assert second.box.front_m - first.box.rear_m == pytest.approx(0.05)
    assert placed.transport.pieces == 2


def test_a_load_off_the_middle_line_widens_one_side_only() -> None:
    wide = piece(width_m=3.4, centre_across_m=0.1)
    arrangement = stack(wide)
    shifted = Arrangement((replace(arrangement.stows[0], right_m=-0.1),))
    placed = place(LOW_BED, shifted)

    assert placed.envelope.width_m == pytest.approx(1.8 + 1.6)
    assert placed.cargo_centre is not None
    assert placed.cargo_centre.right_m == pytest.approx(0.0)


def test_standard_wide_tyres_are_told_to_the_rules() -> None:
    trailer = replace(CATALOGUE.trailers["flatbed_3"], tyres=TyreKind.WIDE)
    placed = place(Combination(CATALOGUE.tractors["tractor_6x4"], trailer), stack(piece()))

    assert placed.transport.standard_wide_tyres
    assert placed.transport.tyres_per_axle == (2, 4, 4, 2, 2, 2)


def test_a_girder_rests_on_its_supports_or_not_at_all() -> None:
    girder = CATALOGUE.components["hollow_slab_16"]
    with pytest.raises(InvalidInputError, match=r"15\.4 m apart, more than the deck of low_bed_3"):
        place(LOW_BED, stack(girder))
    rig = combination("tractor_6x4", "extendable_3")
    assert place(rig, stack(girder)).pulled_out_m == pytest.approx(3.0)
    with pytest.raises(InvalidInputError, match="a support of the piece stands outside"):
        place(rig, stack(girder), 7.2)


def test_a_deck_pulled_out_carries_less() -> None:
    rig = combination("tractor_6x4", "extendable_3")

    assert place(rig, stack(piece(12.0, 38.0))).pulled_out_m == 0
    with pytest.raises(InvalidInputError, match="34 t that extendable_3 carries pulled out"):
        place(rig, stack(piece(20.0, 38.0)))


def test_a_hydraulic_deck_may_be_let_down_and_lifted() -> None:
    catalogue = shipped_catalogue()
    units = Combination(catalogue.tractors["tractor_6x4_heavy"], catalogue.trailers["hydraulic_6"])
    tall = replace(catalogue.components["volumetric_module"], height_m=3.4)
    placed = place(units, stack(tall, 1))

    assert placed.envelope.height_m == 4.5
    assert placed.deck_range_heights_m == (4.2, 4.8)
    low = place(units, stack(replace(tall, height_m=2.0), 1))
    assert low.deck_range_heights_m == (3.8, 3.8)  # the cab is higher
    low_bed = Combination(catalogue.tractors["tractor_6x4"], catalogue.trailers["low_bed_3"])
    assert place(low_bed, stack(tall, 1)).deck_range_heights_m is None
