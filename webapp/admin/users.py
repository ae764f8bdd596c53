"""Users: make them, disable them, give them a new first password."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.people import OrganisationState
from transport.services.registering import create_user, disable_user, reset_password
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fields import Fields

blueprint = Blueprint("users", __name__)

LABELS = {
    "login": _l("Sign-in name"),
    "name": _l("Name"),
    "organisation_id": _l("Organisation"),
}


@blueprint.get("/admin/users")
@for_role(Role.ADMINISTRATOR)
def listed() -> str:
    """List users with the form for a new one."""
    return _page(())


@blueprint.post("/admin/users")
@for_role(Role.ADMINISTRATOR)
def create() -> Response | tuple[str, int]:
    """Make a user with a first password that must be changed."""
    services = current_services()
    fields = Fields(request.form)
    password = _first_password()
    try:
        user = create_user(
            services.unit_of_work,
            services.password_hasher,
            created_by=current_actor().name,
            login=fields.text("login", longest=40),
            name=fields.text("name", longest=60),
            organisation_id=fields.text("organisation_id"),
            password=password,
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    except ConflictError:
        return _page((FieldFault("login", "is taken", "login_taken"),)), 409
    _tell(user.login, password)
    return redirect(url_for("users.listed"))


@blueprint.post("/admin/users/<login>/disable")
@for_role(Role.ADMINISTRATOR)
def disable(login: str) -> Response:
    """Let a user sign in no more."""
    services = current_services()
    disable_user(
        services.unit_of_work,
        changed_by=current_actor().name,
        login=login,
        now=services.clock.now(),
    )
    flash(gettext("%(login)s cannot sign in any more.", login=login))
    return redirect(url_for("users.listed"))


@blueprint.post("/admin/users/<login>/reset")
@for_role(Role.ADMINISTRATOR)
def reset(login: str) -> Response:
    """Give a user a new first password."""
    services = current_services()
    password = _first_password()
    reset_password(
        services.unit_of_work,
        services.password_hasher,
        changed_by=current_actor().name,
        login=login,
        password=password,
        now=services.clock.now(),
    )
    _tell(login, password)
    return redirect(url_for("users.listed"))


def _first_password() -> str:
    return secrets.token_urlsafe(12)


def _tell(login: str, password: str) -> None:
    flash(
        gettext(
            "First password of %(login)s: %(password)s – shown once; it must be changed on the "
            "first sign-in.",
            login=login,
            password=password,
        )
    )


def _page(faults: tuple[FieldFault, ...]) -> str:
    with current_services().unit_of_work(read_only=True) as work:
        users = work.people.everyone()
        organisations = work.organisations.listed()
    names = {one.id: one.name for one in organisations}
    return render_template(
        "admin/users.html",
        users=users,
        names=names,
        organisations=[
            (one.id, one.name) for one in organisations if one.state is OrganisationState.APPROVED
        ],
        faults=faults,
        values=request.form,
        labels=LABELS,
    )
