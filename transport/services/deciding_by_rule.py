"""Take decisions by the rows of an office's decision space that were switched on for it.

Only a grant, only of a highway permit, only where nothing is open: a passable route without a
question, papers complete, the police without objection, nobody of the office who has claimed it.
Everything else stays on the desk. The three people of the row answer for the decision: the one who
entered it, the one who confirmed it, the one who signed that it decides (docs/decisions/014).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import TransportError
from transport.people import Actor, OrganisationState, Role
from transport.permits import decision as decisions
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import Decision, Signature
from transport.permits.decision_space import NotCovered, SpaceRow, covering
from transport.permits.open_violations import open_violations
from transport.permits.precheck import precheck
from transport.permits.states import OPINIONS, ActKind, ActState, Step
from transport.regulations.law import Law
from transport.services.days import CHINA_TIME, day_of
from transport.services.handling import open_for_proposal
from transport.services.keeping_decision_space import (
    Prepared,
    facts_of,
    proposal_by,
    rows_of,
    system_of,
)
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.reviewing import REFUSAL_GROUNDS
from transport.services.stepping import StepRequest, write_step
from transport.working_days import WorkingCalendar


def decide_everywhere(
    unit_of_work: UnitOfWorkFactory, law: Law, calendar: WorkingCalendar, *, now: datetime
) -> list[Prepared]:
    """Take what may be taken in every transport authority that switched it on."""
    with unit_of_work(read_only=True) as work:
        offices = work.organisations.listed(role=Role.TRANSPORT, state=OrganisationState.APPROVED)
    done = []
    for one in offices:
        office = Actor("", "", one.id, one.name, one.role, one.admin_code, one.small_office)
        done += decide_by_rule(unit_of_work, law, calendar, office=office, now=now)
    return done


def decide_by_rule(
    unit_of_work: UnitOfWorkFactory,
    law: Law,
    calendar: WorkingCalendar,
    *,
    office: Actor,
    now: datetime,
) -> list[Prepared]:
    """Decide the accepted cases of an office that its automatic rows cover; one transaction each.

    A case that does not fit is told with the reason and left alone.
    """
    with unit_of_work(read_only=True) as work:
        if not any(one.is_automatic for one in rows_of(work, office.organisation_id)):
            return []
        waiting = [
            (case.number, act.id)
            for case in work.cases.open_for_office(office.organisation_id)
            for act in case.of_kind(ActKind.HIGHWAY_PERMIT)
            if act.state is ActState.ACCEPTED
            and act.authority.organisation_id == office.organisation_id
        ]
    done = []
    for number, act_id in waiting:
        try:
            with unit_of_work() as work:
                told = _decide(work, law, calendar, (office, number, act_id), now)
                if told.row:
                    work.commit()
        except TransportError as refused:
            told = Prepared(number, left=str(refused))
        done.append(told)
    return done


def what_is_open(case: Case, act: Act, row: SpaceRow, today: date) -> str:
    """Return the first thing that keeps a rule from deciding a case, empty where nothing does."""
    contract = case.application.route.contract
    if act.claimed_by is not None:
        return "claimed"
    if any(one.person.person_id in row.people for one in act.recused):
        return "recused"
    if open_violations(case) or contract.get("unknowns") or contract.get("conditions"):
        return "findings"
    if precheck(case.application, today):
        return "papers"
    asked = [one for one in case.acts if one.kind in OPINIONS]
    if any(one.opinion is None for one in asked):
        return "opinion_missing"
    outcomes = {one.opinion.outcome for one in asked if one.opinion is not None}
    if outcomes - {OpinionOutcome.NO_OBJECTION}:
        return "opinion_with_conditions"
    police = any(one.kind is ActKind.POLICE_CONSULTATION for one in asked)
    return "" if police or not case.application.requirements.consultation_required else "opinion"


def _decide(
    work: UnitOfWork,
    law: Law,
    calendar: WorkingCalendar,
    what: tuple[Actor, str, str],
    now: datetime,
) -> Prepared:
    """Handle, check and sign in one transaction; rows are read in it, so that "off" is obeyed."""
    office, number, act_id = what
    seen = work.cases.get(number)
    rows = [one for one in rows_of(work, office.organisation_id) if one.is_automatic]
    row, missed = covering(rows, facts_of(seen), now.astimezone(CHINA_TIME))
    if row is None:
        return Prepared(number, left=str(missed or NotCovered.NO_ROW))
    act = seen.act(act_id)
    reason = what_is_open(seen, act, row, day_of(now)) or _told_of_changes(work, number)
    if reason:
        return Prepared(number, left=reason)
    request = StepRequest(system_of(office, row), number, act_id, act.version, now)
    case, act = open_for_proposal(work, request, calendar, ActKind.HIGHWAY_PERMIT)
    proposal = replace(
        proposal_by(case, row, law),
        text=f"系统按授权规则 {row.id[:8]}（{row.automatic_order}）自动决定",
    )
    proposed = decisions.propose(
        proposal, allowed_grounds=REFUSAL_GROUNDS, actor=request.actor, at=now
    )
    checked = replace(proposed, checked_by=_standing(row.confirmed_by_id, row.confirmed_by, now))
    signed = replace(checked, signed_by=_standing(row.automatic_by_id, row.automatic_by, now))
    for step, decision in ((Step.HANDLE, proposed), (Step.CHECK, checked), (Step.GRANT, signed)):
        case, act = _write(work, (case, act), request, row, step, decision)
    return Prepared(number, row=row.id)


def _write(
    work: UnitOfWork,
    opened: tuple[Case, Act],
    request: StepRequest,
    row: SpaceRow,
    step: Step,
    decision: Decision,
) -> tuple[Case, Act]:
    case, act = opened
    changed = replace(act, decision=decision)
    if step is Step.GRANT:
        changed = replace(changed, clock=replace(act.clock, decided_on=request.today))
    told = {
        "automatic": "yes",
        "rule": row.id,
        "order": row.automatic_order,
        "answers": f"{row.entered_by}/{row.confirmed_by}/{row.automatic_by}",
        "outcome": decision.outcome.value,
    }
    written = write_step(
        work, case, act, request, step, changed=changed, reason=decision.text, details=told
    )
    return written, written.act(act.id)


def _standing(person_id: str, name: str, now: datetime) -> Signature:
    """Return the signature that a person gave once for every decision by the row."""
    return Signature(person_id, f"{name}（规则授权）", now)


def _told_of_changes(work: UnitOfWork, number: str) -> str:
    """Say whether a recall has touched the case: then a person looks at it."""
    return "recall" if work.recalls.of_case(number) else ""
