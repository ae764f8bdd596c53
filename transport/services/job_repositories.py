"""What is kept of background runs, and the queue that carries their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from transport.people import Actor

# A run that was lost so often is given up: it may be what kills its workers.
MOST_ATTEMPTS = 4


class JobKind(StrEnum):
    """What a run does."""

    LOAD_PLAN = "load_plan"  # answers of parts and sites, then loads and passes
    DELIVERY_PLAN = "delivery_plan"


class JobState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Job:
    """One run; `asked` are its parameters, `about` the project it belongs to.

    `done` of `total` is its progress. `attempts` counts the workers that took it up: a worker that
    was thought lost no longer writes once another has taken its run.
    """

    id: str
    kind: JobKind
    about: str
    actor: Actor
    asked: Mapping[str, Any]
    created_at: datetime
    state: JobState = JobState.QUEUED
    done: int = 0
    total: int = 0
    attempts: int = 0
    worker: str = ""
    cancel_asked: bool = False
    started_at: datetime | None = None
    heard_at: datetime | None = None
    ended_at: datetime | None = None
    error: str = ""

    @property
    def percent(self) -> int:
        """Progress in hundredths."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class Jobs(Protocol):
    """The table of runs."""

    def add(self, job: Job) -> None:
        """Add a run; raises ConflictError where one of its kind and project is not over."""

    def get(self, job_id: str) -> Job:
        """Return a run; raises NotFoundError."""

    def of_organisation(self, organisation_id: str, most: int) -> list[Job]:
        """Return the newest runs of an organisation, newest first."""

    def unfinished(self, kind: JobKind, about: str) -> Job | None:
        """Return the run of a kind and project that is not over, None where there is none."""

    def waiting(self, silent_since: datetime) -> list[str]:
        """Return the runs that are queued, or whose worker is silent, oldest first."""

    def claim(self, job_id: str, worker: str, at: datetime, silent_since: datetime) -> Job | None:
        """Take a run; None where another worker has it, it is over, or was lost too often."""

    def report(
        self, job_id: str, attempt: int, progress: tuple[int, int] | None, at: datetime
    ) -> Job | None:
        """Note that a run goes on; None where another worker has taken it."""

    def finish(
        self, job_id: str, attempt: int, state: JobState, at: datetime, error: str = ""
    ) -> bool:
        """End a run; False where another worker has taken it."""

    def ask_to_cancel(self, job_id: str, at: datetime) -> None:
        """Cancel a queued run at once, ask a running one to stop; nothing for one that is over."""

    def keep_step(self, job_id: str, attempt: int, name: str, content: str) -> None:
        """Keep the result of one step, so that it is not done again."""

    def step(self, job_id: str, name: str) -> str | None:
        """Return what was kept of a step."""


class JobQueue(Protocol):
    """Carries the numbers of runs to the workers; may lose or double them."""

    def put(self, job_id: str) -> None:
        """Add a number."""

    def take(self) -> str | None:
        """Return the next number, None where there is none."""
