"""What each kind of run does, on one process, on all of them, or on a cluster."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from transport.delivery.reach import ReachAnswer
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.services.engineering_desk import PassageRecordsFile
from transport.services.evaluating_routes import read_records
from transport.services.job_repositories import JobKind
from transport.services.planning_deliveries import (
    DeliveryWishes,
    PlanningGrounds,
    plan_deliveries,
)
from transport.services.planning_loads import PlanWishes
from transport.services.ports import UnitOfWorkFactory
from transport.services.working_out import PartQuestion, answer_questions, work_out
from transport.vehicles.catalogue import Catalogue
from transport.working_days import WorkingCalendar
from webapp.jobs.executors import Workforce
from webapp.jobs.running import Report, Work
from webapp.storage.snapshots import from_document, to_document

_CHUNK = 6


class WorkServices(Protocol):
    """What the work of runs needs of the installation."""

    @property
    def unit_of_work(self) -> UnitOfWorkFactory:
        """Open a transaction."""

    @property
    def catalogue(self) -> Catalogue:
        """Components and vehicles."""

    @property
    def law(self) -> Law:
        """The law of the region."""

    @property
    def calendar(self) -> WorkingCalendar:
        """The announced working days."""

    @property
    def evaluation_tables(self) -> Tables:
        """The tables of the passage evaluation."""

    @property
    def passage_records(self) -> PassageRecordsFile:
        """What was measured along roads and what engineers decided."""

    def network(self) -> RoadNetwork:
        """Open the network in use."""


Provider = Callable[[], WorkServices]


def work_of(
    services: WorkServices, workforce: Workforce, provider: Provider
) -> Mapping[JobKind, Work]:
    """Return the work of every kind; `provider` gives other processes services of their own."""

    def load_plan(report: Report) -> None:
        _plan_loads(report, services, workforce, provider)

    def delivery_plan(report: Report) -> None:
        _plan_deliveries(report, services)

    return {JobKind.LOAD_PLAN: load_plan, JobKind.DELIVERY_PLAN: delivery_plan}


def grounds_of(services: WorkServices) -> PlanningGrounds:
    """Return what planning rests on in this installation."""
    return PlanningGrounds(
        services.catalogue,
        services.law,
        services.network(),
        services.calendar,
        services.evaluation_tables,
        read_records(services.passage_records.read()),
    )


def answer_elsewhere(
    provider: Provider, questions: Sequence[PartQuestion], day: date
) -> tuple[ReachAnswer, ...]:
    """Answer questions in whatever process this is called; its services are opened once."""
    return answer_questions(questions, day, grounds_of(provider()))


def _plan_loads(
    report: Report, services: WorkServices, workforce: Workforce, provider: Provider
) -> None:
    def answering(questions: Sequence[PartQuestion], day: date) -> list[ReachAnswer]:
        return _answered(report, workforce, provider, questions, day)

    asked = report.job.asked
    work_out(
        services.unit_of_work,
        actor=report.job.actor,
        project_id=report.job.about,
        wishes=PlanWishes(
            int(asked["early_days"]),
            int(asked["spare_tractors"]),
            paper_days=asked.get("paper_days"),
        ),
        grounds=grounds_of(services),
        now=report.job.created_at,
        answering=answering,
        progress=report.progress,
        seal=report.seal,
    )


def _answered(
    report: Report,
    workforce: Workforce,
    provider: Provider,
    questions: Sequence[PartQuestion],
    day: date,
) -> list[ReachAnswer]:
    """Answer in chunks; a chunk that is kept from before is not answered again."""
    chunks = [questions[at : at + _CHUNK] for at in range(0, len(questions), _CHUNK)]
    done: dict[int, list[ReachAnswer]] = {}
    for number in range(len(chunks)):
        known = report.kept(_name(number))
        if known is not None:
            done[number] = [from_document(ReachAnswer, one) for one in json.loads(known)]
    missing = [number for number in range(len(chunks)) if number not in done]
    calls = [(provider, chunks[number], day) for number in missing]
    for place, answers in workforce.run(answer_elsewhere, calls):
        number = missing[place]
        done[number] = list(answers)
        report.keep(_name(number), _text([to_document(one) for one in answers]))
        # The answers are three fifths of the whole work.
        report.progress(60 * len(done) // max(len(chunks), 1), 100)
    return [answer for number in range(len(chunks)) for answer in done[number]]


def _plan_deliveries(report: Report, services: WorkServices) -> None:
    plan_deliveries(
        services.unit_of_work,
        actor=report.job.actor,
        project_id=report.job.about,
        wishes=from_document(DeliveryWishes, report.job.asked),
        grounds=grounds_of(services),
        now=report.job.created_at,
        progress=report.progress,
        seal=report.seal,
    )


def _name(number: int) -> str:
    return f"answers-{number:04d}"


def _text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
