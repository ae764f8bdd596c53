"""Runs the toll and relief cases of `tolls/*.yaml`, each worked by hand and naming its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.maps import Standing, draw, edge
from transport.errors import NoLawInForceError
from transport.network.attributes import StructureKind, Tolled
from transport.regulations.reading import read_calendar, read_yaml
from transport.relief.entitlement import Entitlement, check_entitlement
from transport.relief.schemes import Ownership, read_scheme
from transport.relief.trip_facts import TollLine, TripFacts
from transport.tariffs.line_files import read_lines
from transport.tariffs.lines import kinds_of
from transport.tariffs.quote import quote_edges
from transport.tariffs.schedule import Tariff, schedule_from_mapping

HERE = Path(__file__).parent
SHIPPED = read_yaml(HERE.parent.parent / "config" / "tolls" / "cn-15" / "trucks.yaml")
CALENDAR = read_calendar(HERE.parent.parent / "config")
TARIFF = schedule_from_mapping(SHIPPED)
ROAD = draw("A---B", "AB", facts={"AB": {"ref": "G6", "tolled": Tolled.YES}})
TWO_ROADS = draw(
    "A---B---C",
    "AB BC",
    facts={
        "AB": {"ref": "G6", "tolled": Tolled.YES},
        "BC": {"ref": "G7", "tolled": Tolled.YES},
    },
    structures=[Standing("BC", StructureKind.BRIDGE, share=0.5, id="BR1", name="桥")],
)
EDGES = {"G6": ("AB", "BA"), "G7": ("BC", "CB")}
MONDAY = date(2026, 5, 11)
FACTS: dict[str, Any] = {
    "day": date(2026, 5, 20),
    "material": "precast",
    "component_kind": "box_girder",
    "component_numbers": ("XL-001",),
    "pass_number": "DJ-T",
    "pass_valid": True,
    "pass_component_numbers": ("XL-001",),
    "pass_plates": ("蒙B12345", "蒙B1234挂"),
    "trip_plates": ("蒙B12345", "蒙B1234挂"),
    "permitted_mass_t": 48.0,
    "weighed_t": 47.5,
    "lawful": True,
    "certificate_number": "HGZ-1",
    "site_accepted": True,
}
SCHEME: dict[str, Any] = {
    "id": "case",
    "name": "算例",
    "issuing_body": "示范机关",
    "document_number": "示范1号",
    "ownership": ["government_loan"],
    "materials": ["precast"],
    "payer": "示范财政",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "status": "demonstration",
}


def _cases(key: str, *, present: bool) -> list[Any]:
    documents = [
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted((HERE / "tolls").glob("*.yaml"))
    ]
    return [
        pytest.param(document, case, id=f"{document['article']}: {case['case']}")
        for document in documents
        for case in document["cases"]
        if (key in case) is present
    ]


@pytest.mark.parametrize(
    ("document", "case"),
    _cases("length_m", present=True),
)
def test_the_toll_is_as_the_case_says(document: dict[str, Any], case: dict[str, Any]) -> None:
    assert document["article"]
    if case["toll_yuan"] is None:
        with pytest.raises(NoLawInForceError):
            TARIFF.on(case["day"])
        return
    pieces = [(edge(ROAD, "AB"), case["length_m"])]
    quote = quote_edges(ROAD, pieces, case["axles"], TARIFF.on(case["day"]))
    assert f"{quote.toll_yuan:.2f}" == case["toll_yuan"]


@pytest.mark.parametrize(("document", "case"), _cases("km", present=True))
def test_every_line_of_the_toll_names_its_rule(
    document: dict[str, Any], case: dict[str, Any]
) -> None:
    back = case.get("back", False)
    pieces = [(edge(TWO_ROADS, EDGES[road][back]), km * 1000) for road, km in case["km"].items()]
    rates = _tariff(document).on(case.get("day", MONDAY))
    quote = quote_edges(TWO_ROADS, pieces, case["axles"], rates, etc=case.get("etc", False))
    assert f"{quote.toll_yuan:.2f}" == case["toll_yuan"]
    assert [one.rule for one in quote.lines] == case["rules"]
    assert sum(one.amount_fen for one in quote.lines) == quote.toll_fen


@pytest.mark.parametrize(("document", "case"), _cases("steps", present=True))
def test_the_relief_is_as_the_case_says(document: dict[str, Any], case: dict[str, Any]) -> None:
    assert document["article"]
    scheme = read_scheme({**SCHEME, "calculators": case["steps"], **case.get("scheme", {})})
    answer = check_entitlement(scheme, _facts(case))
    assert [f"{one.relief_yuan:.2f}" for one in answer.lines] == case["relief"]
    assert _failing(answer) == case.get("fails", [])
    assert f"{answer.refund_yuan:.2f}" == case.get("refund", "0.00")
    if "rule" in case:
        assert scheme.rule == f"case: {case['rule']}"
    for one in answer.lines:
        assert one.scheme_rule == (scheme.rule if one.relief_yuan else "")


def test_there_are_at_least_sixty_cases_with_a_rule() -> None:
    assert len(_cases("km", present=True)) + len(_cases("steps", present=True)) >= 60


def _tariff(document: Mapping[str, Any]) -> Tariff:
    row = SHIPPED["schedules"][0] | document.get("terms", {})
    tariff = schedule_from_mapping({**SHIPPED, "schedules": [row]}).with_calendar(CALENDAR)
    return tariff.with_lines(read_lines(document["lines"])) if "lines" in document else tariff


def _facts(case: Mapping[str, Any]) -> TripFacts:
    lines = tuple(
        TollLine(
            section=one.get("road", "G6"),
            ownership=Ownership(one.get("owner", "government_loan")),
            length_km=Decimal(10),
            amount_yuan=Decimal(one["toll"]),
            class_fen=tuple(round(amount * 100) for amount in one.get("class", ())),
            above_six_fen=round(Decimal(one.get("above", 0)) * 100),
            league=one.get("league", ""),
        )
        for one in case["lines"]
    )
    facts = TripFacts(**FACTS, toll_lines=lines, fastest_km_h=110.0, longest_h=240.0)
    changes: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in case.get("facts", {}).items()
    }
    for key in {"entered_at", "left_at"} & set(changes):
        changes[key] = datetime.fromisoformat(changes[key])
    changed = replace(facts, **changes)
    return replace(changed, day_kinds=kinds_of(changed.day, CALENDAR))


def _failing(answer: Entitlement) -> list[str]:
    return [one.check.value for one in answer.checks if not one.holds]
