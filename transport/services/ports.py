"""What the services need from outside: storage, clock, calendar, files, signing, notices.

A unit of work is one transaction: `with unit_of_work() as work: ...; work.commit()`. Leaving it
without `commit` changes nothing. Repositories never commit. Every `save` names the version it has
read and raises ConflictError, saying who changed the thing and when, if it is no longer that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from transport.people import Organisation, OrganisationState, Role, User


class Clock(Protocol):
    """The one source of the present moment."""

    def now(self) -> datetime:
        """Return the present moment with its offset (Asia/Shanghai)."""


class PasswordHasher(Protocol):
    """Turns passwords into hashes that cannot be turned back."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether the password belongs to the hash; take as long for a wrong one."""


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One try to sign in; `address` is the network address it came from."""

    login: str
    address: str
    at: datetime
    succeeded: bool


class People(Protocol):
    """Users."""

    def get(self, user_id: str) -> User:
        """Return a user; raises NotFoundError."""

    def find(self, user_id: str) -> User | None:
        """Return a user, or None."""

    def by_login(self, login: str) -> User | None:
        """Return the user with this login, whatever its case, or None."""

    def of_organisation(self, organisation_id: str) -> list[User]:
        """Return the users of an organisation by login."""

    def everyone(self) -> list[User]:
        """Return all users by login."""

    def add(self, user: User, *, changed_by: str, at: datetime) -> None:
        """Add a user; raises ConflictError if the login is taken."""

    def save(self, user: User, *, changed_by: str, at: datetime) -> User:
        """Write a user read at `user.version`; return it with its new version."""


class Organisations(Protocol):
    """Firms and offices."""

    def get(self, organisation_id: str) -> Organisation:
        """Return an organisation; raises NotFoundError."""

    def by_name(self, name: str) -> Organisation | None:
        """Return the organisation with exactly this name, or None."""

    def listed(
        self, *, role: Role | None = None, state: OrganisationState | None = None
    ) -> list[Organisation]:
        """Return organisations by name, all or those of one role or state."""

    def authority(self, role: Role, admin_code: str) -> Organisation | None:
        """Return the approved office of exactly this area, or None."""

    def add(self, organisation: Organisation, *, changed_by: str, at: datetime) -> None:
        """Add an organisation; raises ConflictError if the name is taken."""

    def save(self, organisation: Organisation, *, changed_by: str, at: datetime) -> Organisation:
        """Write an organisation read at its `version`; return it with its new version."""


class SignInAttempts(Protocol):
    """The table that limits guessing of passwords."""

    def add(self, attempt: SignInAttempt) -> None:
        """Record one attempt."""

    def failures_of_login(self, login: str, *, since: datetime) -> int:
        """Count failures of a login since then or since its last success, the later one."""

    def failures_from_address(self, address: str, *, since: datetime) -> int:
        """Count failures from a network address since then."""

    def forget_before(self, moment: datetime) -> None:
        """Drop attempts older than this."""


class UnitOfWork(Protocol):
    """One transaction over all repositories."""

    @property
    def people(self) -> People:
        """Users."""

    @property
    def organisations(self) -> Organisations:
        """Firms and offices."""

    @property
    def sign_in_attempts(self) -> SignInAttempts:
        """Attempts to sign in."""

    def new_id(self) -> str:
        """Return an identifier nobody else has."""

    def next_serial(self, series: str) -> int:
        """Return the next number of a series, from 1, never one twice."""

    def commit(self) -> None:
        """Make everything written in this unit of work permanent."""

    def __enter__(self) -> Self:
        """Begin the transaction."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed."""


class UnitOfWorkFactory(Protocol):
    """Opens units of work; a read-only one never waits for writers."""

    def __call__(self, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work, to be used in a `with` statement."""


class Migrations(Protocol):
    """The schema of the database."""

    def current(self) -> str | None:
        """Return the revision the database is at, None for an empty one."""

    def newest(self) -> str:
        """Return the revision this version needs."""

    def upgrade(self) -> str:
        """Bring the database to the newest revision and return it."""
