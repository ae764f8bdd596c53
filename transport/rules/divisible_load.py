"""Divisible loads and stacks: never permitted (R62 art. 11, 27)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from transport.regulations.law import Law
from transport.rules.findings import Finding, Outcome
from transport.vehicles.transport import Transport

DIVISIBLE = "divisible_load"
STACKED = "stacked_pieces"


def check_divisible(
    transport: Transport, law: Law, day: date, over_limit: Iterable[Finding]
) -> list[Finding]:
    """Judge an over-limit load that can be divided, or that consists of several pieces.

    Art. 11 last para. allows more pieces only where they leave what is over the limit unchanged.
    More pieces always add mass, so an over-mass stack is never allowed; whether one piece alone
    causes an excess of size is for the officer to see, hence unknown.
    """
    exceeded = [f.rule for f in over_limit if f.outcome is Outcome.PERMIT_NEEDED]
    if not exceeded:
        return []
    if not transport.indivisible:
        row = law.refusals.divisible_load.on(day)
        value = "divisible"
        return [Finding(DIVISIBLE, Outcome.NOT_ALLOWED, value, None, row.clause, row.status)]
    if transport.pieces == 1:
        return []
    row = law.refusals.stacked_pieces.on(day)
    outcome = Outcome.NOT_ALLOWED if "gross_mass_t" in exceeded else Outcome.UNKNOWN
    return [Finding(STACKED, outcome, float(transport.pieces), 1.0, row.clause, row.status)]
