"""The check of axle loads: what it takes, what it leaves out, what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import law
from transport.errors import InvalidInputError
from transport.selection.axle_distribution import axle_distribution, schema
from transport.vehicles.arranging import stack
from transport.vehicles.catalogue import item_as_json
from transport.vehicles.combination import Combination
from transport.vehicles.placing import place

DAY = date(2026, 5, 11)
CATALOGUE = shipped_catalogue()
TRACTOR: dict[str, Any] = {
    "spacings_m": [3.3, 1.4],
    "kingpin_m": 3.6,
    "drive_axles": 2,
    "kerb_front_t": 4.8,
    "kerb_rear_t": 4.0,
}
TRAILER: dict[str, Any] = {
    "deck_length_m": 13.0,
    "kingpin_m": 1.0,
    "first_axle_m": 8.7,
    "spacings_m": [1.3, 1.3],
    "kerb_mass_t": 12.0,
}
GIVEN = {"tractor": TRACTOR, "trailer": TRAILER, "load": {"mass_t": 20}, "load_position_m": 6.0}


def faults(given: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as wrong:
        axle_distribution(given, catalogue=CATALOGUE)
    return {one.field: one.message for one in wrong.value.faults}


def test_only_what_statics_needs_must_be_given() -> None:
    values = axle_distribution(GIVEN, law=law(), day=DAY)

    assert values["kingpin_load_t"] == pytest.approx(13.4)
    assert values["axle_loads_t"] == pytest.approx([6.14, 8.03, 8.03, 6.2, 6.2, 6.2])
    assert set(values["utilisation"]) == {"flatbed_maximum_t", "flatbed_average_t"}
    assert values["governs"] == "flatbed_average_t"


def test_the_centre_of_gravity_may_be_given_itself() -> None:
    load = {"mass_t": 20, "length_m": 9, "centre_along_m": 4.0, "centre_of_gravity_m": 6.0}
    values = axle_distribution({"tractor": TRACTOR, "trailer": TRAILER, "load": load})

    assert values["kingpin_load_t"] == pytest.approx(13.4)
    assert values["load_position_m"] == pytest.approx(6.5)


def test_a_piece_of_the_catalogue_gives_what_placing_it_gives() -> None:
    given = {"tractor": "tractor_8x4", "trailer": "hydraulic_full_6", "component": "plant_module"}
    values = axle_distribution(given, catalogue=CATALOGUE)
    rig = Combination(CATALOGUE.tractors["tractor_8x4"], CATALOGUE.trailers["hydraulic_full_6"])
    placed = place(rig, stack(CATALOGUE.components["plant_module"]))

    assert values["axle_loads_t"] == pytest.approx(placed.transport.axle_loads_t, abs=1e-3)
    assert values["trailer_axles_t"][0] == pytest.approx(values["axle_loads_t"][4] / 2, abs=1e-3)
    assert values["kingpin_load_t"] == 0


def test_being_too_heavy_is_shown_and_not_refused() -> None:
    heavy = {"tractor": "tractor_6x4", "trailer": "low_bed_3", "load": {"mass_t": 70}}
    shares = axle_distribution(heavy, catalogue=CATALOGUE, law=law(), day=DAY)["utilisation"]

    assert shares["payload"] > 1
    assert shares["flatbed_maximum_t"] > 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"tractor": None}, "tractor", "is missing"),
        ({"trailer": None}, "trailer", "only a truck with a deck"),
        ({"trailer": 3}, "trailer", "must be an object"),
        ({"trailer": "bus"}, "trailer", "not in the catalogue"),
        ({"tractor": TRACTOR | {"wheels": 6}}, "tractor.wheels", "no such field"),
        ({"load": None}, "load", "is missing"),
        ({"load": {"mass_t": -1}}, "load.mass_t", "impossible"),
        ({"component": "stair_flight"}, "load", "not both"),
        ({"load_position_m": 40}, "load_position_m", "would lift"),
        ({"colour": "red"}, "colour", "no such field"),
    ],
)
def test_each_fault_is_named(change: dict[str, Any], field: str, words: str) -> None:
    assert words in faults(GIVEN | change)[field]


def test_the_schema_lists_exactly_the_fields_that_are_read() -> None:
    described = schema()["properties"]
    trailer = described["trailer"]["anyOf"][0]

    assert set(TRAILER) == set(trailer["required"])
    assert set(TRACTOR) == set(described["tractor"]["anyOf"][0]["required"])
    for code, item in CATALOGUE.trailers.items():
        assert set(item_as_json(item)) <= set(trailer["properties"]), code
    assert trailer["properties"]["coupling"]["enum"] == ["kingpin", "drawbar", "bolsters"]
