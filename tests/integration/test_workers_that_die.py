"""Processes that are killed in the middle lose nothing: a Dask worker, and `dajian worker`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import NOON
from tests.parts_lists import as_csv, building
from transport.delivery.projects import Project
from transport.people import Role, actor_of
from transport.services.background import SILENT_AFTER, ask_for_run, see_run
from transport.services.job_repositories import JobKind, JobState
from transport.services.keeping_projects import PartsFile, add_parts, open_project, save_project
from webapp.composition import Composition
from webapp.settings import Settings, shipped_config

DAJIAN = (sys.executable, "-c", "from webapp.app import main; main()")
_WAIT_S = 120
# Waits until both workers of a cluster have something to do, then kills one.
_KILL_ONE = """
import os, signal, sys, time
from distributed import Client
client = Client(sys.argv[1], set_as_default=False)
client.wait_for_workers(2)
pids = client.run(os.getpid)
print("ready", flush=True)
for _ in range(600):
    busy = client.processing()
    if len(pids) == 2 and all(busy.get(one) for one in pids):
        os.kill(min(pids.values()), signal.SIGKILL)
        print("killed")
        break
    time.sleep(0.05)
client.close()
"""


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Composition]:
    """Return an installation with the built-in network in a folder of its own."""
    data = tmp_path / "data"
    made = Composition(
        Settings(data, f"sqlite:///{data / 'dajian.sqlite3'}", shipped_config(), demonstration=True)
    )
    made.migrations.upgrade()
    done = run(data, "network", "build", "built-in", "--out", str(data / "network"))
    assert done.returncode == 0, done.stderr
    made.load_demonstration()
    yield made
    made.close()


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DAJIAN_DATA": str(data), "DAJIAN_DEMONSTRATION": "1"}


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (*DAJIAN, *arguments),
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=_WAIT_S,
        check=False,
    )


def until(reached: Callable[[], object]) -> None:
    end = time.monotonic() + _WAIT_S
    while not reached():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start processes that are ended with the test."""
    running: list[subprocess.Popen[str]] = []

    def start(data: Path, *command: str) -> subprocess.Popen[str]:
        one = subprocess.Popen(
            command,
            env=environment(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        running.append(one)
        return one

    yield start
    for one in running:
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)
        one.communicate()


def batch_rows(file: Path) -> None:
    towns = ("固阳县", "呼和浩特", "鄂尔多斯", "集宁区", "临河区")
    rows = [
        f"{size}-{town},包头,{town},{3.9 + size / 20},3.2,{16 + size},{40 + size},2026-05-11"
        for size in range(24)
        for town in towns
    ]
    head = "id,from,to,height_m,width_m,length_m,mass_t,travel_at"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def test_a_cluster_gives_the_same_bytes_when_one_of_its_workers_is_killed(
    installed: Composition, tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    data, file = installed.settings.data, tmp_path / "in.csv"
    batch_rows(file)
    done = run(data, "batch", str(file), "--out", str(tmp_path / "one.jsonl"))
    assert done.returncode == 0, done.stderr
    meeting = tmp_path / "scheduler.json"
    plain = ("--no-dashboard", "--scheduler-file", str(meeting))
    here = ("--host", "127.0.0.1", "--port", "0")
    started(data, sys.executable, "-m", "distributed.cli.dask_scheduler", *here, *plain)
    until(meeting.exists)
    for _ in range(2):
        worker = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", *plain)
        started(data, sys.executable, "-m", "distributed.cli.dask_worker", *worker)
    address = _address(meeting)
    killer = started(data, sys.executable, "-c", _KILL_ONE, address)
    assert killer.stdout is not None
    assert killer.stdout.readline() == "ready\n"
    done = run(
        data, "batch", str(file), "--out", str(tmp_path / "many.jsonl"), "--scheduler", address
    )
    assert done.returncode == 0, done.stderr
    told, _ = killer.communicate(timeout=_WAIT_S)
    assert "killed" in told
    assert (tmp_path / "many.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_a_killed_worker_leaves_a_run_that_another_one_ends(
    installed: Composition, started: Callable[..., subprocess.Popen[str]]
) -> None:
    data, store = installed.settings.data, installed.unit_of_work
    with store(read_only=True) as work:
        user = work.people.by_login("factory")
        assert user is not None
        actor = actor_of(user, work.organisations.get(user.organisation_id))
    assert actor.role is Role.FACTORY
    now = installed.clock.now()
    new = Project("", "", "", "青城花园四期", "呼和浩特", "150100")
    project = save_project(store, actor=actor, project=new, now=now)
    file = PartsFile("parts.csv", as_csv(building(300, days=30)).encode())
    kinds = installed.catalogue.components
    add_parts(store, actor=actor, project_id=project.id, file=file, kinds=kinds, now=now)
    job = ask_for_run(
        store,
        installed.job_queue,
        actor=actor,
        kind=JobKind.LOAD_PLAN,
        about=project.id,
        asked={"early_days": 5, "spare_tractors": 0},
        now=NOON,
    )
    first = started(data, *DAJIAN, "worker", "--workers", "1")
    until(lambda: see_run(store, actor=actor, job_id=job.id).percent > 0)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    left = see_run(store, actor=actor, job_id=job.id)
    assert left.state is JobState.RUNNING, "nobody told the table that the worker died"

    installed.__dict__["clock"] = _Later(
        installed.clock.now() + SILENT_AFTER + timedelta(minutes=1)
    )
    runner = installed.job_runner()
    assert runner.run(job.id) is JobState.DONE
    result = open_project(store, actor=actor, project_id=project.id)[2]
    assert result is not None
    assert result.plan.figures.pieces == 300
    assert see_run(store, actor=actor, job_id=job.id).attempts == 2


class _Later:
    """A clock that is ahead, so that nobody waits for half a minute."""

    def __init__(self, moment: object) -> None:
        self._moment = moment

    def now(self) -> object:
        return self._moment


def _address(meeting: Path) -> str:
    until(lambda: meeting.read_text().strip().endswith("}"))
    address: str = json.loads(meeting.read_text())["address"]
    return address
