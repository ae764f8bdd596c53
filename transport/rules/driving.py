"""Speeds on bridges and in low visibility (T2213 7.2, RTSL-IR 81)."""

from __future__ import annotations

from datetime import date

from transport.regulations.dated import Provision
from transport.regulations.driving_rules import VisibilityRule
from transport.regulations.law import Law
from transport.rules.comparing import exceeds, judge
from transport.rules.findings import Finding, Outcome

BRIDGE_SPEED = "bridge_speed_km_h"


def check_bridge_speed(speed_km_h: float, law: Law, day: date) -> Finding:
    """Judge a speed on bridges: above the highest one the standard evaluates it is not offered."""
    highest = law.driving_rules.highest_bridge_speed_km_h.on(day)
    return judge(BRIDGE_SPEED, speed_km_h, highest, Outcome.NOT_ALLOWED)


def impact_counts(speed_km_h: float, law: Law, day: date) -> bool:
    """Whether a bridge check at this speed needs the impact factor."""
    return exceeds(speed_km_h, law.driving_rules.impact_free_bridge_speed_km_h.on(day).value)


def in_low_visibility(
    visibility_m: float, law: Law, day: date
) -> tuple[VisibilityRule, Provision[tuple[VisibilityRule, ...]]] | None:
    """Return the rule for this visibility with its source, None where the view is good enough."""
    rows = law.driving_rules.low_visibility.on(day)
    fitting = [one for one in rows.value if exceeds(one.below_m, visibility_m)]
    return (min(fitting, key=lambda one: one.below_m), rows) if fitting else None
