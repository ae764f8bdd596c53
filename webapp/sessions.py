"""Sessions of signed-in people: begin, recognise, end."""

from __future__ import annotations

from flask import Flask, session
from flask_login import UserMixin, current_user, login_user, logout_user

from transport.people import Actor, User
from transport.services import signing_in
from webapp.access import current_services
from webapp.extensions import login_manager

_MUST_CHANGE = "must_change_password"


class SessionUser(UserMixin):  # type: ignore[misc]  # Flask-Login is untyped
    """What Flask-Login keeps of a person: user and stamp in the cookie, the actor beside it."""

    def __init__(self, user_id: str, session_stamp: int, actor: Actor) -> None:
        self.id = f"{user_id} {session_stamp}"
        self.actor = actor


def register(app: Flask) -> None:
    """Let Flask-Login find people through the services."""
    login_manager.session_protection = "basic"
    login_manager.user_loader(_load)
    app.config["REMEMBER_COOKIE_HTTPONLY"] = True


def begin(user: User, actor: Actor) -> None:
    """Begin a session for somebody whose password was right.

    Everything of the visitor's session goes first, so that nobody can plant one beforehand.
    """
    session.clear()
    login_user(SessionUser(user.id, user.session_stamp, actor))
    session.permanent = True
    if user.must_change_password:
        session[_MUST_CHANGE] = True


def end() -> None:
    """End the session."""
    logout_user()
    session.clear()


def actor() -> Actor | None:
    """Return the actor of the request's session, None for a visitor."""
    found: Actor | None = current_user.actor if current_user.is_authenticated else None
    return found


def must_change_password() -> bool:
    """Say whether this person still uses a first password that somebody else has set."""
    return bool(session.get(_MUST_CHANGE))


def _load(session_id: str) -> SessionUser | None:
    user_id, _, stamp = session_id.partition(" ")
    if not stamp.isdecimal():
        return None
    services = current_services()
    found = signing_in.current_actor(
        services.unit_of_work, user_id=user_id, session_stamp=int(stamp)
    )
    return None if found is None else SessionUser(user_id, int(stamp), found)
