"""The selection for other programs: its document, and faults in what it is given."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import law
from transport.errors import InvalidInputError
from transport.selection.selection_check import choose_combinations, schema
from transport.vehicles.catalogue import item_as_json

DAY = date(2026, 5, 11)
CATALOGUE = shipped_catalogue()


def test_the_best_choices_come_with_sizes_place_and_limits() -> None:
    given = {"component": "plant_module", "most": 2}
    values = choose_combinations(given, catalogue=CATALOGUE, law=law(), day=DAY)
    best = values["choices"][0]

    assert len(values["choices"]) == 2
    assert best["category"] == "III"
    assert best["needs_permit"] is True
    assert sum(best["axle_loads_t"]) == pytest.approx(best["mass_t"], abs=0.01)
    assert best["governs"] in {use["limit"] for use in best["utilisation"]}
    assert all(one["reason"] for one in values["refused"])
    assert json.loads(json.dumps(values)) == values


def test_an_object_is_chosen_for_as_its_code_is() -> None:
    written = {"component": item_as_json(CATALOGUE.components["stair_flight"]), "pieces": 2}
    coded = {"component": "stair_flight", "pieces": 2}

    answers = [
        choose_combinations(given, catalogue=CATALOGUE, law=law(), day=DAY)["choices"]
        for given in (written, coded)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0]["needs_permit"] is False


def test_every_fault_is_named() -> None:
    with pytest.raises(InvalidInputError) as wrong:
        choose_combinations(
            {"component": {"mass_t": 3}, "pieces": 0, "hue": 1},
            catalogue=CATALOGUE,
            law=law(),
            day=DAY,
        )
    assert {one.field for one in wrong.value.faults} >= {"component.length_m", "pieces", "hue"}
    assert set(schema()["properties"]) == {"component", "pieces", "most"}
