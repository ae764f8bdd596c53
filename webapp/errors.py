"""Core errors and HTTP errors as pages, or as problem+json below /api."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NoLawInForceError,
    NotAvailableError,
    NotFoundError,
    StepNotAllowedError,
    TransportError,
)
from webapp.extensions import language
from webapp.fault_messages import refusal_text

log = logging.getLogger(__name__)

Answer = BaseResponse | tuple[str, int]

STATUS_OF_ERROR: dict[type[TransportError], HTTPStatus] = {
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    StepNotAllowedError: HTTPStatus.CONFLICT,
    ConflictError: HTTPStatus.CONFLICT,
    NoLawInForceError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotAvailableError: HTTPStatus.NOT_IMPLEMENTED,
}

_TITLES: dict[type[TransportError], LazyString] = {
    InvalidInputError: _l("Some of the information is not right"),
    NotFoundError: _l("Not found"),
    StepNotAllowedError: _l("This step is not possible now"),
    ConflictError: _l("Somebody else changed this first"),
    NoLawInForceError: _l("No legal value is in force on that day"),
    NotAvailableError: _l("Not available in this version"),
}

_REMEDIES: dict[type[TransportError], LazyString] = {
    InvalidInputError: _l("Go back, correct the fields named below, and send the form again."),
    NotFoundError: _l("Check the number or address, or start from your overview."),
    StepNotAllowedError: _l("Open the case again: it shows which steps are possible now."),
    ConflictError: _l(
        "Nothing of yours was saved and nothing of theirs was lost. Open the page again and repeat "
        "your change on the newest version."
    ),
    NoLawInForceError: _l("Choose a later day, or ask the administrator about the law in force."),
    NotAvailableError: _l("A later version brings it."),
}

_HTTP_TEXTS: dict[int, tuple[LazyString, LazyString]] = {
    400: (
        _l("The form could not be accepted"),
        _l("It was open for too long or came from another page. Go back, reload, and send again."),
    ),
    403: (
        _l("This page is not for your role"),
        _l("Sign in with an account of the organisation that does this step."),
    ),
    404: (
        _l("Page not found"),
        _l("Check the number or address, or start from your overview."),
    ),
    405: (_l("This address does not accept that"), _l("Start again from your overview.")),
    413: (
        _l("The file is too large"),
        _l("Choose a smaller file, or a scan with a lower resolution."),
    ),
    429: (_l("Too many attempts"), _l("Wait a few minutes, then try again.")),
}


def wants_problem() -> bool:
    """Say whether the request is for the API, which answers in problem+json."""
    return request.path.startswith("/api/")


def problem(status: int, title: str, detail: str, faults: tuple[FieldFault, ...] = ()) -> Response:
    """Make an answer of type application/problem+json (RFC 9457)."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if faults:
        body["errors"] = [{"field": fault.field, "message": fault.message} for fault in faults]
    answer = jsonify(body)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    return answer


def register(app: Flask) -> None:
    """Let the application answer every error with a page or a problem document."""
    app.register_error_handler(TransportError, _transport_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_fault)


def _transport_error(error: TransportError) -> Answer:
    kind = next((kind for kind in type(error).__mro__ if kind in STATUS_OF_ERROR), None)
    if kind is None:
        return _our_fault(error)
    status = STATUS_OF_ERROR[kind]
    faults = error.faults if isinstance(error, InvalidInputError) else ()
    if wants_problem():
        return problem(status, status.phrase, str(error), faults)
    page = render_template(
        "public/error.html",
        title=str(_TITLES[kind]),
        remedy=str(_REMEDIES[kind]),
        detail="" if faults else _detail(error),
        faults=faults,
    )
    return page, status


def _detail(error: TransportError) -> str:
    if isinstance(error, StepNotAllowedError):
        return refusal_text(error)
    # The core speaks English; in Chinese the title and the remedy say it.
    return str(error) if language() == "en" else ""


def _http_error(error: HTTPException) -> Answer:
    status = error.code or 500
    if wants_problem():
        answer = problem(status, error.name, error.description or error.name)
        for name, value in error.get_headers():
            if name.lower() not in {"content-type", "content-length"}:
                answer.headers[name] = value
        return answer
    if 300 <= status < 400:  # noqa: PLR2004 - redirects are answers, not errors
        return error.get_response()
    if status == HTTPStatus.UNAUTHORIZED:
        return redirect(url_for("signing_in.form", next=_way_back()))
    title, remedy = _HTTP_TEXTS.get(status, (error.name, ""))
    detail = error.description or "" if isinstance(error, CSRFError) else ""
    page = render_template(
        "public/error.html", title=str(title), remedy=str(remedy), detail=detail, faults=()
    )
    return page, status


def _way_back() -> str:
    """Return where to go after signing in: the page asked for, or for a form its own page."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return "/"


def _our_fault(error: Exception) -> Answer:
    number = secrets.token_hex(4)
    log.error("fault %s at %s %s", number, request.method, request.path, exc_info=error)
    if wants_problem():
        return problem(500, "Internal Server Error", f"a fault of ours, number {number}")
    page = render_template(
        "public/error.html",
        title=gettext("Something went wrong on our side"),
        remedy=gettext(
            "Nothing was changed. Tell the operator this number: %(number)s", number=number
        ),
        detail="",
        faults=(),
    )
    return page, 500
