"""How long permits and papers last (R62 art. 19, vehicle registration rules)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class PermitTerms:
    """Longest validity of a plan permit and of a temporary plate, and what bounds a pass."""

    plan_permit_months: Dated[int]
    plan_permit_needs: Dated[tuple[str, ...]]
    plan_change_needs_amendment: Dated[bool]
    temporary_plate_days: Dated[int]
    ends_with_shortest_document: Dated[bool]
