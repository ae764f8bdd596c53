"""The repository of projects, parts lists and results."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from transport.delivery.load_plan import LoadPlan
from transport.delivery.parts import PartsList, part_as_row, part_from_row
from transport.delivery.projects import Project
from transport.delivery.reach import LaneEnvelope, ReachAnswer
from transport.errors import ConflictError
from transport.services.project_repositories import ProjectResult
from webapp.storage.project_tables import PartsListRow, ProjectResultRow, ProjectRow
from webapp.storage.snapshot_rows import SnapshotRows
from webapp.storage.snapshots import from_document, to_document


class StoredProjects:
    """Projects in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows = SnapshotRows(session, ProjectRow, Project, "project")

    def get(self, project_id: str) -> Project:
        """Return a project; raises NotFoundError."""
        return self._rows.one(ProjectRow.id == project_id, project_id)

    def of_organisation(self, organisation_id: str) -> list[Project]:
        """Return the projects that a factory or office keeps, by name."""
        wanted = select(ProjectRow).where(ProjectRow.organisation_id == organisation_id)
        return self._rows.list(wanted.order_by(ProjectRow.name, ProjectRow.id))

    def everywhere(self) -> list[Project]:
        """Return all projects by area and name."""
        wanted = select(ProjectRow)
        return self._rows.list(wanted.order_by(ProjectRow.admin_code, ProjectRow.name))

    def add(self, project: Project, *, changed_by: str, at: datetime) -> None:
        """Add a project."""
        self._rows.add(project, _columns(project), by=changed_by, at=at)

    def save(self, project: Project, *, changed_by: str, at: datetime) -> Project:
        """Write a project read at its `version`."""
        return self._rows.save(project, _columns(project), by=changed_by, at=at)

    def add_parts(self, parts: PartsList) -> None:
        """Add a version; raises ConflictError where somebody added that revision first."""
        row = {
            "id": parts.id,
            "project_id": parts.project_id,
            "revision": parts.revision,
            "filename": parts.filename,
            "digest": parts.digest,
            "uploaded_at": parts.uploaded_at,
            "uploaded_by": parts.uploaded_by,
            "pieces": parts.pieces,
            "skipped": _text(list(parts.skipped)),
            "parts": _text([part_as_row(one) for one in parts.parts]),
        }
        try:
            self._session.execute(insert(PartsListRow), [row])
        except IntegrityError as wrong:
            message = "somebody else added a parts list meanwhile; nothing was written"
            raise ConflictError(message) from wrong

    def newest_parts(self, project_id: str) -> PartsList | None:
        """Return the newest version of a project's parts list, None where there is none."""
        wanted = select(PartsListRow).where(PartsListRow.project_id == project_id)
        row = self._session.scalars(wanted.order_by(PartsListRow.revision.desc()).limit(1)).first()
        if row is None:
            return None
        return PartsList(
            row.id,
            row.project_id,
            row.revision,
            row.filename,
            row.digest,
            row.uploaded_at,
            row.uploaded_by,
            tuple(part_from_row(one) for one in json.loads(row.parts)),
            tuple(json.loads(row.skipped)),
        )

    def pieces(self) -> dict[str, int]:
        """Return the number of pieces on the newest list of every project that has one."""
        newest = (
            select(PartsListRow.project_id, func.max(PartsListRow.revision).label("revision"))
            .group_by(PartsListRow.project_id)
            .subquery()
        )
        wanted = select(PartsListRow.project_id, PartsListRow.pieces).join(
            newest,
            (PartsListRow.project_id == newest.c.project_id)
            & (PartsListRow.revision == newest.c.revision),
        )
        return {row.project_id: row.pieces for row in self._session.execute(wanted)}

    def add_result(self, result: ProjectResult) -> None:
        """Keep what was worked out of a version."""
        worked_out = {
            "answers": [to_document(one) for one in result.answers],
            "plan": to_document(result.plan),
            "envelopes": [to_document(one) for one in result.envelopes],
        }
        row = {
            "id": result.id,
            "parts_list_id": result.parts_list_id,
            "made_at": result.made_at,
            "made_by": result.made_by,
            "result": _text(worked_out),
        }
        self._session.execute(insert(ProjectResultRow), [row])

    def newest_result(self, parts_list_id: str) -> ProjectResult | None:
        """Return what was worked out last of a version, None where nothing was."""
        wanted = select(ProjectResultRow).where(ProjectResultRow.parts_list_id == parts_list_id)
        ordered = wanted.order_by(ProjectResultRow.made_at.desc()).limit(1)
        row = self._session.scalars(ordered).first()
        return None if row is None else _result(row)

    def result(self, result_id: str) -> ProjectResult | None:
        """Return what was worked out once, None where it is not kept."""
        row = self._session.get(ProjectResultRow, result_id)
        return None if row is None else _result(row)


def _result(row: ProjectResultRow) -> ProjectResult:
    document = json.loads(row.result)
    return ProjectResult(
        row.id,
        row.parts_list_id,
        row.made_at,
        row.made_by,
        tuple(from_document(ReachAnswer, one) for one in document["answers"]),
        from_document(LoadPlan, document["plan"]),
        tuple(from_document(LaneEnvelope, one) for one in document["envelopes"]),
    )


def _columns(project: Project) -> dict[str, Any]:
    return {
        "organisation_id": project.organisation_id,
        "admin_code": project.admin_code,
        "name": project.name,
    }


def _text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
