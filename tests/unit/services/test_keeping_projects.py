"""Who keeps projects and sees them, and how versions of a parts list follow each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import NOON
from tests.fakes import FakeUnitsOfWork
from tests.parts_lists import as_csv, building
from transport.delivery.projects import Project
from transport.errors import InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.services.keeping_projects import (
    PartsFile,
    add_parts,
    list_projects,
    open_project,
    save_project,
)

FACTORY = Actor("u1", "计划员", "f1", "包头构件厂", Role.FACTORY, "150200")
OTHER = Actor("u2", "计划员乙", "f2", "鄂尔多斯构件厂", Role.FACTORY, "150600")
REGION = Actor("u3", "住建员", "h1", "自治区住建厅", Role.HOUSING, "150000")
LEAGUE = Actor("u4", "住建员乙", "h2", "呼和浩特住建局", Role.HOUSING, "150100")
ELSEWHERE = Actor("u5", "住建员丙", "h3", "赤峰住建局", Role.HOUSING, "150400")
CARRIER = Actor("u6", "调度", "c1", "物流公司", Role.CARRIER, "150100")
NEW = Project("", "", "", "青城花园二期", "呼和浩特", "150100")
KINDS = {one.kind for one in building(15)}


def kept(store: FakeUnitsOfWork) -> Project:
    return save_project(store, actor=FACTORY, project=NEW, now=NOON)


def bring(store: FakeUnitsOfWork, project: Project, actor: Actor = FACTORY, text: str = "") -> int:
    content = (text or as_csv(building(20))).encode()
    made, _ = add_parts(
        store,
        actor=actor,
        project_id=project.id,
        file=PartsFile("parts.csv", content),
        kinds=KINDS,
        now=NOON,
    )
    return made.revision


def test_a_project_is_seen_by_its_factory_and_the_housing_departments_of_its_area() -> None:
    store = FakeUnitsOfWork()
    project = kept(store)
    for actor in (FACTORY, REGION, LEAGUE):
        assert list_projects(store, actor=actor) == [project]
        assert open_project(store, actor=actor, project_id=project.id)[0] == project
    for actor in (OTHER, ELSEWHERE, CARRIER):
        assert list_projects(store, actor=actor) == []
        with pytest.raises(NotFoundError):
            open_project(store, actor=actor, project_id=project.id)


def test_only_who_keeps_a_project_changes_it() -> None:
    store = FakeUnitsOfWork()
    project = kept(store)
    with pytest.raises(NotFoundError):
        save_project(store, actor=REGION, project=replace(project, name="别名"), now=NOON)
    with pytest.raises(NotFoundError):
        bring(store, project, OTHER)
    with pytest.raises(StepNotAllowedError):
        bring(store, project, CARRIER)


def test_every_list_is_a_new_version_and_a_wrong_one_is_none() -> None:
    store = FakeUnitsOfWork()
    project = kept(store)
    assert [bring(store, project), bring(store, project)] == [1, 2]
    with pytest.raises(InvalidInputError):
        bring(store, project, text="component_id\nX\n")
    newest = open_project(store, actor=FACTORY, project_id=project.id)[1]
    assert newest is not None
    assert (newest.revision, newest.pieces) == (2, 20)
