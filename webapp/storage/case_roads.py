"""The roads of a case beside it: its edges as numbers, for the index of the recall."""

from __future__ import annotations

from array import array

from sqlalchemy import delete
from sqlalchemy.orm import Session

from transport.permits.case import Case
from webapp.storage.recall_tables import CaseRoadsRow


def write_roads(session: Session, case: Case) -> None:
    """Note the edges and days of a case's route, so that the recall finds it."""
    session.execute(delete(CaseRoadsRow).where(CaseRoadsRow.case_id == case.id))
    application = case.application
    edges = application.route.contract.get("edges") or ()
    if not edges:
        return
    session.add(
        CaseRoadsRow(
            case_id=case.id,
            network_id=application.route.network_id,
            first_day=application.travel.starts_on,
            last_day=application.travel.ends_on,
            edges=array("i", sorted({int(one) for one in edges})).tobytes(),
        )
    )
    session.flush()
