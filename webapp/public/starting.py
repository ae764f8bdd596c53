"""The start page, and the page of help and words."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from webapp.access import Role, current_services, for_role
from webapp.page_context import menu_entry
from webapp.wording import GLOSSARY

blueprint = Blueprint("starting", __name__)
NAVIGATION = (menu_entry("starting.index", _l("Start"), Role.ANYONE, order=0),)


@blueprint.get("/")
@for_role(Role.ANYONE)
def index() -> str:
    """Explain the product by kind of user; in demonstration mode show the sign-ins."""
    sign_ins = current_services().demonstration_sign_ins
    return render_template("public/start.html", sign_ins=sign_ins)


@blueprint.get("/help")
@for_role(Role.ANYONE)
def help_page() -> str:
    """Explain the words for outcomes and the terms of the field."""
    return render_template("public/help.html", glossary=GLOSSARY)
