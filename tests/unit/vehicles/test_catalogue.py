"""The catalogue that comes with the program, and faults in one."""

from __future__ import annotations

import pytest

from tests.catalogues import shipped_catalogue
from transport.errors import InvalidInputError
from transport.vehicles.catalogue import describe_catalogue
from transport.vehicles.transport import Material


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
