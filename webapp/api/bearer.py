"""Bearer tokens: who calls, and whether the token covers the endpoint."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from transport.services.granting_tokens import Scope, TokenHolder, token_holder
from webapp.access import Role, act_as, current_services, for_role

P = ParamSpec("P")
R = TypeVar("R")


def recognise_caller() -> None:
    """Find the organisation behind the request's token; the session of a browser does not count.

    So a page of another site cannot use a person's session here, and no form token is needed.
    """
    g.token_scopes = frozenset()
    act_as(None)
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        return
    holder: TokenHolder | None = token_holder(current_services().unit_of_work, given.token)
    if holder is not None:
        act_as(holder.actor)
        g.token_scopes = holder.scopes


def for_scope(scope: Scope) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """State and enforce the scope a token needs for an endpoint."""

    def declare(endpoint: Callable[P, R]) -> Callable[P, R]:
        @wraps(endpoint)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if scope not in g.token_scopes:
                raise Forbidden(f"the token does not have the scope '{scope}'")
            return endpoint(*args, **kwargs)

        return for_role(Role.SIGNED_IN)(guarded)

    return declare


def ask_for_token() -> Unauthorized:
    """Make the answer to a request without a valid token."""
    return Unauthorized(
        "send a valid token: 'Authorization: Bearer ...'",
        www_authenticate=WWWAuthenticate("bearer", {"realm": "dajian"}),
    )
