"""The catalogue of conditions speaks both languages, and rows choose from it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from transport.regulations.law import Law
from transport.regulations.occasions import Occasion
from transport.regulations.reading import read_law
from transport.regulations.size_limits import ConformingKind as LawKind
from transport.rules.conditions import Condition, conditions_for
from transport.vehicles.transport import ConformingKind, Transport

CONFIG = Path(__file__).parent.parent.parent.parent / "config"
DAY = date(2026, 5, 11)
HEAVY = Transport(height_m=4.6, width_m=3.9, length_m=30.0, mass_t=120.0)


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(CONFIG)


def test_the_catalogue_stays_small_and_speaks_both_languages(law: Law) -> None:
    templates = law.condition_texts.templates

    assert len(templates) <= 30
    assert {field.name for field in fields(law.conditions)} <= set(templates)
    assert all(one.zh and one.en for one in templates.values())


def test_a_condition_is_said_with_its_numbers_and_roads(law: Law) -> None:
    found = {(one.code, one.road_classes): one for one in conditions_for(HEAVY, law, DAY)}
    slow = found["top_speed", ("expressway", "class_1")]
    cars = found["escort_cars", ("class_2", "class_3", "class_4")]

    assert slow.text(law) == "在高速公路、一级公路行驶车速不超过60公里/小时"
    assert slow.text(law, "en") == "At most 60 km/h on expressways, class 1 roads"
    assert cars.parameters == {"front": 1.0, "rear": 1.0}


def test_every_condition_names_clause_status_and_area(law: Law) -> None:
    for one in conditions_for(HEAVY, law, DAY):
        assert one.clause
        assert one.status
        assert one.area in {"cn", "cn-15"}
        assert one.text(law) != one.text(law, "en")


def _codes(found: list[Condition]) -> set[str]:
    return {one.code for one in found}


def test_what_is_not_known_of_the_route_may_hold(law: Law) -> None:
    unknown = _codes(conditions_for(HEAVY, law, DAY))
    none = _codes(conditions_for(HEAVY, law, DAY, ["expressway"], []))
    city = _codes(conditions_for(HEAVY, law, DAY, ["urban"], [Occasion.CITY_STREETS]))

    assert none < unknown
    assert "urban_peaks" in city - none


def test_the_day_of_travel_decides_the_season_and_the_day_of_law_the_rows(law: Law) -> None:
    in_winter = conditions_for(HEAVY, law, DAY, travel_on=date(2026, 12, 1))

    assert "ice_snow" in _codes(in_winter)
    assert "sandstorm" not in _codes(in_winter)


def test_more_load_never_takes_an_escort_car_away(law: Law) -> None:
    def cars(transport: Transport) -> float:
        found = conditions_for(transport, law, DAY, ["class_2"], [])
        return max(
            (
                float(one.parameters["front"]) + float(one.parameters["rear"])
                for one in found
                if one.code == "escort_cars"
            ),
            default=0.0,
        )

    widths = [2.6 + step / 20 for step in range(50)]
    seen = [cars(replace(HEAVY, height_m=4.0, length_m=18.0, width_m=width)) for width in widths]
    assert seen == sorted(seen)


def test_law_and_vehicle_use_the_same_words_for_conforming_kinds() -> None:
    assert [str(one) for one in LawKind] == [str(one) for one in ConformingKind]
