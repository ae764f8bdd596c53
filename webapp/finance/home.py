"""What waits for finance: records to pay, months to close, settlements to approve."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from transport.relief.claims import ClaimState
from transport.relief.settlements import SettlementState
from transport.services.approving_settlements import list_settlements
from transport.services.claiming_relief import list_claims
from transport.services.settling_relief import (
    months_to_close,
    read_trial_balance,
    sum_operators,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.charts import bars, yuan_label
from webapp.page_context import menu_entry
from webapp.toll_choices import rates_status, today

blueprint = Blueprint("finance", __name__)
NAVIGATION = (menu_entry("finance.show", _l("To pay and close"), Role.FINANCE_OFFICER, order=10),)


@blueprint.get("/finance")
@for_role(Role.FINANCE_OFFICER)
def show() -> str:
    """Show what waits, and what the year has brought so far."""
    services, actor, now = current_services(), current_actor(), today()
    first, last = f"{now:%Y}-01", f"{now:%Y-%m}"
    balance = read_trial_balance(services.unit_of_work, actor=actor, first=first, last=last)
    operators = sum_operators(services.unit_of_work, actor=actor, first=first, last=last)
    claims = list_claims(services.unit_of_work, actor=actor)
    settlements = list_settlements(services.unit_of_work, actor=actor)
    return render_template(
        "finance/home.html",
        to_pay=[one for one in claims if one.state is ClaimState.VERIFIED],
        to_close=months_to_close(services.unit_of_work, actor=actor, today=now),
        to_approve=[
            one
            for one in settlements
            if one.state in {SettlementState.PREPARED, SettlementState.DISPUTED}
        ],
        bearers=[one for one in balance.balances if one.account.startswith("bearer:")],
        bars=bars(
            [
                (
                    one.operator,
                    yuan_label(one.toll_fen),
                    (one.settled_fen, max(one.open_fen, 0)),
                )
                for one in operators
            ]
        ),
        year=now.year,
        rates_status=rates_status(),
    )
