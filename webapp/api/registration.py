"""The OpenAPI application, its document, its page that works offline, and the request checks."""

from __future__ import annotations

import importlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flask_openapi_swagger
from flask import Blueprint, Flask, current_app, jsonify, render_template
from flask_openapi import Info, OpenAPI
from pydantic import ValidationError

from transport.errors import FieldFault
from webapp.access import Role, for_role
from webapp.api.endpoint import PREFIX
from webapp.api.problems import Problem
from webapp.errors import problem
from webapp.extensions import csrf

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

# One line an endpoint: each module holds `blueprint`.
ENDPOINTS: tuple[str, ...] = (
    "webapp.api.v1.checks",
    "webapp.api.v1.classify",
    "webapp.api.v1.conditions",
    "webapp.api.v1.envelope",
    "webapp.api.v1.reach",
    "webapp.api.v1.evaluate",
    "webapp.api.v1.law",
    "webapp.api.v1.route",
    "webapp.api.v1.toll_quote",
    "webapp.api.v1.toll_simulate",
)
_SWAGGER = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"

documentation = Blueprint(
    "api_documentation",
    __name__,
    url_prefix=PREFIX,
    static_folder=str(_SWAGGER),
    static_url_path="/docs/files",
)


def make_openapi_app(import_name: str) -> OpenAPI:
    """Make the Flask application that collects the OpenAPI document."""
    app = OpenAPI(
        import_name,
        info=Info(
            title="dajian",
            version=version("dajian"),
            description=(
                "Permits, routes and toll relief for trucks that carry oversize building "
                "components. Units stand in the field names; coordinates are lon, lat in WGS 84."
            ),
        ),
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        validation_error_status=422,
        validation_error_model=Problem,
        validation_error_callback=_validation_problem,
        doc_ui=False,
    )
    # Version 5 writes 3.2.0 by default, which many generators do not read yet.
    app.openapi_version = "3.1.0"
    return app


def register(app: Flask) -> None:
    """Register every endpoint, the document and its page."""
    app.register_blueprint(documentation)
    for name in ENDPOINTS:
        module = importlib.import_module(name)
        csrf.exempt(module.blueprint)
        app.register_api(module.blueprint)  # type: ignore[attr-defined]


@documentation.get("/openapi.json")
@for_role(Role.ANYONE)
def document() -> Response:
    """Answer with the OpenAPI 3.1 document."""
    spec: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]
    return jsonify(spec)


@documentation.get("/docs")
@for_role(Role.ANYONE)
def page() -> str:
    """Show the interface with forms to try it; all files come from this server."""
    return render_template("public/interface.html")


def _validation_problem(error: ValidationError) -> Response:
    faults = tuple(
        FieldFault(".".join(str(part) for part in fault["loc"]) or "body", fault["msg"])
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    )
    return problem(422, "Unprocessable Entity", "some fields are wrong", faults)
