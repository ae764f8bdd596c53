"""Recall: what a restriction touches among the passes in force and the open cases."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from transport.errors import NotFoundError
from transport.network.closures import CHINA_TIME, Restriction
from transport.permits.recall import Effect, Touched
from transport.services.recalling import find_touched
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.page_context import day, menu_entry

blueprint = Blueprint("recalling", __name__)
NAVIGATION = (
    menu_entry("recalling.shown", _l("Recall of passes"), Role.TRANSPORT_OFFICER, order=20),
)
_SHOWN = 200


@blueprint.get("/transport/recall")
@for_role(Role.TRANSPORT_OFFICER)
def shown() -> str:
    """List what restricts the roads from today on; of a chosen one, what it touches."""
    services = current_services()
    now = services.clock.now()
    network = services.network()
    live = [one for one in network.restrictions if _still(one, now)]
    wanted = request.args.get("restriction", "")
    chosen = next((one for one in live if one.id == wanted), None)
    if wanted and chosen is None:
        raise NotFoundError(f"there is no restriction {wanted!r} from today on")
    touched: list[Touched] = []
    others = 0
    if chosen is not None:
        touched, elsewhere = find_touched(
            services.unit_of_work,
            actor=current_actor(),
            restriction=chosen,
            network_id=network.id,
            today=day_of(now),
        )
        others = len(elsewhere)
    return render_template(
        "transport_desk/recall.html",
        live=[(one, {network.text(network.ref[edge]) for edge in one.edges}) for one in live],
        chosen=chosen,
        touched=touched[:_SHOWN],
        count=len(touched),
        others=others,
        notice=_notice,
        unaffected=Effect.UNAFFECTED,
    )


def _still(restriction: Restriction, now: datetime) -> bool:
    return restriction.to_at is None or restriction.to_at >= now.astimezone(CHINA_TIME)


def _notice(one: Touched, restriction: Restriction) -> str:
    """Return the draft of the notice to the carrier, for the officer to change and send."""
    what = {
        Effect.NEW_CONDITION: gettext("Travel only outside the restricted days and hours."),
        Effect.MUST_REROUTE: gettext("Ask for an amendment with another route before you depart."),
        Effect.DECISION_NEEDED: gettext(
            "Do not depart. A truck on the road waits at the nearest service area or holding place "
            "until the authority decides."
        ),
    }.get(one.effect, "")
    return str(
        gettext(
            "Case %(number)s: from %(first)s to %(last)s the permitted route is restricted "
            "(%(reason)s, %(body)s). %(what)s",
            number=one.journey.case_number,
            first=day(one.first_day),
            last=day(one.last_day),
            reason=restriction.reason,
            body=restriction.issued_by,
            what=what,
        )
    )
