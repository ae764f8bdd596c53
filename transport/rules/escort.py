"""Whether an escort plan is due (R62 art. 10(2))."""

from __future__ import annotations

from datetime import date

from transport.regulations.law import Law
from transport.rules.comparing import judge
from transport.rules.findings import Finding, Outcome
from transport.vehicles.transport import Transport


def check_escort_plan(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Compare sizes and mass with what makes outline drawing and escort plan due."""
    rows = law.escort
    return [
        judge("escort_plan_height_m", transport.height_m, rows.plan_above_height_m.on(day)),
        judge("escort_plan_width_m", transport.width_m, rows.plan_above_width_m.on(day)),
        judge("escort_plan_length_m", transport.length_m, rows.plan_above_length_m.on(day)),
        judge("escort_plan_mass_t", transport.mass_t, rows.plan_above_mass_t.on(day)),
    ]


def needs_escort_plan(transport: Transport, law: Law, day: date) -> bool:
    """Whether an escort plan belongs to the application."""
    found = check_escort_plan(transport, law, day)
    return any(finding.outcome is Outcome.PERMIT_NEEDED for finding in found)
