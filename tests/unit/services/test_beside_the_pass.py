"""What a trip needs beside its pass, from the law and the first route."""

from __future__ import annotations

from typing import Any

from tests.factories import MONDAY, law
from transport.regulations.consultations import Body, Manner
from transport.services.beside_the_pass import beside_the_pass
from transport.vehicles.transport import Transport

HIGH = Transport(height_m=4.6, width_m=3.0, length_m=16.5, mass_t=40.0)
WITHIN = Transport(height_m=3.9, width_m=2.5, length_m=16.5, mass_t=17.0)
ENDS = ("150203", "150102")


def route(**more: Any) -> dict[str, Any]:
    leg = {"class": "class_2", "owner": "highway", "admin_code": "150203"}
    return {"legs": [leg, *more.get("legs", ())], "structures": more.get("structures", [])}


def test_an_ordinary_load_needs_nothing() -> None:
    assert beside_the_pass(WITHIN, law(), MONDAY, ENDS, route()) is None


def test_city_streets_ask_the_city_and_the_police() -> None:
    street = {"class": "urban_arterial", "owner": "municipal", "admin_code": "150102"}
    found = beside_the_pass(HIGH, law(), MONDAY, ENDS, route(legs=[street]))

    assert found is not None
    bodies = {(one.body, one.manner) for one in found.involved}
    assert (Body.MUNICIPAL_DEPARTMENT, Manner.CONSENTS) in bodies
    assert (Body.TRAFFIC_POLICE, Manner.DESIGNATES) in bodies
    assert "city_consent_height_m" in {one.rule for one in found.city}


def test_a_route_without_streets_or_crossings_asks_neither() -> None:
    found = beside_the_pass(HIGH, law(), MONDAY, ENDS, route())

    assert found is not None
    assert not found.city
    assert not found.crossings
    assert Body.RAILWAY not in {one.body for one in found.involved}
    assert found.longest_days.value == 20


def test_provinces_together_may_take_longer() -> None:
    found = beside_the_pass(HIGH, law(), MONDAY, ("150203", "130000"), route())

    assert found is not None
    assert (found.longest_days.value, found.extended_days.value) == (45, 60)
    assert Body.PROVINCE_EN_ROUTE in {one.body for one in found.involved}


def test_a_level_crossing_asks_the_railway_and_its_gate_is_measured() -> None:
    crossing = [{"kind": "level_crossing", "name": "道口"}]
    found = beside_the_pass(HIGH, law(), MONDAY, ENDS, route(structures=crossing))

    assert found is not None
    assert Body.RAILWAY in {one.body for one in found.involved}
    assert {one.rule: str(one.outcome) for one in found.crossings} == {
        "railway_crossing": "permit_needed",
        "electrified_gate_height_m": "unknown",
    }


def test_without_a_route_only_load_and_ends_tell() -> None:
    found = beside_the_pass(HIGH, law(), MONDAY, ENDS, None)

    assert found is not None
    assert {Body.LEAGUE_EN_ROUTE, Body.POWER_COMPANY} <= {one.body for one in found.involved}
    assert found.conditions
    assert found.fine.most_yuan == 3000
