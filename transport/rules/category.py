"""Category I, II or III of an over-limit transport (R62 art. 15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from transport.regulations.dated import Provision
from transport.regulations.law import Law
from transport.rules.comparing import exceeds, judge, unknown
from transport.rules.findings import Finding, Outcome
from transport.vehicles.transport import Transport

PROVISIONAL = "category"


class Category(StrEnum):
    """The three categories of art. 15."""

    I = "I"  # noqa: E741 - the law's own name
    II = "II"
    III = "III"


Bounds = tuple[tuple[str, float, Provision[float]], ...]


def category_2_bounds(transport: Transport, law: Law, day: date) -> Bounds:
    """Return what category II bounds: name, measured value, provision."""
    rows = law.categories
    return (
        ("category_2_height_m", transport.height_m, rows.category_2_height_m.on(day)),
        ("category_2_width_m", transport.width_m, rows.category_2_width_m.on(day)),
        ("category_2_length_m", transport.length_m, rows.category_2_length_m.on(day)),
        ("category_2_mass_t", transport.mass_t, rows.category_2_mass_t.on(day)),
    )


def category_1_bounds(transport: Transport, law: Law, day: date) -> Bounds:
    """Return the sizes that category I bounds: name, measured value, provision."""
    rows = law.categories
    return (
        ("category_1_height_m", transport.height_m, rows.category_1_height_m.on(day)),
        ("category_1_width_m", transport.width_m, rows.category_1_width_m.on(day)),
        ("category_1_length_m", transport.length_m, rows.category_1_length_m.on(day)),
    )


def decide_category(
    transport: Transport,
    law: Law,
    day: date,
    over_limit: Iterable[Finding],
    axle_caps: Iterable[Finding],
) -> tuple[Category | None, list[Finding]]:
    """Return the category and the findings that lead to it.

    `over_limit` and `axle_caps` are the findings of art. 3 and art. 17. None where nothing is over
    the limit. Where the missing axles decide whether the mass is within art. 3, the category is
    the one the sizes give, and an unknown finding `category` says that it is provisional.
    """
    over_limit = list(over_limit)
    if not any(finding.outcome is Outcome.PERMIT_NEEDED for finding in over_limit):
        return None, []
    second = category_2_bounds(transport, law, day)
    found = [judge(*bound) for bound in second]
    if _beyond(second):
        return Category.III, found
    first = category_1_bounds(transport, law, day)
    found += [judge(*bound) for bound in first]
    masses = _masses(law, day, over_limit, axle_caps)
    if _beyond(first) or Outcome.PERMIT_NEEDED in masses or Outcome.NOT_ALLOWED in masses:
        return Category.II, found
    if Outcome.UNKNOWN in masses:
        needs = law.categories.category_1_within_mass_limits.on(day)
        return Category.I, [*found, unknown(PROVISIONAL, needs, value=str(Category.I))]
    return Category.I, found


def _beyond(bounds: Bounds) -> bool:
    return any(exceeds(value, limit.value) for _, value, limit in bounds)


def _masses(
    law: Law, day: date, over_limit: Iterable[Finding], axle_caps: Iterable[Finding]
) -> set[Outcome]:
    """Outcomes of the mass criteria that category I asks for."""
    wanted: list[Finding] = []
    if law.categories.category_1_within_mass_limits.on(day).value:
        wanted += [finding for finding in over_limit if finding.rule == "gross_mass_t"]
    if law.categories.category_1_within_axle_caps.on(day).value:
        # Without axle loads the caps cannot be judged; a mass within art. 3 then decides.
        wanted += [f for f in axle_caps if f.outcome is not Outcome.UNKNOWN]
    return {finding.outcome for finding in wanted}
