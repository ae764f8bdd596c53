"""Recall: what a change of the roads touches among passes and open cases, and telling carriers."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import InvalidInputError, NotFoundError, StepNotAllowedError
from transport.network.closures import Restriction
from transport.permits.application import Application, RouteSnapshot, snapshot_route
from transport.permits.recall import Effect
from transport.permits.recall_runs import Finding, RecallRun, RunState
from transport.permits.structure_change import rating_change
from transport.services.assessing_journeys import Journey, assess_journey
from transport.services.recalling import (
    draft_amendment,
    judge_slice,
    open_run,
    still_to_come,
    tell_carrier,
)
from transport.services.stepping import day_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fault_messages import fault_text, refusal_text
from webapp.fields import Fields
from webapp.page_context import day, menu_entry

blueprint = Blueprint("recalling", __name__)
NAVIGATION = (
    menu_entry("recalling.shown", _l("Recall of passes"), Role.TRANSPORT_OFFICER, order=20),
)
LABELS = {
    "structure": _l("Number of the structure"),
    "most_t": _l("Largest gross mass from now on"),
    "reason": _l("Reason"),
}
_SHOWN = 200
# So long a page judges by itself; the rest is the background's, or the next look's.
_PATIENCE = timedelta(seconds=2)


@blueprint.get("/transport/recall")
@for_role(Role.TRANSPORT_OFFICER)
def shown() -> str:
    """List what restricts the roads from today on; of a chosen one, what it touches."""
    network = current_services().network()
    live = still_to_come(network.restrictions, current_services().clock.now())
    wanted = request.args.get("restriction", "")
    chosen = next((one for one in live if one.id == wanted), None)
    if wanted and chosen is None:
        raise NotFoundError(f"there is no restriction {wanted!r} from today on")
    if chosen is not None:
        return _run_page(_judged(chosen))
    return _list_page()


@blueprint.post("/transport/recall/structures")
@for_role(Role.TRANSPORT_OFFICER)
def structure() -> Response | tuple[str, int]:
    """Recall for a structure whose rating or limit changed."""
    services, fields = current_services(), Fields(request.form)
    try:
        number = fields.text("structure", longest=60)
        most_t = fields.optional_number("most_t", least=0.1, most=2000)
        reason = fields.text("reason", longest=200)
        fields.check()
        change = rating_change(
            services.network(), number, most_t, reason, current_actor().organisation_name
        )
    except InvalidInputError as wrong:
        return _list_page(wrong.faults), 422
    return redirect(url_for("recalling.run", run_id=_judged(change).id))


@blueprint.get("/transport/recall/runs/<run_id>")
@for_role(Role.TRANSPORT_OFFICER)
def run(run_id: str) -> str:
    """Show what a run found so far, and judge some more."""
    return _run_page(_going_on(_own(run_id)))


@blueprint.post("/transport/recall/runs/<run_id>/cases/<number>/notice")
@for_role(Role.TRANSPORT_OFFICER)
def notify(run_id: str, number: str) -> Response:
    """Send the notice as the officer left it."""
    services = current_services()
    try:
        tell_carrier(
            services.unit_of_work,
            actor=current_actor(),
            run_id=run_id,
            case_number=number,
            text=request.form.get("text", "")[:2000],
            now=services.clock.now(),
        )
    except InvalidInputError:
        flash(gettext("The notice is empty; nothing was sent."))
    else:
        flash(gettext("The carrier of case %(number)s is told.", number=number))
    return redirect(url_for("recalling.run", run_id=run_id))


@blueprint.post("/transport/recall/runs/<run_id>/cases/<number>/amendment")
@for_role(Role.TRANSPORT_OFFICER)
def amendment(run_id: str, number: str) -> Response:
    """Prepare the amendment that leads around the change."""
    services = current_services()
    try:
        case = draft_amendment(
            services.unit_of_work,
            services.law,
            _another_route,
            actor=current_actor(),
            run_id=run_id,
            case_number=number,
            now=services.clock.now(),
        )
    except StepNotAllowedError as refused:
        flash(refusal_text(refused))
    except InvalidInputError as wrong:
        # A place of the old application may be unknown to the network in use.
        flash(fault_text(wrong.faults[0]))
    else:
        flash(gettext("The draft %(number)s waits for the carrier.", number=case.number))
    return redirect(url_for("recalling.run", run_id=run_id))


def _judged(change: Restriction) -> RecallRun:
    services, actor = current_services(), current_actor()
    return _going_on(
        open_run(
            services.unit_of_work,
            office_id=actor.organisation_id,
            restriction=change,
            network_id=services.network().id,
            now=services.clock.now(),
            actor=actor,
        )
    )


def _going_on(found: RecallRun) -> RecallRun:
    services = current_services()
    began: datetime = services.clock.now()
    slices = 0
    while found.state is RunState.RUNNING:
        now = services.clock.now()
        # The clock of a test stands still: the number of slices bounds a page as well.
        if now - began > _PATIENCE or slices > 10:  # noqa: PLR2004 - explained above
            break
        found = judge_slice(services.unit_of_work, found.id, network=services.network(), now=now)
        slices += 1
    return found


def _own(run_id: str) -> RecallRun:
    with current_services().unit_of_work(read_only=True) as work:
        found = work.recalls.get(run_id)
    if found.office_id != current_actor().organisation_id:
        raise NotFoundError(f"there is no recall {run_id!r}")
    return found


def _list_page(faults: tuple[object, ...] = ()) -> str:
    services, network = current_services(), current_services().network()
    live = still_to_come(network.restrictions, services.clock.now())
    with services.unit_of_work(read_only=True) as work:
        runs = work.recalls.of_office(current_actor().organisation_id)
    return render_template(
        "transport_desk/recall.html",
        live=[(one, {network.text(network.ref[edge]) for edge in one.edges}) for one in live],
        runs=runs[:20],
        faults=faults,
        values=request.form,
        labels=LABELS,
    )


def _run_page(found: RecallRun) -> str:
    services = current_services()
    with services.unit_of_work(read_only=True) as work:
        findings = work.recalls.findings(found.id, _SHOWN)
        counts = work.recalls.counts(found.id)
        others = work.recalls.planned_elsewhere(
            found.network_id, day_of(services.clock.now()), found.office_id
        )
    return render_template(
        "transport_desk/recall_run.html",
        run=found,
        findings=findings,
        counts={one.value: counts.get(one.value, 0) for one in Effect},
        others=others,
        notice=lambda one: one.notice or _notice(one, found.restriction),
        unaffected=Effect.UNAFFECTED,
        reroute=Effect.MUST_REROUTE,
        running=found.state is RunState.RUNNING,
    )


def _another_route(application: Application, finding: Finding) -> RouteSnapshot | None:
    """Plan the journey anew on a day of the change; None where nothing leads there.

    A route with open questions is taken too: it is a draft, and the carrier chooses.
    """
    services, places = current_services(), application.itinerary
    network, today = services.network(), day_of(services.clock.now())
    found = assess_journey(
        application.transport,
        Journey(
            _named(places.origin, places.origin_at),
            _named(places.destination, places.destination_at),
            finding.first_day,
            via=places.via,
        ),
        network=network,
        law=services.law,
        tariff=services.tariff,
        calendar=services.calendar,
        today=today,
        tables=services.evaluation_tables,
    )
    routes = found.plan.get("routes") or ()
    if not routes:
        return None
    return snapshot_route(
        routes[0], network_id=network.id, network_built_at=network.built_at, law_as_of=today
    )


def _named(name: str, at: tuple[float, float] | None) -> str:
    return f"{at[0]},{at[1]}" if at else name


def _notice(one: Finding, restriction: Restriction) -> str:
    """Return the draft of the notice to the carrier, for the officer to change and send."""
    what = {
        Effect.NEW_CONDITION: gettext("Travel only outside the restricted days and hours."),
        Effect.MUST_REROUTE: gettext("Ask for an amendment with another route before you depart."),
        Effect.DECISION_NEEDED: gettext("Do not depart until the authority decides."),
    }.get(one.effect, "")
    wait = ""
    if one.on_the_road:
        wait = gettext("A truck on the road waits at: %(place)s.", place=one.wait_at or "–")
    return str(
        gettext(
            "Case %(number)s: from %(first)s to %(last)s the permitted route is restricted "
            "(%(reason)s, %(body)s). %(what)s",
            number=one.case_number,
            first=day(one.first_day),
            last=day(one.last_day),
            reason=restriction.reason,
            body=restriction.issued_by,
            what=" ".join(part for part in (what, wait) if part),
        )
    )
