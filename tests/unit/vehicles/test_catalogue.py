"""The catalogue that comes with the program, and faults in one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.catalogues import shipped_catalogue
from transport.errors import InvalidInputError
from transport.vehicles.catalogue import (
    PARTS,
    describe_catalogue,
    describe_catalogues,
    describe_item,
    item_as_json,
)
from transport.vehicles.combination import Coupling, Trailer
from transport.vehicles.component import Component, Family
from transport.vehicles.transport import Material, TrailerKind


def test_holds_pieces_of_every_material_and_units_of_every_use() -> None:
    catalogue = shipped_catalogue()

    assert {piece.material for piece in catalogue.components.values()} == set(Material)
    assert len(catalogue.components) >= 15
    assert {"tractor_4x2", "tractor_6x4", "tractor_8x4"} <= set(catalogue.tractors)
    assert {"low_bed_3", "extendable_3", "hydraulic_6"} <= set(catalogue.trailers)


def test_every_name_is_in_both_languages() -> None:
    catalogue = shipped_catalogue()

    for part in (catalogue.components, catalogue.tractors, catalogue.trailers):
        for item in part.values():
            assert item.name_zh
            assert item.name_en


def test_every_fault_of_an_entry_is_named() -> None:
    piece = {"name_zh": "板", "name_en": "Slab", "material": "stone", "length_m": -1, "hue": "red"}

    with pytest.raises(InvalidInputError) as wrong:
        describe_catalogue({"components": {"slab": piece}})
    assert {fault.field for fault in wrong.value.faults} == {
        "components.slab.hue",
        "components.slab.material",
        "components.slab.length_m",
        "components.slab.width_m",
        "components.slab.height_m",
        "components.slab.mass_t",
    }


def test_holds_parts_segments_girders_modules_and_houses() -> None:
    families = {piece.family for piece in shipped_catalogue().components.values()}

    assert families >= set(Family) - {Family.PART}


def test_holds_every_kind_of_vehicle() -> None:
    catalogue = shipped_catalogue()
    trailers = catalogue.trailers.values()

    assert {trailer.coupling for trailer in trailers} == set(Coupling)
    assert {trailer.kind for trailer in trailers} == set(TrailerKind) - {TrailerKind.NONE}
    assert any(trailer.is_extendable for trailer in trailers)
    assert any(trailer.gooseneck_m for trailer in trailers)
    assert {trailer.circuits for trailer in trailers} >= {3, 4}
    assert catalogue.trucks
    assert catalogue.jeeps
    assert all(truck.deck for truck in catalogue.trucks.values())


def test_every_entry_is_written_and_read_again() -> None:
    catalogue = shipped_catalogue()
    for name, kind in PARTS.items():
        for code, item in getattr(catalogue, name).items():
            assert describe_item(kind, code, item_as_json(item), code) == item


TRUCK = {
    "name_zh": "货车",
    "name_en": "Truck",
    "width_m": 2.5,
    "height_m": 3.4,
    "front_m": 1.4,
    "spacings_m": [5.0],
    "kingpin_m": 5.0,
    "drive_axles": 1,
    "kerb_front_t": 3.4,
    "kerb_rear_t": 3.2,
}
DECK = {"front_m": 1, "length_m": 6, "width_m": 2.5, "height_m": 1.1, "payload_t": 10}


@pytest.mark.parametrize(
    ("part", "entry", "fault"),
    [
        ("trucks", TRUCK, "own.yaml: trucks.x.deck"),
        ("trucks", TRUCK | {"deck": DECK | {"colour": "red"}}, "own.yaml: trucks.x.deck.colour"),
        ("trucks", TRUCK | {"deck": 3}, "own.yaml: trucks.x.deck"),
        ("tractors", TRUCK | {"drive_axles": 2}, "own.yaml: tractors.x.drive_axles"),
        ("tractors", TRUCK | {"drive_axles": True}, "own.yaml: tractors.x.drive_axles"),
        ("tractors", TRUCK | {"kingpin_m": 9}, "own.yaml: tractors.x.kingpin_m"),
        ("tractors", TRUCK | {"spacings_m": "5"}, "own.yaml: tractors.x.spacings_m"),
        ("tractors", [], "own.yaml: tractors"),
        ("tractors", "bus", "own.yaml: tractors"),
        ("wheels", {}, "own.yaml: wheels"),
    ],
)
def test_a_fault_names_file_and_key(part: str, entry: Any, fault: str) -> None:
    entries = {"x": entry} if isinstance(entry, dict) and part != "wheels" else entry
    with pytest.raises(InvalidInputError) as wrong:
        describe_catalogues({"own.yaml": {part: entries}})
    assert fault in {one.field for one in wrong.value.faults}


def test_a_code_that_two_files_give_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"b\.yaml: tractors\.x: this code is given twice"):
        describe_catalogues(
            {"a.yaml": {"tractors": {"x": TRUCK}}, "b.yaml": {"tractors": {"x": TRUCK}}}
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"longest_deck_m": 9.0}, "longest_deck_m"),
        ({"kingpin_m": -1.0}, "kingpin_m"),
        ({"kind": "special", "axles_per_line": 2}, "axles_per_line"),
        ({"kind": "hydraulic", "axles_per_line": 5}, "axles_per_line"),
        ({"kind": "low_bed", "axles_per_line": 3}, "axles_per_line"),
        ({"kind": "hydraulic", "coupling": "drawbar", "suspension": "hydraulic"}, "circuits"),
        (
            {
                "kind": "hydraulic",
                "coupling": "drawbar",
                "suspension": "hydraulic",
                "circuits": 3,
                "front_lines": 3,
            },
            "front_lines",
        ),
    ],
)
def test_fields_of_a_trailer_that_contradict_each_other_are_refused(
    change: dict[str, Any], field: str
) -> None:
    trailer = item_as_json(shipped_catalogue().trailers["low_bed_3"])
    with pytest.raises(InvalidInputError) as wrong:
        describe_item(Trailer, "t", trailer | change, "trailers.t")
    assert f"trailers.t.{field}" in {one.field for one in wrong.value.faults}


def test_supports_lie_within_the_piece_and_its_frame_in_the_catalogue() -> None:
    piece = item_as_json(shipped_catalogue().components["box_girder_25"])
    with pytest.raises(InvalidInputError, match="supports_m: lie within the 25 m"):
        describe_item(Component, "c", piece | {"supports_m": [1, 26]}, "c")
    with pytest.raises(InvalidInputError, match="no frame 'cradle'"):
        describe_catalogue({"components": {"c": piece | {"frame": "cradle"}}})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"centre_along_m": 10}, "centre_along_m"),
        ({"centre_across_m": -2}, "centre_across_m"),
        ({"centre_up_m": 4}, "centre_up_m"),
        ({"supports_m": [1, 10]}, "supports_m"),
        ({"supports_m": [4]}, "supports_m"),
        ({"supports_m": [1, 4]}, "supports_m"),
        ({"supports_m": [5, 8], "centre_along_m": 3}, "supports_m"),
        ({"measured": {"tolerance_m": 3}}, "measured.tolerance_m"),
        ({"measured": {"tolerance_t": 20}}, "measured.tolerance_t"),
    ],
)
def test_a_piece_that_cannot_be_is_refused(given: dict[str, Any], field: str) -> None:
    piece = {"material": "steel", "length_m": 9, "width_m": 3, "height_m": 3, "mass_t": 20}
    names = {"name_zh": "", "name_en": ""}

    with pytest.raises(InvalidInputError) as wrong:
        describe_item(Component, "box", {**names, **piece, **given}, "component")

    assert [fault.field for fault in wrong.value.faults] == [f"component.{field}"]
