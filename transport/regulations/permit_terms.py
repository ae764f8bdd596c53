"""How long permits and papers last (R62 art. 19, vehicle registration rules)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class PermitTerms:
    """Longest validity of a plan permit and of a temporary plate."""

    plan_permit_months: Dated[int]
    temporary_plate_days: Dated[int]
