from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import (
    MONDAY,
    application,
    classification,
    document,
    route_contract,
    transport,
    with_papers,
)
from transport.permits.application import Application, TravelWindow
from transport.permits.precheck import precheck


def codes(given: Application) -> set[tuple[str, str]]:
    return {(fault.field, fault.code) for fault in precheck(given, MONDAY)}


def test_a_complete_application_lacks_nothing() -> None:
    assert precheck(application(), MONDAY) == []


def test_a_class_three_load_needs_outline_drawing_and_escort_plan() -> None:
    given = application(documents=(document("application_form"),))
    assert ("documents.outline_drawing", "document_missing") in codes(given)
    assert ("documents.escort_plan", "document_missing") in codes(given)


def test_a_class_two_load_needs_neither() -> None:
    given = application(category="II", documents=())
    fields = {field for field, _ in codes(given)}
    assert "documents.vehicle_licence" in fields
    assert "documents.escort_plan" not in fields


def test_axle_loads_must_be_given() -> None:
    given = application(transport=transport(axle_loads_t=(), axle_spacings_m=()))
    assert codes(given) == {("transport.axle_loads_t", "axle_loads_missing")}


def test_gross_mass_must_be_the_sum_of_its_parts() -> None:
    given = application()
    vehicle = replace(given.vehicle, tractor_kerb_mass_t=9.0, trailer_kerb_mass_t=12.0)
    assert codes(replace(given, vehicle=vehicle)) == {("transport.mass_t", "mass_sum")}
    fitting = replace(vehicle, tractor_kerb_mass_t=8.0, trailer_kerb_mass_t=10.0)
    assert codes(replace(given, vehicle=fitting)) == set()


def test_the_loaded_vehicle_is_not_smaller_than_its_cargo() -> None:
    given = application(transport=transport(width_m=3.0))
    assert codes(given) == {("transport.width_m", "smaller_than_cargo")}


def test_plates_contact_and_days_are_looked_at() -> None:
    given = application()
    given = replace(
        given,
        vehicle=replace(given.vehicle, tractor_plate="12345"),
        contact=replace(given.contact, phone=" "),
        travel=TravelWindow(starts_on=date(2026, 6, 2), ends_on=date(2026, 6, 1)),
    )
    assert codes(given) == {
        ("vehicle.tractor_plate", "plate_form"),
        ("contact.phone", "field_missing"),
        ("travel.ends_on", "window_reversed"),
    }


def test_a_window_that_has_passed_is_refused() -> None:
    given = application(travel=TravelWindow(date(2026, 5, 1), date(2026, 5, 10)))
    assert codes(given) == {("travel.ends_on", "window_past")}


def test_a_paper_that_ends_before_the_travel_begins_is_named() -> None:
    given = with_papers(application(), vehicle_licence=date(2026, 5, 10))
    assert codes(given) == {("documents", "paper_expired")}


def test_what_the_law_refuses_is_told_before_submission() -> None:
    answer = classification(refusals=[{"rule": "divisible_load"}])
    assert codes(application(answer=answer)) == {("transport", "refusal_ground")}


def test_a_route_that_can_not_be_driven_is_not_submitted() -> None:
    given = application(route=route_contract(status="infeasible"))
    assert codes(given) == {("route", "route_not_passable")}
