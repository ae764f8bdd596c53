"""The official form's strings of a transport, however it was described."""

from __future__ import annotations

from transport.vehicles.describing import describe_transport
from transport.vehicles.form_strings import (
    VehicleTypeCode,
    axle_load_string,
    axle_spacing_string,
    towing_type_code,
    trailer_axle_lines,
    trailer_type_code,
)

SIZES = {"height_m": 4.2, "width_m": 3.0, "length_m": 22.0}


def test_single_axle_loads_are_written_by_group() -> None:
    transport = describe_transport(
        SIZES | {"axle_loads_t": "6.5,9,9,12,12,12", "axle_spacings_m": "3.2,1.4,7,1.3,1.3"}
    )

    assert axle_load_string(transport) == "6.5+18+36"
    assert axle_spacing_string(transport) == "3.2-1.4-7-1.3-1.3"


def test_hydraulic_lines_are_written_as_lines() -> None:
    transport = describe_transport(
        SIZES
        | {
            "axle_loads_t": "10,10,10,18,18,18,17.5",
            "axle_spacings_m": "3.2,1.4,5,1.5,1.5,1.5",
            "trailer_kind": "hydraulic",
        }
    )

    assert axle_load_string(transport) == "10+20+3*18+1*17.5"


def test_a_string_that_was_entered_stays_as_it_is() -> None:
    given = SIZES | {"axle_notation": "10+20+30", "axle_counts": "1,2,3"}

    assert axle_load_string(describe_transport(given)) == "10+20+30"


def test_without_axles_there_is_nothing_to_write() -> None:
    assert axle_load_string(describe_transport(SIZES | {"mass_t": 40})) == ""


def test_what_is_written_describes_the_same_axles() -> None:
    given = SIZES | {"axle_loads_t": "6,9,9,12,12,12", "axle_spacings_m": "3.2,1.4,7,1.3,1.3"}
    transport = describe_transport(given)
    again = describe_transport(
        SIZES | {"axle_notation": axle_load_string(transport), "axle_counts": "1,2,3"}
    )

    assert again.axle_loads_t == transport.axle_loads_t


def test_spacings_may_be_entered_as_the_form_writes_them() -> None:
    transport = describe_transport(
        SIZES
        | {"axle_notation": "10+20+5*18", "axle_spacings_m": "3.3-1.4-5-1.45×4", "mass_t": 120}
    )

    assert transport.axle_count == 8
    assert axle_spacing_string(transport) == "3.3-1.4-5-1.45-1.45-1.45-1.45"


def test_the_forms_codes_of_vehicles_follow_from_the_train() -> None:
    lines = SIZES | {"axle_notation": "10+20+5*18", "axle_counts": "1,2,5"}
    hydraulic = describe_transport(lines | {"trailer_kind": "hydraulic"})
    low_bed = describe_transport(SIZES | {"mass_t": 40})
    truck = describe_transport(SIZES | {"mass_t": 20, "trailer_kind": "none"})

    assert trailer_type_code(hydraulic) is VehicleTypeCode.HYDRAULIC_TRAILER
    assert trailer_axle_lines(hydraulic) == 5
    assert (trailer_type_code(low_bed), trailer_axle_lines(low_bed)) == ("37", 0)
    assert (towing_type_code(low_bed), towing_type_code(truck)) == ("36", "20")
    assert trailer_type_code(truck) is None
