"""Classify: everything the law says of one transport on one day, as the contract prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transport.regulations.citation import Status
from transport.regulations.dated import Provision
from transport.regulations.law import Law
from transport.rules import assessment
from transport.rules.authority import (
    Authority,
    find_authority,
    law_of_trip,
    refuse_wrong_codes,
)
from transport.rules.category import Category, decide_category
from transport.rules.comparing import unknown
from transport.rules.divisible_load import check_divisible
from transport.rules.documents import DocumentNeed, list_documents
from transport.rules.findings import Finding, Outcome
from transport.rules.grades import axle_grade, size_grade
from transport.rules.time_limit import time_limit
from transport.vehicles.transport import Transport
from transport.working_days import WorkingCalendar, add_working_days

OVER_LIMIT_CRITERIA = ("height_m", "width_m", "length_m", "gross_mass_t")


@dataclass(frozen=True, slots=True)
class Classification:
    """What the law of one day says of a transport; `findings` holds every rule's answer."""

    over_limit: bool
    exceeded: tuple[Finding, ...]
    category: Category | None
    size_grade: str | None
    axle_grade: str | None
    authority: Authority | None
    time_limit_working_days: int | None
    due_on: date | None
    documents: tuple[DocumentNeed, ...]
    escort_plan_required: bool
    refusals: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    law_as_of: date

    @property
    def needs_permit(self) -> bool | None:
        """Whether a permit is needed; None where missing data leaves it open."""
        if self.over_limit:
            return True
        open_ones = {f.rule for f in self.findings if f.outcome is Outcome.UNKNOWN}
        return None if open_ones & {*OVER_LIMIT_CRITERIA, "axle_sum_t"} else False


def classify(
    transport: Transport,
    law: Law,
    day: date,
    from_admin: str | None = None,
    to_admin: str | None = None,
    through: Sequence[str] = (),
    calendar: WorkingCalendar | None = None,
) -> Classification:
    """Judge a transport by the law in force on `day`; the clock would start on that day.

    A trip within one league or county is judged by that area's own law where there is some.
    Raise NoLawInForceError where the law has no value on that day, InvalidInputError for an area
    code that is none.
    """
    refuse_wrong_codes(law, from_admin, to_admin, through)
    law = law_of_trip(law, from_admin, to_admin, through)
    over = [found for rule in assessment.OVER_LIMIT for found in rule(transport, law, day)]
    caps = [found for rule in assessment.REFUSALS for found in rule(transport, law, day)]
    exceeded = tuple(found for found in over if found.outcome is Outcome.PERMIT_NEEDED)
    divisible = check_divisible(transport, law, day, over)
    category, bounds = decide_category(transport, law, day, over, caps)
    conditions = [found for rule in assessment.CONDITIONS for found in rule(transport, law, day)]
    escort_plan = bool(exceeded) and any(
        found.outcome is Outcome.PERMIT_NEEDED and found.rule.startswith("escort_plan_")
        for found in conditions
    )
    authority, who = _authority(law, day, from_admin, to_admin, through) if exceeded else (None, [])
    days, due_on, when = _clock(law, day, category, authority, calendar)
    refusals = tuple(f for f in (*divisible, *caps) if f.outcome is Outcome.NOT_ALLOWED)
    return Classification(
        over_limit=bool(exceeded),
        exceeded=exceeded,
        category=category,
        size_grade=size_grade(transport, law, day),
        axle_grade=axle_grade(transport, law, day),
        authority=authority,
        time_limit_working_days=days.value if days else None,
        due_on=due_on,
        documents=list_documents(law, day, escort_plan=escort_plan) if exceeded else (),
        escort_plan_required=escort_plan,
        refusals=refusals,
        findings=(*over, *bounds, *divisible, *caps, *conditions, *who, *when),
        law_as_of=day,
    )


def _authority(
    law: Law, day: date, from_admin: str | None, to_admin: str | None, through: Sequence[str]
) -> tuple[Authority | None, list[Finding]]:
    if from_admin and to_admin:
        return find_authority(law, day, from_admin, to_admin, through), []
    return None, [unknown("authority", law.authorities.across_leagues.on(day))]


def _clock(
    law: Law,
    day: date,
    category: Category | None,
    authority: Authority | None,
    calendar: WorkingCalendar | None,
) -> tuple[Provision[int] | None, date | None, list[Finding]]:
    """Return the time limit, the last day, and what is not known of them."""
    if category is None or authority is None:
        return None, None, []
    limit = time_limit(law, day, category, crosses_provinces=authority.crosses_provinces)
    due_on = add_working_days(day, limit.value, calendar) if calendar else None
    if due_on is None:
        # The year's working days are not announced; an administrator enters them later.
        return limit, None, [unknown("due_on", limit, limit=float(limit.value))]
    return limit, due_on, []


def classification_as_json(result: Classification) -> dict[str, Any]:
    """Return the document that `dajian classify` prints."""
    authority = result.authority
    return {
        "over_limit": result.over_limit,
        "exceeded": [
            {"criterion": f.rule, "limit": f.limit, "value": f.value, "clause": f.clause}
            for f in result.exceeded
        ],
        "category": result.category,
        "size_grade": result.size_grade,
        "axle_grade": result.axle_grade,
        "authority": authority
        and {
            "level": authority.level,
            "admin_code": authority.admin_code,
            "name": authority.name,
            "name_en": authority.name_en,
        },
        "time_limit_working_days": result.time_limit_working_days,
        "due_on": result.due_on and result.due_on.isoformat(),
        "documents": [
            {
                "code": need.code,
                "name": need.name_zh,
                "name_en": need.name_en,
                "required": need.required,
                "clause": need.clause,
            }
            for need in result.documents
        ],
        "escort_plan_required": result.escort_plan_required,
        "refusals": [
            {"rule": f.rule, "clause": f.clause, "limit": f.limit, "value": f.value}
            for f in result.refusals
        ],
        "findings": [finding_as_json(found) for found in result.findings],
        "law_as_of": result.law_as_of.isoformat(),
    }


def finding_as_json(found: Finding) -> dict[str, Any]:
    """Return one finding as the contract prints it."""
    return {
        "rule": found.rule,
        "outcome": str(found.outcome),
        "value": found.value,
        "limit": found.limit,
        "clause": found.clause,
        "status": str(Status(found.status)),
    }
