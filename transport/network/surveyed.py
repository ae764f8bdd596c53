"""What official records say beyond limits: facts of structures, sections and areas, by element."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from transport.network.attributes import Floats, Ints


def _no_numbers() -> Ints:
    return np.zeros(0, dtype=np.int32)


def _no_metres() -> Floats:
    return np.zeros(0, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class SectionPiece:
    """The part of an edge that a section row describes, in metres from its tail."""

    from_m: float
    to_m: float
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Surveys:
    """Official records laid over a network; each is a JSON object in `records`.

    `of_structure` holds for every structure row its record or -1. `section_*` are the pieces of
    edges that section rows describe, sorted by edge. `area` holds for every edge its urban area
    or -1. `post_*` are the edges on whose road kilometre posts are known, sorted, with the
    kilometre of that road at tail and head.

    A record has the cells that were given, read, under their column names, with `kind`,
    `source` and `measured_on`.
    """

    records: Sequence[str] = ()
    of_structure: Ints = field(default_factory=_no_numbers)
    section_edge: Ints = field(default_factory=_no_numbers)
    section_from_m: Floats = field(default_factory=_no_metres)
    section_to_m: Floats = field(default_factory=_no_metres)
    section_record: Ints = field(default_factory=_no_numbers)
    area: Ints = field(default_factory=_no_numbers)
    post_edge: Ints = field(default_factory=_no_numbers)
    post_tail_km: Floats = field(default_factory=_no_metres)
    post_head_km: Floats = field(default_factory=_no_metres)

    def posts(self, edge: int) -> tuple[float, float] | None:
        """Return the kilometres of an edge's road at its tail and head, None where not known."""
        place = int(np.searchsorted(self.post_edge, edge))
        if place == len(self.post_edge) or self.post_edge[place] != edge:
            return None
        return float(self.post_tail_km[place]), float(self.post_head_km[place])

    def record(self, number: int) -> Mapping[str, Any]:
        """Return one record, an empty one for -1."""
        found: dict[str, Any] = json.loads(self.records[number]) if number >= 0 else {}
        return found

    def structure(self, row: int) -> Mapping[str, Any]:
        """Return what is recorded of a structure row; empty where nothing is."""
        return self.record(int(self.of_structure[row])) if len(self.of_structure) else {}

    def sections(self, edge: int) -> Iterator[SectionPiece]:
        """Yield the recorded pieces of an edge in the order of travel."""
        low = int(np.searchsorted(self.section_edge, edge, side="left"))
        high = int(np.searchsorted(self.section_edge, edge, side="right"))
        for row in range(low, high):
            yield SectionPiece(
                float(self.section_from_m[row]),
                float(self.section_to_m[row]),
                self.record(int(self.section_record[row])),
            )

    def area_of(self, edge: int) -> Mapping[str, Any]:
        """Return the recorded urban area of an edge; empty outside of all."""
        return self.record(int(self.area[edge])) if len(self.area) else {}


NO_SURVEYS = Surveys()
