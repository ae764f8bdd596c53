"""What is kept of deliveries: versions of delivery plans."""

from __future__ import annotations

from typing import Protocol

from transport.scheduling.delivery_plan import DeliveryPlan


class DeliveryPlans(Protocol):
    """Delivery plans of projects; versions are only ever added."""

    def add(self, plan: DeliveryPlan) -> None:
        """Add a version; raises ConflictError where somebody added that number first."""

    def newest(self, project_id: str) -> DeliveryPlan | None:
        """Return the newest version of a project's plan, None where there is none."""

    def versions(self, project_id: str) -> int:
        """Return how many versions there are."""
