"""Until when a pass may run: plan permits, temporary plates, the shortest paper (R62 art. 19)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from transport.regulations.citation import Status
from transport.regulations.law import Law

PLAN_PERMIT = "plan_permit_months"
TEMPORARY_PLATE = "temporary_plate_days"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class LatestEnd:
    """The last day of a pass, and what sets it: a key of the law or the name of a paper."""

    ends_on: date
    set_by: str
    clause: str
    status: Status


def latest_end(
    law: Law,
    day: date,
    starts_on: date,
    papers: Mapping[str, date],
    *,
    plan: bool = False,
    temporary_plate_on: date | None = None,
) -> LatestEnd | None:
    """Return the last day a pass from `starts_on` may have; None where nothing bounds it.

    `papers` are the papers of combination and carrier with their last days; `temporary_plate_on`
    is the first day of a temporary plate. A pass for several trips is a `plan`.
    """
    terms = law.permit_terms
    found: list[LatestEnd] = []
    if plan:
        months = terms.plan_permit_months.on(day)
        ends = last_day_of_months(starts_on, months.value)
        found.append(LatestEnd(ends, PLAN_PERMIT, months.clause, months.status))
    if temporary_plate_on is not None:
        days = terms.temporary_plate_days.on(day)
        ends = temporary_plate_on + timedelta(days=days.value - 1)
        found.append(LatestEnd(ends, TEMPORARY_PLATE, days.clause, days.status))
    shortest = terms.ends_with_shortest_document.on(day)
    if papers and shortest.value:
        name, ends = min(papers.items(), key=lambda paper: (paper[1], paper[0]))
        found.append(LatestEnd(ends, name, shortest.clause, shortest.status))
    return min(found, key=lambda one: one.ends_on, default=None)


def last_day_of_months(starts_on: date, months: int) -> date:
    """Return the last day of a period of months: 11 May and six months is 10 November."""
    years, month = divmod(starts_on.month - 1 + months, _MONTHS)
    year, month = starts_on.year + years, month + 1
    longest = monthrange(year, month)[1]
    if starts_on.day > longest:
        return date(year, month, longest)
    return date(year, month, starts_on.day) - timedelta(days=1)
