"""Lay what was measured along roads over a network: clear sizes and signs as known values.

A survey that answers an unknown height changes the answer of the search for routes, for every later
transport, until it is too old. Shape, turns and speeds stay, so what was prepared for the search
still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from transport.evaluation.passage.facts import Fact, Measurement, Measurements
from transport.network.attributes import Certainty, LimitColumn, LimitKind
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered, share
from transport.routing.alike import ALIKE
from transport.services.evaluating_routes import PassageRecords, records_on

# What is measured at a road or read off its signs; a turn's length comes of an examination.
_LAID = {str(kind): kind for kind in LimitKind if kind is not LimitKind.TURN_LENGTH}
_STRETCH = "stretch"


def measured_network(network: RoadNetwork, records: PassageRecords, day: date) -> RoadNetwork:
    """Return the network as it was measured, as far as it holds on a day; itself without any."""
    if not records.measurements.by_element:
        return network
    key = ("measured", records.stamp, day)
    return remembered(
        network, key, lambda: _laid(network, records_on(network, records).measurements, day)
    )


def _laid(network: RoadNetwork, measurements: Measurements, day: date) -> RoadNetwork:
    rows: dict[LimitKind, dict[int, Fact]] = {}
    edges: dict[LimitKind, dict[int, Fact]] = {}
    places = _places(network)
    for one in _by_day(measurements):
        facts, _ = measurements.facts(one.element, day)
        fact, kind = facts.get(one.field), _LAID.get(one.field)
        if fact is None or kind is None or not _is_size(fact):
            continue
        rows.setdefault(kind, {}).update(dict.fromkeys(places.get(one.element, ()), fact))
        edges.setdefault(kind, {}).update(dict.fromkeys(_edges(network, one), fact))
    if not any(rows.values()) and not any(edges.values()):
        return network
    sources = list(network.sources)
    structures = replace(
        network.structures, limits=_columns(network.structures.limits, rows, sources)
    )
    limits = _columns(network.limits, edges, sources)
    laid = replace(network, structures=structures, limits=limits, sources=tuple(sources))
    share(network, laid, ALIKE)
    return laid


def _is_size(fact: Fact) -> bool:
    plain = isinstance(fact.value, int | float) and not isinstance(fact.value, bool)
    return plain and bool(np.isfinite(fact.value)) and fact.value > 0.0


def _places(network: RoadNetwork) -> dict[str, list[int]]:
    """Return the rows of every structure: one on each direction."""
    found: dict[str, list[int]] = {}
    for row, name in enumerate(network.structures.ids):
        found.setdefault(str(name), []).append(row)
    return found


def _by_day(measurements: Measurements) -> list[Measurement]:
    """Return all measurements, the newest last: it is laid over the others."""
    every = [one for fields in measurements.by_element.values() for one in fields.values()]
    return sorted(every, key=lambda one: one.measured_on)


def _edges(network: RoadNetwork, one: Measurement) -> Iterator[int]:
    """Yield the edges of a stretch; without a list of them only a stretch of one edge is known."""
    if one.edges:
        yield from (edge for edge in one.edges if 0 <= edge < network.edge_count)
        return
    kind, _, place = one.element.partition(":")
    first, _, last = place.rpartition(":")[2].partition("-")
    if kind == _STRETCH and first.isdigit() and first == last and int(first) < network.edge_count:
        yield int(first)


def _columns(
    columns: Mapping[LimitKind, LimitColumn],
    found: Mapping[LimitKind, Mapping[int, Fact]],
    sources: list[str],
) -> dict[LimitKind, LimitColumn]:
    """Return the columns with the measured values in place of what stood there."""
    laid = dict(columns)
    for kind, facts in found.items():
        if kind not in columns or not facts:
            continue
        before = columns[kind]
        value, certainty = np.array(before.value), np.array(before.certainty)
        source = np.array(before.source)
        for row, fact in facts.items():
            if fact.source not in sources:
                sources.append(fact.source)
            value[row] = float(fact.value)
            certainty[row] = Certainty.KNOWN
            source[row] = sources.index(fact.source)
        laid[kind] = LimitColumn(value, certainty, source)
    return laid
