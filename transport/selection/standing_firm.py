"""Findings on how firmly a load stands: engineering practice, so they refuse nothing."""

from __future__ import annotations

from transport.regulations.citation import Status
from transport.rules.findings import Finding, Outcome
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.stability import StabilityPractice, stability_of

TIPPING = "tipping_angle_deg"
LENGTHWISE = "lengthwise_angle_deg"
WIND = "tipping_wind_m_s"
SAIL = "sail_area_m2_per_t"
_SOURCE = "engineering practice"


def stability_findings(
    placed: PlacedLoad, practice: StabilityPractice | None = None
) -> tuple[Finding, ...]:
    """Return what an engineer should look at, unknown where practice asks for more.

    Of a sail area beyond the bound the trip stops at wind force 6. Empty combinations have none.
    """
    practice = practice or StabilityPractice()
    stability = stability_of(placed, practice)
    if stability is None:
        return ()
    found = [
        _least(TIPPING, stability.tipping_angle_deg, practice.least_angle_deg),
        _least(LENGTHWISE, stability.lengthwise_angle_deg, practice.least_angle_deg),
    ]
    if stability.tipping_wind_m_s is not None:
        found.append(_least(WIND, stability.tipping_wind_m_s, practice.least_wind_m_s))
    area, bound = stability.sail_area_m2_per_t, practice.stop_above_m2_per_t
    outcome = Outcome.UNKNOWN if area > bound else Outcome.WITHIN_LIMIT
    found.append(Finding(SAIL, outcome, area, bound, _SOURCE, Status.ASSUMPTION))
    return tuple(found)


def _least(rule: str, value: float, least: float) -> Finding:
    outcome = Outcome.WITHIN_LIMIT if value >= least else Outcome.UNKNOWN
    return Finding(rule, outcome, value, least, _SOURCE, Status.ASSUMPTION)
