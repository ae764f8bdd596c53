"""Expert panels: keep the roster, convene by lot, enter signed opinions, conclude.

While a panel sits the clock of the act stands still (ALL 45); its end lets the clock run again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor
from transport.permits import clocks
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.clocks import SuspensionReason
from transport.permits.expert_panel import (
    Conflict,
    Expert,
    ExpertField,
    Interests,
    Opinion,
    Panel,
    PanelState,
    Seat,
    answered,
    concluded,
    conflicts_of,
    convened,
    draw,
    seat_of,
    with_opinion,
)
from transport.permits.states import ActKind, ActState, Step
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_act, open_case, write_step
from transport.working_days import WorkingCalendar

ROSTER = "experts"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert of the roster with what keeps them from a panel."""

    expert: Expert
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """What the engineer asks for: a question, how many of each field by lot, whom by name."""

    question: str
    expected_working_days: int
    wanted: Mapping[ExpertField, int]
    chosen: Sequence[str] = ()
    report_authors: frozenset[str] = frozenset()
    earlier_people: frozenset[str] = frozenset()


def roster(unit_of_work: UnitOfWorkFactory) -> list[Expert]:
    """Return the roster of experts by name."""
    with unit_of_work(read_only=True) as work:
        return work.experts.listed()


def keep_expert(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, expert: Expert, now: datetime
) -> Expert:
    """Put an expert on the roster, or write a change of one read at its `version`."""
    with unit_of_work() as work:
        known = bool(expert.id)
        kept = expert if known else replace(expert, id=work.new_id())
        if known:
            kept = work.experts.save(kept, changed_by=actor.name, at=now)
        else:
            work.experts.add(kept, changed_by=actor.name, at=now)
        details = {
            "expert": kept.name,
            "employer": kept.employer,
            "valid": f"{kept.valid_from} – {kept.valid_until}",
        }
        event = event_by(actor, now, subject=ROSTER, step="keep_expert", details=details)
        work.audit.append(event)
        work.commit()
        return kept


def panels_of(unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str) -> list[Panel]:
    """Return the panels on a case that the actor may see, the first one first."""
    with unit_of_work(read_only=True) as work:
        open_case(work, number, actor)
        return work.panels.of_case(number)


def candidates(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str, call: Call, day: date
) -> list[Candidate]:
    """Return the roster as a case sees it, everybody with their conflicts."""
    with unit_of_work(read_only=True) as work:
        interests = _interests(work, open_case(work, number, actor), call)
        return [Candidate(one, conflicts_of(one, interests, day)) for one in work.experts.listed()]


def convene(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    *,
    request: StepRequest,
    call: Call,
    lot: str,
) -> Panel:
    """Invite a panel and stop the clock of the act, announced to the applicant.

    `lot` is drawn by the caller and kept, so that anybody can repeat the draw. Raises
    InvalidInputError for conflicts, too few experts or an even number, StepNotAllowedError where
    the act's clock does not run.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.SUSPEND, calendar)
        _must_be_alone(work, case)
        panel = convened(
            Panel(
                id=work.new_id(),
                case_number=case.number,
                act_id=act.id,
                question=call.question,
                seats=_seats(work, case, call, request.today, lot),
                convened_on=request.today,
                convened_by=request.actor.name,
                expected_working_days=call.expected_working_days,
                lot=lot,
            )
        )
        work.panels.add(panel, changed_by=request.actor.name, at=request.now)
        note = f"专家评审：{call.question}（预计{call.expected_working_days}个工作日）"
        paused = clocks.suspend(act.clock, SuspensionReason.EXPERT_REVIEW, request.today, note)
        write_step(
            work,
            case,
            act,
            request,
            Step.SUSPEND,
            changed=replace(act, clock=paused),
            reason=note,
            details={
                "suspended_for": SuspensionReason.EXPERT_REVIEW.value,
                "experts": ", ".join(one.name for one in panel.seats),
                "lot": lot,
            },
        )
        work.commit()
        return panel


def answer_invitation(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    panel: Panel,
    expert_id: str,
    comes: bool,
    now: datetime,
    day: date,
) -> Panel:
    """Note that an expert comes or not; a declined seat goes to the next one of the lot, if any."""
    with unit_of_work() as work:
        case = open_case(work, panel.case_number, actor)
        instead = None if comes else _next_of_lot(work, case, panel, expert_id, day)
        after = answered(panel, expert_id, comes=comes, instead=instead)
        step = "expert_comes" if comes else "expert_declines"
        details = {"expert": _name(panel, expert_id)}
        if instead is not None:
            details["instead"] = instead.name
        kept = _save(work, after, actor, now, step, details)
        work.commit()
        return kept


def enter_opinion(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    panel: Panel,
    expert_id: str,
    opinion: Opinion,
    now: datetime,
    day: date,
) -> Panel:
    """Enter an opinion that an expert signed, with the signed sheet.

    Raises InvalidInputError for a sheet of a day to come.
    """
    if opinion.signed_on > day:
        raise InvalidInputError([FieldFault("signed_on", "lies in the future", "future")])
    with unit_of_work() as work:
        open_case(work, panel.case_number, actor)
        after = with_opinion(panel, expert_id, opinion)
        details = {
            "expert": _name(panel, expert_id),
            "verdict": opinion.verdict.value,
            "paper": opinion.paper,
        }
        kept = _save(work, after, actor, now, "enter_opinion", details)
        work.commit()
        return kept


def conclude(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    *,
    request: StepRequest,
    panel: Panel,
    conclusion: str,
) -> Panel:
    """Write the panel's conclusion and let the clock of the act run again.

    Raises StepNotAllowedError while an opinion is missing.
    """
    after = concluded(panel, conclusion, request.actor.name, request.today)
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.RESUME, calendar)
        running = replace(act, clock=clocks.resume(act.clock, request.today))
        details = {"outcome": str(after.outcome)}
        write_step(
            work,
            case,
            act,
            request,
            Step.RESUME,
            changed=running,
            reason=conclusion,
            details=details,
        )
        kept = work.panels.save(after, changed_by=request.actor.name, at=request.now)
        work.commit()
        return kept


def act_of_panel(case: Case) -> Act:
    """Return the act whose clock a panel stops; raises StepNotAllowedError where there is none."""
    for act in case.of_kind(ActKind.HIGHWAY_PERMIT):
        if act.state in {ActState.ACCEPTED, ActState.SUSPENDED}:
            return act
    raise StepNotAllowedError(
        f"case {case.number} is not accepted, or decided: no clock runs that a panel could stop",
        "no_running_clock",
    )


def _seats(work: UnitOfWork, case: Case, call: Call, day: date, lot: str) -> tuple[Seat, ...]:
    interests = _interests(work, case, call)
    named = [work.experts.get(one) for one in call.chosen]
    faults = []
    for one in named:
        for conflict in conflicts_of(one, interests, day):
            params = (("name", one.name), ("why", conflict.value))
            message = f"{one.name} may not sit: {conflict.value}"
            faults.append(FieldFault("experts", message, f"conflict_{conflict.value}", params))
    if faults:
        raise InvalidInputError(faults)
    taken = frozenset(one.id for one in named)
    drawn = draw(work.experts.listed(), interests, day, call.wanted, lot, taken)
    return (
        *(seat_of(one, drawn=False) for one in named),
        *(seat_of(one, drawn=True) for one in drawn),
    )


def _next_of_lot(
    work: UnitOfWork, case: Case, panel: Panel, expert_id: str, day: date
) -> Expert | None:
    seat = next((one for one in panel.seats if one.expert_id == expert_id), None)
    if seat is None:
        return None
    interests = _interests(work, case, Call("", 1, {}))
    taken = frozenset(one.expert_id for one in panel.seats)
    for subject in seat.fields:
        try:
            (found,) = draw(work.experts.listed(), interests, day, {subject: 1}, panel.lot, taken)
        except InvalidInputError:
            continue
        return found
    return None


def _interests(work: UnitOfWork, case: Case, call: Call) -> Interests:
    """Collect who has to do with a case: carrier, producer, earlier experts, report authors."""
    application = case.application
    earlier = [one for one in work.panels.of_case(case.number) if one.state is PanelState.CONCLUDED]
    sheets = work.report_sheets.of_case(case.number)
    authors = {
        text
        for sheet in sheets
        for text in (sheet.organisation, sheet.signed_by, *sheet.details.values())
    }
    return Interests(
        applicants=frozenset({case.organisation_name}),
        manufacturers=frozenset({application.cargo.producer} - {""}),
        report_authors=call.report_authors | frozenset(authors),
        earlier_experts=frozenset(
            seat.expert_id for panel in earlier for seat in panel.seats if seat.opinion is not None
        ),
        earlier_people=call.earlier_people,
    )


def _must_be_alone(work: UnitOfWork, case: Case) -> None:
    if any(one.state is PanelState.SITTING for one in work.panels.of_case(case.number)):
        raise StepNotAllowedError(f"a panel sits on case {case.number} already", "panel_sits")


def _save(
    work: UnitOfWork,
    panel: Panel,
    actor: Actor,
    now: datetime,
    step: str,
    details: Mapping[str, str],
) -> Panel:
    work.audit.append(event_by(actor, now, subject=panel.case_number, step=step, details=details))
    return work.panels.save(panel, changed_by=actor.name, at=now)


def _name(panel: Panel, expert_id: str) -> str:
    return next((one.name for one in panel.seats if one.expert_id == expert_id), expert_id)
