"""Switch the language of the pages."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from webapp.access import Role, for_role
from webapp.extensions import CATALOGUES, LANGUAGE_COOKIE
from webapp.page_context import local_path

blueprint = Blueprint("language", __name__)
_A_YEAR_S = 365 * 24 * 3600


@blueprint.get("/language/<code>")
@for_role(Role.ANYONE)
def switch(code: str) -> Response:
    """Remember the reader's language and go back to the page."""
    if code not in CATALOGUES:
        abort(404)
    answer = redirect(local_path(request.args.get("next", "/")))
    answer.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=_A_YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["HTTPS"],
    )
    return answer
