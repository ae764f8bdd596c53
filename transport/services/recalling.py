"""Find what a restriction touches among the passes and open cases of an office."""

from __future__ import annotations

from datetime import date
from math import inf

from transport.errors import StepNotAllowedError
from transport.network.closures import Restriction
from transport.people import Actor, Role
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.permits.recall import Journey, RecallIndex, Touched, classify
from transport.permits.states import FINAL_STATES, ActState
from transport.services.ports import UnitOfWorkFactory


def journeys_of_office(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, today: date
) -> list[Journey]:
    """Return the journeys of passes that count from today on and of open cases of the office."""
    if actor.role is not Role.TRANSPORT:
        raise StepNotAllowedError("the transport authority recalls passes", "other_role")
    found = []
    with unit_of_work(read_only=True) as work:
        for case in work.cases.for_office(actor.organisation_id):
            highway = case.highway_permit
            if highway is None or highway.state in FINAL_STATES:
                continue
            passes = [one for one in work.permits.of_case(case.id) if one.revoked_at is None]
            journey = _journey(case, passes[-1] if passes else None)
            if journey is not None and journey.last_day >= today:
                found.append(journey)
    return found


def find_touched(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    restriction: Restriction,
    network_id: str,
    today: date,
) -> tuple[list[Touched], list[Journey]]:
    """Return what a restriction touches, and journeys planned on another network version.

    Of the latter nothing can be told by edges: their cases are planned again first.
    """
    journeys = journeys_of_office(unit_of_work, actor=actor, today=today)
    same = [one for one in journeys if one.network_id == network_id]
    others = [one for one in journeys if one.network_id != network_id]
    touched = RecallIndex(same).touched_by(restriction, today)
    return classify(touched, restriction, today), others


def _journey(case: Case, permit: Permit | None) -> Journey | None:
    application = case.application
    route = application.route.contract
    edges = route.get("edges") or ()
    if not edges:
        return None
    highway = case.highway_permit
    return Journey(
        case_number=case.number,
        network_id=application.route.network_id,
        edges=tuple(int(one) for one in edges),
        first_day=permit.valid_from if permit else application.travel.starts_on,
        last_day=permit.valid_until if permit else application.travel.ends_on,
        transport=application.transport,
        windows=permit.terms.windows if permit else (),
        pass_number=permit.number if permit else "",
        start_m=float(route.get("start_offset_m") or 0.0),
        end_m=float(route.get("end_offset_m") or inf),
        on_the_road=highway is not None and highway.state is ActState.IN_USE,
    )
