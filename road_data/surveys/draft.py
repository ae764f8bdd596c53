"""A network being changed by records: copied columns, sources, and the conflicts met on the way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from road_data.surveys.cells import Kind
from road_data.surveys.rows import Decision, Row
from transport.network.attributes import Certainty, LimitColumn, LimitKind
from transport.network.graph import RoadNetwork

RECORD, NETWORK = "record", "network"
# Documents beside the arrays: the rows as they came, what became of them.
ROWS, REPORT = "rows.json", "report.json"
# Values this near are the same: a centimetre, ten kilograms.
_SAME = 0.01 + 1e-9


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two known values of one thing; the stricter is used until somebody decides.

    `count` says on how many edges or structure rows the same two values meet.
    """

    id: str
    kind: str
    element: str
    attribute: str
    network_value: float
    network_source: str
    record_value: float
    record_source: str
    file: str
    line: int
    used: float
    decided: str = ""
    decided_by: str = ""
    reason: str = ""
    count: int = 1


class Numbered:
    """Texts of a network with those that records add, numbered from 0."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self._before = len(texts)
        self._numbers = {text: number for number, text in reversed(list(enumerate(texts)))}

    def number(self, text: str) -> int:
        """Return the number of a text, giving it one if it is new."""
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]

    @property
    def grew(self) -> bool:
        """Whether a text was added."""
        return len(self.texts) > self._before


@dataclass(frozen=True, slots=True)
class Lower:
    """A value that counts where it is smaller, and where it comes from."""

    value: float
    source: str


class Draft:
    """Copies of the limit columns that records change, made on the first change."""

    def __init__(self, network: RoadNetwork, decisions: Mapping[str, Decision]) -> None:
        self.network = network
        self.decisions = decisions
        self.sources = Numbered(list(network.sources))
        self.edge_limits = dict(network.limits)
        self.structure_limits = dict(network.structures.limits)
        self.conflicts: dict[str, Conflict] = {}
        self._own: set[int] = set()

    def own(self, limits: dict[LimitKind, LimitColumn], kind: LimitKind) -> LimitColumn:
        """Return a column that may be written."""
        column = limits[kind]
        if id(column) not in self._own:
            column = LimitColumn(
                np.array(column.value), np.array(column.certainty), np.array(column.source)
            )
            limits[kind] = column
            self._own.add(id(column))
        return column

    def lay(
        self,
        limits: dict[LimitKind, LimitColumn],
        kind: LimitKind,
        place: int,
        value: float,
        about: tuple[Kind, Row, str],
    ) -> None:
        """Lay a recorded value on one edge or structure row; report what contradicts it.

        A known value stands against it only where it limits at all; assumed, invented and unknown
        ones give way.
        """
        record_kind, row, element = about
        column = self.own(limits, kind)
        before, certainty = float(column.value[place]), int(column.certainty[place])
        known = certainty == Certainty.KNOWN and math.isfinite(before)
        used, source = value, row.source
        if known and abs(before - value) > _SAME:
            there = self.sources.texts[int(column.source[place])]
            conflict = self._conflict(record_kind, row, element, kind.value, (before, there, value))
            used = conflict.used
            source = row.source if used == value else there
        elif known:
            used = min(before, value)
        column.value[place] = used
        column.certainty[place] = Certainty.KNOWN
        column.source[place] = self.sources.number(source)

    def lower(
        self, limits: dict[LimitKind, LimitColumn], kind: LimitKind, place: int, said: Lower
    ) -> None:
        """Lower a recorded value that holds for another part of an edge; nothing contradicts it."""
        column = self.own(limits, kind)
        if said.value < float(column.value[place]):
            column.value[place] = said.value
            column.certainty[place] = Certainty.KNOWN
            column.source[place] = self.sources.number(said.source)

    def _conflict(
        self,
        kind: Kind,
        row: Row,
        element: str,
        attribute: str,
        values: tuple[float, str, float],
    ) -> Conflict:
        before, there, value = values
        # Both values are part of the name: a decision does not hold for a value that came later.
        key = "/".join((kind.value, *row.key(kind), attribute, f"{before:g}", f"{value:g}"))
        met = self.conflicts.get(key)
        if met is not None:
            found = met
            count = met.count + 1
        else:
            decision = self.decisions.get(key)
            choice = {RECORD: value, NETWORK: before}
            found = Conflict(
                id=key,
                kind=kind.value,
                element=element,
                attribute=attribute,
                network_value=before,
                network_source=there,
                record_value=value,
                record_source=row.source,
                file=row.file,
                line=row.line,
                used=choice[decision.use] if decision else min(before, value),
                decided=decision.use if decision else "",
                decided_by=decision.by if decision else "",
                reason=decision.reason if decision else "",
            )
            count = 1
        # A structure on both directions of a road is one conflict, counted twice.
        self.conflicts[key] = replace(found, count=count)
        return self.conflicts[key]
