"""Sign in with a password; guessing is limited by a table of attempts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from transport.errors import FieldFault, InvalidInputError, TransportError
from transport.people import Actor, OrganisationState, User, actor_of
from transport.services.ports import PasswordHasher, UnitOfWork, UnitOfWorkFactory
from transport.services.repositories import SignInAttempt

SHORTEST_PASSWORD = 10
_KEPT = timedelta(days=30)


class SignInRefusedError(TransportError):
    """Login or password is wrong, or the account may not sign in; never says which."""


class TooManyAttemptsError(TransportError):
    """Too many failures lately; `retry_at` is when trying again makes sense."""

    def __init__(self, retry_at: datetime) -> None:
        self.retry_at = retry_at
        super().__init__(f"Too many failed attempts. Try again after {retry_at:%H:%M}.")


@dataclass(frozen=True, slots=True)
class AttemptLimits:
    """How many failures are allowed within the window, per login and per network address."""

    per_login: int = 5
    per_address: int = 30
    window: timedelta = timedelta(minutes=15)


LIMITS = AttemptLimits()


def sign_in(
    unit_of_work: UnitOfWorkFactory,
    hasher: PasswordHasher,
    *,
    login: str,
    password: str,
    address: str,
    now: datetime,
    limits: AttemptLimits = LIMITS,
) -> tuple[User, Actor]:
    """Check a password and return who signed in.

    Raises TooManyAttemptsError before the password is even looked at, SignInRefusedError for a
    wrong one, for a disabled user and for an organisation that is not approved.
    """
    login = login.strip().lower()
    with unit_of_work(read_only=True) as work:
        _refuse_guessing(work, login, address, now, limits)
        user = work.people.by_login(login)
        organisation = None if user is None else work.organisations.get(user.organisation_id)
    # Hashing takes long on purpose; no transaction stays open meanwhile. The hash of nobody costs
    # the same time, so that the answer does not tell who exists.
    matches = hasher.matches(user.password_hash if user else _hash_of_nobody(hasher), password)
    actor = None
    if user is not None and organisation is not None and matches and user.active:
        approved = organisation.state is OrganisationState.APPROVED
        actor = actor_of(user, organisation) if approved else None
    with unit_of_work() as work:
        work.sign_in_attempts.add(
            SignInAttempt(login=login, address=address, at=now, succeeded=actor is not None)
        )
        work.sign_in_attempts.forget_before(now - _KEPT)
        work.commit()
    if user is None or actor is None:
        raise SignInRefusedError(
            "Sign-in name or password is wrong, or the account is not active. "
            "Check both, or ask your administrator."
        )
    return user, actor


def current_actor(
    unit_of_work: UnitOfWorkFactory, *, user_id: str, session_stamp: int
) -> Actor | None:
    """Return the actor of a running session, or None if it must end.

    A session ends when the user is disabled or gets a new password, or the organisation is closed.
    """
    with unit_of_work(read_only=True) as work:
        user = work.people.find(user_id)
        if user is None or not user.active or user.session_stamp != session_stamp:
            return None
        organisation = work.organisations.get(user.organisation_id)
        if organisation.state is not OrganisationState.APPROVED:
            return None
        return actor_of(user, organisation)


def change_password(
    unit_of_work: UnitOfWorkFactory,
    hasher: PasswordHasher,
    *,
    actor: Actor,
    old_password: str,
    new_password: str,
    now: datetime,
) -> User:
    """Set a new password for oneself; every other session of the user ends."""
    with unit_of_work() as work:
        user = work.people.get(actor.user_id)
        if not hasher.matches(user.password_hash, old_password):
            raise InvalidInputError([FieldFault("old_password", "is not your present password")])
        check_password(new_password, user.login)
        user = replace(
            user,
            password_hash=hasher.hash(new_password),
            must_change_password=False,
            session_stamp=user.session_stamp + 1,
        )
        user = work.people.save(user, changed_by=actor.name, at=now)
        work.commit()
        return user


def check_password(password: str, login: str, field: str = "new_password") -> None:
    """Refuse a password that is short or repeats the sign-in name."""
    if len(password) < SHORTEST_PASSWORD:
        message = f"needs at least {SHORTEST_PASSWORD} characters"
    elif login.lower() in password.lower():
        message = "must not contain the sign-in name"
    else:
        return
    raise InvalidInputError([FieldFault(field, message)])


def _refuse_guessing(
    work: UnitOfWork, login: str, address: str, now: datetime, limits: AttemptLimits
) -> None:
    since = now - limits.window
    attempts = work.sign_in_attempts
    if (
        attempts.failures_of_login(login, since=since) >= limits.per_login
        or attempts.failures_from_address(address, since=since) >= limits.per_address
    ):
        raise TooManyAttemptsError(now + limits.window)


_nobody: list[str] = []


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    if not _nobody:
        _nobody.append(hasher.hash("nobody's password"))
    return _nobody[0]
