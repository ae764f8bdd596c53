"""The application and the entry point of the command; imported by nobody.

`create_app` makes the application from the services: extensions, headers, the folders' pages from
the table `PAGES`, the API, the error pages.
"""

from __future__ import annotations

import contextlib
import importlib
import mimetypes
import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from webapp import access
from webapp.command_line.main import run
from webapp.composition import services

if TYPE_CHECKING:
    from flask import Flask, Response

    from webapp.settings import Settings

# One line a page module: it holds `blueprint`, and `NAVIGATION` if it stands in the menu.
PAGES: tuple[str, ...] = (
    "webapp.public.starting",
    "webapp.public.signing_in",
    "webapp.public.registering",
    "webapp.public.language",
    "webapp.public.health",
    "webapp.public.network_map",
    "webapp.public.coverage",
    "webapp.public.corridors",
    "webapp.public.places",
    "webapp.factory.home",
    "webapp.factory.components",
    "webapp.factory.load_pages",
    "webapp.factory.loadings",
    "webapp.factory.enquiries",
    "webapp.factory.projects",
    "webapp.factory.project_lists",
    "webapp.factory.delivery_plans",
    "webapp.factory.planning_runs",
    "webapp.housing.annexes",
    "webapp.housing.producers",
    "webapp.housing.region",
    "webapp.carrier.home",
    "webapp.carrier.vehicles",
    "webapp.carrier.units",
    "webapp.carrier.crew",
    "webapp.carrier.outline",
    "webapp.carrier.applying",
    "webapp.carrier.drafting",
    "webapp.carrier.choosing_route",
    "webapp.carrier.handing_in",
    "webapp.carrier.getting_consents",
    "webapp.carrier.amending",
    "webapp.carrier.renewing",
    "webapp.carrier.templates",
    "webapp.carrier.spares",
    "webapp.carrier.entering_once",
    "webapp.carrier.trips",
    "webapp.carrier.field_trips",
    "webapp.carrier.relief",
    "webapp.public.verifying",
    "webapp.public.field",
    "webapp.case_file.showing",
    "webapp.case_file.notices",
    "webapp.case_file.messages",
    "webapp.case_file.downloading",
    "webapp.case_file.accepting",
    "webapp.case_file.deciding",
    "webapp.case_file.pausing",
    "webapp.case_file.claiming",
    "webapp.case_file.serving",
    "webapp.case_file.standing_in",
    "webapp.case_file.statistics",
    "webapp.case_file.whole_file",
    "webapp.transport_desk.queue",
    "webapp.transport_desk.consulting",
    "webapp.transport_desk.reviewing",
    "webapp.transport_desk.issuing",
    "webapp.transport_desk.entry_checking",
    "webapp.transport_desk.recalling",
    "webapp.transport_desk.decision_space",
    "webapp.transport_desk.replaying",
    "webapp.police_desk.queue",
    "webapp.police_desk.opining",
    "webapp.police_desk.designating",
    "webapp.police_desk.road_watch",
    "webapp.police_desk.exchanging",
    "webapp.municipal_desk.queue",
    "webapp.municipal_desk.consenting",
    "webapp.engineer.queue",
    "webapp.engineer.evaluating",
    "webapp.engineer.signing",
    "webapp.engineer.surveying",
    "webapp.engineer.deciding",
    "webapp.engineer.on_file",
    "webapp.engineer.roster",
    "webapp.engineer.panels",
    "webapp.toll_office.claims",
    "webapp.toll_office.monthly",
    "webapp.toll_office.reports",
    "webapp.toll_office.rates",
    "webapp.toll_office.tariff",
    "webapp.toll_office.schemes",
    "webapp.toll_office.lists",
    "webapp.toll_office.imports",
    "webapp.toll_office.simulation",
    "webapp.finance.home",
    "webapp.finance.ledger",
    "webapp.finance.settlements",
    "webapp.operator.home",
    "webapp.operator.records",
    "webapp.operator.settlements",
    "webapp.gate.checking",
    "webapp.gate.reporting",
    "webapp.gate.supervising",
    "webapp.admin.overview",
    "webapp.admin.organisations",
    "webapp.admin.users",
    "webapp.admin.law_in_force",
    "webapp.admin.working_days",
    "webapp.admin.networks",
    "webapp.admin.audit_trail",
    "webapp.admin.tokens",
)

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
_A_YEAR_S = 365 * 24 * 3600
_MEGABYTE = 1024 * 1024


def create_app(given: access.Services) -> Flask:
    """Make the web application over the services of this installation."""
    # Imported here: a command that serves nothing does not wait for the web libraries.
    from webapp import errors, page_context  # noqa: PLC0415
    from webapp.api import registration  # noqa: PLC0415
    from webapp.extensions import babel, csrf, login_manager, select_catalogue  # noqa: PLC0415

    # Windows registries and old systems say text/plain, which browsers refuse for modules.
    mimetypes.add_type("text/javascript", ".mjs")
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.add_type("font/woff2", ".woff2")
    app = registration.make_openapi_app("webapp")
    _configure(app, given.settings)
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=select_catalogue)
    access.provide(lambda: given)
    page_context.register(app)
    for name in PAGES:
        module = importlib.import_module(name)
        app.register_blueprint(module.blueprint)
        page_context.add_navigation(app, getattr(module, "NAVIGATION", ()))
    registration.register(app)
    errors.register(app)
    app.after_request(_harden)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key or _kept_secret(settings.data),
        SESSION_COOKIE_NAME="dajian_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=settings.upload_limit_mb * _MEGABYTE,
        MAX_FORM_MEMORY_SIZE=2 * _MEGABYTE,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        HTTPS=settings.https,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of the contract
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _kept_secret(data: Path) -> str:
    """Return the key that signs sessions, made once and kept readable for its owner only."""
    path = data / "session_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        draft = data / f".session_key.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        # A link appears whole or not at all, and never replaces the key of a process that won.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


def _harden(response: Response) -> Response:
    from flask import current_app, request  # noqa: PLC0415

    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["HTTPS"]:
        response.headers["Strict-Transport-Security"] = f"max-age={_A_YEAR_S}; includeSubDomains"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def main() -> None:
    """Run the `dajian` command."""
    access.provide(services)
    access.provide_application(create_app)
    sys.exit(run())
