"""Lay all records of a bundle over a network: changed arrays, and a report of what went where."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from road_data.surveys.adding import NewStructure, with_structures
from road_data.surveys.cells import Kind
from road_data.surveys.draft import Conflict, Draft, Numbered
from road_data.surveys.matching import Match, Matcher
from road_data.surveys.rows import Bundle, Row
from road_data.surveys.sections import (
    EdgeChanges,
    lay_admin_areas,
    lay_section,
    lay_urban_areas,
)
from transport.network.attributes import LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.surveyed import Surveys

_STANDING = (Kind.STRUCTURES, Kind.STATIONS, Kind.JUNCTIONS)
_LIMITS = {
    "clear_height_m": LimitKind.CLEAR_HEIGHT,
    "clear_width_m": LimitKind.CLEAR_WIDTH,
    "posted_mass_t": LimitKind.SIGNED_MASS,
    "posted_axle_t": LimitKind.SIGNED_AXLE,
    "wide_lane_m": LimitKind.CLEAR_WIDTH,
}
_KEYS = {Kind.STRUCTURES: "structure_id", Kind.STATIONS: "code"}


@dataclass(frozen=True, slots=True)
class Placing:
    """Where one row went: `how` is id, chainage, distance, name, added, polygon or unplaced."""

    kind: str
    file: str
    line: int
    key: str
    how: str
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every row, and the conflicts that wait for a decision or were decided."""

    placings: tuple[Placing, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def counts(self, kind: Kind) -> dict[str, int]:
        """Count the rows of a kind by how they were placed."""
        return dict(Counter(one.how for one in self.placings if one.kind == kind.value))

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "placings": [asdict(one) for one in self.placings],
            "conflicts": [asdict(one) for one in self.conflicts],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Report:
        """Read a report; raises KeyError or TypeError for another document."""
        return cls(
            tuple(Placing(**one) for one in document["placings"]),
            tuple(Conflict(**one) for one in document["conflicts"]),
        )


@dataclass(slots=True)
class _Work:
    """What is collected on the way through the rows."""

    records: list[str] = field(default_factory=list)
    placings: list[Placing] = field(default_factory=list)
    rows: list[tuple[Kind, Row, int, Match]] = field(default_factory=list)
    new: list[NewStructure] = field(default_factory=list)

    def record(self, kind: Kind, row: Row) -> int:
        facts = {"record": kind.value, **row.values(kind), "source": row.source}
        self.records.append(json.dumps(facts, ensure_ascii=False, sort_keys=True))
        return len(self.records) - 1

    def place(self, kind: Kind, row: Row, how: str, note: str) -> None:
        key = "/".join(row.key(kind))
        self.placings.append(Placing(kind.value, row.file, row.line, key, how, note))


def lay_records(network: RoadNetwork, bundle: Bundle) -> tuple[RoadNetwork, Report]:
    """Return the network with all records laid over it; arrays without change stay the same."""
    work, matcher = _Work(), Matcher(network, bundle)
    draft = Draft(network, {one.conflict: one for one in bundle.decisions})
    strings = Numbered(list(network.strings))
    for kind in _STANDING:
        for row in bundle.of(kind):
            _match(work, matcher, kind, row)
    structures, of_structure = with_structures(
        network.structures, _records_of_rows(network, work), work.new, draft.sources
    )
    draft.structure_limits = dict(structures.limits)
    _lay_structures(draft, work, structures.ids)
    changes = EdgeChanges()
    for row in bundle.of(Kind.SECTIONS):
        record = work.record(Kind.SECTIONS, row)
        work.place(Kind.SECTIONS, row, *lay_section(draft, changes, matcher, row, record))
    _lay_areas(draft, changes, work, bundle, strings)
    pieces, posts = sorted(changes.pieces), matcher.posts()
    laid = replace(
        network,
        sources=tuple(draft.sources.texts) if draft.sources.grew else network.sources,
        strings=tuple(strings.texts) if strings.grew else network.strings,
        **changes.columns,
        limits=draft.edge_limits,
        structures=replace(structures, limits=draft.structure_limits),
        admin_certainty=network.admin_certainty
        if changes.admin_certainty is None
        else changes.admin_certainty,
        areas=changes.areas or network.areas,
        surveys=Surveys(
            records=tuple(work.records),
            of_structure=of_structure,
            section_edge=np.array([piece[0] for piece in pieces], dtype=np.int32),
            section_from_m=np.array([piece[1] for piece in pieces], dtype=np.float64),
            section_to_m=np.array([piece[2] for piece in pieces], dtype=np.float64),
            section_record=np.array([piece[3] for piece in pieces], dtype=np.int32),
            area=changes.area,
            post_edge=np.array([edge for edge, _, _ in posts], dtype=np.int32),
            post_tail_km=np.array([km for _, km, _ in posts], dtype=np.float64),
            post_head_km=np.array([km for _, _, km in posts], dtype=np.float64),
        ),
    )
    return laid, Report(tuple(work.placings), tuple(draft.conflicts.values()))


def _match(work: _Work, matcher: Matcher, kind: Kind, row: Row) -> None:
    values = row.values(kind)
    if kind is Kind.JUNCTIONS:
        structure = StructureKind.JUNCTION
        match = matcher.junction(values["lon"], values["lat"])
        name = f"junction/{row.cells['lon']},{row.cells['lat']}"
    else:
        station = kind is Kind.STATIONS
        structure = StructureKind.TOLL_STATION if station else StructureKind[values["kind"].upper()]
        match = matcher.structure(structure, values, _KEYS[kind])
        name = values[_KEYS[kind]]
    record = work.record(kind, row)
    work.place(kind, row, match.how, match.note)
    work.rows.append((kind, row, record, match))
    if match.spots:
        title = values.get("name", "")
        work.new.append(NewStructure(name, structure, title, match.spots, record))


def _records_of_rows(network: RoadNetwork, work: _Work) -> np.ndarray:
    found = np.full(len(network.structures.kind), -1, dtype=np.int32)
    for _, _, record, match in work.rows:
        for row in match.rows:
            found[row] = record
    return found


def _lay_structures(draft: Draft, work: _Work, ids: Any) -> None:
    """Lay the recorded limits on the rows of each structure, new numbers and old."""
    rows_of: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(ids):
        rows_of[name].append(number)
    added = {one.record: one.id for one in work.new}
    for kind, row, record, match in work.rows:
        if match.rows:
            name = draft.network.structures.ids[match.rows[0]]
        elif record in added:
            name = added[record]
        else:
            continue
        values = row.values(kind)
        for attribute, limit in _LIMITS.items():
            if attribute in values:
                for number in rows_of[name]:
                    about = (kind, row, name)
                    draft.lay(draft.structure_limits, limit, number, values[attribute], about)


def _lay_areas(
    draft: Draft, changes: EdgeChanges, work: _Work, bundle: Bundle, strings: Numbered
) -> None:
    urban = [(row, work.record(Kind.URBAN_AREAS, row)) for row in bundle.of(Kind.URBAN_AREAS)]
    if urban:
        for (row, _), said in zip(urban, lay_urban_areas(draft, changes, urban), strict=True):
            work.place(Kind.URBAN_AREAS, row, *said)
    admin = [(row, work.record(Kind.ADMIN_AREAS, row)) for row in bundle.of(Kind.ADMIN_AREAS)]
    if admin:
        told = lay_admin_areas(draft, changes, admin, strings)
        for (row, _), said in zip(admin, told, strict=True):
            work.place(Kind.ADMIN_AREAS, row, *said)
