"""The monthly list: every claim of a month, with sums per scheme and for whom bears the loss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from transport.relief.claims import Claim

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class SchemeSum:
    """The month of one scheme."""

    scheme_id: str
    scheme_name: str
    payer: str
    claims: int
    toll_yuan: Decimal
    relief_yuan: Decimal


@dataclass(frozen=True, slots=True)
class MonthlyList:
    """Claims of one month; sums count only relief that was granted."""

    month: str
    claims: tuple[Claim, ...]
    sums: tuple[SchemeSum, ...]
    relief_yuan: Decimal


def monthly_list(claims: Iterable[Claim], month: str) -> MonthlyList:
    """Gather the claims of a month (`YYYY-MM`) by number."""
    chosen = tuple(
        sorted((one for one in claims if one.month == month), key=lambda claim: claim.number)
    )
    sums = []
    for scheme in {one.scheme.id: one.scheme for one in chosen}.values():
        of_scheme = [one for one in chosen if one.scheme.id == scheme.id]
        sums.append(
            SchemeSum(
                scheme_id=scheme.id,
                scheme_name=scheme.name,
                payer=scheme.payer,
                claims=len(of_scheme),
                toll_yuan=sum((one.entitlement.toll_yuan for one in of_scheme), _ZERO),
                relief_yuan=sum((one.granted_yuan for one in of_scheme), _ZERO),
            )
        )
    return MonthlyList(
        month=month,
        claims=chosen,
        sums=tuple(sums),
        relief_yuan=sum((one.granted_yuan for one in chosen), _ZERO),
    )
