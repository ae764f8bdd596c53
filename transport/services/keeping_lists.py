"""Keep project lists: trucks that carry for a project in a period without needing a pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, Role
from transport.relief.project_lists import ListEntry, checked_entry
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import day_of


def add_entry(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, entry: ListEntry, now: datetime
) -> ListEntry:
    """Put a truck on a project's list; raises InvalidInputError with every fault."""
    _must_be_office(actor)
    with unit_of_work() as work:
        made = checked_entry(replace(entry, id=work.new_id(), added_by=actor.name))
        if any(_same(one, made) for one in work.project_lists.of_truck(made.tractor_plate)):
            message = f"{made.tractor_plate} is on this list for these days already"
            raise InvalidInputError([FieldFault("tractor_plate", message, "list_twice")])
        work.project_lists.add(made, changed_by=actor.name, at=now)
        _audit(work, actor, now, made, "add_list_entry")
        work.commit()
        return made


def end_entry(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    entry_id: str,
    expected_version: int,
    last_day: date,
    now: datetime,
) -> ListEntry:
    """Let an entry end earlier, today at the soonest: what it covered stays covered."""
    _must_be_office(actor)
    with unit_of_work() as work:
        entry = replace(work.project_lists.get(entry_id), version=expected_version)
        if not max(day_of(now), entry.first_day) <= last_day <= entry.last_day:
            message = f"must be from today to {entry.last_day}"
            raise InvalidInputError([FieldFault("last_day", message, "list_end_wrong")])
        saved = work.project_lists.save(
            replace(entry, last_day=last_day), changed_by=actor.name, at=now
        )
        _audit(work, actor, now, saved, "end_list_entry")
        work.commit()
        return saved


def list_entries(unit_of_work: UnitOfWorkFactory) -> list[ListEntry]:
    """Return the entries by project, truck and first day."""
    with unit_of_work(read_only=True) as work:
        return work.project_lists.listed()


def _must_be_office(actor: Actor) -> None:
    if actor.role is not Role.TOLL_OFFICE:
        raise StepNotAllowedError("only the toll office keeps project lists", "toll_office_only")


def _audit(work: UnitOfWork, actor: Actor, now: datetime, entry: ListEntry, step: str) -> None:
    details = {
        "truck": entry.tractor_plate,
        "days": f"{entry.first_day} - {entry.last_day}",
        "basis": entry.basis,
    }
    work.audit.append(
        event_by(
            actor,
            now,
            subject=f"list {entry.project}",
            step=step,
            law_day=day_of(now),
            details=details,
        )
    )


def _same(one: ListEntry, other: ListEntry) -> bool:
    """Say whether two entries cover the same: a form sent twice makes one entry."""
    covered = (other.project, other.first_day, other.last_day, other.component_kinds)
    return (one.project, one.first_day, one.last_day, one.component_kinds) == covered
