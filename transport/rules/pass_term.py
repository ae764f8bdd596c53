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


@dataclass(frozen=True, slots=True)
class TermRules:
    """What bounds a pass by the law of a day; None where that bound is not known."""

    plan_permit_months: int | None = None
    temporary_plate_days: int | None = None
    ends_with_shortest_paper: bool = True


def earliest_end(
    rules: TermRules,
    starts_on: date,
    papers: Mapping[str, date],
    *,
    plan: bool = False,
    temporary_plate_on: date | None = None,
) -> tuple[date, str] | None:
    """Return the last day a pass may have and what sets it; None where nothing bounds it.

    `papers` are the papers of combination and carrier with their last days; `temporary_plate_on`
    is the first day of a temporary plate. A pass for several trips is a `plan`.
    """
    found: list[tuple[date, str]] = []
    if plan and rules.plan_permit_months is not None:
        found.append((last_day_of_months(starts_on, rules.plan_permit_months), PLAN_PERMIT))
    if temporary_plate_on is not None and rules.temporary_plate_days is not None:
        ends = temporary_plate_on + timedelta(days=rules.temporary_plate_days - 1)
        found.append((ends, TEMPORARY_PLATE))
    if papers and rules.ends_with_shortest_paper:
        name, ends = min(papers.items(), key=lambda paper: (paper[1], paper[0]))
        found.append((ends, name))
    return min(found, key=lambda one: one[0], default=None)


def term_rules(law: Law, day: date) -> TermRules:
    """Read what bounds a pass from the law of a day."""
    terms = law.permit_terms
    return TermRules(
        plan_permit_months=terms.plan_permit_months.on(day).value,
        temporary_plate_days=terms.temporary_plate_days.on(day).value,
        ends_with_shortest_paper=terms.ends_with_shortest_document.on(day).value,
    )


def latest_end(
    law: Law,
    day: date,
    starts_on: date,
    papers: Mapping[str, date],
    *,
    plan: bool = False,
    temporary_plate_on: date | None = None,
) -> LatestEnd | None:
    """Return `earliest_end` by the law of a day, with the clause that sets it."""
    found = earliest_end(
        term_rules(law, day), starts_on, papers, plan=plan, temporary_plate_on=temporary_plate_on
    )
    if found is None:
        return None
    terms = law.permit_terms
    rows = {
        PLAN_PERMIT: terms.plan_permit_months.on(day),
        TEMPORARY_PLATE: terms.temporary_plate_days.on(day),
    }
    row = rows.get(found[1], terms.ends_with_shortest_document.on(day))
    return LatestEnd(*found, row.clause, row.status)


def last_day_of_months(starts_on: date, months: int) -> date:
    """Return the last day of a period of months: 11 May and six months is 10 November."""
    years, month = divmod(starts_on.month - 1 + months, _MONTHS)
    year, month = starts_on.year + years, month + 1
    longest = monthrange(year, month)[1]
    if starts_on.day > longest:
        return date(year, month, longest)
    return date(year, month, starts_on.day) - timedelta(days=1)
