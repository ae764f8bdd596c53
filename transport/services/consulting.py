"""The transport authority consults the police; an answer, or silence that is overdue."""

from __future__ import annotations

from dataclasses import replace

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Role
from transport.permits.case import Case
from transport.permits.clocks import ActClock, answer_due_on
from transport.permits.consultation import Opinion, OpinionOutcome, is_overdue
from transport.permits.decision import NO_TERMS, TravelTerms, signature_of
from transport.permits.involved import leagues_on
from transport.permits.letters import LetterKind
from transport.permits.states import ActKind, ActState, Step
from transport.regulations.law import Law
from transport.services.act_terms import new_act
from transport.services.numbering_letters import give_number
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, open_case, write_step
from transport.working_days import WorkingCalendar


def consult_police(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    law: Law,
    request: StepRequest,
    *,
    question: str = "",
) -> Case:
    """Ask the traffic police of the same level for their opinion; `request` names the highway act.

    Raises InvalidInputError if no such office is registered, StepNotAllowedError if one was asked.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.CONSULT, calendar)
        if case.of_kind(ActKind.POLICE_CONSULTATION):
            raise StepNotAllowedError(
                f"the police was already consulted on case {case.number}", "consulted_already"
            )
        asked = new_act(
            work, ActKind.POLICE_CONSULTATION, act.authority.admin_code, case.application, law
        )
        if not asked.authority.organisation_id:
            message = f"no traffic police office for {asked.area} is registered here"
            raise InvalidInputError([FieldFault("authority", message, "office_missing")])
        asked = replace(
            asked,
            state=ActState.AWAITING_OPINION,
            clock=ActClock(submitted_on=request.today),
        )
        asked = give_number(work, asked, LetterKind.CONSULTATION, act.authority, request.today)
        asked = work.cases.add_act(case, asked, changed_by=request.actor.name, at=request.now)
        case = replace(case, acts=(*case.acts, asked))
        details = {"asked": asked.authority.name}
        case = write_step(work, case, act, request, Step.CONSULT, reason=question, details=details)
        work.commit()
        return case


def consult_leagues(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    law: Law,
    request: StepRequest,
    *,
    question: str = "",
) -> Case:
    """Ask every league and city on the route for its internal opinion, all at once (R62 8).

    A league without an office here is named in the audit trail and not asked. Raises
    StepNotAllowedError where no other league is on the route or all were asked.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.CONSULT_LEAGUES, calendar)
        asked_before = {one.area for one in case.of_kind(ActKind.LEAGUE_OPINION)}
        leagues = [one for one in leagues_on(case.application.route) if one not in asked_before]
        added, absent = [], []
        for league in leagues:
            office = work.organisations.authority(Role.TRANSPORT, league)
            if office is None:
                absent.append(league)
            elif office.id != act.authority.organisation_id:
                new = new_act(work, ActKind.LEAGUE_OPINION, league, case.application, law)
                clock = ActClock(submitted_on=request.today)
                new = replace(new, state=ActState.AWAITING_OPINION, clock=clock)
                new = give_number(work, new, LetterKind.CONSULTATION, act.authority, request.today)
                added.append(
                    work.cases.add_act(case, new, changed_by=request.actor.name, at=request.now)
                )
        if not added:
            raise StepNotAllowedError(
                f"no league on the route of case {case.number} has an office here to be asked",
                "no_league_to_ask",
            )
        case = replace(case, acts=(*case.acts, *added))
        details = {
            "asked": ", ".join(one.authority.name for one in added),
            "without_office": ",".join(absent),
        }
        case = write_step(
            work, case, act, request, Step.CONSULT_LEAGUES, reason=question, details=details
        )
        work.commit()
        return case


def give_opinion(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    outcome: OpinionOutcome,
    text: str,
    terms: TravelTerms = NO_TERMS,
) -> Case:
    """Give an opinion; `request` names the consultation. A late one is marked so."""
    if outcome is not OpinionOutcome.NO_OBJECTION and not text.strip():
        message = "conditions and objections need their reasons"
        raise InvalidInputError([FieldFault("text", message, "reason_missing")])
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.GIVE_OPINION, calendar)
        highway = case.highway_permit
        if highway is not None and highway.clock.decided_on is not None:
            raise StepNotAllowedError(
                f"case {case.number} was decided on {highway.clock.decided_on}; an opinion comes "
                "too late",
                "opinion_too_late",
                day=str(highway.clock.decided_on),
            )
        opinion = Opinion(
            outcome=outcome,
            text=text,
            terms=terms,
            given_by=signature_of(request.actor, request.now),
            was_late=is_overdue(answer_due_on(act.clock, act.terms, calendar), request.today),
        )
        changed = replace(act, opinion=opinion, clock=replace(act.clock, decided_on=request.today))
        case = write_step(
            work,
            case,
            act,
            request,
            Step.GIVE_OPINION,
            changed=changed,
            reason=text,
            details={"outcome": outcome.value},
        )
        work.commit()
        return case


def record_overdue(
    unit_of_work: UnitOfWorkFactory, calendar: WorkingCalendar, request: StepRequest
) -> Case:
    """Record that a consulted office stayed silent (逾期未复); it is never a consent."""
    with unit_of_work() as work:
        case = open_case(work, request.case_number, request.actor)
        highway = case.highway_permit
        act = case.act(request.act_id)
        if highway is None or highway.authority.organisation_id != request.actor.organisation_id:
            raise StepNotAllowedError(
                "only the authority that asked records an overdue answer", "other_desk"
            )
        due = answer_due_on(act.clock, act.terms, calendar)
        if not is_overdue(due, request.today):
            raise StepNotAllowedError(
                f"the answer of {act.authority.name} is due on {due}",
                "answer_not_due",
                office=act.authority.name,
                day=str(due),
            )
        act = replace(act, version=request.expected_version)
        case = write_step(work, case, act, request, Step.RECORD_OVERDUE)
        work.commit()
        return case
