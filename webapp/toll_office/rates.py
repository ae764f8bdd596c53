"""Toll rates and relief schemes, each with how sure it is."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError, NoLawInForceError
from transport.people import Role as ActorRole
from transport.services.quoting_tolls import quote_toll
from transport.services.stepping import day_of
from transport.tariffs.quote import Quote
from transport.tariffs.schedule import FEWEST_AXLES, MOST_AXLES
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fields import Fields
from webapp.page_context import menu_entry

blueprint = Blueprint("toll_rates", __name__)
NAVIGATION = (
    menu_entry(
        "toll_rates.show", _l("Tolls and schemes"), Role.TOLL_OFFICER, Role.CARRIER, order=30
    ),
)


LABELS = {
    "entry": _l("Station of entry"),
    "exit": _l("Station of exit"),
    "axles": _l("Axles of tractor and trailer"),
    "at": _l("Day"),
    "etc": _l("Electronic payment (ETC)"),
}


@blueprint.get("/tolls")
@for_role(Role.TOLL_OFFICER, Role.CARRIER, Role.FACTORY, Role.HOUSING_OFFICER)
def show() -> str | tuple[str, int]:
    """Show the toll rates of every day on file and the schemes; quote a toll where asked to."""
    services = current_services()
    today = day_of(services.clock.now())
    quote, faults = _quote(today) if request.args else (None, ())
    page = render_template(
        "toll_office/rates.html",
        may_change=current_actor().role is ActorRole.TOLL_OFFICE,
        quote=quote,
        faults=faults,
        values=request.args or {"axles": 6, "at": today.isoformat()},
        labels=LABELS,
        tariff=services.tariff,
        schemes=services.schemes.schemes,
        today=today,
    )
    return (page, 422) if faults else page


def _quote(today: date) -> tuple[Quote | None, tuple[FieldFault, ...]]:
    services, fields = current_services(), Fields(request.args)
    axles = fields.whole_number("axles", least=FEWEST_AXLES, most=MOST_AXLES)
    day = fields.day("at", required=False) or today
    try:
        fields.check()
        made = quote_toll(
            services.network(),
            services.tariff,
            axles=axles,
            day=day,
            entry=request.args.get("entry", ""),
            exit_=request.args.get("exit", ""),
            etc=fields.ticked("etc"),
        )
    except InvalidInputError as wrong:
        return None, wrong.faults
    except NoLawInForceError:
        return None, (FieldFault("at", "no schedule is in force", "no_schedule"),)
    return made, ()
