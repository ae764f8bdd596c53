"""The repository of background runs: claimed by one worker at a time, on both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from transport.errors import ConflictError, NotFoundError
from transport.people import Actor
from transport.services.job_repositories import MOST_ATTEMPTS, Job, JobKind, JobState
from webapp.storage.job_tables import JobRow, JobStepRow
from webapp.storage.snapshots import from_document, to_document

_UNFINISHED = (JobState.QUEUED.value, JobState.RUNNING.value)
_LOST = "its workers ended without a word several times; it is not tried again"


class StoredJobs:
    """Runs in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job: Job) -> None:
        """Add a run; raises ConflictError where one of its kind and project is not over."""
        row = {
            "id": job.id,
            "kind": job.kind.value,
            "about": job.about,
            "organisation_id": job.actor.organisation_id,
            "actor": to_document(job.actor),
            "asked": dict(job.asked),
            "created_at": job.created_at,
            "state": job.state.value,
            "done": job.done,
            "total": job.total,
            "attempts": job.attempts,
            "worker": job.worker,
            "cancel_asked": job.cancel_asked,
            "error": job.error,
        }
        try:
            self._session.execute(insert(JobRow), [row])
        except IntegrityError as wrong:
            raise ConflictError("such a run is under way already") from wrong

    def get(self, job_id: str) -> Job:
        """Return a run; raises NotFoundError."""
        row = self._session.get(JobRow, job_id, populate_existing=True)
        if row is None:
            raise NotFoundError(f"there is no run {job_id!r}")
        return _read(row)

    def of_organisation(self, organisation_id: str, most: int) -> list[Job]:
        """Return the newest runs of an organisation, newest first."""
        wanted = select(JobRow).where(JobRow.organisation_id == organisation_id)
        rows = self._session.scalars(wanted.order_by(JobRow.created_at.desc()).limit(most))
        return [_read(row) for row in rows]

    def unfinished(self, kind: JobKind, about: str) -> Job | None:
        """Return the run of a kind and project that is not over, None where there is none."""
        wanted = select(JobRow).where(
            JobRow.kind == kind.value, JobRow.about == about, JobRow.state.in_(_UNFINISHED)
        )
        row = self._session.scalars(wanted.limit(1)).first()
        return None if row is None else _read(row)

    def waiting(self, silent_since: datetime) -> list[str]:
        """Return the runs that are queued, or whose worker is silent, oldest first."""
        wanted = select(JobRow.id).where(_free(silent_since)).order_by(JobRow.created_at)
        return list(self._session.scalars(wanted))

    def claim(self, job_id: str, worker: str, at: datetime, silent_since: datetime) -> Job | None:
        """Take a run; None where another worker has it, it is over, or was lost too often.

        One conditional statement: of two workers that ask at once, one changes the row.
        """
        here = and_(JobRow.id == job_id, _free(silent_since))
        self._change(
            and_(here, JobRow.attempts >= MOST_ATTEMPTS),
            state=JobState.FAILED.value,
            ended_at=at,
            error=_LOST,
        )
        self._change(and_(here, JobRow.cancel_asked), state=JobState.CANCELLED.value, ended_at=at)
        taken = self._change(
            here,
            state=JobState.RUNNING.value,
            worker=worker,
            attempts=JobRow.attempts + 1,
            started_at=at,
            heard_at=at,
        )
        return self.get(job_id) if taken else None

    def report(
        self, job_id: str, attempt: int, progress: tuple[int, int] | None, at: datetime
    ) -> Job | None:
        """Note that a run goes on; None where another worker has taken it."""
        values: dict[str, Any] = {"heard_at": at}
        if progress is not None:
            values |= {"done": progress[0], "total": progress[1]}
        return self.get(job_id) if self._change(_held(job_id, attempt), **values) else None

    def finish(
        self, job_id: str, attempt: int, state: JobState, at: datetime, error: str = ""
    ) -> bool:
        """End a run; False where another worker has taken it."""
        ended = self._change(_held(job_id, attempt), state=state.value, ended_at=at, error=error)
        if ended:
            self._session.execute(delete(JobStepRow).where(JobStepRow.job_id == job_id))
        return ended

    def ask_to_cancel(self, job_id: str, at: datetime) -> None:
        """Cancel a queued run at once, ask a running one to stop; nothing for one that is over."""
        queued = and_(JobRow.id == job_id, JobRow.state == JobState.QUEUED.value)
        running = and_(JobRow.id == job_id, JobRow.state == JobState.RUNNING.value)
        self._change(queued, state=JobState.CANCELLED.value, cancel_asked=True, ended_at=at)
        self._change(running, cancel_asked=True)

    def keep_step(self, job_id: str, attempt: int, name: str, content: str) -> None:
        """Keep the result of one step, so that it is not done again."""
        held = self._session.scalars(select(JobRow.id).where(_held(job_id, attempt))).first()
        if held is not None and self.step(job_id, name) is None:
            row = {"job_id": job_id, "name": name, "content": content}
            self._session.execute(insert(JobStepRow), [row])

    def step(self, job_id: str, name: str) -> str | None:
        """Return what was kept of a step."""
        wanted = select(JobStepRow.content).where(
            JobStepRow.job_id == job_id, JobStepRow.name == name
        )
        return self._session.scalars(wanted).first()

    def _change(self, where: ColumnElement[bool], **values: Any) -> bool:
        done = self._session.execute(
            update(JobRow).where(where).values(**values),
            execution_options={"synchronize_session": False},
        )
        return isinstance(done, CursorResult) and done.rowcount > 0


def _free(silent_since: datetime) -> ColumnElement[bool]:
    return or_(
        JobRow.state == JobState.QUEUED.value,
        and_(JobRow.state == JobState.RUNNING.value, JobRow.heard_at < silent_since),
    )


def _held(job_id: str, attempt: int) -> ColumnElement[bool]:
    return and_(
        JobRow.id == job_id,
        JobRow.attempts == attempt,
        JobRow.state == JobState.RUNNING.value,
    )


def _read(row: JobRow) -> Job:
    return Job(
        row.id,
        JobKind(row.kind),
        row.about,
        from_document(Actor, row.actor),
        row.asked,
        row.created_at,
        JobState(row.state),
        row.done,
        row.total,
        row.attempts,
        row.worker,
        row.cancel_asked,
        row.started_at,
        row.heard_at,
        row.ended_at,
        row.error,
    )
