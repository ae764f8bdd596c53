"""Who may not enter an expressway (RTSL art. 67)."""

from __future__ import annotations

from datetime import date

from transport.regulations.law import Law
from transport.rules.comparing import unknown
from transport.rules.findings import Finding, Outcome
from transport.vehicles.transport import TrailerKind, Transport

DESIGN_SPEED = "expressway_design_speed_km_h"
FULL_TRAILER = "expressway_full_trailer"
_SLOW_KINDS = (TrailerKind.HYDRAULIC, TrailerKind.SPECIAL)


def check_expressway(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Judge design speed and full trailers; not allowed here means not on an expressway.

    Hydraulic and special trains are often slow or towed by a drawbar: where nobody said so, the
    answer is unknown. Of an ordinary semi-trailer nothing is said without need.
    """
    found: list[Finding] = []
    slow = transport.trailer_kind in _SLOW_KINDS
    least = law.expressways.least_design_speed_km_h.find(day)
    speed = transport.design_top_speed_km_h
    if least is not None and speed is not None:
        outcome = Outcome.NOT_ALLOWED if speed < least.value else Outcome.WITHIN_LIMIT
        found.append(Finding(DESIGN_SPEED, outcome, speed, least.value, least.clause, least.status))
    elif least is not None and slow:
        found.append(unknown(DESIGN_SPEED, least, limit=least.value))
    barred = law.expressways.full_trailers_barred.find(day)
    if barred is not None and barred.value:
        if transport.full_trailer:
            outcome = Outcome.NOT_ALLOWED
            found.append(Finding(FULL_TRAILER, outcome, "full", None, barred.clause, barred.status))
        elif transport.full_trailer is None and transport.trailer_kind is TrailerKind.HYDRAULIC:
            found.append(unknown(FULL_TRAILER, barred))
    return found
