from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import NOON, World, actor
from transport.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    StepNotAllowedError,
)
from transport.people import OrganisationState, Role
from transport.services import registering, signing_in
from transport.services.registering import Registration
from transport.services.signing_in import SignInRefusedError, TooManyAttemptsError

FIRM = Registration(
    name="草原物流",
    role=Role.CARRIER,
    admin_code="150203",
    credit_code="91150203MA0MWXY10K",
    licence_number="蒙交运管许可",
    contact_name="赵某",
    contact_phone="0472-0000000",
    login="zhao",
    password="long enough 1",
)
ADMINISTRATOR = actor(Role.ADMINISTRATOR, "管理员")


@pytest.fixture
def world() -> World:
    return World()


def sign_in(world: World, **changes: Any) -> Any:
    given: dict[str, Any] = {"login": "zhao", "password": "long enough 1", "address": "::1"}
    return signing_in.sign_in(world.unit_of_work, world.hasher, **(given | changes), now=world.now)


def approved(world: World) -> None:
    firm = registering.register_firm(world.unit_of_work, world.hasher, FIRM, now=NOON)
    registering.decide_registration(
        world.unit_of_work,
        actor=ADMINISTRATOR,
        organisation_id=firm.id,
        approve=True,
        expected_version=firm.version,
        now=NOON,
    )


def test_a_firm_registers_and_signs_in_only_after_approval(world: World) -> None:
    firm = registering.register_firm(world.unit_of_work, world.hasher, FIRM, now=NOON)
    assert firm.state is OrganisationState.REGISTERED
    with pytest.raises(SignInRefusedError):
        sign_in(world)
    registering.decide_registration(
        world.unit_of_work,
        actor=ADMINISTRATOR,
        organisation_id=firm.id,
        approve=True,
        expected_version=firm.version,
        now=NOON,
    )
    _, who = sign_in(world)
    assert (who.role, who.organisation_name) == (Role.CARRIER, "草原物流")


def test_every_fault_of_a_registration_is_named_at_once(world: World) -> None:
    wrong = replace(FIRM, role=Role.POLICE, admin_code="15", credit_code="1", login="!", name="")
    with pytest.raises(InvalidInputError) as faults:
        registering.register_firm(world.unit_of_work, world.hasher, wrong, now=NOON)
    assert [one.field for one in faults.value.faults] == [
        "login",
        "role",
        "name",
        "admin_code",
        "credit_code",
    ]


def test_a_firm_name_is_registered_once(world: World) -> None:
    registering.register_firm(world.unit_of_work, world.hasher, FIRM, now=NOON)
    again = replace(FIRM, login="zhao2")
    with pytest.raises(ConflictError):
        registering.register_firm(world.unit_of_work, world.hasher, again, now=NOON)


def test_only_an_administrator_approves(world: World) -> None:
    firm = registering.register_firm(world.unit_of_work, world.hasher, FIRM, now=NOON)
    with pytest.raises(StepNotAllowedError):
        registering.decide_registration(
            world.unit_of_work,
            actor=world.carrier,
            organisation_id=firm.id,
            approve=True,
            expected_version=firm.version,
            now=NOON,
        )


def test_guessing_is_stopped_even_with_the_right_password_until_the_window_has_passed(
    world: World,
) -> None:
    approved(world)
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            sign_in(world, password="wrong")
    with pytest.raises(TooManyAttemptsError):
        sign_in(world)
    world.later(minutes=16)
    assert sign_in(world)[0].login == "zhao"


def test_guessing_many_names_from_one_address_is_stopped(world: World) -> None:
    approved(world)
    for number in range(30):
        with pytest.raises(SignInRefusedError):
            sign_in(world, login=f"nobody{number}")
    with pytest.raises(TooManyAttemptsError):
        sign_in(world)
    assert sign_in(world, address="::2")[0].login == "zhao"


def test_a_success_forgives_earlier_slips(world: World) -> None:
    approved(world)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInRefusedError):
                sign_in(world, password="wrong")
            world.later(seconds=1)
        sign_in(world)
        world.later(seconds=1)


def test_a_disabled_user_and_the_running_session_are_out(world: World) -> None:
    approved(world)
    user, _ = sign_in(world)
    stamp = user.session_stamp
    session = {"user_id": user.id, "session_stamp": stamp}
    assert signing_in.current_actor(world.unit_of_work, **session) is not None
    registering.disable_user(world.unit_of_work, changed_by="cli", login="zhao", now=NOON)
    assert signing_in.current_actor(world.unit_of_work, **session) is None
    with pytest.raises(SignInRefusedError):
        sign_in(world)


def test_a_reset_password_must_be_changed_and_ends_sessions(world: World) -> None:
    approved(world)
    user, who = sign_in(world)
    registering.reset_password(
        world.unit_of_work,
        world.hasher,
        changed_by="cli",
        login="zhao",
        password="first for now",
        now=NOON,
    )
    assert (
        signing_in.current_actor(
            world.unit_of_work, user_id=user.id, session_stamp=user.session_stamp
        )
        is None
    )
    again, _ = sign_in(world, password="first for now")
    assert again.must_change_password
    changed = signing_in.change_password(
        world.unit_of_work,
        world.hasher,
        actor=who,
        old_password="first for now",
        new_password="mine alone 22",
        now=NOON,
    )
    assert not changed.must_change_password


def test_a_password_is_long_and_does_not_repeat_the_name(world: World) -> None:
    for password, message in (("short", "at least 10"), ("zhao-zhao-zhao", "sign-in name")):
        with pytest.raises(InvalidInputError, match=message):
            registering.register_firm(
                world.unit_of_work, world.hasher, replace(FIRM, password=password), now=NOON
            )


def test_a_user_belongs_to_an_organisation_that_exists(world: World) -> None:
    with pytest.raises(NotFoundError):
        registering.create_user(
            world.unit_of_work,
            world.hasher,
            created_by="cli",
            login="wang",
            name="王",
            organisation_id="nowhere",
            password="long enough 1",
            now=NOON,
        )
