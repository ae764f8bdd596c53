"""Firms register and are approved; administrators make offices and users."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import (
    FIRM_ROLES,
    Actor,
    Organisation,
    OrganisationState,
    Role,
    User,
)
from transport.services.audit_trail import NewEvent, event_by
from transport.services.ports import PasswordHasher, UnitOfWork, UnitOfWorkFactory
from transport.services.signing_in import check_password

# Unified social credit code, or the older licence number of 15 digits (regulation.md 5).
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}|[1-9]\d{14}")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_ADMIN_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Registration:
    """What a firm gives to register, with its first user."""

    name: str
    role: Role
    admin_code: str
    credit_code: str
    licence_number: str
    contact_name: str
    contact_phone: str
    login: str
    password: str
    large_items_licence: bool | None = None


def register_firm(
    unit_of_work: UnitOfWorkFactory,
    hasher: PasswordHasher,
    registration: Registration,
    *,
    now: datetime,
) -> Organisation:
    """Register a firm with its first user; both wait for approval.

    Raises InvalidInputError with every fault, ConflictError if the name is taken.
    """
    faults = _faults(registration)
    if faults:
        raise InvalidInputError(faults)
    check_password(registration.password, registration.login, "password")
    who = registration.contact_name or registration.name
    password_hash = hasher.hash(registration.password)
    with unit_of_work() as work:
        organisation = Organisation(
            id=work.new_id(),
            name=registration.name.strip(),
            role=registration.role,
            admin_code=registration.admin_code,
            state=OrganisationState.REGISTERED,
            credit_code=registration.credit_code,
            licence_number=registration.licence_number,
            large_items_licence=registration.large_items_licence,
            contact_name=registration.contact_name,
            contact_phone=registration.contact_phone,
            registered_at=now,
        )
        work.organisations.add(organisation, changed_by=who, at=now)
        user = User(
            id=work.new_id(),
            login=registration.login.lower(),
            name=registration.contact_name or registration.login,
            organisation_id=organisation.id,
            password_hash=password_hash,
        )
        work.people.add(user, changed_by=who, at=now)
        _note(work, who, now, organisation.name, "register_firm", {"login": user.login})
        work.commit()
        return organisation


def decide_registration(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    organisation_id: str,
    approve: bool,
    expected_version: int,
    now: datetime,
) -> Organisation:
    """Approve or reject a firm that waits; administrators only."""
    _must_be_administrator(actor)
    with unit_of_work() as work:
        organisation = work.organisations.get(organisation_id)
        if organisation.state is not OrganisationState.REGISTERED:
            raise StepNotAllowedError(
                f"{organisation.name} is {organisation.state.value}; only a registered firm "
                "waits for a decision"
            )
        state = OrganisationState.APPROVED if approve else OrganisationState.REJECTED
        changed = replace(organisation, state=state, version=expected_version)
        organisation = work.organisations.save(changed, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=organisation.name,
                step="decide_registration",
                details={"state": state.value},
            )
        )
        work.commit()
        return organisation


def create_organisation(
    unit_of_work: UnitOfWorkFactory,
    *,
    created_by: str,
    name: str,
    role: Role,
    admin_code: str,
    now: datetime,
    small_office: bool = False,
    large_items_licence: bool | None = None,
    credit_code: str = "",
    licence_number: str = "",
    contact_name: str = "",
    contact_phone: str = "",
) -> Organisation:
    """Create an organisation that may act at once; for administrators and the command line."""
    faults = []
    if not name.strip():
        faults.append(FieldFault("name", "must be given"))
    if not _ADMIN_CODE.fullmatch(admin_code):
        faults.append(FieldFault("admin_code", "must have six digits (GB/T 2260), e.g. 150100"))
    if faults:
        raise InvalidInputError(faults)
    with unit_of_work() as work:
        organisation = Organisation(
            id=work.new_id(),
            name=name.strip(),
            role=role,
            admin_code=admin_code,
            state=OrganisationState.APPROVED,
            credit_code=credit_code,
            licence_number=licence_number,
            small_office=small_office,
            large_items_licence=large_items_licence,
            contact_name=contact_name,
            contact_phone=contact_phone,
            registered_at=now,
        )
        work.organisations.add(organisation, changed_by=created_by, at=now)
        details = {"role": role.value, "admin_code": admin_code}
        _note(work, created_by, now, organisation.name, "create_organisation", details)
        work.commit()
        return organisation


def create_user(
    unit_of_work: UnitOfWorkFactory,
    hasher: PasswordHasher,
    *,
    created_by: str,
    login: str,
    name: str,
    organisation_id: str,
    password: str,
    now: datetime,
    must_change_password: bool = True,
) -> User:
    """Create a user of an organisation; for administrators and the command line."""
    faults = [] if name.strip() else [FieldFault("name", "must be given")]
    faults += _login_faults(login)
    if faults:
        raise InvalidInputError(faults)
    check_password(password, login, "password")
    password_hash = hasher.hash(password)
    with unit_of_work() as work:
        work.organisations.get(organisation_id)
        user = User(
            id=work.new_id(),
            login=login.lower(),
            name=name.strip(),
            organisation_id=organisation_id,
            password_hash=password_hash,
            must_change_password=must_change_password,
        )
        work.people.add(user, changed_by=created_by, at=now)
        _note(work, created_by, now, user.login, "create_user", {"name": user.name})
        work.commit()
        return user


def disable_user(
    unit_of_work: UnitOfWorkFactory, *, changed_by: str, login: str, now: datetime
) -> User:
    """Let a user sign in no more and end the running sessions."""
    with unit_of_work() as work:
        user = _by_login(work, login)
        user = replace(user, active=False, session_stamp=user.session_stamp + 1)
        user = work.people.save(user, changed_by=changed_by, at=now)
        _note(work, changed_by, now, user.login, "disable_user", {})
        work.commit()
        return user


def reset_password(
    unit_of_work: UnitOfWorkFactory,
    hasher: PasswordHasher,
    *,
    changed_by: str,
    login: str,
    password: str,
    now: datetime,
) -> User:
    """Give a user a new first password, to be changed on the next sign-in; let them in again."""
    with unit_of_work() as work:
        user = _by_login(work, login)
        check_password(password, user.login, "password")
        user = replace(
            user,
            password_hash=hasher.hash(password),
            must_change_password=True,
            active=True,
            session_stamp=user.session_stamp + 1,
        )
        user = work.people.save(user, changed_by=changed_by, at=now)
        _note(work, changed_by, now, user.login, "reset_password", {})
        work.commit()
        return user


def _note(
    work: UnitOfWork, who: str, at: datetime, subject: str, step: str, details: dict[str, str]
) -> None:
    # The command line and a firm that registers have no actor yet, only a name.
    work.audit.append(
        NewEvent(
            at=at,
            actor_id="",
            actor_name=who,
            organisation_id="",
            organisation_name="",
            role="",
            subject=subject,
            step=step,
            details=details,
        )
    )


def _by_login(work: UnitOfWork, login: str) -> User:
    user = work.people.by_login(login)
    if user is None:
        raise InvalidInputError([FieldFault("login", f"there is no user {login!r}")])
    return user


def _must_be_administrator(actor: Actor) -> None:
    if actor.role is not Role.ADMINISTRATOR:
        raise StepNotAllowedError("only an administrator decides on registrations")


def _login_faults(login: str) -> list[FieldFault]:
    if _LOGIN.fullmatch(login.lower()):
        return []
    return [
        FieldFault("login", "must have 3 to 40 letters, digits, dots or dashes, e.g. zhang.wei")
    ]


def _faults(registration: Registration) -> list[FieldFault]:
    faults = _login_faults(registration.login)
    if registration.role not in FIRM_ROLES:
        faults.append(FieldFault("role", "must be factory or carrier"))
    if not registration.name.strip():
        faults.append(FieldFault("name", "must be given"))
    if not _ADMIN_CODE.fullmatch(registration.admin_code):
        faults.append(FieldFault("admin_code", "must have six digits (GB/T 2260), e.g. 150100"))
    if not _CREDIT_CODE.fullmatch(registration.credit_code):
        faults.append(
            FieldFault("credit_code", "must be a unified social credit code of 18 characters")
        )
    if not registration.contact_phone.strip():
        faults.append(FieldFault("contact_phone", "must be given"))
    return faults
