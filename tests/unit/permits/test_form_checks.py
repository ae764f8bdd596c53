"""The official form's own checks of vehicle, axles and firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories import MONDAY, application, document
from transport.permits.application import Application, Vehicle
from transport.permits.form_checks import credit_code_fault, vin_fault
from transport.permits.permit import validity
from transport.permits.precheck import precheck
from transport.vehicles.transport import TrailerKind
from transport.vehicles.vehicle_papers import PaperKind, VehiclePaper

RIG = Vehicle("蒙B12345", "蒙B1234挂")


def codes(given: Application) -> set[str]:
    return {fault.code for fault in precheck(given, MONDAY)}


def with_plate(**changes: object) -> Application:
    plate = VehiclePaper(PaperKind.TEMPORARY_PLATE, "超", MONDAY, date(2026, 8, 8))
    vehicle = replace(RIG, papers=(replace(plate, **changes),))  # type: ignore[arg-type]
    given = application(vehicle=vehicle)
    return replace(given, requirements=replace(given.requirements, temporary_plate_days=90))


@pytest.mark.parametrize("vin", ["", "LZZ5ELND8AW123456", "lzz5elnd8aw123456"])
def test_identification_numbers_of_seventeen_signs_are_taken(vin: str) -> None:
    assert vin_fault(vin, "tractor_vin") is None


@pytest.mark.parametrize("vin", ["LZZ5ELND8AW12345", "LZZ5ELND8AW12345O", "LZZ5ELND8AI123456"])
def test_short_numbers_and_the_letters_i_o_q_are_refused(vin: str) -> None:
    fault = vin_fault(vin, "tractor_vin")
    assert fault is not None
    assert (fault.field, fault.code) == ("tractor_vin", "vin_form")


@pytest.mark.parametrize("code", ["", "91150204MA0N000000", "150204123456789"])
def test_credit_codes_and_old_registration_numbers_are_taken(code: str) -> None:
    assert credit_code_fault(code) is None


@pytest.mark.parametrize("code", ["91150204MA0N00000", "91150204MA0I000000", "050204123456789"])
def test_malformed_credit_codes_are_refused(code: str) -> None:
    fault = credit_code_fault(code)
    assert fault is not None
    assert fault.code == "credit_code_form"


def test_the_axles_of_tractor_and_trailer_make_the_train() -> None:
    assert "axles_sum" in codes(application(vehicle=replace(RIG, tractor_axles=3, trailer_axles=4)))
    assert codes(application(vehicle=replace(RIG, tractor_axles=3, trailer_axles=3))) == set()


def test_both_axles_of_a_hydraulic_line_may_be_counted() -> None:
    given = application(vehicle=replace(RIG, tractor_axles=3, trailer_axles=6))
    lines = replace(
        given.transport, trailer_kind=TrailerKind.HYDRAULIC, axles_per_line=2, tractor_axles=3
    )
    assert "axles_sum" not in codes(replace(given, transport=lines))


def test_a_rigid_truck_has_no_trailer() -> None:
    given = application()
    alone = replace(given.transport, trailer_kind=TrailerKind.NONE)
    assert "truck_with_trailer" in codes(replace(given, transport=alone))


def test_a_pass_never_outlives_the_shortest_paper_of_the_vehicle() -> None:
    assert validity(with_plate())[1:] == (date(2026, 8, 8), "temporary_plate")
    # What is printed on the plate does not make it longer than the law allows.
    assert validity(with_plate(valid_until=date(2026, 12, 31)))[1] == date(2026, 8, 8)


def test_a_paper_that_ends_before_the_travel_stops_the_application() -> None:
    ended = with_plate(
        issued_on=MONDAY - timedelta(days=40), valid_until=MONDAY - timedelta(days=1)
    )
    assert "paper_expired" in codes(ended)


def test_a_temporary_plate_without_its_days_is_asked_for() -> None:
    undated = application(vehicle=replace(RIG, temporary_plate=True))
    assert "temporary_plate_undated" in codes(undated)
    papers = (*undated.documents, document("vehicle_licence", valid_until=date(2026, 7, 1)))
    assert "temporary_plate_undated" not in codes(replace(undated, documents=papers))


def test_a_temporary_plate_cannot_be_valid_for_longer_than_the_law_allows_from_today() -> None:
    assert "temporary_plate_long" in codes(
        with_plate(issued_on=None, valid_until=MONDAY + timedelta(days=91))
    )
    assert "temporary_plate_long" not in codes(
        with_plate(issued_on=None, valid_until=MONDAY + timedelta(days=90))
    )
