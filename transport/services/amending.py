"""Amend (变更) what is in force: a new application that replaces the old acts once it is granted.

The old pass counts until the amended one is issued, under the same number with the next revision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.acts import Act
from transport.permits.application import Application
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.permits.states import IN_FORCE, ActKind
from transport.regulations.law import Law
from transport.services.applying import make_application
from transport.services.ending_acts import replace_act
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_case

Change = Callable[[Application], Application]


def begin_amendment(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    *,
    actor: Actor,
    number: str,
    because: str,
    now: datetime,
    change: Change = lambda application: application,
) -> Case:
    """Open the draft that amends a case in force; `change` says what shall be different.

    Raises StepNotAllowedError if the highway permit of the case is not in force.
    """
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only the carrier asks for an amendment", "other_role")
    if not because.strip():
        raise InvalidInputError([FieldFault("because", "must be given", "reason_missing")])
    with unit_of_work(read_only=True) as work:
        old = open_case(work, number, actor)
    highway = old.highway_permit
    if highway is None or highway.state not in IN_FORCE:
        raise StepNotAllowedError(
            f"case {number} has no permit in force that could be amended; apply anew",
            "nothing_to_amend",
        )
    application = replace(change(old.application), amends=old.number, amended_because=because)
    return make_application(
        unit_of_work,
        law,
        actor=actor,
        application=application,
        now=now,
        enquiry_id=old.enquiry_id,
    )


def replaced_pass(work: UnitOfWork, case: Case) -> Permit | None:
    """Return the newest revision of the pass that a case amends, None for a new application."""
    if not case.application.amends:
        return None
    old = work.permits.of_case(work.cases.get(case.application.amends).id)
    return work.permits.by_number(old[-1].number) if old else None


def let_old_pass_fall(
    work: UnitOfWork, request: StepRequest, case: Case, earlier: Permit | None
) -> None:
    """End the highway act that the newest revision of the pass stands on, if it is another's."""
    if earlier is None or earlier.revoked_at is not None or earlier.case_number == case.number:
        return
    old = work.cases.get(earlier.case_number)
    for act in old.of_kind(ActKind.HIGHWAY_PERMIT):
        if act.state in IN_FORCE:
            replace_act(work, request, old, act, case)


def let_old_act_fall(work: UnitOfWork, request: StepRequest, case: Case, granted: Act) -> None:
    """End the same city act of the amended case, once the new one is in force."""
    if not case.application.amends:
        return
    old = work.cases.get(case.application.amends)
    for act in old.of_kind(granted.kind):
        same_office = act.authority.organisation_id == granted.authority.organisation_id
        if act.area == granted.area and act.state in IN_FORCE and same_office:
            replace_act(work, request, old, act, case)
