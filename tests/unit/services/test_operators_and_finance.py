"""Operators see their own things only; finance pays and closes, and two people settle."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.built_in import built_in_network
from tests.factories import World, law, relief_basis, scheme
from tests.relief_records import Record
from transport.errors import InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.regulations.reading import read_text, read_yaml
from transport.relief.claims import ClaimStep
from transport.relief.ledger import AccountKind, account
from transport.relief.records import FIELDS
from transport.relief.schemes import Ownership, SchemeRegister
from transport.relief.settlements import SettlementState, SettlementStep
from transport.relief.trip_facts import TollLine
from transport.services import claiming_relief
from transport.services.approving_settlements import decide_settlement, list_settlements
from transport.services.reconciling_records import (
    RecordsFile,
    import_records,
    list_imports,
    open_import,
)
from transport.services.repositories import OperatorImport
from transport.services.settling_relief import (
    close_month,
    months_to_close,
    read_statement,
    reverse_booking,
    sum_operators,
)
from transport.tariffs.line_files import read_roads
from transport.tariffs.schedule import Tariff, schedule_from_mapping

TOLLS = Path(__file__).parents[3] / "config" / "tolls" / "cn-15"
COMPANY = "示范经营公司乙"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def tariff() -> Tariff:
    roads = read_roads(read_text(TOLLS / "stations.csv"), read_text(TOLLS / "sections.csv"))
    made = schedule_from_mapping(read_yaml(TOLLS / "trucks.yaml"))
    return Tariff(made.region, made.rows, roads=roads)


def company(world: World) -> Actor:
    return world.person("乙站长", Role.OPERATOR, "150000", COMPANY)


def paid(world: World) -> str:
    """Lead a record whose toll two operators share to its payment; return its number."""
    lines = tuple(
        TollLine("G6", Ownership.GOVERNMENT_LOAN, Decimal(10), Decimal(yuan), "r", operator=name)
        for name, yuan in ((world.operator.organisation_name, "100.00"), (COMPANY, "50.00"))
    )
    _, trip = world.delivered(weighed_t=47.0)
    claim = claiming_relief.open_claim(
        world.unit_of_work,
        SchemeRegister((scheme(),)),
        actor=world.carrier,
        trip_id=trip.id,
        scheme_id="demo",
        toll_lines=lines,
        toll_status="demonstration",
        basis=relief_basis(),
        now=world.now,
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
    return claim.number


def test_a_closed_month_is_settled_by_two_people_and_answered_by_its_operator(
    world: World,
) -> None:
    paid(world)
    month = f"{world.now:%Y-%m}"
    later = world.now + timedelta(days=40)
    storage = world.unit_of_work
    assert months_to_close(storage, actor=world.toll_payer, today=later.date()) == [month]
    with pytest.raises(StepNotAllowedError, match="only finance"):
        close_month(storage, actor=world.toll_office, month=month, now=later)
    close_month(storage, actor=world.toll_payer, month=month, now=later)
    assert list_settlements(storage, actor=world.operator) == []  # not approved yet
    (own,) = (
        one
        for one in list_settlements(storage, actor=world.toll_payer)
        if one.operator == world.operator.organisation_name
    )
    assert (own.toll_fen, own.settled_fen, own.open_fen) == (10_000, 10_000, 0)
    assert {one.operator for one in list_settlements(storage, actor=world.toll_payer)} == {
        world.operator.organisation_name,
        COMPANY,
    }

    def step(who: Actor, what: SettlementStep, version: int, reason: str = "") -> SettlementState:
        return decide_settlement(
            storage,
            actor=who,
            settlement_id=own.id,
            step=what,
            expected_version=version,
            now=later,
            reason=reason,
        ).state

    with pytest.raises(StepNotAllowedError, match="a different person approves"):
        step(world.toll_payer, SettlementStep.APPROVE, 1)
    with pytest.raises(StepNotAllowedError):
        step(world.operator, SettlementStep.CONFIRM, 1)  # not approved yet
    assert step(world.finance_checker, SettlementStep.APPROVE, 1) is SettlementState.APPROVED
    assert list_settlements(storage, actor=world.operator)[0].id == own.id
    with pytest.raises(NotFoundError):
        step(company(world), SettlementStep.CONFIRM, 2)
    with pytest.raises(InvalidInputError, match="reason"):
        step(world.operator, SettlementStep.DISPUTE, 2)
    assert step(world.operator, SettlementStep.DISPUTE, 2, "少一笔") is SettlementState.DISPUTED
    assert step(world.finance_checker, SettlementStep.APPROVE, 3) is SettlementState.APPROVED
    assert step(world.operator, SettlementStep.CONFIRM, 4) is SettlementState.CONFIRMED


def test_an_operator_reads_its_own_account_and_sums_and_no_others(world: World) -> None:
    paid(world)
    year = {"first": "2026-01", "last": "2026-12"}
    (own,) = sum_operators(world.unit_of_work, actor=world.operator, **year)
    assert (own.operator, own.toll_fen) == (world.operator.organisation_name, 10_000)
    name = account(AccountKind.OPERATOR, own.operator)
    found = read_statement(world.unit_of_work, actor=world.operator, name=name, **year)
    assert found.after_fen == -10_000
    for other in (account(AccountKind.OPERATOR, COMPANY), "bearer:示范财政", ""):
        with pytest.raises(NotFoundError):
            read_statement(world.unit_of_work, actor=world.operator, name=other, **year)


def test_only_finance_takes_a_booking_back(world: World) -> None:
    number = paid(world)
    with world.unit_of_work(read_only=True) as work:
        booking = work.ledger.of_claim(number)[0]
    for who in (world.toll_office, world.operator, world.carrier):
        with pytest.raises(StepNotAllowedError, match="only finance"):
            reverse_booking(
                world.unit_of_work, actor=who, booking_id=booking.id, reason="x", now=world.now
            )


def handed_in(world: World, tariff: Tariff, who: Actor, *rows: Record) -> OperatorImport:
    made = io.StringIO()
    csv.writer(made).writerows([FIELDS, *(one.row() for one in rows)])
    return import_records(
        world.unit_of_work,
        built_in_network(),
        tariff,
        law(),
        actor=who,
        file=RecordsFile("may.csv", str(hash(made.getvalue())), made.getvalue().splitlines()),
        month="2026-05",
        now=world.now,
    )


def test_an_operators_file_speaks_of_its_own_stations_and_is_seen_by_it_alone(
    world: World, tariff: Tariff
) -> None:
    own = next(
        one for one in tariff.roads.stations if one.operator == world.operator.organisation_name
    )
    other = next(one for one in tariff.roads.stations if one.operator == COMPANY)
    mine = {"enStationId": own.code, "enStationName": own.name}
    foreign = {
        "enStationId": other.code,
        "enStationName": other.name,
        "exStationId": other.code,
        "exStationName": other.name,
    }
    made = handed_in(
        world,
        tariff,
        world.operator,
        Record(1, {**mine, "exStationId": other.code, "exStationName": other.name}),
        Record(2, foreign),
    )
    strange = [one for one in made.result["unmatched"] if one["kind"] == "stations_of_others"]
    assert [one["record_id"] for one in strange] == ["R0000002"]
    assert [one.id for one in list_imports(world.unit_of_work, actor=world.operator)] == [made.id]
    assert [one.id for one in list_imports(world.unit_of_work, actor=world.toll_office)] == [
        made.id
    ]
    rival = company(world)
    assert list_imports(world.unit_of_work, actor=rival) == []
    with pytest.raises(NotFoundError):
        open_import(world.unit_of_work, made.id, actor=rival)
    nobody = world.person("无站", Role.OPERATOR, "150000", "无收费站公司")
    with pytest.raises(InvalidInputError, match="no station"):
        handed_in(world, tariff, nobody, Record(3))
    with pytest.raises(StepNotAllowedError):
        handed_in(world, tariff, world.carrier, Record(4))
