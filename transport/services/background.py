"""Runs in the background: asked for by somebody, worked off elsewhere, watched and stopped.

The table of runs is ours; a queue carries no more than their numbers. A run that nobody has heard
of for a while counts as lost and is taken up again from its last kept step.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from transport.errors import ConflictError, NotFoundError
from transport.people import Actor
from transport.services.job_repositories import Job, JobKind, JobQueue
from transport.services.ports import UnitOfWorkFactory

# A run whose worker was silent that long is taken up by another one.
SILENT_AFTER = timedelta(seconds=30)


def ask_for_run(
    unit_of_work: UnitOfWorkFactory,
    queue: JobQueue,
    *,
    actor: Actor,
    kind: JobKind,
    about: str,
    asked: Mapping[str, Any],
    now: datetime,
) -> Job:
    """Ask for a run; where one of this kind and project is not over yet, return that one."""
    try:
        with unit_of_work() as work:
            known = work.jobs.unfinished(kind, about)
            if known is not None:
                return known
            job = Job(work.new_id(), kind, about, actor, asked, now)
            work.jobs.add(job)
            work.commit()
    except ConflictError:
        # Two people pressed at once: the run of the other one is theirs both.
        with unit_of_work(read_only=True) as work:
            known = work.jobs.unfinished(kind, about)
        if known is None:
            raise
        return known
    queue.put(job.id)
    return job


def see_run(unit_of_work: UnitOfWorkFactory, *, actor: Actor, job_id: str) -> Job:
    """Return a run of the actor's organisation; raises NotFoundError for others."""
    with unit_of_work(read_only=True) as work:
        job = work.jobs.get(job_id)
    if job.actor.organisation_id != actor.organisation_id:
        raise NotFoundError(f"there is no run {job_id!r}")
    return job


def list_runs(unit_of_work: UnitOfWorkFactory, *, actor: Actor, most: int = 30) -> list[Job]:
    """Return the newest runs of the actor's organisation."""
    with unit_of_work(read_only=True) as work:
        return work.jobs.of_organisation(actor.organisation_id, most)


def cancel_run(unit_of_work: UnitOfWorkFactory, *, actor: Actor, job_id: str, now: datetime) -> Job:
    """Stop a run of the actor's organisation."""
    see_run(unit_of_work, actor=actor, job_id=job_id)
    with unit_of_work() as work:
        work.jobs.ask_to_cancel(job_id, now)
        work.commit()
    return see_run(unit_of_work, actor=actor, job_id=job_id)


def lost_runs(unit_of_work: UnitOfWorkFactory, now: datetime) -> list[str]:
    """Return the runs that wait, or whose worker is silent: what a sweep puts in the queue."""
    with unit_of_work(read_only=True) as work:
        return work.jobs.waiting(now - SILENT_AFTER)
