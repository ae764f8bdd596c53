"""A row of a parts list: one kind of piece, how many of it, from where to where, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from transport.vehicles.transport import Material


class ValueOrigin(StrEnum):
    """Where sizes or a mass come from; only what is worked out with a density is assumed."""

    STATED = "stated"  # a row of the list says so
    GEOMETRY = "geometry"  # the smallest box around the body in a building model
    QUANTITIES = "quantities"  # the model's quantities
    VOLUME = "volume"  # volume times the density of the material, assumed

    @property
    def is_assumed(self) -> bool:
        """Whether somebody has to weigh or measure before the value decides."""
        return self is ValueOrigin.VOLUME


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces of one number: sizes in metres as made, mass in tonnes of one piece.

    `kind` is a piece of the catalogue whose handling holds where the row says nothing of its own.
    `sequence` is the place in the order of erection. `line` is the line of the file, or the number
    of the element in a building model.
    """

    number: str
    name: str
    material: Material
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    quantity: int
    origin: str
    destination: str
    deliver_by: date | None = None
    sequence: int | None = None
    kind: str = ""
    may_turn: bool | None = None
    may_stand: bool | None = None
    most_layers: int | None = None
    source: str = ""
    measured_on: date | None = None
    line: int = 0
    size_from: ValueOrigin = ValueOrigin.STATED
    mass_from: ValueOrigin = ValueOrigin.STATED


@dataclass(frozen=True, slots=True)
class PartsList:
    """One version of a project's parts list; `skipped` are the lines left out because of faults."""

    id: str
    project_id: str
    revision: int
    filename: str
    digest: str
    uploaded_at: datetime
    uploaded_by: str
    parts: tuple[Part, ...]
    skipped: tuple[int, ...] = ()

    @property
    def pieces(self) -> int:
        """Number of pieces."""
        return sum(one.quantity for one in self.parts)

    @property
    def assumed_masses(self) -> int:
        """Number of pieces whose mass nobody has stated."""
        return sum(one.quantity for one in self.parts if one.mass_from.is_assumed)


_COLUMNS = tuple(one.name for one in fields(Part))


def part_as_row(part: Part) -> list[Any]:
    """Return a part as a short JSON row, to keep thousands of them in one document."""
    values = (getattr(part, name) for name in _COLUMNS)
    return [one.isoformat() if isinstance(one, date) else one for one in values]


def part_from_row(row: Sequence[Any]) -> Part:
    """Return the part of a row that `part_as_row` made; older rows are shorter."""
    values = dict(zip(_COLUMNS, row, strict=False))
    for name in ("size_from", "mass_from"):
        values[name] = ValueOrigin(values.get(name, ValueOrigin.STATED))
    for name in ("deliver_by", "measured_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Part(**{**values, "material": Material(values["material"])})
