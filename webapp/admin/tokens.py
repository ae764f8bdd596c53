"""Tokens of organisations for programs: grant and revoke."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError
from transport.people import OrganisationState
from transport.services.granting_tokens import Scope, grant_token, revoke_token
from webapp.access import Role, current_actor, current_services, for_role
from webapp.wording import WORDS

blueprint = Blueprint("tokens", __name__)

LABELS = {
    "organisation_id": _l("Organisation"),
    "label": _l("Purpose"),
    "scopes": _l("May be used for"),
}


@blueprint.get("/admin/tokens")
@for_role(Role.ADMINISTRATOR)
def listed() -> str:
    """List tokens with the form for a new one."""
    return _page(())


@blueprint.post("/admin/tokens")
@for_role(Role.ADMINISTRATOR)
def grant() -> str | tuple[str, int]:
    """Grant a token and show its secret, once."""
    services = current_services()
    words = {scope.value for scope in Scope}
    try:
        token, secret = grant_token(
            services.unit_of_work,
            actor=current_actor(),
            organisation_id=request.form.get("organisation_id", ""),
            label=request.form.get("label", ""),
            scopes=[Scope(word) for word in request.form.getlist("scopes") if word in words],
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    return render_template("admin/token_granted.html", token=token, secret=secret)


@blueprint.post("/admin/tokens/<token_id>/revoke")
@for_role(Role.ADMINISTRATOR)
def revoke(token_id: str) -> Response:
    """Take a token back."""
    services = current_services()
    token = revoke_token(
        services.unit_of_work,
        actor=current_actor(),
        token_id=token_id,
        now=services.clock.now(),
    )
    flash(gettext("The token “%(label)s” is revoked.", label=token.label))
    return redirect(url_for("tokens.listed"))


def _page(faults: tuple[FieldFault, ...]) -> str:
    with current_services().unit_of_work(read_only=True) as work:
        tokens = work.api_tokens.listed()
        organisations = work.organisations.listed(state=OrganisationState.APPROVED)
    return render_template(
        "admin/tokens.html",
        tokens=tokens,
        names={one.id: one.name for one in organisations},
        organisations=[(one.id, one.name) for one in organisations],
        scopes=[(scope.value, WORDS["scope"][scope]) for scope in Scope],
        faults=faults,
        values=request.form,
        labels=LABELS,
    )
