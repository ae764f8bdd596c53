"""What closed months owe the operator: its file, and its answer."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.relief.ledger import AccountKind, account
from transport.services.settling_relief import read_statement
from webapp.access import Role, current_actor, current_services, for_role
from webapp.csv_files import settlement_answer
from webapp.page_context import menu_entry
from webapp.settlement_pages import settlement_page, step_on
from webapp.toll_choices import months_asked

blueprint = Blueprint("operator_settlements", __name__)
NAVIGATION = (
    menu_entry("operator_settlements.show", _l("My settlements"), Role.OPERATOR, order=30),
)
_TEMPLATE = "operator/settlements.html"


@blueprint.get("/operator/settlements")
@for_role(Role.OPERATOR)
def show() -> str:
    """Show the operator's own settlements."""
    return settlement_page(_TEMPLATE)


@blueprint.post("/operator/settlements/<settlement_id>")
@for_role(Role.OPERATOR)
def decide(settlement_id: str) -> AnyResponse | tuple[str, int]:
    """Confirm a settlement, or dispute it with the reason."""
    return step_on(settlement_id, _TEMPLATE) or redirect(url_for("operator_settlements.show"))


@blueprint.get("/operator/settlement.csv")
@for_role(Role.OPERATOR)
def file() -> Response:
    """Give out the operator's own settlement file, whatever operator is asked for."""
    first, last = months_asked(request.args)
    services, actor = current_services(), current_actor()
    rows = [
        (kind, row)
        for kind in (AccountKind.OPERATOR, AccountKind.SETTLED)
        for row in read_statement(
            services.unit_of_work,
            actor=actor,
            name=account(kind, actor.organisation_name),
            first=first,
            last=last,
        ).rows
    ]
    return settlement_answer(rows, f"settlement-{first}-{last}.csv")
