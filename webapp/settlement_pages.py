"""The settlement table that finance and operators share: its rows and the step taken on one."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext

from transport.errors import ConflictError, FieldFault, InvalidInputError, StepNotAllowedError
from transport.relief.settlements import SettlementStep, allowed_settlement_steps
from transport.services.approving_settlements import decide_settlement, list_settlements
from webapp.access import current_actor, current_services
from webapp.fault_messages import refusal_text
from webapp.fields import Fields
from webapp.toll_choices import rates_status

_HIGHEST_VERSION = 1_000_000_000


def settlement_page(
    template: str, *, faults: tuple[FieldFault, ...] = (), refusal: str = ""
) -> str:
    """Show the settlements this person may see, each with the steps open to them."""
    actor = current_actor()
    found = list_settlements(current_services().unit_of_work, actor=actor)
    return render_template(
        template,
        settlements=[(one, allowed_settlement_steps(one, actor.role)) for one in found],
        rates_status=rates_status(),
        faults=faults,
        refusal=refusal,
        values=request.form,
        labels={"reason": gettext("Reason"), "step": gettext("Decision")},
    )


def step_on(settlement_id: str, template: str) -> tuple[str, int] | None:
    """Take the step that was sent; return the page with what is wrong, None where it is done."""
    services, fields = current_services(), Fields(request.form)
    step = fields.choice("step", SettlementStep)
    version = fields.whole_number("expected_version", least=1, most=_HIGHEST_VERSION)
    reason = fields.text("reason", required=False, longest=2000)
    try:
        fields.check()
        decide_settlement(
            services.unit_of_work,
            actor=current_actor(),
            settlement_id=settlement_id,
            step=step,
            expected_version=version,
            now=services.clock.now(),
            reason=reason,
        )
    except InvalidInputError as wrong:
        return settlement_page(template, faults=wrong.faults), 422
    except StepNotAllowedError as refused:
        return settlement_page(template, refusal=refusal_text(refused)), 409
    except ConflictError:
        text = gettext("Somebody changed this meanwhile. Look at it again, then repeat.")
        return settlement_page(template, refusal=text), 409
    return None
