"""Repository of cases: the application with one version, each act with its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from transport.errors import NotFoundError
from transport.permits.acts import Act, LastChange
from transport.permits.application import Application
from transport.permits.case import Case
from transport.permits.states import FINAL_STATES, IN_FORCE, ActState
from webapp.storage.case_roads import write_roads
from webapp.storage.case_tables import ActRow, CaseRow, PermitRow
from webapp.storage.snapshots import LazyDocument, from_document, to_document
from webapp.storage.versions import write_version

_WAITING = [
    one.value
    for one in ActState
    if one not in FINAL_STATES | IN_FORCE | {ActState.DRAFT, ActState.EXPIRED}
]


def act_from_row(row: ActRow) -> Act:
    """Read an act."""
    act = from_document(Act, row.snapshot)
    change = LastChange(by=row.changed_by, at=row.changed_at)
    return replace(act, version=row.version, last_change=change)


def act_values(act: Act) -> dict[str, Any]:
    """Return the columns of an act, without key, case and version."""
    return {
        "kind": act.kind.value,
        "state": act.state.value,
        "area": act.area,
        "office_id": act.authority.organisation_id,
        "snapshot": to_document(replace(act, last_change=None)),
    }


def case_from_rows(row: CaseRow, acts: list[ActRow]) -> Case:
    """Read a case with its acts; the planned route is decoded when first looked at."""
    contract = LazyDocument(row.route_contract)
    document = {**row.application, "route": {**row.application["route"], "contract": contract}}
    return Case(
        id=row.id,
        number=row.number,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        application=from_document(Application, document),
        acts=tuple(act_from_row(one) for one in acts),
        created_at=row.created_at,
        enquiry_id=row.enquiry_id,
        factory_id=row.factory_id,
        official_number=row.official_number,
        official_pass_number=row.official_pass_number,
        version=row.version,
    )


def case_values(case: Case) -> dict[str, Any]:
    """Return the columns of a case's application part, without key and version."""
    application = to_document(case.application)
    contract = application["route"].pop("contract")
    return {
        "number": case.number,
        "organisation_id": case.organisation_id,
        "organisation_name": case.organisation_name,
        "factory_id": case.factory_id,
        "enquiry_id": case.enquiry_id,
        "official_number": case.official_number,
        "official_pass_number": case.official_pass_number,
        "created_at": case.created_at,
        "application": application,
        "route_contract": json.dumps(contract, ensure_ascii=False),
    }


class StoredCases:
    """Cases in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, number: str) -> Case:
        """Return the case with our number; raises NotFoundError."""
        found = self._list(select(CaseRow).where(CaseRow.number == number))
        if not found:
            raise NotFoundError(f"there is no case {number}")
        case = found[0]
        # One case is worked on: give it the plain document.
        route = replace(case.application.route, contract=dict(case.application.route.contract))
        return replace(case, application=replace(case.application, route=route))

    def numbered(self, numbers: Sequence[str]) -> list[Case]:
        """Return the cases with these numbers, newest first; the routes are not decoded."""
        return self._list(select(CaseRow).where(CaseRow.number.in_(numbers)))

    def of_carrier(self, organisation_id: str) -> list[Case]:
        """Return the cases of a carrier, newest first."""
        return self._list(select(CaseRow).where(CaseRow.organisation_id == organisation_id))

    def of_factory(self, organisation_id: str) -> list[Case]:
        """Return the cases that grew from a factory's enquiries, newest first."""
        return self._list(select(CaseRow).where(CaseRow.factory_id == organisation_id))

    def for_office(self, organisation_id: str) -> list[Case]:
        """Return the cases with a submitted act of this office, newest first."""
        mine = select(ActRow.case_id).where(
            ActRow.office_id == organisation_id, ActRow.state != ActState.DRAFT.value
        )
        return self._list(select(CaseRow).where(CaseRow.id.in_(mine)))

    def open_for_office(self, organisation_id: str) -> list[Case]:
        """Return the cases in which an act of this office still waits for somebody, newest first.

        Acts in force or at their end keep no case in; the index on state and office finds them.
        """
        mine = select(ActRow.case_id).where(
            ActRow.office_id == organisation_id, ActRow.state.in_(_WAITING)
        )
        return self._list(select(CaseRow).where(CaseRow.id.in_(mine)))

    def acts_of_office(self, organisation_id: str) -> list[tuple[str, Act]]:
        """Return the submitted acts of an office with the numbers of their cases, oldest first."""
        wanted = (
            select(CaseRow.number, ActRow)
            .join(ActRow, ActRow.case_id == CaseRow.id)
            .where(ActRow.office_id == organisation_id, ActRow.state != ActState.DRAFT.value)
            .order_by(CaseRow.created_at, CaseRow.number, ActRow.position)
        )
        return [(number, act_from_row(row)) for number, row in self._session.execute(wanted)]

    def with_pass_ending(self, organisation_id: str, first: date, last: date) -> list[Case]:
        """Return a carrier's cases with a pass not revoked that ends on one of these days."""
        ending = select(PermitRow.case_id).where(
            PermitRow.holder_id == organisation_id,
            PermitRow.valid_until.between(first, last),
            PermitRow.revoked_at.is_(None),
        )
        return self._list(select(CaseRow).where(CaseRow.id.in_(ending)))

    def add(self, case: Case, *, changed_by: str, at: datetime) -> None:
        """Add a case with its acts."""
        self._session.add(
            CaseRow(
                id=case.id,
                version=case.version,
                changed_by=changed_by,
                changed_at=at,
                **case_values(case),
            )
        )
        self._session.flush()
        write_roads(self._session, case)
        for act in case.acts:
            self.add_act(case, act, changed_by=changed_by, at=at)

    def save(self, case: Case, *, changed_by: str, at: datetime) -> Case:
        """Write the application part read at `case.version`; acts are not touched."""
        version = write_version(
            self._session,
            CaseRow,
            CaseRow.id == case.id,
            case_values(case),
            what=f"Case {case.number}",
            expected_version=case.version,
            changed_by=changed_by,
            at=at,
        )
        write_roads(self._session, case)
        return replace(case, version=version)

    def add_act(self, case: Case, act: Act, *, changed_by: str, at: datetime) -> Act:
        """Add one act to a case."""
        count = select(func.count()).where(ActRow.case_id == case.id)
        self._session.add(
            ActRow(
                id=act.id,
                case_id=case.id,
                position=self._session.scalar(count) or 0,
                version=act.version,
                changed_by=changed_by,
                changed_at=at,
                **act_values(act),
            )
        )
        self._session.flush()
        return replace(act, last_change=LastChange(by=changed_by, at=at))

    def save_act(self, case: Case, act: Act, *, changed_by: str, at: datetime) -> Act:
        """Write one act read at `act.version`; return it with its new version."""
        version = write_version(
            self._session,
            ActRow,
            (ActRow.id == act.id) & (ActRow.case_id == case.id),
            act_values(act),
            what=f"The act {act.kind.value} of case {case.number}",
            expected_version=act.version,
            changed_by=changed_by,
            at=at,
        )
        return replace(act, version=version, last_change=LastChange(by=changed_by, at=at))

    def replace_drafts(
        self, case: Case, acts: tuple[Act, ...], *, changed_by: str, at: datetime
    ) -> None:
        """Put these acts in place of a draft case's acts."""
        self._session.execute(
            delete(ActRow).where(ActRow.case_id == case.id, ActRow.state == ActState.DRAFT.value)
        )
        for act in acts:
            self.add_act(case, act, changed_by=changed_by, at=at)

    def _list(self, wanted: Select[Any]) -> list[Case]:
        newest_first = wanted.order_by(CaseRow.created_at.desc(), CaseRow.number.desc())
        rows = list(self._session.scalars(newest_first))
        ids = [row.id for row in rows]
        acts: dict[str, list[ActRow]] = {one: [] for one in ids}
        of_cases = select(ActRow).where(ActRow.case_id.in_(ids)).order_by(ActRow.position)
        for act in self._session.scalars(of_cases) if ids else ():
            acts[act.case_id].append(act)
        return [case_from_rows(row, acts[row.id]) for row in rows]
