"""A carrier keeps its drivers and escort companies, with their papers, to use in applications."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.permits.crew import CrewMember, CrewPaper, crew_papers_ending
from transport.permits.form_checks import mobile_fault
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWorkFactory


def save_member(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, member: CrewMember, now: datetime
) -> CrewMember:
    """Keep a driver or escort company: a new one with an empty id, else the one at its version."""
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only a carrier keeps drivers and escort companies")
    faults = [] if member.name.strip() else [FieldFault("name", "must be given", "required")]
    wrong = mobile_fault(member.phone, "phone")
    faults += [wrong] if wrong else []
    if faults:
        raise InvalidInputError(faults)
    owned = replace(member, organisation_id=actor.organisation_id)
    with unit_of_work() as work:
        if owned.id:
            _own(work.crew.get(owned.id), actor)
            saved = work.crew.save(owned, changed_by=actor.name, at=now)
        else:
            saved = replace(owned, id=work.new_id())
            work.crew.add(saved, changed_by=actor.name, at=now)
        # Names of drivers are personal data: the trail holds the identifier alone.
        details = {"kind": saved.kind.value, "active": str(saved.active)}
        work.audit.append(
            event_by(actor, now, subject=f"crew {saved.id}", step="save_crew", details=details)
        )
        work.commit()
        return saved


def list_crew(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[CrewMember]:
    """Return the drivers and escort companies of the actor's firm by name."""
    with unit_of_work(read_only=True) as work:
        return work.crew.of_organisation(actor.organisation_id)


def open_member(unit_of_work: UnitOfWorkFactory, *, actor: Actor, member_id: str) -> CrewMember:
    """Return one of the actor's firm; raises NotFoundError."""
    with unit_of_work(read_only=True) as work:
        return _own(work.crew.get(member_id), actor)


def warn_of_crew_papers(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, day: date
) -> list[tuple[CrewMember, CrewPaper, date]]:
    """Return papers of drivers and escort companies that have ended or soon will."""
    return crew_papers_ending(list_crew(unit_of_work, actor=actor), day)


def _own(member: CrewMember, actor: Actor) -> CrewMember:
    if member.organisation_id != actor.organisation_id:
        raise NotFoundError(f"there is no driver or escort company {member.id!r}")
    return member
