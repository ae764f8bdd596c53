"""Settlements of closed months: approved here by another person than the one who closed."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from webapp.access import Role, for_role
from webapp.page_context import menu_entry
from webapp.settlement_pages import settlement_page, step_on

blueprint = Blueprint("finance_settlements", __name__)
NAVIGATION = (
    menu_entry("finance_settlements.show", _l("Settlements"), Role.FINANCE_OFFICER, order=65),
)
_TEMPLATE = "finance/settlements.html"


@blueprint.get("/finance/settlements")
@for_role(Role.FINANCE_OFFICER)
def show() -> str:
    """Show the settlements of every operator with their states."""
    return settlement_page(_TEMPLATE)


@blueprint.post("/finance/settlements/<settlement_id>")
@for_role(Role.FINANCE_OFFICER)
def decide(settlement_id: str) -> Response | tuple[str, int]:
    """Approve a settlement."""
    return step_on(settlement_id, _TEMPLATE) or redirect(url_for("finance_settlements.show"))
