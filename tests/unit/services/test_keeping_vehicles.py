"""A carrier's vehicles and their papers: kept, coupled, warned of, and what they do to a pass."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import MONDAY, World, law
from transport.errors import InvalidInputError, NotFoundError, StepNotAllowedError
from transport.permits.application import Vehicle
from transport.services.choosing_loadings import choose_loadings
from transport.services.keeping_vehicles import (
    coupled,
    fleet_of,
    list_units,
    list_vehicles,
    open_vehicle,
    papers_of,
    save_vehicle,
    warn_of_papers,
)
from transport.services.library import LibraryKind, LibraryUnit, LibraryVehicle
from transport.vehicles.vehicle_papers import PaperKind, VehiclePaper

CATALOGUE = shipped_catalogue()
NOBODY = Vehicle("", "")


@pytest.fixture
def world() -> World:
    return World()


def unit(world: World, kind: LibraryKind, plate: str, *papers: VehiclePaper) -> LibraryVehicle:
    tractor = CATALOGUE.tractors["tractor_6x4"] if kind is LibraryKind.TRACTOR else None
    trailer = CATALOGUE.trailers["hydraulic_6"] if kind is LibraryKind.MODULE else None
    made = LibraryUnit(plate, "LZZ5ELND8AW123456", "示范", "", tractor, trailer)
    vehicle = LibraryVehicle("", "", plate, NOBODY, kind=kind, unit=made, papers=papers)
    return save_vehicle(
        world.unit_of_work, actor=world.carrier, vehicle=vehicle, now=world.now, law=law()
    )


def ends(days: int, kind: PaperKind = PaperKind.INSURANCE) -> VehiclePaper:
    return VehiclePaper(kind, "1", MONDAY, MONDAY + timedelta(days=days))


def test_single_vehicles_and_combinations_are_listed_apart(world: World) -> None:
    kept = unit(world, LibraryKind.TRACTOR, "蒙B11111")
    rig = LibraryVehicle("", "", "车组", Vehicle("蒙B11111", ""))
    save_vehicle(world.unit_of_work, actor=world.carrier, vehicle=rig, now=world.now)
    assert [one.id for one in list_units(world.unit_of_work, actor=world.carrier)] == [kept.id]
    assert [one.name for one in list_vehicles(world.unit_of_work, actor=world.carrier)] == ["车组"]


def test_nobody_else_opens_or_keeps_a_carriers_vehicles(world: World) -> None:
    kept = unit(world, LibraryKind.TRACTOR, "蒙B11111")
    with pytest.raises(NotFoundError):
        open_vehicle(world.unit_of_work, actor=world.rival, vehicle_id=kept.id)
    with pytest.raises(StepNotAllowedError):
        save_vehicle(world.unit_of_work, actor=world.factory, vehicle=kept, now=world.now)


def test_plates_numbers_and_papers_are_judged_together(world: World) -> None:
    plate = VehiclePaper(PaperKind.TEMPORARY_PLATE, "超", MONDAY, MONDAY + timedelta(days=90))
    wrong = LibraryVehicle(
        "", "", "x", NOBODY, kind=LibraryKind.TRUCK, unit=LibraryUnit("12", "VIN"), papers=(plate,)
    )
    with pytest.raises(InvalidInputError) as refused:
        save_vehicle(
            world.unit_of_work, actor=world.carrier, vehicle=wrong, now=world.now, law=law()
        )
    codes = {one.code for one in refused.value.faults}
    assert codes == {"plate_form", "vin_form", "temporary_plate_long"}


def test_coupled_units_say_what_an_application_asks(world: World) -> None:
    tractor = unit(world, LibraryKind.TRACTOR, "蒙B11111")
    module = unit(world, LibraryKind.MODULE, "蒙B1111挂")
    vehicle = coupled(tractor, module)
    assert (vehicle.tractor_plate, vehicle.trailer_plate) == ("蒙B11111", "蒙B1111挂")
    # Both axles of a line are counted, as the papers of the module do.
    assert (vehicle.tractor_axles, vehicle.trailer_axles) == (3, 12)
    assert vehicle.deck_height_m == CATALOGUE.trailers["hydraulic_6"].deck_height_m
    assert coupled(None, None) == NOBODY


def test_a_firms_own_vehicles_are_chosen_from_like_a_catalogue(world: World) -> None:
    unit(world, LibraryKind.TRACTOR, "蒙B11111")
    unit(world, LibraryKind.MODULE, "蒙B1111挂")
    fleet = fleet_of(list_units(world.unit_of_work, actor=world.carrier), CATALOGUE)
    segment = CATALOGUE.components["steel_girder_segment"]
    found = choose_loadings(segment, 1, fleet, law(), MONDAY)
    assert [one.combination.codes for one in found.choices[:1]] == [("蒙B11111", "蒙B1111挂")]


def test_the_papers_of_a_combination_name_the_vehicle_they_belong_to(world: World) -> None:
    tractor = unit(world, LibraryKind.TRACTOR, "蒙B11111", ends(40))
    other = unit(world, LibraryKind.TRACTOR, "蒙B22222", ends(10))
    rig = LibraryVehicle(
        "", "", "车组", NOBODY, tractor_id=tractor.id, papers_valid_until=date(2026, 7, 1)
    )
    found = papers_of(rig, [tractor, other])
    assert [(one.kind, one.holder) for one in found] == [
        (PaperKind.OTHER, ""),
        (PaperKind.INSURANCE, "蒙B11111"),
    ]


def test_papers_are_warned_of_before_they_end_the_earliest_first(world: World) -> None:
    unit(world, LibraryKind.TRACTOR, "蒙B11111", ends(29), ends(200, PaperKind.INSPECTION))
    unit(world, LibraryKind.MODULE, "蒙B1111挂", ends(3, PaperKind.INSPECTION))
    unit(world, LibraryKind.TRACTOR, "蒙B22222", ends(31))
    warned = warn_of_papers(world.unit_of_work, law(), actor=world.carrier, day=MONDAY)
    assert [(vehicle.name, last) for vehicle, _, last in warned] == [
        ("蒙B1111挂", MONDAY + timedelta(days=3)),
        ("蒙B11111", MONDAY + timedelta(days=29)),
    ]


def test_an_issued_pass_ends_with_the_temporary_plate_of_the_vehicle(world: World) -> None:
    plate = ends(60, PaperKind.TEMPORARY_PLATE)
    vehicle = Vehicle("蒙B12345", "蒙B1234挂", papers=(ends(80), plate))
    _, permit = world.issued(vehicle=vehicle)
    assert permit.valid_until == MONDAY + timedelta(days=60)
    assert permit.shortest_paper == "temporary_plate"


def test_the_law_of_the_day_says_how_long_a_temporary_plate_lasts(world: World) -> None:
    plate = VehiclePaper(
        PaperKind.TEMPORARY_PLATE, "超", MONDAY - timedelta(days=30), date(2026, 12, 31)
    )
    _, permit = world.issued(vehicle=Vehicle("蒙B12345", "蒙B1234挂", papers=(plate,)))
    assert permit.valid_until == MONDAY + timedelta(days=59)
