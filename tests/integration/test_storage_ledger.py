"""The ledger, entered tolls and operators' files on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.factories import NOON, World, relief_basis, scheme, toll_lines
from transport.errors import ConflictError, NotFoundError, StepNotAllowedError
from transport.relief.calculators import Calculator, CalculatorKind
from transport.relief.claims import Claim, ClaimStep
from transport.relief.ledger import BookingKind
from transport.relief.project_lists import ListEntry
from transport.relief.schemes import SchemeRegister, SchemeState
from transport.services import claiming_relief
from transport.services.keeping_tolls import add_lines, add_scheme, move_scheme
from transport.services.relief_facts import claim_keys
from transport.services.repositories import OperatorImport, OperatorRecord, SavedScenario
from transport.services.settling_relief import (
    changed_months,
    close_month,
    read_statement,
    read_trial_balance,
    reverse_booking,
)
from transport.tariffs.line_files import read_lines
from webapp.storage.toll_office import read_entered_tolls
from webapp.storage.units_of_work import StoredUnitsOfWork

LINES = read_lines(
    "line_id,kind,road_ref,section_id,vehicle_class,days,bound,structure_id,amount_yuan,"
    "valid_from,valid_to,status,source\n"
    "L1,distance,G6,,6,weekend,west,,1.85,2026-01-01,2026-12-31,demonstration,示范\n"
)
WHOLE = {"first": "2000-01", "last": "2099-12"}


@pytest.fixture
def world(unit_of_work: StoredUnitsOfWork) -> World:
    return World(unit_of_work=unit_of_work)


def paid(world: World) -> Claim:
    _, trip = world.delivered(weighed_t=47.0)
    claim = claiming_relief.open_claim(
        world.unit_of_work,
        SchemeRegister((scheme(),)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=toll_lines("100.00", "0.05"),
        toll_status="demonstration",
        now=world.now,
        basis=relief_basis(),
    )
    for version, (step, who) in enumerate(
        [(ClaimStep.VERIFY, world.toll_office), (ClaimStep.PAY, world.toll_payer)], start=1
    ):
        claim = claiming_relief.decide_claim(
            world.unit_of_work,
            actor=who,
            number=claim.number,
            step=step,
            expected_version=version,
            now=world.now,
        )
    return claim


def test_bookings_sum_to_zero_trace_their_rules_and_never_change(
    world: World, database: Engine
) -> None:
    claim = paid(world)
    balance = read_trial_balance(world.unit_of_work, actor=world.toll_office, **WHOLE)
    assert balance.debit_fen == balance.credit_fen == 2 * 10_005 + 3_001
    with world.unit_of_work(read_only=True) as work:
        bookings = work.ledger.of_claim(claim.number)
        assert [one.kind for one in bookings if one.kind is BookingKind.RELIEF]
        assert work.ledger.get(bookings[0].id) == bookings[0]
        assert work.ledger.spent_fen("demo") == 3_001
        assert work.ledger.balances("2000-01", "2099-12") == work.ledger.recounted(
            "2000-01", "2099-12"
        )
        with pytest.raises(NotFoundError):
            work.ledger.get("nowhere")
    rules = {one.scheme_rule for each in bookings for one in each.entries}
    assert "demo: percentage 30 %" in rules
    for change in (
        *("DELETE FROM ledger_entries", "DELETE FROM ledger_bookings"),
        *("UPDATE ledger_entries SET amount_fen = 1", "UPDATE ledger_bookings SET kind = ''"),
    ):
        with pytest.raises(DBAPIError), database.begin() as connection:
            connection.execute(text(change))


def test_two_people_at_once_do_not_share_the_rest_of_a_budget(world: World) -> None:
    narrow = scheme(budget_fen=5_000)  # each record would take ¥30.01
    waiting = []
    for component in ("XL-101", "XL-102"):
        _, trip = world.delivered(weighed_t=47.0, component=component)
        waiting.append(
            claiming_relief.open_claim(
                world.unit_of_work,
                SchemeRegister((narrow,)),
                actor=world.carrier,
                trip_id=trip.id,
                scheme_id="demo",
                toll_lines=toll_lines("100.00", "0.05"),
                toll_status="demonstration",
                now=world.now,
                basis=relief_basis(),
            )
        )
    both = Barrier(2)

    def verify(claim: Claim) -> str:
        both.wait()
        try:
            claiming_relief.decide_claim(
                world.unit_of_work,
                actor=world.toll_office,
                number=claim.number,
                step=ClaimStep.VERIFY,
                expected_version=1,
                now=world.now,
            )
        except (StepNotAllowedError, ConflictError) as refused:
            return type(refused).__name__
        return "verified"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(verify, waiting))
    assert answers == ["StepNotAllowedError", "verified"]
    with world.unit_of_work(read_only=True) as work:
        assert work.ledger.spent_fen("demo") == 3_001


def test_a_closed_month_takes_nothing_more_and_corrections_stand_in_an_open_one(
    world: World, database: Engine
) -> None:
    claim = paid(world)
    month = f"{world.now:%Y-%m}"
    later = datetime(2027, 2, 3, 9, 0, tzinfo=NOON.tzinfo)
    office = world.toll_payer
    closed = close_month(world.unit_of_work, actor=office, month=month, now=later)
    assert closed.bookings == 3
    with pytest.raises(ConflictError):
        close_month(world.unit_of_work, actor=office, month=month, now=later)
    with world.unit_of_work(read_only=True) as work:
        (settlement,) = work.settlements.listed()
        assert work.settlements.listed(settlement.operator) == [settlement]
        assert work.settlements.listed("别的单位") == []
        assert work.settlements.get(settlement.id).month == month
        booking = work.ledger.of_claim(claim.number)[0]
    made = reverse_booking(
        world.unit_of_work, actor=office, booking_id=booking.id, reason="更正", now=later
    )
    assert made.month == "2027-02"
    with pytest.raises(ConflictError):
        reverse_booking(
            world.unit_of_work, actor=office, booking_id=booking.id, reason="再次", now=later
        )
    with pytest.raises(StepNotAllowedError):
        reverse_booking(
            world.unit_of_work, actor=office, booking_id=made.id, reason="冲销", now=later
        )
    assert changed_months(world.unit_of_work, actor=office) == []
    balance = read_trial_balance(world.unit_of_work, actor=office, **WHOLE)
    assert balance.debit_fen == balance.credit_fen
    statement = read_statement(
        world.unit_of_work, actor=world.carrier, name="", first="2027-01", last="2027-12"
    )
    assert statement.before_fen + sum(one.entry.amount_fen for one in statement.rows) == (
        statement.after_fen
    )
    row = (
        "INSERT INTO ledger_entries SELECT booking_id, position + 100, month, account, 1, '', '',"
        " '' FROM ledger_entries WHERE month = :month"
    )
    with pytest.raises(DBAPIError), database.begin() as connection:
        connection.execute(text(row), {"month": month})


def test_list_entries_and_passages_are_found_by_their_truck(world: World) -> None:
    entry = ListEntry("e1", "项目", "蒙B1", date(2026, 5, 1), date(2026, 5, 31), "名单1号")
    cells = ("", "蒙B1", "S1", "S2", "2026-05-03T08:00:00+08:00", "2026-05-03T10:00:00+08:00")
    record = OperatorRecord(2, "R1", *cells, 100, 0, 100, 40.5, 17.0, 3.0, 4.1)
    made = OperatorImport("i9", "own.csv", "own", NOON, "站长", {}, "operator-1")
    with world.unit_of_work() as work:
        work.project_lists.add(entry, changed_by="x", at=NOON)
        work.operator_imports.add(made, [record, record._replace(line=3, tractor_plate="蒙B2")])
        work.commit()
    with world.unit_of_work(read_only=True) as work:
        assert work.project_lists.of_truck("蒙B1") == work.project_lists.listed() == [entry]
        assert work.project_lists.of_truck("蒙B2") == []
        assert work.operator_imports.of_truck("蒙B1", "2026-05-01", "2026-05-03") == [record]
        assert work.operator_imports.of_truck("蒙B1", "2026-05-04", "2026-05-31") == []
        assert [one.id for one in work.operator_imports.listed("operator-1")] == ["i9"]
        assert work.operator_imports.listed("operator-2") == []


def test_entered_lines_and_schemes_come_back_as_they_went_in(
    world: World, database: Engine
) -> None:
    office = world.toll_office
    add_lines(world.unit_of_work, actor=office, lines=LINES, now=NOON)
    with pytest.raises(ConflictError):
        add_lines(world.unit_of_work, actor=office, lines=LINES, now=NOON)
    given = scheme(
        id="s1",
        calculators=(
            Calculator(CalculatorKind.WAIVED_ADD_ON),
            Calculator(CalculatorKind.PERCENTAGE, percent=Decimal("12.5")),
        ),
        budget_fen=1_000_000,
        legal_basis="TRR 15",
        roads=frozenset({"G6"}),
    )
    add_scheme(world.unit_of_work, actor=office, scheme=given, taken=[], now=NOON)
    move_scheme(
        world.unit_of_work,
        actor=office,
        scheme_id="s1",
        to=SchemeState.IN_FORCE,
        expected_version=1,
        now=NOON,
    )
    lines, schemes = read_entered_tolls(database)
    assert lines == LINES
    assert schemes == (replace(given, state=SchemeState.IN_FORCE, version=2),)
    assert schemes[0].is_in_force(date(2026, 5, 1))
    with pytest.raises(StepNotAllowedError):
        move_scheme(
            world.unit_of_work,
            actor=office,
            scheme_id="s1",
            to=SchemeState.DRAFT,
            expected_version=2,
            now=NOON,
        )


def test_the_same_component_is_claimed_once_whatever_trip_and_scheme(world: World) -> None:
    first = paid(world)
    keys = claim_keys(first.facts)
    with world.unit_of_work(read_only=True) as work:
        assert work.claims.sharing(keys) == [first.number]
        assert work.claims.sharing(["component:other:XL-001"]) == []
        month = first.month
        assert [one.number for one in work.claims.between(month, month)] == [first.number]


def test_an_operators_file_is_kept_whole_or_not_at_all(world: World) -> None:
    made = OperatorImport("i1", "may.csv", "digest", NOON, "人", {})
    records = [
        OperatorRecord(line, f"R{line}", "P", "蒙A", "S1", "S2", "a", "b", 100, 30, 70)
        for line in range(2, 1002)
    ]
    with world.unit_of_work() as work:
        assert work.operator_imports.add(made, iter(records)) == 1000
        work.operator_imports.finish("i1", {"rows": 1000})
        work.commit()
    with world.unit_of_work(read_only=True) as work:
        assert work.operator_imports.count("i1") == 1000
        assert [one.result["rows"] for one in work.operator_imports.listed()] == [1000]
    with world.unit_of_work() as work, pytest.raises(ConflictError):
        work.operator_imports.add(replace(made, id="i2"), records)
    with world.unit_of_work() as work:
        work.operator_imports.add(replace(made, id="i3", digest="other"), records)
    with world.unit_of_work(read_only=True) as work, pytest.raises(NotFoundError):
        work.operator_imports.get("i3")


def test_saved_scenarios_are_listed_newest_first(world: World) -> None:
    with world.unit_of_work() as work:
        work.scenarios.add(SavedScenario("a", "一", NOON, "人", "{}"))
        work.scenarios.add(SavedScenario("b", "二", NOON.replace(hour=13), "人", '{"trips": 1}'))
        work.commit()
    with world.unit_of_work(read_only=True) as work:
        assert [one.name for one in work.scenarios.listed()] == ["二", "一"]
        assert work.scenarios.get("a").result == "{}"
        with pytest.raises(NotFoundError):
            work.scenarios.get("z")
