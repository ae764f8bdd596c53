"""The same storage tests on SQLite and on PostgreSQL, on databases built by the migrations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from tests.factories import CALENDAR, NOON, World, relief_basis, scheme, toll_lines
from transport.errors import ConflictError, NotFoundError
from transport.people import Role
from transport.permits.case import Case
from transport.permits.states import ActKind, ActState
from transport.relief.claims import ClaimStep
from transport.relief.schemes import SchemeRegister
from transport.services import accepting, claiming_relief, recording_trips
from transport.services.case_history import list_history, verify_audit
from transport.services.repositories import SignInAttempt
from transport.services.viewing_cases import list_cases, view_case
from webapp.storage.columns import Table
from webapp.storage.migrating import Migrations
from webapp.storage.units_of_work import StoredUnitsOfWork


@pytest.fixture
def world(unit_of_work: StoredUnitsOfWork) -> World:
    return World(unit_of_work=unit_of_work)


def test_the_migrations_build_exactly_the_tables_of_the_models(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_migrating_twice_changes_nothing(database: Engine) -> None:
    migrations = Migrations(database)
    assert migrations.current() == migrations.newest()
    assert migrations.upgrade() == migrations.newest()


def test_a_case_survives_the_way_back_to_the_first_schema_of_cases_and_forward_again(
    world: World, database: Engine
) -> None:
    case, _ = world.ready()
    before = world.reload(case)
    Migrations(database).downgrade("0002")
    Migrations(database).upgrade()
    assert world.reload(case) == before


def test_everything_can_be_taken_down(database: Engine) -> None:
    Migrations(database).downgrade("base")
    with database.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_case_comes_back_from_the_database_as_it_went_in(world: World) -> None:
    case = world.draft()
    stored = world.reload(case)
    assert stored.application == case.application
    assert [replace(act, last_change=None) for act in stored.acts] == [
        replace(act, last_change=None) for act in case.acts
    ]
    assert stored.created_at == case.created_at


def test_the_whole_journey_is_stored(world: World) -> None:
    case, trip = world.delivered(weighed_t=47.0)
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
    verified = claiming_relief.decide_claim(
        world.unit_of_work,
        actor=world.toll_office,
        number=claim.number,
        step=ClaimStep.VERIFY,
        expected_version=claim.version,
        now=world.now,
    )
    stored = claiming_relief.open_record(
        world.unit_of_work, actor=world.carrier, number=claim.number
    )
    assert stored == verified
    assert stored.entitlement.relief_yuan == Decimal("30.01")
    assert recording_trips.list_trips(world.unit_of_work, actor=world.carrier) == [trip]
    view = view_case(
        world.unit_of_work,
        CALENDAR,
        actor=world.carrier,
        number=case.number,
        today=NOON.date(),
    )
    assert view.ready
    assert view.current_permit is not None
    assert view.current_permit.token.startswith("TOKEN/")
    history = list_history(world.unit_of_work, actor=world.carrier, number=case.number)
    assert history[-1].event.step == "relief_verify"
    assert verify_audit(world.unit_of_work)[2] is None


def test_lists_hold_what_belongs_to_the_firm_or_office(world: World) -> None:
    first, second = world.submitted(), world.draft()
    assert [one.number for one in list_cases(world.unit_of_work, actor=world.carrier)] == [
        second.number,
        first.number,
    ]
    assert [one.number for one in list_cases(world.unit_of_work, actor=world.handler)] == [
        first.number
    ]
    assert list_cases(world.unit_of_work, actor=world.rival) == []
    with world.unit_of_work(read_only=True) as work, pytest.raises(NotFoundError):
        work.cases.get("DJ150000-20260511-9999")


def test_what_is_not_committed_is_not_there(world: World) -> None:
    with world.unit_of_work() as work:
        work.next_serial("lost")
    with world.unit_of_work() as work:
        assert work.next_serial("lost") == 1


def test_the_second_of_two_writers_is_told_who_was_first(world: World) -> None:
    case = world.submitted()
    with world.unit_of_work(read_only=True) as work:
        seen = work.cases.get(case.number)
    changed = replace(seen, official_number="A1500002026051100001")
    with world.unit_of_work() as work:
        work.cases.save(changed, changed_by="先来", at=NOON)
        work.commit()
    with (
        world.unit_of_work() as work,
        pytest.raises(ConflictError, match=r"changed by 先来 at 2026-05-11 12:00:00"),
    ):
        work.cases.save(replace(seen, official_number=""), changed_by="后来", at=NOON)
    assert world.reload(case).official_number == "A1500002026051100001"


def test_many_officers_at_once_exactly_one_accepts(world: World) -> None:
    case = world.submitted()
    request = world.request(case, world.handler)

    def try_to_accept(_: int) -> str:
        try:
            accepting.accept(world.unit_of_work, CALENDAR, request)
        except ConflictError:
            return "conflict"
        return "accepted"

    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = list(pool.map(try_to_accept, range(6)))
    assert sorted(answers) == ["accepted"] + ["conflict"] * 5
    assert world.act(case).state is ActState.ACCEPTED
    assert verify_audit(world.unit_of_work)[2] is None


def test_carriers_at_once_get_different_numbers_and_an_unbroken_chain(world: World) -> None:
    def apply(_: int) -> Case:
        return world.draft()

    with ThreadPoolExecutor(max_workers=6) as pool:
        numbers = {one.number for one in pool.map(apply, range(12))}
    assert len(numbers) == 12
    events, _, broken = verify_audit(world.unit_of_work)
    assert (events, broken) == (12, None)


def test_a_city_desk_is_not_disturbed_by_the_highway_desk(world: World) -> None:
    case = world.submitted()
    requests = [
        world.request(case, world.handler),
        world.request(case, world.municipal[0], ActKind.MUNICIPAL_CONSENT),
        world.request(case, world.city_police[0], ActKind.POLICE_DESIGNATION),
    ]
    with ThreadPoolExecutor(max_workers=3) as pool:
        list(
            pool.map(
                lambda request: accepting.accept(world.unit_of_work, CALENDAR, request), requests
            )
        )
    assert {act.state for act in world.reload(case).acts} == {ActState.ACCEPTED}


def test_audit_events_can_be_added_but_neither_changed_nor_deleted(
    world: World, database: Engine
) -> None:
    world.submitted()
    for change in ("UPDATE audit_events SET step = 'x'", "DELETE FROM audit_events"):
        with (
            database.begin() as connection,
            pytest.raises(DBAPIError, match="only ever added"),
        ):
            connection.execute(text(change))


def test_tampering_behind_the_triggers_is_found(world: World, database: Engine) -> None:
    world.submitted()
    drop = (
        ["DROP TRIGGER audit_events_append_only ON audit_events"]
        if database.dialect.name == "postgresql"
        else ["DROP TRIGGER audit_events_no_update"]
    )
    with database.begin() as connection:
        for statement in drop:
            connection.execute(text(statement))
        connection.execute(
            text(
                "UPDATE audit_events SET event = (SELECT event FROM audit_events "
                "WHERE sequence = 1) WHERE sequence = 3"
            )
        )
    assert verify_audit(world.unit_of_work)[2] == 3


def test_attempts_to_sign_in_are_counted_per_name_and_address(world: World) -> None:
    with world.unit_of_work() as work:
        attempts = work.sign_in_attempts
        for minute, (login, address, succeeded) in enumerate(
            [
                ("li", "::1", False),
                ("li", "::1", True),
                ("li", "::2", False),
                ("wu", "::1", False),
            ]
        ):
            attempts.add(SignInAttempt(login, address, NOON + timedelta(minutes=minute), succeeded))
        assert attempts.failures_of_login("LI", since=NOON) == 1
        assert attempts.failures_of_login("wu", since=NOON) == 1
        assert attempts.failures_from_address("::1", since=NOON) == 2
        attempts.forget_before(NOON + timedelta(minutes=1))
        assert attempts.failures_from_address("::1", since=NOON) == 1


def test_people_and_offices_are_found_by_name_and_area(world: World) -> None:
    with world.unit_of_work() as work:
        office = work.organisations.authority(Role.TRANSPORT, "150000")
        assert office is not None
        people = work.people.of_organisation(office.id)
        assert [one.name for one in people] == ["经办", "审核", "签发"]
        found = work.people.by_login(people[0].login.upper())
        assert found == people[0]
        with pytest.raises(ConflictError, match="is taken"):
            work.people.add(replace(people[0], id="other"), changed_by="x", at=NOON)
