"""Flask extensions, made here and bound in `app`; imports nothing of ours."""

from __future__ import annotations

from flask import has_request_context, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

LANGUAGE_COOKIE = "language"
# What the switch and the cookie say, and the catalogue behind it: Babel would look for plain `zh`
# and miss `zh_Hans_CN`.
CATALOGUES = {"zh": "zh_Hans_CN", "en": "en"}
DEFAULT_LANGUAGE = "zh"

login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()


def language() -> str:
    """Return the language of this request: `zh` unless the reader chose `en`."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "") if has_request_context() else ""
    return chosen if chosen in CATALOGUES else DEFAULT_LANGUAGE


def select_catalogue() -> str:
    """Return the catalogue of this request's language."""
    return CATALOGUES[language()]
