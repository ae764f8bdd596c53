"""The repository of delivery plans."""

from __future__ import annotations

import json

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from transport.errors import ConflictError
from transport.scheduling.delivery_plan import DeliveryPlan
from webapp.storage.job_tables import DeliveryPlanRow
from webapp.storage.snapshots import from_document, to_document


class StoredDeliveryPlans:
    """Versions of delivery plans in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, plan: DeliveryPlan) -> None:
        """Add a version; raises ConflictError where somebody added that number first."""
        row = {
            "id": plan.id,
            "project_id": plan.project_id,
            "number": plan.number,
            "made_at": plan.made_at,
            "made_by": plan.made_by,
            "plan": json.dumps(to_document(plan), ensure_ascii=False, separators=(",", ":")),
        }
        try:
            self._session.execute(insert(DeliveryPlanRow), [row])
        except IntegrityError as wrong:
            message = "somebody else made a delivery plan meanwhile; nothing was written"
            raise ConflictError(message) from wrong

    def newest(self, project_id: str) -> DeliveryPlan | None:
        """Return the newest version of a project's plan, None where there is none."""
        wanted = select(DeliveryPlanRow.plan).where(DeliveryPlanRow.project_id == project_id)
        found = self._session.scalars(wanted.order_by(DeliveryPlanRow.number.desc()).limit(1))
        text = found.first()
        return None if text is None else from_document(DeliveryPlan, json.loads(text))

    def versions(self, project_id: str) -> int:
        """Return how many versions there are."""
        wanted = select(func.count()).where(DeliveryPlanRow.project_id == project_id)
        return self._session.execute(wanted).scalar_one()
