"""Repositories of recalls and supervised crossings; the index of cases by edge and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from transport.errors import NotFoundError
from transport.permits.case import Case
from transport.permits.crossing import Crossing
from transport.permits.permit import Permit
from transport.permits.recall import Effect
from transport.permits.recall_runs import Finding, RecallRun
from transport.permits.states import FINAL_STATES, ActKind, ActState
from webapp.storage.case_tables import ActRow, CaseRow, PermitRow
from webapp.storage.cases import StoredCases
from webapp.storage.recall_tables import (
    CaseRoadsRow,
    CrossingRow,
    RecallFindingRow,
    RecallRunRow,
)
from webapp.storage.snapshot_rows import SnapshotRows
from webapp.storage.snapshots import from_document, to_document

_UNJUDGED = ""
_ENDED = [one.value for one in (*FINAL_STATES, ActState.EXPIRED)]
_GRAVEST = [one.value for one in list(Effect)[::-1]]


class StoredRecalls:
    """Recalls in the database."""

    def __init__(self, session: Session, cases: StoredCases) -> None:
        self._session = session
        self._cases = cases
        self._runs = SnapshotRows(session, RecallRunRow, RecallRun, "recall")

    def touched(
        self, edges: Iterable[int], network_id: str, days: tuple[date, date], office_id: str
    ) -> list[str]:
        """Return the numbers of the office's live cases on these edges whose days meet these."""
        wanted = (
            select(CaseRow.number, CaseRoadsRow.edges)
            .join(CaseRoadsRow, CaseRoadsRow.case_id == CaseRow.id)
            .join(ActRow, ActRow.case_id == CaseRow.id)
            .where(
                CaseRoadsRow.network_id == network_id,
                CaseRoadsRow.last_day >= days[0],
                CaseRoadsRow.first_day <= days[1],
                *_live(office_id),
            )
        )
        rows = list(self._session.execute(wanted))
        if not rows:
            return []
        lengths = np.fromiter((len(one) // 4 for _, one in rows), np.int64, len(rows))
        every = np.frombuffer(b"".join(one for _, one in rows), np.int32)
        hit = np.isin(every, np.unique(np.fromiter(edges, np.int32)))
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        return [rows[place][0] for place in np.flatnonzero(np.logical_or.reduceat(hit, starts))]

    def planned_elsewhere(self, network_id: str, since: date, office_id: str) -> int:
        """Count the office's live cases that were planned on another network version."""
        wanted = (
            select(func.count())
            .select_from(CaseRoadsRow)
            .join(ActRow, ActRow.case_id == CaseRoadsRow.case_id)
            .where(
                CaseRoadsRow.network_id != network_id,
                CaseRoadsRow.last_day >= since,
                *_live(office_id),
            )
        )
        return self._session.scalar(wanted) or 0

    def journeys(self, numbers: Sequence[str]) -> list[tuple[Case, Permit | None]]:
        """Return these cases, each with its newest pass that was not revoked."""
        cases = self._cases.numbered(numbers)
        ids = [one.id for one in cases]
        wanted = select(PermitRow.case_id, PermitRow.snapshot).where(
            PermitRow.case_id.in_(ids), PermitRow.revoked_at.is_(None)
        )
        newest: dict[str, Permit] = {}
        for case_id, snapshot in self._session.execute(wanted.order_by(PermitRow.revision)):
            newest[case_id] = from_document(Permit, snapshot)
        return [(one, newest.get(one.id)) for one in cases]

    def add(self, run: RecallRun, numbers: Iterable[str], *, changed_by: str, at: datetime) -> None:
        """Add a run with the cases it still has to judge."""
        columns = {**_columns(run), "started_at": run.started_at}
        self._runs.add(run, columns, by=changed_by, at=at)
        rows: list[dict[str, Any]] = [
            {"run_id": run.id, "case_number": one, "effect": _UNJUDGED, "snapshot": {}}
            for one in numbers
        ]
        if rows:
            self._session.execute(insert(RecallFindingRow), rows)

    def save(self, run: RecallRun, *, changed_by: str, at: datetime) -> RecallRun:
        """Write a run read at its `version`."""
        return self._runs.save(run, _columns(run), by=changed_by, at=at)

    def get(self, run_id: str) -> RecallRun:
        """Return a run; raises NotFoundError."""
        return self._runs.one(RecallRunRow.id == run_id, run_id)

    def of_office(self, office_id: str) -> list[RecallRun]:
        """Return the runs of an office, newest first."""
        wanted = select(RecallRunRow).where(RecallRunRow.office_id == office_id)
        return self._runs.list(wanted.order_by(RecallRunRow.started_at.desc()))

    def of_change(self, change_id: str, office_id: str) -> RecallRun | None:
        """Return the office's run over a change, or None."""
        wanted = select(RecallRunRow).where(
            RecallRunRow.change_id == change_id, RecallRunRow.office_id == office_id
        )
        found = self._runs.list(wanted)
        return found[0] if found else None

    def unjudged(self, run_id: str, most: int) -> list[str]:
        """Return cases of a run that are still to be judged."""
        wanted = select(RecallFindingRow.case_number).where(
            RecallFindingRow.run_id == run_id, RecallFindingRow.effect == _UNJUDGED
        )
        return list(
            self._session.scalars(wanted.order_by(RecallFindingRow.case_number).limit(most))
        )

    def settle(self, run_id: str, findings: Iterable[Finding]) -> None:
        """Write what a change does to these cases."""
        rows = [
            {
                "run_id": run_id,
                "case_number": one.case_number,
                "effect": one.effect.value,
                "snapshot": to_document(one),
            }
            for one in findings
        ]
        if rows:
            self._session.execute(update(RecallFindingRow), rows)

    def findings(self, run_id: str, most: int) -> list[Finding]:
        """Return what a run found, the gravest first; what leaves a case alone comes last."""
        found: list[Finding] = []
        for effect in _GRAVEST:
            wanted = (
                select(RecallFindingRow.snapshot)
                .where(RecallFindingRow.run_id == run_id, RecallFindingRow.effect == effect)
                .order_by(RecallFindingRow.case_number)
                .limit(most - len(found))
            )
            found += [from_document(Finding, one) for one in self._session.scalars(wanted)]
        return found

    def finding(self, run_id: str, case_number: str) -> Finding:
        """Return the finding on one case; raises NotFoundError."""
        row = self._session.get(RecallFindingRow, (run_id, case_number))
        if row is None or row.effect == _UNJUDGED:
            raise NotFoundError(f"the recall found nothing on case {case_number!r}")
        return from_document(Finding, row.snapshot)

    def of_case(self, case_number: str) -> list[Finding]:
        """Return the findings on a case whose carrier was told, newest first."""
        return _told(
            self._session.scalars(
                select(RecallFindingRow.snapshot).where(
                    RecallFindingRow.case_number == case_number,
                    RecallFindingRow.effect != _UNJUDGED,
                )
            )
        )

    def told_of(self, pass_numbers: Iterable[str] = ()) -> Mapping[str, Finding]:
        """Return by pass number what carriers were told, of all passes where none is named."""
        wanted = select(RecallFindingRow.snapshot).where(
            RecallFindingRow.effect.not_in([_UNJUDGED, Effect.UNAFFECTED.value])
        )
        names = set(pass_numbers)
        found: dict[str, Finding] = {}
        for one in _told(self._session.scalars(wanted)):
            if one.pass_number and (not names or one.pass_number in names):
                found.setdefault(one.pass_number, one)
        return found

    def counts(self, run_id: str) -> Mapping[str, int]:
        """Return how many cases a run found for each effect."""
        wanted = (
            select(RecallFindingRow.effect, func.count())
            .where(RecallFindingRow.run_id == run_id)
            .group_by(RecallFindingRow.effect)
        )
        return {effect: count for effect, count in self._session.execute(wanted) if effect}


class StoredCrossings:
    """Supervised crossings in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, CrossingRow, Crossing, "crossing")

    def find(self, crossing_id: str) -> Crossing | None:
        """Return the crossing with this id, or None."""
        found = self._rows.list(select(CrossingRow).where(CrossingRow.id == crossing_id))
        return found[0] if found else None

    def of_case(self, case_number: str) -> list[Crossing]:
        """Return the crossings of a case in their order."""
        wanted = select(CrossingRow).where(CrossingRow.case_number == case_number)
        return self._rows.list(wanted.order_by(CrossingRow.started_at))

    def of_office(self, office_id: str) -> list[Crossing]:
        """Return the crossings that an office supervised, newest first."""
        wanted = select(CrossingRow).where(CrossingRow.office_id == office_id)
        return self._rows.list(wanted.order_by(CrossingRow.started_at.desc()))

    def add(self, crossing: Crossing, *, changed_by: str, at: datetime) -> None:
        """Add a crossing; raises ConflictError if it is there already."""
        columns = {
            "case_number": crossing.case_number,
            "office_id": crossing.office_id,
            "started_at": crossing.started_at,
        }
        self._rows.add(crossing, columns, by=changed_by, at=at)


def _live(office_id: str) -> tuple[Any, ...]:
    return (
        ActRow.kind == ActKind.HIGHWAY_PERMIT.value,
        ActRow.office_id == office_id,
        ActRow.state.not_in([*_ENDED, ActState.DRAFT.value]),
    )


def _columns(run: RecallRun) -> dict[str, Any]:
    return {"office_id": run.office_id, "change_id": run.change_id, "state": run.state.value}


def _told(snapshots: Iterable[Any]) -> list[Finding]:
    found = [from_document(Finding, one) for one in snapshots]
    told = [(one.told_at, one) for one in found if one.told_at is not None]
    return [one for _, one in sorted(told, key=lambda pair: pair[0], reverse=True)]
