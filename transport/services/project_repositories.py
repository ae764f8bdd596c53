"""What is kept of projects: the register, versions of parts lists, and what was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from transport.delivery.load_plan import LoadPlan
from transport.delivery.parts import PartsList
from transport.delivery.projects import Project
from transport.delivery.reach import LaneEnvelope, ReachAnswer


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """Answers and load plan of one version of a parts list."""

    id: str
    parts_list_id: str
    made_at: datetime
    made_by: str
    answers: tuple[ReachAnswer, ...]
    plan: LoadPlan
    envelopes: tuple[LaneEnvelope, ...] = ()


class Projects(Protocol):
    """Projects with the versions of their parts lists; versions are only ever added."""

    def get(self, project_id: str) -> Project:
        """Return a project; raises NotFoundError."""

    def of_organisation(self, organisation_id: str) -> list[Project]:
        """Return the projects that a factory or office keeps, by name."""

    def everywhere(self) -> list[Project]:
        """Return all projects by area and name."""

    def add(self, project: Project, *, changed_by: str, at: datetime) -> None:
        """Add a project."""

    def save(self, project: Project, *, changed_by: str, at: datetime) -> Project:
        """Write a project read at its `version`."""

    def add_parts(self, parts: PartsList) -> None:
        """Add a version; raises ConflictError where somebody added that revision first."""

    def newest_parts(self, project_id: str) -> PartsList | None:
        """Return the newest version of a project's parts list, None where there is none."""

    def pieces(self) -> dict[str, int]:
        """Return the number of pieces on the newest list of every project that has one."""

    def add_result(self, result: ProjectResult) -> None:
        """Keep what was worked out of a version."""

    def newest_result(self, parts_list_id: str) -> ProjectResult | None:
        """Return what was worked out last of a version, None where nothing was."""

    def result(self, result_id: str) -> ProjectResult | None:
        """Return what was worked out once, None where it is not kept."""
