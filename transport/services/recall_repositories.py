"""What is kept of recalls and supervised crossings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from transport.permits.case import Case
from transport.permits.crossing import Crossing
from transport.permits.permit import Permit
from transport.permits.recall_runs import Finding, RecallRun


class Recalls(Protocol):
    """Runs of the recall with their findings, and the index of cases by edge and day."""

    def touched(
        self, edges: Iterable[int], network_id: str, days: tuple[date, date], office_id: str
    ) -> list[str]:
        """Return the numbers of the office's live cases on these edges whose days meet these."""

    def planned_elsewhere(self, network_id: str, since: date, office_id: str) -> int:
        """Count the office's live cases that were planned on another network version."""

    def journeys(self, numbers: Sequence[str]) -> list[tuple[Case, Permit | None]]:
        """Return these cases, each with its newest pass that was not revoked."""

    def add(self, run: RecallRun, numbers: Iterable[str], *, changed_by: str, at: datetime) -> None:
        """Add a run with the cases it still has to judge."""

    def save(self, run: RecallRun, *, changed_by: str, at: datetime) -> RecallRun:
        """Write a run read at its `version`."""

    def get(self, run_id: str) -> RecallRun:
        """Return a run; raises NotFoundError."""

    def of_office(self, office_id: str) -> list[RecallRun]:
        """Return the runs of an office, newest first."""

    def of_change(self, change_id: str, office_id: str) -> RecallRun | None:
        """Return the office's run over a change, or None."""

    def unjudged(self, run_id: str, most: int) -> list[str]:
        """Return cases of a run that are still to be judged."""

    def settle(self, run_id: str, findings: Iterable[Finding]) -> None:
        """Write what a change does to these cases."""

    def findings(self, run_id: str, most: int) -> list[Finding]:
        """Return what a run found, the gravest first; what leaves a case alone comes last."""

    def finding(self, run_id: str, case_number: str) -> Finding:
        """Return the finding on one case; raises NotFoundError."""

    def of_case(self, case_number: str) -> list[Finding]:
        """Return the findings on a case whose carrier was told, newest first."""

    def told_of(self, pass_numbers: Iterable[str] = ()) -> Mapping[str, Finding]:
        """Return by pass number what carriers were told, of all passes where none is named."""

    def counts(self, run_id: str) -> Mapping[str, int]:
        """Return how many cases a run found for each effect."""


class Crossings(Protocol):
    """Supervised crossings."""

    def find(self, crossing_id: str) -> Crossing | None:
        """Return the crossing with this id, or None."""

    def of_case(self, case_number: str) -> list[Crossing]:
        """Return the crossings of a case in their order."""

    def of_office(self, office_id: str) -> list[Crossing]:
        """Return the crossings that an office supervised, newest first."""

    def add(self, crossing: Crossing, *, changed_by: str, at: datetime) -> None:
        """Add a crossing; raises ConflictError if it is there already."""
