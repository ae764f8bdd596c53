"""Work out a project: every family of its newest parts list answered, its loads planned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from transport.delivery.families import families_of
from transport.delivery.parts import Part
from transport.delivery.reach import ReachAnswer
from transport.errors import FieldFault, InvalidInputError
from transport.people import Actor
from transport.services.checking_parts import PartChecker
from transport.services.days import day_of
from transport.services.fixed_loads import (
    NOTHING_FIXED,
    FixedLoads,
    fixed_loads,
    joined,
    parts_without,
)
from transport.services.keeping_projects import must_keep, open_project, own_project
from transport.services.planning_deliveries import PlanningGrounds, Seal
from transport.services.planning_loads import PlanWishes, plan_loads
from transport.services.ports import UnitOfWorkFactory
from transport.services.project_repositories import ProjectResult
from transport.vehicles.component import Component

# Told how much is done of how much; may raise to stop the work.
Progress = Callable[[int, int], None]
# Of the whole work, how much the answers are, in hundredths.
_ANSWERS_PCT = 60


@dataclass(frozen=True, slots=True)
class PartQuestion:
    """Can this piece get from there to there? Sent to other processes as it is."""

    piece: Component
    origin: str
    destination: str


# Answers questions in their order, by the law and roads of a day.
Answering = Callable[[Sequence[PartQuestion], date], Sequence[ReachAnswer]]


def questions_of(parts: Sequence[Part], kinds: dict[str, Component]) -> tuple[PartQuestion, ...]:
    """Return what is to be asked of a list: every family on each of its ways once."""
    return tuple(
        PartQuestion(family.piece, *lane)
        for family in families_of(parts, kinds)
        for lane in _lanes(family.parts)
    )


def answer_questions(
    questions: Sequence[PartQuestion], day: date, grounds: PlanningGrounds
) -> tuple[ReachAnswer, ...]:
    """Answer questions one after the other."""
    checker = _checker(grounds, day)
    return tuple(checker.answer(one.piece, one.origin, one.destination) for one in questions)


def _checker(grounds: PlanningGrounds, day: date) -> PartChecker:
    return PartChecker(
        grounds.catalogue,
        grounds.law,
        grounds.network,
        day,
        day,
        tables=grounds.tables,
        records=grounds.records,
    )


def work_out(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    project_id: str,
    wishes: PlanWishes,
    grounds: PlanningGrounds,
    now: datetime,
    answering: Answering | None = None,
    progress: Progress | None = None,
    seal: Seal | None = None,
) -> ProjectResult:
    """Answer every family of the newest parts list and plan its loads; keep both.

    Loads whose trips are fixed or have begun on the delivery plan stay as they are.
    `answering` may spread the questions over processes; by default they are answered here. `seal`
    is called in the transaction that keeps the result.
    """
    must_keep(actor)
    project, parts, _ = open_project(unit_of_work, actor=actor, project_id=project_id)
    own_project(project, actor)
    if parts is None:
        raise InvalidInputError([FieldFault("file", "no parts list yet", "no_parts_list")])
    day = day_of(now)
    questions = questions_of(parts.parts, dict(grounds.catalogue.components))
    if answering is None:
        answers: Sequence[ReachAnswer] = answer_questions(questions, day, grounds)
    else:
        answers = answering(questions, day)
    _tell(progress, _ANSWERS_PCT)
    checker = _checker(grounds, day)
    envelopes = [checker.envelope(*lane) for lane in _lanes(parts.parts)]
    fixed = _fixed(unit_of_work, project_id, parts.parts, now)
    rest = parts_without(parts.parts, fixed.loads)
    plan = plan_loads(
        rest,
        grounds.catalogue,
        grounds.law,
        day,
        wishes,
        grounds.calendar,
        checker.route_of,
    )
    kinds = grounds.catalogue.components
    family_of = {p.number: one.code for one in families_of(parts.parts, kinds) for p in one.parts}
    renamed = {one.code: family_of[one.parts[0].number] for one in families_of(rest, kinds)}
    plan = joined(plan, fixed, family_of, renamed)
    _tell(progress, 100)
    made = ProjectResult(
        "",
        parts.id,
        now,
        actor.name,
        tuple(answers),
        plan,
        tuple(one for one in envelopes if one is not None),
    )
    with unit_of_work() as work:
        made = replace(made, id=work.new_id())
        work.projects.add_result(made)
        if seal is not None:
            seal(work)
        work.commit()
    return made


def _fixed(
    unit_of_work: UnitOfWorkFactory, project_id: str, parts: Sequence[Part], now: datetime
) -> FixedLoads:
    with unit_of_work(read_only=True) as work:
        deliveries = work.delivery_plans.newest(project_id)
        before = work.projects.result(deliveries.result_id) if deliveries else None
    if deliveries is None or before is None:
        return NOTHING_FIXED
    return fixed_loads(deliveries, before.plan, parts, now)


def _lanes(parts: Sequence[Part]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.origin, one.destination) for one in parts))


def _tell(progress: Progress | None, percent: int) -> None:
    if progress is not None:
        progress(percent, 100)
