"""Recalls and crossings kept in memory: the same answers by looking at every case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from transport.errors import NotFoundError
from transport.permits.case import Case
from transport.permits.crossing import Crossing
from transport.permits.permit import Permit
from transport.permits.recall import Effect
from transport.permits.recall_runs import Finding, RecallRun
from transport.permits.states import FINAL_STATES, ActState

_ENDED = {*FINAL_STATES, ActState.EXPIRED, ActState.DRAFT}


class FakeRecalls:
    """Recalls; `shelves` are those of `tests.fakes`."""

    def __init__(self, shelves: Any) -> None:
        self._shelves = shelves
        self._runs: dict[str, RecallRun] = shelves.recall_runs
        self._found: dict[tuple[str, str], Finding | None] = shelves.recall_findings

    def touched(
        self, edges: Iterable[int], network_id: str, days: tuple[date, date], office_id: str
    ) -> list[str]:
        wanted = set(edges)
        return [
            one.number
            for one in self._live(office_id)
            if one.application.route.network_id == network_id
            and wanted & set(one.application.route.contract.get("edges", ()))
            and one.application.travel.ends_on >= days[0]
            and one.application.travel.starts_on <= days[1]
        ]

    def planned_elsewhere(self, network_id: str, since: date, office_id: str) -> int:
        return sum(
            one.application.route.network_id != network_id
            and bool(one.application.route.contract.get("edges"))
            and one.application.travel.ends_on >= since
            for one in self._live(office_id)
        )

    def journeys(self, numbers: Sequence[str]) -> list[tuple[Case, Permit | None]]:
        found = []
        for case in self._shelves.cases.values():
            if case.number in numbers:
                passes = [
                    one
                    for one in self._shelves.permits.values()
                    if one.case_id == case.id and one.revoked_at is None
                ]
                found.append((case, passes[-1] if passes else None))
        return found

    def add(self, run: RecallRun, numbers: Iterable[str], *, changed_by: str, at: datetime) -> None:  # noqa: ARG002 - the port
        self._runs[run.id] = run
        self._found.update({(run.id, one): None for one in numbers})

    def save(self, run: RecallRun, *, changed_by: str, at: datetime) -> RecallRun:  # noqa: ARG002 - the port
        self._runs[run.id] = replace(run, version=run.version + 1)
        return self._runs[run.id]

    def get(self, run_id: str) -> RecallRun:
        if run_id not in self._runs:
            raise NotFoundError(f"there is no recall {run_id!r}")
        return self._runs[run_id]

    def of_office(self, office_id: str) -> list[RecallRun]:
        return [one for one in self._runs.values() if one.office_id == office_id][::-1]

    def of_change(self, change_id: str, office_id: str) -> RecallRun | None:
        return next((one for one in self.of_office(office_id) if one.change_id == change_id), None)

    def unjudged(self, run_id: str, most: int) -> list[str]:
        left = [key[1] for key, one in self._found.items() if key[0] == run_id and one is None]
        return sorted(left)[:most]

    def settle(self, run_id: str, findings: Iterable[Finding]) -> None:
        self._found.update({(run_id, one.case_number): one for one in findings})

    def findings(self, run_id: str, most: int) -> list[Finding]:
        found = [one for key, one in self._found.items() if key[0] == run_id and one is not None]
        order = list(Effect)[::-1]
        return sorted(found, key=lambda one: (order.index(one.effect), one.case_number))[:most]

    def finding(self, run_id: str, case_number: str) -> Finding:
        found = self._found.get((run_id, case_number))
        if found is None:
            raise NotFoundError(f"the recall found nothing on case {case_number!r}")
        return found

    def of_case(self, case_number: str) -> list[Finding]:
        return [one for one in self._told() if one.case_number == case_number]

    def told_of(self, pass_numbers: Iterable[str] = ()) -> Mapping[str, Finding]:
        names = set(pass_numbers)
        found: dict[str, Finding] = {}
        for one in self._told():
            if one.effect is not Effect.UNAFFECTED and (not names or one.pass_number in names):
                found.setdefault(one.pass_number, one)
        return found

    def counts(self, run_id: str) -> Mapping[str, int]:
        effects = [one.effect.value for one in self.findings(run_id, len(self._found))]
        return {one: effects.count(one) for one in effects}

    def _told(self) -> list[Finding]:
        return [one for one in self._found.values() if one is not None and one.told_at][::-1]

    def _live(self, office_id: str) -> list[Case]:
        return [
            one
            for one in self._shelves.cases.values()
            if (act := one.highway_permit) is not None
            and act.authority.organisation_id == office_id
            and act.state not in _ENDED
        ]


class FakeCrossings:
    """Supervised crossings."""

    def __init__(self, shelves: Any) -> None:
        self._rows: dict[str, Crossing] = shelves.crossings

    def find(self, crossing_id: str) -> Crossing | None:
        return self._rows.get(crossing_id)

    def of_case(self, case_number: str) -> list[Crossing]:
        return [one for one in self._rows.values() if one.case_number == case_number]

    def of_office(self, office_id: str) -> list[Crossing]:
        return [one for one in self._rows.values() if one.office_id == office_id][::-1]

    def add(self, crossing: Crossing, *, changed_by: str, at: datetime) -> None:  # noqa: ARG002 - the port
        self._rows[crossing.id] = crossing
