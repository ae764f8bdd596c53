"""`dajian worker`: do background runs, one after the other, until it is stopped."""

from __future__ import annotations

import os
import signal
import threading
import time
from types import FrameType

import click

from transport.services.background import lost_runs
from webapp.access import JobRunner, Services
from webapp.command_line.decision_sweeps import DecisionSweeps
from webapp.command_line.notice_sweeps import NoticeSweeps
from webapp.command_line.operation import migrated_services
from webapp.command_line.recall_sweeps import RecallSweeps

_SWEEP_S = 5.0
_IDLE_S = 0.5
_RECALLS = RecallSweeps()
_NOTICES = NoticeSweeps()
_DECISIONS = DecisionSweeps()


@click.command()
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: os.cpu_count() or 1,
    show_default="all cores",
    help="Processes that one run may use.",
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, tcp://HOST:PORT.")
@click.option("--until-empty", is_flag=True, help="Stop when nothing is left to do.")
def worker(*, workers: int, scheduler: str | None, until_empty: bool) -> None:
    """Do the background runs that people start in the web application.

    Start as many as you like, on any machine that reaches the database and the data folder: no
    two take the same run. A run whose worker is killed is taken up by another after half a
    minute, from its last kept step. Between runs it sends notices by e-mail, where a mail server
    is set, writes reminders, and takes the decisions that authorities left to their rules. Ctrl-C
    ends the worker when its run is over, a second one at once.

    Example: dajian worker --workers 2
    """
    services = migrated_services()
    runner = services.job_runner(workers, scheduler)
    stopping = _Stopping()
    click.echo(f"Worker {os.getpid()} is ready.", err=True)
    _work(services, runner, stopping, until_empty=until_empty)
    click.echo("Stopped.", err=True)


def work_beside(services: Services) -> None:
    """Do background runs in a thread of this process, as long as it lives."""
    arguments = services, services.job_runner(), _Going()
    threading.Thread(target=_work, args=arguments, name="background runs", daemon=True).start()


def _work(
    services: Services, runner: JobRunner, stopping: _Going, *, until_empty: bool = False
) -> None:
    """Take runs until asked to stop; sweep where the queue has nothing."""
    swept_at = float("-inf")
    while not stopping.asked:
        job_id = services.job_queue.take()
        if job_id is not None:
            state = runner.run(job_id)
            if state is not None:
                click.echo(f"Run {job_id}: {state.value}", err=True)
        elif until_empty or time.monotonic() - swept_at >= _SWEEP_S:
            swept_at = time.monotonic()
            if not _sweep(services) and until_empty:
                break
        else:
            time.sleep(_IDLE_S)


def _sweep(services: Services) -> list[str]:
    """Put back what waits, or was lost with its worker; numbers twice in the queue do no harm."""
    _RECALLS.maybe(services)
    _NOTICES.maybe(services)
    _DECISIONS.maybe(services)
    waiting = lost_runs(services.unit_of_work, services.clock.now())
    for job_id in waiting:
        services.job_queue.put(job_id)
    return waiting


class _Going:
    """Nobody has asked to stop."""

    def __init__(self) -> None:
        self.asked = False


class _Stopping(_Going):
    """Remembers that somebody asked the worker to end; a run in progress is finished first."""

    def __init__(self) -> None:
        super().__init__()
        signal.signal(signal.SIGTERM, self._ask)
        signal.signal(signal.SIGINT, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
