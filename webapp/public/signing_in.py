"""Sign in, sign out, change one's password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError
from transport.services import signing_in
from transport.services.signing_in import SignInRefusedError, TooManyAttemptsError
from webapp import sessions
from webapp.access import Role, current_actor, current_services, for_role
from webapp.page_context import local_path

blueprint = Blueprint("signing_in", __name__)


@blueprint.get("/sign-in")
@for_role(Role.ANYONE)
def form() -> str:
    """Show the form to sign in."""
    return _page(())


@blueprint.post("/sign-in")
@for_role(Role.ANYONE)
def submit() -> Response | tuple[str, int]:
    """Check the password and begin a session."""
    services = current_services()
    now = services.clock.now()
    try:
        user, actor = signing_in.sign_in(
            services.unit_of_work,
            services.password_hasher,
            login=request.form.get("login", ""),
            password=request.form.get("password", ""),
            address=request.remote_addr or "",
            now=now,
        )
    except TooManyAttemptsError as wait:
        minutes = max(1, round((wait.retry_at - now).total_seconds() / 60))
        text = gettext(
            "Too many failed attempts. Try again in %(minutes)s minutes.", minutes=minutes
        )
        return _page((FieldFault("login", text),)), 429
    except SignInRefusedError:
        text = gettext(
            "Sign-in name or password is wrong, or the account is not active. Check both, or ask "
            "your administrator."
        )
        return _page((FieldFault("login", text),)), 401
    sessions.begin(user, actor)
    return redirect(local_path(request.form.get("next", "/")))


@blueprint.post("/sign-out")
@for_role(Role.ANYONE)
def sign_out() -> Response:
    """End the session."""
    sessions.end()
    flash(gettext("You are signed out."))
    return redirect(url_for("starting.index"))


@blueprint.get("/password")
@for_role(Role.SIGNED_IN)
def password_form() -> str:
    """Show the form to change one's password."""
    return render_template("public/password.html", faults=(), first=sessions.must_change_password())


@blueprint.post("/password")
@for_role(Role.SIGNED_IN)
def change_password() -> Response | tuple[str, int]:
    """Change one's password; other sessions of the same person end."""
    services = current_services()
    actor = current_actor()
    new = request.form.get("new_password", "")
    try:
        if new != request.form.get("repeated_password", ""):
            raise InvalidInputError(  # noqa: TRY301 - one place tells all faults of the form
                [FieldFault("repeated_password", "is not the same", "not_repeated")]
            )
        user = signing_in.change_password(
            services.unit_of_work,
            services.password_hasher,
            actor=actor,
            old_password=request.form.get("old_password", ""),
            new_password=new,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        page = render_template(
            "public/password.html", faults=wrong.faults, first=sessions.must_change_password()
        )
        return page, 422
    sessions.begin(user, actor)
    flash(gettext("Your password is changed."))
    return redirect(url_for("starting.index"))


def _page(faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "public/sign_in.html",
        faults=faults,
        values=request.form,
        target=local_path(request.values.get("next", "/")),
    )
