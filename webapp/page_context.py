"""What every page has at hand: who is signed in, the menu, words, and how values are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask, current_app, redirect, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, gettext
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from transport.services.notifying import count_unread
from webapp import sessions
from webapp.access import Role, act_as, current_services, may_open, signed_in_actor
from webapp.area_names import area_name, authority_name, authority_text
from webapp.clauses import clause_in_chinese
from webapp.errors import wants_problem
from webapp.extensions import language
from webapp.fault_messages import fault_text
from webapp.relief_wording import (
    evidence_text,
    relief_check_text,
    relief_line_text,
    steps_text,
    toll_rule_text,
)
from webapp.wording import law_value, say, tone

_CHINA = ZoneInfo("Asia/Shanghai")
_KILOMETRE_M = 1000
_MINUTES_OF_HOUR = 60
# Where somebody with a first password, set by another person, may still go.
_BEFORE_NEW_PASSWORD = {
    "signing_in.password_form",
    "signing_in.change_password",
    "signing_in.sign_out",
    "language.switch",
}


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the menu: the page's endpoint, its label, and the roles that see it."""

    endpoint: str
    label: LazyString
    roles: frozenset[Role]
    order: int = 50


def menu_entry(endpoint: str, label: LazyString, *roles: Role, order: int = 50) -> MenuEntry:
    """Make a line of the menu; lower orders stand first."""
    return MenuEntry(endpoint, label, frozenset(roles), order)


def register(app: Flask) -> None:
    """Give the application's pages their context, filters and words."""
    app.extensions["menu"] = []
    sessions.register(app)
    app.before_request(_recognise)
    app.url_defaults(_stamp_static)
    app.context_processor(_context)
    app.jinja_env.globals.update(
        relief_check_text=relief_check_text,
        evidence_text=evidence_text,
        relief_line_text=relief_line_text,
        steps_text=steps_text,
        toll_rule_text=toll_rule_text,
    )
    app.jinja_env.globals.update(say=say, tone=tone, fault_text=fault_text, law_value=law_value)
    app.jinja_env.filters.update(
        number=number, km=km, hours=hours, yuan=yuan, day=day, moment=moment, clause=clause_text
    )
    app.jinja_env.globals.update(authority_name=authority_name, authority_text=authority_text)
    app.jinja_env.filters.update(road=road, county=area_name)


def add_navigation(app: Flask, entries: Iterable[MenuEntry]) -> None:
    """Add the lines of one page module to the menu."""
    app.extensions["menu"].extend(entries)
    app.extensions["menu"].sort(key=lambda entry: entry.order)


def local_path(target: str) -> str:
    """Return a way back that stays on this site, `/` for anything else."""
    parts = urlsplit(target)
    # `//host` and `/\\host` leave the site in browsers, although they begin with a slash.
    foreign = parts.scheme or parts.netloc or target[:2] in {"//", "/\\"} or "\\" in target
    return "/" if foreign or not target.startswith("/") else target


def _recognise() -> Response | None:
    """Find the actor of the session; the API finds its own by token."""
    if request.endpoint in {None, "static"} or wants_problem():
        return None
    act_as(sessions.actor())
    if sessions.must_change_password() and request.endpoint not in _BEFORE_NEW_PASSWORD:
        return redirect(url_for("signing_in.password_form"))
    return None


def clause_text(text: str) -> str:
    """Show a clause in the reader's language."""
    if not language().startswith("zh"):
        return text
    return clause_in_chinese(text, current_services().law.instruments)


def _stamp_static(endpoint: str, values: dict[str, object]) -> None:
    """Add the file's age to its address, so that browsers may keep it until it changes."""
    if endpoint == "static" and "filename" in values:
        path = Path(__file__).parent / "static" / str(values["filename"])
        if path.is_file():
            values["v"] = int(path.stat().st_mtime)


def _context() -> dict[str, object]:
    actor = signed_in_actor()
    settings = current_services().settings
    menu = [
        (url_for(entry.endpoint), str(entry.label))
        for entry in current_app.extensions["menu"]
        if may_open(entry.roles, actor)
    ]
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    under = [path for path, _ in menu if f"{request.path}/".startswith(f"{path.rstrip('/')}/")]
    return {
        "actor": actor,
        "menu": menu,
        "menu_here": max((path for path in under if path != "/"), key=len, default=request.path),
        "language": language(),
        "here": here,
        "unread_notices": _unread_notices,
        "demonstration_mode": settings.demonstration,
        "map_approval_number": settings.map_approval_number,
    }


def _unread_notices() -> int:
    """Count what nobody of the reader's organisation has read; asked by signed-in pages alone."""
    actor = signed_in_actor()
    return count_unread(current_services().unit_of_work, actor=actor) if actor else 0


def number(value: float | Decimal | None, decimals: int = 2) -> str:
    """Write a number with at most so many decimals; a dash where there is none."""
    if value is None:
        return "–"
    text: str = format_decimal(round(value, decimals))
    return text


def road(numbers: str) -> str:
    """Write the numbers of a shared section as signs do: `G6;G7` becomes G6/G7."""
    return numbers.replace(";", "/")


def km(metres: float | None) -> str:
    """Write a length given in metres as kilometres."""
    return "–" if metres is None else f"{number(metres / _KILOMETRE_M, 1)} km"


def hours(seconds: float | None) -> str:
    """Write a time given in seconds as hours and minutes."""
    if seconds is None:
        return "–"
    minutes = round(seconds / 60)
    whole, rest = divmod(minutes, _MINUTES_OF_HOUR)
    return str(gettext("%(hours)s h %(minutes)s min", hours=whole, minutes=f"{rest:02d}"))


def yuan(amount: str | float | Decimal | None) -> str:
    """Write an amount of money in yuan with two decimals."""
    return "–" if amount is None else f"¥ {Decimal(str(amount)):,.2f}"


def day(value: date | str | None) -> str:
    """Write a day in the reader's language."""
    if not value:
        return "–"
    text: str = format_date(
        date.fromisoformat(value) if isinstance(value, str) else value, "medium"
    )
    return text


def moment(value: datetime | str | None) -> str:
    """Write a moment in Chinese time to the minute."""
    if not value:
        return "–"
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    if instant.tzinfo is not None:
        instant = instant.astimezone(_CHINA).replace(tzinfo=None)
    text: str = format_datetime(instant, "yyyy-MM-dd HH:mm", rebase=False)
    return text
