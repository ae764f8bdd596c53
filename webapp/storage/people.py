"""Repositories of users, organisations and attempts to sign in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from transport.errors import ConflictError, NotFoundError
from transport.people import Organisation, OrganisationState, Role, User
from transport.services.repositories import SignInAttempt
from webapp.storage.people_tables import OrganisationRow, SignInAttemptRow, UserRow
from webapp.storage.versions import write_version


def user_from_row(row: UserRow) -> User:
    """Read a user."""
    return User(
        id=row.id,
        login=row.login,
        name=row.name,
        organisation_id=row.organisation_id,
        password_hash=row.password_hash,
        active=row.active,
        must_change_password=row.must_change_password,
        session_stamp=row.session_stamp,
        deputy_id=row.deputy_id,
        away_from=row.away_from,
        away_until=row.away_until,
        version=row.version,
    )


def user_values(user: User) -> dict[str, object]:
    """Return the columns of a user, without key and version."""
    return {
        "login": user.login.lower(),
        "name": user.name,
        "organisation_id": user.organisation_id,
        "password_hash": user.password_hash,
        "active": user.active,
        "must_change_password": user.must_change_password,
        "session_stamp": user.session_stamp,
        "deputy_id": user.deputy_id,
        "away_from": user.away_from,
        "away_until": user.away_until,
    }


def organisation_from_row(row: OrganisationRow) -> Organisation:
    """Read an organisation."""
    return Organisation(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        admin_code=row.admin_code,
        state=OrganisationState(row.state),
        credit_code=row.credit_code,
        licence_number=row.licence_number,
        large_items_licence=row.large_items_licence,
        small_office=row.small_office,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        registered_at=row.registered_at,
        letter_word=row.letter_word,
        version=row.version,
    )


def organisation_values(organisation: Organisation) -> dict[str, object]:
    """Return the columns of an organisation, without key and version."""
    return {
        "name": organisation.name,
        "role": organisation.role.value,
        "admin_code": organisation.admin_code,
        "state": organisation.state.value,
        "credit_code": organisation.credit_code,
        "licence_number": organisation.licence_number,
        "large_items_licence": organisation.large_items_licence,
        "small_office": organisation.small_office,
        "contact_name": organisation.contact_name,
        "contact_phone": organisation.contact_phone,
        "registered_at": organisation.registered_at,
        "letter_word": organisation.letter_word,
    }


class StoredPeople:
    """Users in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, user_id: str) -> User:
        """Return a user; raises NotFoundError."""
        user = self.find(user_id)
        if user is None:
            raise NotFoundError(f"there is no user {user_id!r}")
        return user

    def find(self, user_id: str) -> User | None:
        """Return a user, or None."""
        row = self._session.get(UserRow, user_id)
        return None if row is None else user_from_row(row)

    def by_login(self, login: str) -> User | None:
        """Return the user with this login, whatever its case, or None."""
        found = select(UserRow).where(UserRow.login == login.strip().lower())
        row = self._session.scalars(found).one_or_none()
        return None if row is None else user_from_row(row)

    def of_organisation(self, organisation_id: str) -> list[User]:
        """Return the users of an organisation by login."""
        wanted = (
            select(UserRow)
            .where(UserRow.organisation_id == organisation_id)
            .order_by(UserRow.login)
        )
        return [user_from_row(row) for row in self._session.scalars(wanted)]

    def everyone(self) -> list[User]:
        """Return all users by login."""
        rows = self._session.scalars(select(UserRow).order_by(UserRow.login))
        return [user_from_row(row) for row in rows]

    def add(self, user: User, *, changed_by: str, at: datetime) -> None:
        """Add a user; raises ConflictError if the login is taken."""
        if self.by_login(user.login) is not None:
            raise ConflictError(f"the sign-in name {user.login!r} is taken; choose another one")
        row = UserRow(
            id=user.id,
            version=user.version,
            changed_by=changed_by,
            changed_at=at,
            **user_values(user),
        )
        self._session.add(row)
        self._session.flush()

    def save(self, user: User, *, changed_by: str, at: datetime) -> User:
        """Write a user read at `user.version`; return it with its new version."""
        version = write_version(
            self._session,
            UserRow,
            UserRow.id == user.id,
            user_values(user),
            what=f"The user {user.login}",
            expected_version=user.version,
            changed_by=changed_by,
            at=at,
        )
        return replace(user, version=version)


class StoredOrganisations:
    """Organisations in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, organisation_id: str) -> Organisation:
        """Return an organisation; raises NotFoundError."""
        row = self._session.get(OrganisationRow, organisation_id)
        if row is None:
            raise NotFoundError(f"there is no organisation {organisation_id!r}")
        return organisation_from_row(row)

    def by_name(self, name: str) -> Organisation | None:
        """Return the organisation with exactly this name, or None."""
        found = select(OrganisationRow).where(OrganisationRow.name == name.strip())
        row = self._session.scalars(found).one_or_none()
        return None if row is None else organisation_from_row(row)

    def listed(
        self, *, role: Role | None = None, state: OrganisationState | None = None
    ) -> list[Organisation]:
        """Return organisations by name, all or those of one role or state."""
        wanted = select(OrganisationRow).order_by(OrganisationRow.name)
        if role is not None:
            wanted = wanted.where(OrganisationRow.role == role.value)
        if state is not None:
            wanted = wanted.where(OrganisationRow.state == state.value)
        return [organisation_from_row(row) for row in self._session.scalars(wanted)]

    def authority(self, role: Role, admin_code: str) -> Organisation | None:
        """Return the approved office of exactly this area, or None."""
        wanted = (
            select(OrganisationRow)
            .where(
                OrganisationRow.role == role.value,
                OrganisationRow.admin_code == admin_code,
                OrganisationRow.state == OrganisationState.APPROVED.value,
            )
            .order_by(OrganisationRow.name)
        )
        row = self._session.scalars(wanted).first()
        return None if row is None else organisation_from_row(row)

    def add(self, organisation: Organisation, *, changed_by: str, at: datetime) -> None:
        """Add an organisation; raises ConflictError if the name is taken."""
        if self.by_name(organisation.name) is not None:
            raise ConflictError(
                f"an organisation named {organisation.name!r} is registered already"
            )
        row = OrganisationRow(
            id=organisation.id,
            version=organisation.version,
            changed_by=changed_by,
            changed_at=at,
            **organisation_values(organisation),
        )
        self._session.add(row)
        self._session.flush()

    def save(self, organisation: Organisation, *, changed_by: str, at: datetime) -> Organisation:
        """Write an organisation read at its `version`; return it with its new version."""
        version = write_version(
            self._session,
            OrganisationRow,
            OrganisationRow.id == organisation.id,
            organisation_values(organisation),
            what=f"The organisation {organisation.name}",
            expected_version=organisation.version,
            changed_by=changed_by,
            at=at,
        )
        return replace(organisation, version=version)


class StoredSignInAttempts:
    """Attempts to sign in, in the database so that every process counts the same ones."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, attempt: SignInAttempt) -> None:
        """Record one attempt."""
        self._session.add(
            SignInAttemptRow(
                id=uuid4().hex,
                login=attempt.login.lower(),
                address=attempt.address,
                at=attempt.at,
                succeeded=attempt.succeeded,
            )
        )
        self._session.flush()

    def failures_of_login(self, login: str, *, since: datetime) -> int:
        """Count failures of a login since then or since its last success, the later one."""
        row = SignInAttemptRow
        name = login.lower()
        success = self._session.scalar(
            select(func.max(row.at)).where(row.login == name, row.succeeded)
        )
        start = since if success is None else max(since, success)
        count = select(func.count()).where(row.login == name, ~row.succeeded, row.at >= start)
        return self._session.scalar(count) or 0

    def failures_from_address(self, address: str, *, since: datetime) -> int:
        """Count failures from a network address since then."""
        row = SignInAttemptRow
        count = select(func.count()).where(row.address == address, ~row.succeeded, row.at >= since)
        return self._session.scalar(count) or 0

    def forget_before(self, moment: datetime) -> None:
        """Drop attempts older than this."""
        self._session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at < moment))
