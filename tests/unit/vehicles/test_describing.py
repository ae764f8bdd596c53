"""A description becomes a checked transport, or every fault is named with its remedy."""

from __future__ import annotations

from typing import Any

import pytest

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import Material, TrailerKind

SIX_AXLES = {
    "height_m": 4.2,
    "width_m": 3.0,
    "length_m": 18.0,
    "mass_t": 60.5,
    "axle_loads_t": "6.5,9,9,12,12,12",
    "axle_spacings_m": "3.2,1.4,7,1.3,1.3",
}


def _faults(**changed: Any) -> dict[str, FieldFault]:
    with pytest.raises(InvalidInputError) as wrong:
        describe_transport(SIX_AXLES | changed)
    return {fault.field: fault for fault in reversed(wrong.value.faults)}


def test_describes_a_transport_with_the_defaults_of_the_contract() -> None:
    transport = describe_transport(SIX_AXLES)

    assert list(transport.axle_loads_t) == [6.5, 9, 9, 12, 12, 12]
    assert list(transport.tyres_per_axle) == [2, 4, 4, 4, 4, 4]
    assert transport.drive_axles == 2
    assert transport.pieces == 1
    assert transport.indivisible
    assert transport.trailer_kind is TrailerKind.LOW_BED
    assert transport.material is Material.PRECAST
    assert transport.tractor_axles == 3


def test_texts_and_numbers_describe_the_same() -> None:
    numbers = SIX_AXLES | {
        "axle_loads_t": [6.5, 9, 9, 12, 12, 12],
        "axle_spacings_m": [3.2, 1.4, 7, 1.3, 1.3],
    }
    texts = {key: str(value) for key, value in SIX_AXLES.items()}

    assert describe_transport(numbers) == describe_transport(texts)


def test_the_mass_is_the_sum_of_the_axle_loads_by_default() -> None:
    given = {key: value for key, value in SIX_AXLES.items() if key != "mass_t"}

    assert describe_transport(given).mass_t == 60.5


def test_all_faults_come_together() -> None:
    faults = _faults(height_m="high", width_m=None, mass_t=-1, material="stone")

    assert set(faults) == {"height_m", "width_m", "mass_t", "material"}
    assert "precast, steel, timber" in faults["material"].message


@pytest.mark.parametrize(
    ("field", "given", "meant"),
    [
        ("width_m", 360, "3.6 m (360 cm)"),
        ("width_m", 3600, "3.6 m (3600 mm)"),
        ("height_m", 420, "4.2 m (420 cm)"),
        ("length_m", 18000, "18 m (18000 mm)"),
        ("mass_t", 49000, "49 t (49000 kg)"),
    ],
)
def test_a_swapped_unit_is_recognised(field: str, given: float, meant: str) -> None:
    fault = _faults(**{field: given})[field]

    assert fault.code == "unit_hint"
    assert f"did you mean {meant}?" in fault.message


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("height_m", 0),
        ("height_m", 14),
        ("width_m", -3),
        ("length_m", 160),
        ("mass_t", 0.1),
        ("height_m", "nan"),
        ("width_m", "inf"),
        ("length_m", True),
    ],
)
def test_an_impossible_size_is_refused(field: str, given: object) -> None:
    assert field in _faults(**{field: given})


def test_a_length_below_the_width_looks_swapped() -> None:
    fault = _faults(length_m=2.9, axle_spacings_m=None)["length_m"]

    assert fault.code == "swapped"


def test_spacings_must_be_one_fewer_than_axles() -> None:
    fault = _faults(axle_spacings_m="3.2,1.4,7,1.3")["axle_spacings_m"]

    assert "6 axles need 5 spacings, got 4" in fault.message


def test_spacings_longer_than_the_vehicle_are_refused() -> None:
    assert "more than length_m" in _faults(length_m=14)["axle_spacings_m"].message


def test_axle_loads_may_differ_from_the_mass_by_one_percent() -> None:
    assert describe_transport(SIX_AXLES | {"mass_t": 61.1}).mass_t == 61.1
    assert "add up to 60.5 t, but mass_t is 61.2" in _faults(mass_t=61.2)["axle_loads_t"].message


def test_an_axle_load_in_kilograms_is_recognised() -> None:
    fault = _faults(axle_loads_t="6500,9000,9000,12000,12000,12000")["axle_loads_t"]

    assert "did you mean 6.5 t (6500 kg)?" in fault.message


def test_an_unknown_field_offers_the_nearest() -> None:
    assert "did you mean height_m?" in _faults(heigth_m=4)["heigth_m"].message


def test_one_axle_is_no_vehicle() -> None:
    faults = _faults(axle_loads_t="18", mass_t=18, axle_spacings_m=None)

    assert "at least two axles" in faults["axle_loads_t"].message


def test_notation_with_spacings_gives_axles_and_lines() -> None:
    transport = describe_transport(
        {
            "height_m": 4.4,
            "width_m": 3.2,
            "length_m": 24,
            "axle_notation": "10+20+5*18",
            "axle_spacings_m": "3.2,1.4,6,1.5,1.5,1.5,1.5",
            "trailer_kind": "hydraulic",
            "axles_per_line": 2,
        }
    )

    assert transport.mass_t == 120
    assert list(transport.axle_loads_t) == [10, 10, 10, 18, 18, 18, 18, 18]
    assert list(transport.axle_group_sizes) == [1, 2, 5]
    assert transport.tractor_axles == 3


def test_notation_alone_cannot_be_split() -> None:
    faults = _faults(axle_loads_t=None, axle_spacings_m=None, axle_notation="10+20+30")

    assert "without axle_counts" in faults["axle_notation"].message


def test_notation_and_loads_must_not_contradict() -> None:
    faults = _faults(axle_notation="10+20+30", axle_counts="1,2,3")

    assert "give one of them" in faults["axle_notation"].message


def test_single_loads_may_be_given_beside_their_groups() -> None:
    given = SIX_AXLES | {"axle_notation": "6.5+18+36"}
    transport = describe_transport(given)

    assert list(transport.axle_loads_t) == [6.5, 9, 9, 12, 12, 12]
    assert list(transport.axle_group_sizes) == [1, 2, 3]


def test_unreadable_notation_is_one_fault_among_others() -> None:
    faults = _faults(axle_loads_t=None, axle_notation="10+x", width_m=360)

    assert {"axle_notation", "width_m"} <= set(faults)


def test_tyres_must_match_the_axles() -> None:
    assert "2 numbers for 6 axles" in _faults(tyres_per_axle="2,4")["tyres_per_axle"].message


def test_two_axles_on_a_line_belong_to_a_hydraulic_trailer_or_a_low_bed() -> None:
    fault = _faults(axles_per_line=2, trailer_kind="special")["axles_per_line"]
    assert "hydraulic" in fault.message


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert not describe_transport(SIX_AXLES | {"indivisible": "否"}).indivisible
    assert describe_transport(SIX_AXLES | {"indivisible": "yes"}).indivisible
    assert "neither yes nor no" in _faults(indivisible="maybe")["indivisible"].message


UNITS: dict[str, Any] = {
    "component": {
        "material": "precast",
        "length_m": 12,
        "width_m": 3.4,
        "height_m": 2.0,
        "mass_t": 20,
    },
    "tractor": {
        "width_m": 2.5,
        "height_m": 3.7,
        "front_m": 1.5,
        "spacings_m": [3.2, 1.4],
        "kingpin_m": 3.5,
        "drive_axles": 2,
        "kerb_front_t": 4.8,
        "kerb_rear_t": 4.0,
    },
    "trailer": {
        "kind": "low_bed",
        "deck_length_m": 13,
        "longest_deck_m": 13,
        "width_m": 3.0,
        "deck_height_m": 0.95,
        "kingpin_m": 1.2,
        "first_axle_m": 8,
        "spacings_m": [1.31, 1.31],
        "kerb_mass_t": 12,
        "payload_t": 45,
    },
}


def test_a_component_on_its_vehicles_gives_the_sizes() -> None:
    transport = describe_transport(UNITS)

    assert transport.mass_t == 40.8
    assert transport.width_m == 3.4
    assert transport.height_m == 3.7
    assert transport.axle_count == 6
    assert sum(transport.axle_loads_t) == pytest.approx(40.8)


def test_a_component_without_a_tractor_cannot_be_judged() -> None:
    with pytest.raises(InvalidInputError, match="tractor: describe component, tractor and trailer"):
        describe_transport({key: UNITS[key] for key in ("component", "trailer")})


def test_a_load_too_heavy_for_its_trailer_is_refused() -> None:
    component = UNITS["component"] | {"mass_t": 46}

    with pytest.raises(InvalidInputError, match="46 t is more than the 45 t"):
        describe_transport(UNITS | {"component": component})


def test_a_load_position_that_lifts_the_kingpin_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="load_position_m: the load would lift"):
        describe_transport(
            UNITS | {"load_position_m": 30, "trailer": UNITS["trailer"] | {"overhang_m": 40}}
        )


TRUCK: dict[str, Any] = {
    "width_m": 2.5,
    "height_m": 3.5,
    "front_m": 1.5,
    "spacings_m": [4.6, 1.4],
    "kingpin_m": 5.3,
    "drive_axles": 2,
    "kerb_front_t": 4.6,
    "kerb_rear_t": 5.4,
    "deck": {"front_m": 1, "length_m": 8, "width_m": 2.5, "height_m": 1.25, "payload_t": 16},
}


def test_a_rigid_truck_needs_no_trailer() -> None:
    component = UNITS["component"] | {"length_m": 8, "mass_t": 12}
    transport = describe_transport({"component": component, "tractor": TRUCK})

    assert transport.trailer_kind is TrailerKind.NONE
    assert transport.axle_count == 3
    assert transport.mass_t == 22
    assert transport.full_trailer is None


def test_a_full_trailer_and_its_speed_are_told_to_the_rules() -> None:
    trailer = UNITS["trailer"] | {
        "kind": "hydraulic",
        "coupling": "drawbar",
        "suspension": "hydraulic",
        "circuits": 3,
        "front_lines": 1,
        "kingpin_m": -4,
        "first_axle_m": 9.2,
        "axles_per_line": 2,
        "design_top_speed_km_h": 40,
    }
    transport = describe_transport(UNITS | {"trailer": trailer})

    assert transport.full_trailer is True
    assert transport.design_top_speed_km_h == 40
    assert transport.axles_per_line == 2


def test_a_piece_that_can_be_taken_apart_is_divisible() -> None:
    component = UNITS["component"] | {"divisibility": "bolted"}

    assert not describe_transport(UNITS | {"component": component}).indivisible


def test_faults_of_all_three_objects_are_told_together() -> None:
    wrong = {
        "component": UNITS["component"] | {"length_m": -1},
        "tractor": UNITS["tractor"] | {"drive_axles": 9},
        "trailer": UNITS["trailer"] | {"kind": "sledge"},
    }
    with pytest.raises(InvalidInputError) as refused:
        describe_transport(wrong)
    assert {one.field for one in refused.value.faults} == {
        "component.length_m",
        "tractor.drive_axles",
        "trailer.kind",
    }


def test_a_vehicle_drives_on_an_axle_at_least() -> None:
    given = {"height_m": 3.9, "width_m": 2.5, "length_m": 16.5, "mass_t": 30, "drive_axles": 0}

    with pytest.raises(InvalidInputError) as wrong:
        describe_transport(given)

    assert [fault.field for fault in wrong.value.faults] == ["drive_axles"]
