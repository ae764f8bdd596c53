"""Keep projects and their parts lists, version by version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from transport.delivery.parts import PartsList
from transport.delivery.projects import Project
from transport.delivery.reading_models import MODEL_ENDING, UNSAID, ModelWay, read_model
from transport.delivery.reading_parts import ReadParts, read_parts
from transport.delivery.tables import read_table
from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Organisation, OrganisationState, Role
from transport.services.ports import UnitOfWorkFactory
from transport.services.project_repositories import ProjectResult

_KEEPERS = (Role.FACTORY, Role.HOUSING)
_MOST_PIECES = 50_000


@dataclass(frozen=True, slots=True)
class PartsFile:
    """A file somebody brought, and whether rows with faults may be left out.

    A building model (IFC) does not say where its pieces come from and by when they are needed:
    `way` does, with the project's site where it names none.
    """

    name: str
    content: bytes
    skip_bad_rows: bool = False
    way: ModelWay = UNSAID


@dataclass(frozen=True, slots=True)
class Producer:
    """A factory of the register: kinds it makes, projects it keeps, pieces on their lists.

    `makes` are codes of the catalogue, or names where a component is of no kind there.
    """

    organisation: Organisation
    makes: tuple[str, ...]
    projects: int
    pieces: int


def save_project(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, project: Project, now: datetime
) -> Project:
    """Keep a project: a new one with an empty id, else the one read at its version."""
    must_keep(actor)
    _check_project(project)
    with unit_of_work() as work:
        if project.id:
            known = own_project(work.projects.get(project.id), actor)
            kept = replace(
                project,
                organisation_id=known.organisation_id,
                organisation_name=known.organisation_name,
            )
            saved = work.projects.save(kept, changed_by=actor.name, at=now)
        else:
            saved = replace(
                project,
                id=work.new_id(),
                organisation_id=actor.organisation_id,
                organisation_name=actor.organisation_name,
            )
            work.projects.add(saved, changed_by=actor.name, at=now)
        work.commit()
        return saved


def list_projects(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Project]:
    """Return a factory's own projects, or those of the housing department's area."""
    with unit_of_work(read_only=True) as work:
        if actor.role is Role.HOUSING:
            return [one for one in work.projects.everywhere() if _may_see(one, actor)]
        return work.projects.of_organisation(actor.organisation_id)


def list_producers(unit_of_work: UnitOfWorkFactory) -> list[Producer]:
    """Return the approved factories with what they keep."""
    with unit_of_work(read_only=True) as work:
        pieces = work.projects.pieces()
        found = []
        for one in work.organisations.listed(role=Role.FACTORY, state=OrganisationState.APPROVED):
            own = work.projects.of_organisation(one.id)
            components = work.components.of_organisation(one.id)
            makes = tuple(dict.fromkeys(each.kind or each.name for each in components))
            found.append(
                Producer(one, makes, len(own), sum(pieces.get(each.id, 0) for each in own))
            )
        return found


def open_project(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, project_id: str
) -> tuple[Project, PartsList | None, ProjectResult | None]:
    """Return a project, its newest parts list, and what was worked out of that."""
    with unit_of_work(read_only=True) as work:
        project = work.projects.get(project_id)
        if not _may_see(project, actor):
            raise NotFoundError(f"there is no project {project_id!r}")
        parts = work.projects.newest_parts(project_id)
        return project, parts, work.projects.newest_result(parts.id) if parts else None


def add_parts(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    project_id: str,
    file: PartsFile,
    kinds: Iterable[str],
    now: datetime,
) -> tuple[PartsList, ReadParts]:
    """Keep a file as the next version of a project's parts list.

    Raise InvalidInputError with every fault; then nothing is kept.
    """
    must_keep(actor)
    with unit_of_work(read_only=True) as work:
        site = own_project(work.projects.get(project_id), actor).site
    read = read_file(file, kinds, site=site)
    if sum(one.quantity for one in read.parts) > _MOST_PIECES:
        message = f"holds more than {_MOST_PIECES} pieces: divide the project"
        raise InvalidInputError([FieldFault("file", message, "too_many_pieces")])
    with unit_of_work() as work:
        own_project(work.projects.get(project_id), actor)
        before = work.projects.newest_parts(project_id)
        made = PartsList(
            id=work.new_id(),
            project_id=project_id,
            revision=1 + (before.revision if before else 0),
            filename=file.name,
            digest=hashlib.sha256(file.content).hexdigest(),
            uploaded_at=now,
            uploaded_by=actor.name,
            parts=read.parts,
            skipped=read.bad_lines,
        )
        work.projects.add_parts(made)
        work.commit()
    return made, read


def read_file(file: PartsFile, kinds: Iterable[str], *, site: str = "") -> ReadParts:
    """Read a parts list of any kind; raises InvalidInputError with every fault."""
    if not file.name.lower().endswith(MODEL_ENDING):
        table = read_table(file.name, file.content)
        return read_parts(table, kinds, skip_bad_rows=file.skip_bad_rows)
    way = replace(file.way, destination=file.way.destination or site)
    faults = [
        FieldFault(f"model_{name}", "a building model does not say it", "model_way_missing")
        for name in ("origin", "destination")
        if not getattr(way, name)
    ]
    if faults:
        raise InvalidInputError(faults)
    return read_model(file.content, way, kinds, skip_bad_rows=file.skip_bad_rows)


def _may_see(project: Project, actor: Actor) -> bool:
    """Whether it is the actor's own, or lies in the area of a housing department."""
    if project.organisation_id == actor.organisation_id:
        return True
    digits = 2 if actor.admin_code.endswith("0000") else 4
    near = project.admin_code[:digits] == actor.admin_code[:digits]
    return actor.role is Role.HOUSING and near


def own_project(project: Project, actor: Actor) -> Project:
    """Return a project that is the actor's own; raises NotFoundError for others."""
    if project.organisation_id != actor.organisation_id:
        raise NotFoundError(f"there is no project {project.id!r}")
    return project


def must_keep(actor: Actor) -> None:
    """Refuse who keeps no projects."""
    if actor.role not in _KEEPERS:
        raise StepNotAllowedError("only factories and the housing department keep projects")


def _check_project(project: Project) -> None:
    faults = [
        FieldFault(name, "must be given")
        for name in ("name", "site", "admin_code")
        if not getattr(project, name).strip()
    ]
    first, last = project.starts_on, project.ends_on
    if first and last and last < first:
        faults.append(FieldFault("ends_on", f"{last} is before {first}", "ends_before_start"))
    if faults:
        raise InvalidInputError(faults)
