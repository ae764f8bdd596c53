"""The ledger for finance and operators: balance, settlement, statements, closed months."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.errors import ConflictError, FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Role as ActorRole
from transport.relief.ledger import AccountKind, Balance, account, owner_of
from transport.services.settling_relief import (
    Statement,
    changed_months,
    close_month,
    read_statement,
    read_trial_balance,
    reverse_booking,
    sum_operators,
)
from webapp.access import Role, current_actor, current_services, for_role
from webapp.charts import bars, yuan_label
from webapp.csv_files import settlement_answer
from webapp.fault_messages import refusal_text
from webapp.page_context import menu_entry
from webapp.toll_choices import months_asked, rates_status, today

blueprint = Blueprint("toll_ledger", __name__)
NAVIGATION = (
    menu_entry("toll_ledger.show", _l("Ledger"), Role.FINANCE_OFFICER, Role.TOLL_OFFICER, order=60),
)
LABELS = {
    "first": _l("From month"),
    "last": _l("To month"),
    "month": _l("Month"),
    "reason": _l("Reason"),
}


@blueprint.get("/finance/ledger")
@for_role(Role.FINANCE_OFFICER, Role.TOLL_OFFICER)
def show() -> str | tuple[str, int]:
    """Show the trial balance, what operators are due, and the closed months."""
    try:
        first, last = months_asked(request.args)
    except InvalidInputError as wrong:
        now = f"{today():%Y-%m}"
        return _page(now, now, wrong.faults), 422
    return _page(first, last)


@blueprint.post("/finance/ledger/close")
@for_role(Role.FINANCE_OFFICER)
def close() -> AnyResponse | tuple[str, int]:
    """Close a month that is over."""
    services = current_services()
    month, now = request.form.get("month", ""), f"{today():%Y-%m}"
    try:
        made = close_month(
            services.unit_of_work, actor=current_actor(), month=month, now=services.clock.now()
        )
    except InvalidInputError as wrong:
        return _page(now, now, wrong.faults), 422
    except ConflictError:
        fault = FieldFault("month", "was closed before", "month_closed_before")
        return _page(now, now, (fault,)), 409
    flash(gettext("%(month)s is closed with %(count)s bookings.", month=month, count=made.bookings))
    return redirect(url_for("toll_ledger.show", first=month, last=month))


@blueprint.get("/finance/ledger/account")
@for_role(Role.FINANCE_OFFICER, Role.TOLL_OFFICER)
def statement() -> str:
    """Show the bookings of one account with their tariff lines and scheme rules."""
    first, last = months_asked(request.args)
    return _statement(request.args.get("name", ""), first, last)


@blueprint.post("/finance/ledger/bookings/<booking_id>/reverse")
@for_role(Role.FINANCE_OFFICER)
def reverse(booking_id: str) -> AnyResponse | tuple[str, int]:
    """Take a booking back; the correction stands in this month."""
    services, (first, last) = current_services(), months_asked(request.form)
    name = request.form.get("name", "")
    try:
        reverse_booking(
            services.unit_of_work,
            actor=current_actor(),
            booking_id=booking_id,
            reason=request.form.get("reason", ""),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _statement(name, first, last, faults=wrong.faults), 422
    except StepNotAllowedError as refused:
        return _statement(name, first, last, refusal=refusal_text(refused)), 409
    except ConflictError:
        text = gettext("This booking was taken back before.")
        return _statement(name, first, last, refusal=text), 409
    return redirect(url_for("toll_ledger.statement", name=name, first=first, last=last))


@blueprint.get("/finance/ledger/settlement.csv")
@for_role(Role.FINANCE_OFFICER, Role.TOLL_OFFICER)
def settlement() -> Response:
    """Give out the settlement file of one operator: every booking with its rules."""
    first, last = months_asked(request.args)
    operator = request.args.get("operator", "")
    rows = [
        (kind, row)
        for kind in (AccountKind.OPERATOR, AccountKind.SETTLED)
        for row in _read(account(kind, operator), first, last).rows
    ]
    return settlement_answer(rows, f"settlement-{first}-{last}.csv")


def _read(name: str, first: str, last: str) -> Statement:
    return read_statement(
        current_services().unit_of_work, actor=current_actor(), name=name, first=first, last=last
    )


def _statement(
    name: str,
    first: str,
    last: str,
    *,
    faults: tuple[FieldFault, ...] = (),
    refusal: str = "",
) -> str:
    found = _read(name, first, last)
    return render_template(
        "finance/account.html",
        statement=found,
        kind=name.partition(":")[0],
        rates_status=rates_status(),
        owner=_names().get(owner_of(name), owner_of(name)),
        first=first,
        last=last,
        may_correct=_is_finance(),
        faults=faults,
        refusal=refusal,
        values=request.form,
        labels=LABELS,
    )


def _page(first: str, last: str, faults: tuple[FieldFault, ...] = ()) -> str:
    services, actor = current_services(), current_actor()
    balance = read_trial_balance(services.unit_of_work, actor=actor, first=first, last=last)
    operators = sum_operators(services.unit_of_work, actor=actor, first=first, last=last)
    return render_template(
        "finance/ledger.html",
        balance=balance,
        rows=[(one, *_said(one)) for one in balance.balances],
        operators=operators,
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
        rates_status=rates_status(),
        changed=changed_months(services.unit_of_work, actor=actor),
        may_close=_is_finance(),
        faults=faults,
        values={"first": first, "last": last},
        labels=LABELS,
    )


def _is_finance() -> bool:
    return current_actor().role is ActorRole.FINANCE


def _said(balance: Balance) -> tuple[str, str]:
    owner = owner_of(balance.account)
    return balance.account.partition(":")[0], _names().get(owner, owner)


def _names() -> dict[str, str]:
    with current_services().unit_of_work(read_only=True) as work:
        return {one.id: one.name for one in work.organisations.listed()}
