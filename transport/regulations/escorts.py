"""Sizes and mass above which outline drawing and escort plan are due (R62 art. 10)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class EscortPlan:
    """An escort plan is due when one of these is exceeded."""

    plan_above_height_m: Dated[float]
    plan_above_width_m: Dated[float]
    plan_above_length_m: Dated[float]
    plan_above_mass_t: Dated[float]
