"""What an over-limit load needs on city streets and at level crossings (URR 28, RTSL-IR 65)."""

from __future__ import annotations

from datetime import date

from transport.regulations.law import Law
from transport.rules.comparing import judge
from transport.rules.findings import Finding, Outcome
from transport.rules.over_limit import check_gross_mass, check_size
from transport.vehicles.transport import Transport

POLICE_DESIGNATION = "city_police_designation"
RAILWAY_CROSSING = "railway_crossing"
RAILWAY_GATE = "electrified_gate_height_m"


def check_city_streets(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Judge which excess needs the municipal department's consent, and whether the police decide.

    Over-width is not listed in the article, so it asks for no municipal consent by itself.
    """
    rows = law.urban_roads
    asked = {
        "height_m": rows.consent_for_over_height,
        "width_m": rows.consent_for_over_width,
        "length_m": rows.consent_for_over_length,
        "gross_mass_t": rows.consent_for_over_mass,
    }
    over = [*check_size(transport, law, day), *check_gross_mass(transport, law, day)]
    found = []
    for one in over:
        if one.rule not in asked:
            continue
        row = asked[one.rule].on(day)
        outcome = one.outcome if row.value else Outcome.WITHIN_LIMIT
        rule = f"city_consent_{one.rule}"
        found.append(Finding(rule, outcome, one.value, one.limit, row.clause, row.status))
    police = rows.police_designate_time_and_route.on(day)
    if police.value and any(one.outcome is Outcome.PERMIT_NEEDED for one in over):
        needed = Outcome.PERMIT_NEEDED
        found.append(Finding(POLICE_DESIGNATION, needed, None, None, police.clause, police.status))
    return found


def check_level_crossing(
    transport: Transport, law: Law, day: date, *, electrified: bool = False
) -> list[Finding]:
    """Judge a level crossing: the railway designates it, and the gate must be measured.

    The height of gates is no law; above the usual one the answer is unknown.
    """
    rows = law.rail_crossings
    over = [*check_size(transport, law, day), *check_gross_mass(transport, law, day)]
    found = []
    sets = rows.railway_sets_crossing_and_time.on(day)
    if sets.value and any(one.outcome is Outcome.PERMIT_NEEDED for one in over):
        needed = Outcome.PERMIT_NEEDED
        found.append(Finding(RAILWAY_CROSSING, needed, None, None, sets.clause, sets.status))
    if electrified:
        gate = rows.electrified_gate_height_m.on(day)
        found.append(judge(RAILWAY_GATE, transport.height_m, gate, Outcome.UNKNOWN))
    return found
