"""What law and network answer to a load of the demonstration, asked as the factory's page asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from transport.services.assessing_journeys import Assessment, Journey, assess_journey
from transport.services.evaluating_routes import read_records
from webapp.access import Services
from webapp.demonstration.loads import Load, component_of, transport_of

Way = tuple[str, str]


def ask(services: Services, given: Load, way: Way, day: date) -> Assessment:
    """Plan and classify a load between two places of the network, by the law of a day."""
    return assess_journey(
        transport_of(given, services.catalogue),
        Journey(origin=way[0], destination=way[1], travel_on=day),
        network=services.network(),
        law=services.law,
        tariff=services.tariff,
        calendar=services.calendar,
        today=day,
        tables=services.evaluation_tables,
        records=read_records(services.passage_records.read()),
    )


def asked(services: Services, given: Load, way: Way, day: date) -> Mapping[str, Any]:
    """Return what was asked in the words of the factory's form."""
    piece = component_of(given, services.catalogue)
    return {
        "component_id": "",
        "piece": {**asdict(piece), "material": piece.material.value},
        "more_numbers": "，".join(given.numbers[1:]),
        "origin": way[0],
        "destination": way[1],
        "travel_on": day.isoformat(),
        "avoid": "",
        "tractor": given.rig.tractor,
        "trailer": given.rig.trailer,
        "units": [given.rig.tractor, given.rig.trailer],
        "orientation": "as_made",
    }
