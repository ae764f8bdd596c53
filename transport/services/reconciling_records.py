"""Read an operator's file of passages, keep its records, and list what does not match and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np

from transport.errors import (
    FieldFault,
    InvalidInputError,
    NoLawInForceError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.network.attributes import StructureKind
from transport.network.graph import RoadNetwork
from transport.people import Actor, Role
from transport.permits.permit import Permit
from transport.regulations.law import Law
from transport.relief.claims import ClaimState
from transport.relief.project_lists import periods_by_plate
from transport.relief.reconciling import Reconciler
from transport.relief.records import Bounds, Known, KnownClaim, KnownPass, Passage, Reconciliation
from transport.routing.toll_way import Pieces, pieces_between_stations
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.repositories import OperatorImport, OperatorRecord
from transport.services.settling_relief import check_month
from transport.services.stepping import day_of
from transport.tariffs.money import fen_of, yuan_text
from transport.tariffs.quote import quote_edges
from transport.tariffs.roads import TollStation
from transport.tariffs.schedule import Tariff

_GRANTED = frozenset({ClaimState.VERIFIED, ClaimState.PAID, ClaimState.AUDITED})
_READERS = frozenset({Role.TOLL_OFFICE, Role.OPERATOR})
_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """A file to read: its name, its digest (SHA-256) and its lines."""

    name: str
    digest: str
    lines: Iterable[str]


class _PassesOnFile(Mapping[str, KnownPass]):
    """Looks a pass up once, when a record first names it."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._found: dict[str, KnownPass | None] = {}

    def __getitem__(self, number: str) -> KnownPass:
        if number not in self._found:
            permit = self._work.permits.by_number(number)
            self._found[number] = None if permit is None else known_pass(permit)
        found = self._found[number]
        if found is None:
            raise KeyError(number)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def known_pass(permit: Permit) -> KnownPass:
    """Return what records are compared with of a pass."""
    revoked = permit.revoked_at
    return KnownPass(
        number=permit.number,
        tractor_plate=permit.tractor_plate,
        trailer_plate=permit.trailer_plate,
        carrier=permit.holder_name,
        issuer=permit.issuer_name,
        first_day=permit.valid_from.isoformat(),
        last_day=permit.valid_until.isoformat(),
        mass_t=permit.gross_mass_t,
        length_m=permit.length_m,
        width_m=permit.width_m,
        height_m=permit.height_m,
        axle_count=permit.axle_count,
        revoked_on=day_of(revoked).isoformat() if revoked else "",
    )


def import_records(
    unit_of_work: UnitOfWorkFactory,
    network: RoadNetwork,
    tariff: Tariff,
    law: Law,
    *,
    actor: Actor,
    file: RecordsFile,
    month: str,
    now: datetime,
) -> OperatorImport:
    """Read a file of one month's passages; all of it is kept with what does not match, or nothing.

    An operator's file holds passages of its own stations, the toll office's those of all. Raises
    InvalidInputError where columns are missing, ConflictError for a file read before.
    """
    if actor.role not in _READERS:
        raise StepNotAllowedError("only operators and the toll office read files", "not_your_file")
    check_month(month)
    rows = _rows(file.lines)
    with unit_of_work() as work:
        known = _known(work, network, tariff, month, law)
        operator_id = ""
        if actor.role is Role.OPERATOR:
            operator_id = actor.organisation_id
            own = own_stations(tariff, actor)
            codes = frozenset(code for one in own for code in (one.code, one.network_id))
            granted = _of_stations(work, known, month, actor)
            known = replace(known, own_stations=codes, claims=granted)
        reconciler = Reconciler(next(rows), known)
        made = OperatorImport(
            work.new_id(), file.name, file.digest, now, actor.name, {}, operator_id
        )
        work.operator_imports.add(made, map(_record, reconciler.read(rows)))
        result = result_as_json(reconciler.finish(), month)
        work.operator_imports.finish(made.id, result)
        found = work.operator_imports.get(made.id)
        work.commit()
        return found


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows of a CSV file, the header first; raises where it is no table."""
    reader = csv.reader(lines)
    try:
        yield next(reader, [])
        yield from reader
    except csv.Error as wrong:
        fault = FieldFault("file", f"is no table: {wrong}", "not_a_table")
        raise InvalidInputError([fault]) from wrong


def own_stations(tariff: Tariff, actor: Actor) -> tuple[TollStation, ...]:
    """Return the stations of an operator; raises InvalidInputError where none is on file.

    A file of an operator without stations could not be told from anybody else's.
    """
    found = tuple(one for one in tariff.roads.stations if one.operator == actor.organisation_name)
    if not found:
        message = f"no station of {actor.organisation_name} is on file"
        raise InvalidInputError([FieldFault("file", message, "no_stations")])
    return found


def list_imports(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[OperatorImport]:
    """Return the files that were read, newest first; an operator sees its own."""
    with unit_of_work(read_only=True) as work:
        return work.operator_imports.listed(_own(actor))


def open_import(unit_of_work: UnitOfWorkFactory, import_id: str, *, actor: Actor) -> OperatorImport:
    """Return one file with its result; raises NotFoundError, for another's file too."""
    with unit_of_work(read_only=True) as work:
        found = work.operator_imports.get(import_id)
    if _own(actor) not in ("", found.operator_id):
        raise NotFoundError(f"there is no imported file {import_id!r}")
    return found


def _own(actor: Actor) -> str:
    if actor.role not in _READERS:
        raise StepNotAllowedError("only operators and the toll office read files", "not_your_file")
    return actor.organisation_id if actor.role is Role.OPERATOR else ""


def result_as_json(result: Reconciliation, month: str) -> dict[str, Any]:
    """Return counts, sums and the first thousand mismatches as JSON values."""
    return {
        "month": month,
        "rows": result.rows,
        "matched": result.matched,
        "toll_yuan": yuan_text(result.toll_fen),
        "relief_yuan": yuan_text(result.relief_fen),
        "paid_yuan": yuan_text(result.paid_fen),
        "counts": {kind.value: count for kind, count in sorted(result.counts.items())},
        "unmatched": [
            {
                "line": one.line,
                "record_id": one.record_id,
                "kind": one.kind.value,
                "found": one.found,
                "expected": one.expected,
            }
            for one in result.unmatched[:_SHOWN]
        ],
    }


def _record(passage: Passage) -> OperatorRecord:
    return OperatorRecord(*passage)


def _of_stations(work: UnitOfWork, known: Known, month: str, actor: Actor) -> dict[str, KnownClaim]:
    """Return the granted claims whose toll is this operator's alone.

    A trip over roads of several operators may be recorded by another one: it is not missed here.
    """
    own = {
        one.number
        for one in work.claims.of_month(month)
        if {line.operator for line in one.facts.toll_lines} == {actor.organisation_name}
    }
    return {number: one for number, one in known.claims.items() if number in own}


def _known(work: UnitOfWork, network: RoadNetwork, tariff: Tariff, month: str, law: Law) -> Known:
    structures = network.structures
    rows = np.flatnonzero(structures.kind == StructureKind.TOLL_STATION).tolist()
    stations = {structures.ids[row]: structures.names[row] for row in rows}
    stations |= {one.code: one.name for one in tariff.roads.stations}
    claims = {
        one.number: KnownClaim(
            one.number,
            one.facts.pass_number,
            one.scheme.id,
            fen_of(one.entitlement.relief_yuan),
        )
        for one in work.claims.of_month(month)
        if one.state in _GRANTED
    }

    @cache
    def pieces(entry: str, exit_: str) -> Pieces | None:
        try:
            roads = tariff.roads
            return pieces_between_stations(
                network, roads.network_id(entry), roads.network_id(exit_)
            )
        except InvalidInputError:
            return None  # the station is told as unknown by itself

    def toll_fen(entry: str, exit_: str, axles: int, day: str) -> int | None:
        way = pieces(entry, exit_)
        try:
            rates = tariff.on(date.fromisoformat(day))
        except (ValueError, NoLawInForceError):
            return None
        if way is None or axles < 2:  # noqa: PLR2004 - no truck has one axle
            return None
        quote = quote_edges(network, way, axles, rates)
        return quote.toll_fen if quote.is_complete else None

    def length_km(entry: str, exit_: str) -> float | None:
        way = pieces(entry, exit_)
        return None if way is None else sum(length_m for _, length_m in way) / 1000

    return Known(
        _PassesOnFile(work),
        stations,
        claims,
        toll_fen,
        length_km,
        listed=periods_by_plate(work.project_lists.listed()),
        bounds=_bounds(law, date.fromisoformat(f"{month}-01")),
    )


def _bounds(law: Law, day: date) -> Bounds:
    checks = law.relief_checks
    return Bounds(
        fastest_km_h=checks.fastest_km_h.on(day).value,
        longest_h=checks.longest_under_way_h.on(day).value,
        axle_sum_percent=checks.axle_sum_percent.on(day).value,
    )
