"""Rows of official records, and the bundle of all that was imported for one network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from road_data.surveys.cells import COLUMNS, KEYS, Kind


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stood in a file: its cells as text, where it stood, and its polygon.

    `line` counts from 1 with the header, as an editor shows it.
    """

    cells: Mapping[str, str]
    line: int
    file: str
    geometry: dict[str, Any] | None = None

    def key(self, kind: Kind) -> tuple[str, ...]:
        """Return what tells this row from others of its kind: K100, 100 and 100.0 are the same."""
        return tuple(_plain(kind, name, self.cells.get(name, "")) for name in KEYS[kind])

    def values(self, kind: Kind) -> dict[str, Any]:
        """Return the filled cells, read."""
        columns = COLUMNS[kind]
        return {
            name: columns[name].read(cell)
            for name, cell in self.cells.items()
            if cell and name in columns
        }

    @property
    def source(self) -> str:
        """Where the row's values come from, with their day."""
        said = self.cells.get("source") or self.file
        day = self.cells.get("measured_on") or self.cells.get("rated_on")
        return f"{said} ({day})" if day else said


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on a conflict: the value of the `record` or of the `network` holds."""

    conflict: str
    use: str
    by: str
    reason: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All rows by kind in the order of their import, the header each kind came with, decisions."""

    rows: Mapping[Kind, Sequence[Row]] = field(default_factory=dict)
    headers: Mapping[Kind, Sequence[str]] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()

    def of(self, kind: Kind) -> Sequence[Row]:
        """Return the rows of a kind."""
        return self.rows.get(kind, ())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was imported."""
        return not any(self.rows.values())

    def with_rows(
        self, kind: Kind, header: Sequence[str], rows: Sequence[Row], *, replace: bool
    ) -> Bundle:
        """Return the bundle with rows added; rows of the same key, or all of them, give way."""
        kept = {} if replace else {row.key(kind): row for row in self.of(kind)}
        before = () if replace else self.headers.get(kind, ())
        merged = kept | {row.key(kind): row for row in rows}
        return Bundle(
            {**self.rows, kind: tuple(merged.values())},
            {**self.headers, kind: tuple(dict.fromkeys([*before, *header]))},
            self.decisions,
        )

    def with_decision(self, decision: Decision) -> Bundle:
        """Return the bundle with a decision; an earlier one on the same conflict gives way."""
        others = [one for one in self.decisions if one.conflict != decision.conflict]
        return Bundle(self.rows, self.headers, (*others, decision))

    def to_json(self) -> dict[str, Any]:
        """Return the bundle as plain values."""
        return {
            "rows": {
                kind.value: [
                    [row.line, row.file, dict(row.cells), row.geometry] for row in rows
                ]
                for kind, rows in sorted(self.rows.items())
            },
            "headers": {kind.value: list(names) for kind, names in sorted(self.headers.items())},
            "decisions": [
                {"conflict": one.conflict, "use": one.use, "by": one.by, "reason": one.reason,
                 "decided_at": one.decided_at}
                for one in self.decisions
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Bundle:
        """Read a bundle; raises KeyError, TypeError or ValueError for another document."""
        return cls(
            {
                Kind(kind): tuple(
                    Row(cells, line, file, shape) for line, file, cells, shape in rows
                )
                for kind, rows in document["rows"].items()
            },
            {Kind(kind): tuple(names) for kind, names in document["headers"].items()},
            tuple(Decision(**one) for one in document["decisions"]),
        )


def _plain(kind: Kind, name: str, cell: str) -> str:
    try:
        value = COLUMNS[kind][name].read(cell)
    except ValueError:  # a faulty cell, which is reported elsewhere
        return cell
    return f"{value:.12g}" if isinstance(value, float) else cell


def as_text(document: Mapping[str, Any]) -> str:
    """Return a document as JSON text: the same document gives the same bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
