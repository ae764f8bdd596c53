"""A pass that ends is renewed: an application as the last one, from the day after its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from transport.errors import StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.application import Application, TravelWindow
from transport.permits.case import Case
from transport.permits.states import IN_FORCE, ActState
from transport.regulations.law import Law
from transport.rules.pass_term import last_day_of_months
from transport.services.applying import make_application
from transport.services.days import day_of
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import open_case


def begin_renewal(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    *,
    actor: Actor,
    number: str,
    now: datetime,
    reassess: Callable[[Application], Application],
) -> Case:
    """Open the draft that renews a case: same combination, cargo and way, as many days again.

    Papers that are still valid on its first day come along. Raises StepNotAllowedError where no
    pass was issued or it was taken back.
    """
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only the carrier renews its pass", "other_role")
    with unit_of_work(read_only=True) as work:
        old = open_case(work, number, actor)
    highway = old.highway_permit
    renewable = IN_FORCE | {ActState.EXPIRED, ActState.COMPLETED}
    if highway is None or highway.state not in renewable or highway.valid_until is None:
        raise StepNotAllowedError(
            f"case {number} has no pass that could be renewed; apply anew", "nothing_to_renew"
        )
    application, today = old.application, day_of(now)
    first = max(today, highway.valid_until + timedelta(days=1))
    last = first + (application.travel.ends_on - application.travel.starts_on)
    most = law.permit_terms.plan_permit_months.on(today).value
    last = min(last, last_day_of_months(first, most))
    fresh = reassess(
        replace(
            application,
            travel=TravelWindow(first, last),
            amends="",
            amended_because="",
            renews=old.number,
        )
    )
    papers = tuple(
        one for one in application.documents if one.valid_until is None or one.valid_until >= first
    )
    return make_application(
        unit_of_work,
        law,
        actor=actor,
        application=replace(fresh, documents=papers, travel=TravelWindow(first, last)),
        now=now,
        enquiry_id=old.enquiry_id,
    )
