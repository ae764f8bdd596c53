"""One run: taken, kept alive by a heartbeat, told of its progress, ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

from transport.errors import TransportError
from transport.services.background import SILENT_AFTER
from transport.services.job_repositories import Job, JobKind, JobState
from transport.services.ports import Clock, UnitOfWork, UnitOfWorkFactory

_HEARTBEAT_S = 5.0
_TOLD_EVERY = timedelta(milliseconds=500)
_LOG = logging.getLogger(__name__)


class RunStoppedError(Exception):
    """The run is to stop: somebody cancelled it, or another worker has taken it."""


class Report:
    """What a run's work tells of itself, and keeps for the one that takes it up again."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, job: Job) -> None:
        self._unit_of_work, self._clock, self.job = unit_of_work, clock, job
        self._told_at = clock.now() - _TOLD_EVERY
        self._stopped = threading.Event()

    def progress(self, done: int, total: int) -> None:
        """Tell the progress; raises RunStoppedError where the run is to stop."""
        if self._stopped.is_set():
            raise RunStoppedError
        now = self._clock.now()
        if done < total and now - self._told_at < _TOLD_EVERY:
            return
        self._told_at = now
        self._tell((done, total))
        if self._stopped.is_set():
            raise RunStoppedError

    def kept(self, name: str) -> str | None:
        """Return what a step came to before the run was lost, None where it was not done."""
        with self._unit_of_work(read_only=True) as work:
            return work.jobs.step(self.job.id, name)

    def keep(self, name: str, content: str) -> None:
        """Keep what a step came to, for the case that the run is lost."""
        with self._unit_of_work() as work:
            work.jobs.keep_step(self.job.id, self.job.attempts, name, content)
            work.commit()

    def seal(self, work: UnitOfWork) -> None:
        """End the run in the transaction that keeps its result: both are written, or neither.

        Raises RunStoppedError where somebody cancelled it or another worker has taken it; then the
        transaction must not be committed.
        """
        now = self._clock.now()
        job = work.jobs.report(self.job.id, self.job.attempts, (100, 100), now)
        if job is None or job.cancel_asked:
            raise RunStoppedError
        work.jobs.finish(self.job.id, self.job.attempts, JobState.DONE, now)

    def beat(self) -> None:
        """Say that the run goes on; remember where it is to stop."""
        self._tell(None)

    def _tell(self, progress: tuple[int, int] | None) -> None:
        with self._unit_of_work() as work:
            job = work.jobs.report(self.job.id, self.job.attempts, progress, self._clock.now())
            work.commit()
        if job is None or job.cancel_asked:
            self._stopped.set()


Work = Callable[[Report], None]


class JobRunner:
    """Takes runs and does their work; several runners share one table."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        work: Mapping[JobKind, Work],
        name: str,
        heartbeat_s: float = _HEARTBEAT_S,
    ) -> None:
        self._unit_of_work, self._clock, self._work = unit_of_work, clock, work
        self._name, self._heartbeat_s = name, heartbeat_s

    def run(self, job_id: str) -> JobState | None:
        """Do a run, whatever comes of it; None where it was not to be had."""
        now = self._clock.now()
        with self._unit_of_work() as work:
            job = work.jobs.claim(job_id, self._name, now, now - SILENT_AFTER)
            work.commit()
        if job is None:
            return None
        report, over = Report(self._unit_of_work, self._clock, job), threading.Event()
        pulse = threading.Thread(target=self._pulse, args=(report, over), daemon=True)
        pulse.start()
        try:
            state, error = self._done(report)
        finally:
            over.set()
            pulse.join()
        with self._unit_of_work() as work:
            ended = work.jobs.finish(job.id, job.attempts, state, self._clock.now(), error)
            left = work.jobs.get(job.id)
            work.commit()
        sealed = left.attempts == job.attempts and left.state is JobState.DONE
        return state if ended or sealed else None

    def _done(self, report: Report) -> tuple[JobState, str]:
        try:
            self._work[report.job.kind](report)
        except RunStoppedError:
            return JobState.CANCELLED, ""
        except TransportError as wrong:
            return JobState.FAILED, str(wrong)
        except Exception:  # noqa: BLE001
            # The worker lives on; the page names the run, the log has the rest.
            _LOG.exception("run %s broke off", report.job.id)
            return JobState.FAILED, "a fault of the program; the worker's log tells more"
        return JobState.DONE, ""

    def _pulse(self, report: Report, over: threading.Event) -> None:
        while not over.wait(self._heartbeat_s):
            try:
                report.beat()
            except Exception:  # noqa: BLE001
                # A database that is away for a moment: the next beat may reach it.
                _LOG.exception("run %s could not be kept alive", report.job.id)
