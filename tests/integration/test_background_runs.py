"""Background runs on both databases: one worker each, progress, stop, and a worker that dies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.factories import NOON, World
from tests.pages import SteadyClock
from transport.errors import ConflictError, NotFoundError
from transport.people import Actor
from transport.services.background import (
    SILENT_AFTER,
    ask_for_run,
    cancel_run,
    list_runs,
    lost_runs,
    see_run,
)
from transport.services.job_repositories import MOST_ATTEMPTS, Job, JobKind, JobState
from transport.services.library import Component
from transport.vehicles.transport import Material
from webapp.jobs.queues import RunQueue
from webapp.jobs.running import JobRunner, Report
from webapp.storage.units_of_work import StoredUnitsOfWork

LATER = NOON + SILENT_AFTER + timedelta(seconds=1)


@pytest.fixture
def actor(unit_of_work: StoredUnitsOfWork) -> Actor:
    return World(unit_of_work=unit_of_work).carrier


@pytest.fixture
def queue(database_url: str, tmp_path: Path) -> RunQueue:
    return RunQueue(database_url, tmp_path)


def asked(unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor, about: str = "p") -> Job:
    return ask_for_run(
        unit_of_work, queue, actor=actor, kind=JobKind.LOAD_PLAN, about=about, asked={}, now=NOON
    )


def test_two_workers_never_take_the_same_run(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor, database: Engine
) -> None:
    jobs = [asked(unit_of_work, queue, actor, f"p{number}") for number in range(6)]
    for job in jobs:
        queue.put(job.id)  # a sweep at the wrong moment doubles every number
    done: list[str] = []

    def note(report: Report) -> None:
        done.append(report.job.id)

    def work(name: str) -> None:
        own = StoredUnitsOfWork(database)
        runner = JobRunner(own, SteadyClock(), {JobKind.LOAD_PLAN: note}, name)
        while (job_id := queue.take()) is not None:
            runner.run(job_id)

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, ("a", "b")))
    assert sorted(done) == sorted(job.id for job in jobs)
    found = list_runs(unit_of_work, actor=actor)
    assert {one.state for one in found} == {JobState.DONE}
    assert lost_runs(unit_of_work, LATER) == []


def test_a_run_is_asked_for_once_and_seen_by_its_own_organisation(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    assert asked(unit_of_work, queue, actor).id == job.id
    other = World(unit_of_work=unit_of_work).factory
    with pytest.raises(NotFoundError):
        see_run(unit_of_work, actor=other, job_id=job.id)


def test_a_run_of_a_dead_worker_is_taken_up_from_its_last_kept_step(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    with unit_of_work() as work:
        first = work.jobs.claim(job.id, "dead", NOON, NOON - SILENT_AFTER)
        assert first is not None
        work.jobs.keep_step(job.id, first.attempts, "one", "kept")
        work.commit()
    assert lost_runs(unit_of_work, NOON) == [], "its worker may still be alive"
    assert lost_runs(unit_of_work, LATER) == [job.id]
    clock, seen = SteadyClock(), []
    clock.moment = LATER

    def resume(report: Report) -> None:
        seen.append(report.kept("one"))
        report.progress(1, 2)

    assert JobRunner(unit_of_work, clock, {JobKind.LOAD_PLAN: resume}, "b").run(job.id) == "done"
    assert seen == ["kept"]
    with unit_of_work() as work:
        late = work.jobs.finish(job.id, first.attempts, JobState.FAILED, LATER)
    assert not late, "a worker that was thought dead writes nothing any more"
    assert see_run(unit_of_work, actor=actor, job_id=job.id).percent == 50


def test_a_run_that_kills_its_workers_is_given_up(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    at = NOON
    for _ in range(MOST_ATTEMPTS + 1):
        with unit_of_work() as work:
            work.jobs.claim(job.id, "dies", at, at - SILENT_AFTER)
            work.commit()
        at += SILENT_AFTER * 2
    found = see_run(unit_of_work, actor=actor, job_id=job.id)
    assert found.state is JobState.FAILED
    assert "not tried again" in found.error


def test_a_run_is_stopped_before_it_began_and_in_the_middle(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    clock = SteadyClock()
    job = asked(unit_of_work, queue, actor)
    assert cancel_run(unit_of_work, actor=actor, job_id=job.id, now=NOON).state == "cancelled"
    assert JobRunner(unit_of_work, clock, {}, "a").run(job.id) is None
    job = asked(unit_of_work, queue, actor)
    reached = []

    def stopped(report: Report) -> None:
        report.progress(1, 10)
        cancel_run(unit_of_work, actor=actor, job_id=job.id, now=NOON)
        clock.moment += timedelta(seconds=1)
        report.progress(2, 10)
        reached.append(3)

    runner = JobRunner(unit_of_work, clock, {JobKind.LOAD_PLAN: stopped}, "a")
    assert runner.run(job.id) is JobState.CANCELLED
    assert reached == []


def keeping(
    unit_of_work: StoredUnitsOfWork, carrier: Actor, *, killed: bool
) -> Callable[..., None]:
    """Return work that keeps a vehicle as its result, and may be killed right after that."""

    def work_of(report: Report) -> None:
        with unit_of_work() as work:
            work.components.add(
                Component(
                    work.new_id(),
                    carrier.organisation_id,
                    report.job.id,
                    *("结果", "", Material.PRECAST, 1.0, 1.0, 1.0, 1.0),
                ),
                changed_by=carrier.name,
                at=NOON,
            )
            report.seal(work)
            work.commit()
        if killed:
            raise KeyboardInterrupt  # as a worker that is killed: nothing more is written

    return work_of


def kept_of(unit_of_work: StoredUnitsOfWork, carrier: Actor, job: Job) -> int:
    with unit_of_work(read_only=True) as work:
        own = work.components.of_organisation(carrier.organisation_id)
    return sum(one.number == job.id for one in own)


def test_a_run_lost_between_its_result_and_its_end_is_not_made_a_second_time(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    work = {JobKind.LOAD_PLAN: keeping(unit_of_work, actor, killed=True)}
    with pytest.raises(KeyboardInterrupt):
        JobRunner(unit_of_work, SteadyClock(), work, "a").run(job.id)
    assert lost_runs(unit_of_work, LATER) == [], "result and end were written together"
    found = see_run(unit_of_work, actor=actor, job_id=job.id)
    assert (found.state, found.percent) == (JobState.DONE, 100)
    assert kept_of(unit_of_work, actor, job) == 1


def test_a_worker_that_was_thought_dead_keeps_no_second_result(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    plain = keeping(unit_of_work, actor, killed=False)
    clock = SteadyClock()
    clock.moment = LATER

    def slow(report: Report) -> None:
        other = JobRunner(unit_of_work, clock, {JobKind.LOAD_PLAN: plain}, "b")
        assert other.run(job.id) is JobState.DONE
        plain(report)

    early = JobRunner(unit_of_work, SteadyClock(), {JobKind.LOAD_PLAN: slow}, "a", heartbeat_s=60)
    assert early.run(job.id) is None
    assert kept_of(unit_of_work, actor, job) == 1


def test_a_run_that_is_stopped_at_the_last_moment_keeps_nothing(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    plain = keeping(unit_of_work, actor, killed=False)

    def stopped(report: Report) -> None:
        cancel_run(unit_of_work, actor=actor, job_id=job.id, now=NOON)
        plain(report)

    runner = JobRunner(unit_of_work, SteadyClock(), {JobKind.LOAD_PLAN: stopped}, "a")
    assert runner.run(job.id) is JobState.CANCELLED
    assert kept_of(unit_of_work, actor, job) == 0


def test_two_people_who_ask_at_once_get_one_run(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)
    with unit_of_work() as work, pytest.raises(ConflictError):
        work.jobs.add(replace(job, id=work.new_id()))
    cancel_run(unit_of_work, actor=actor, job_id=job.id, now=NOON)
    assert asked(unit_of_work, queue, actor).id != job.id


def test_a_fault_ends_the_run_and_not_the_worker(
    unit_of_work: StoredUnitsOfWork, queue: RunQueue, actor: Actor
) -> None:
    job = asked(unit_of_work, queue, actor)

    def breaks(_report: Report) -> None:
        raise ZeroDivisionError

    def refuses(_report: Report) -> None:
        raise NotFoundError("there is no project 'p'")

    runner = JobRunner(unit_of_work, SteadyClock(), {JobKind.LOAD_PLAN: breaks}, "a")
    assert runner.run(job.id) is JobState.FAILED
    job = asked(unit_of_work, queue, actor)
    runner = JobRunner(unit_of_work, SteadyClock(), {JobKind.LOAD_PLAN: refuses}, "a")
    assert runner.run(job.id) is JobState.FAILED
    assert see_run(unit_of_work, actor=actor, job_id=job.id).error == "there is no project 'p'"
