"""Gaps that a load keeps to structures and ground (JTG/T 2213-2023, chapters 4, 5, 6, 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class PassageLimits:
    """Gaps in metres: below a mandatory one fails, below a recommended one is conditional.

    `lateral_recommended_m` is each side, by road class (`expressway`, `class_1` to `class_4`).
    """

    lateral_recommended_m: Dated[Mapping[str, float]]
    lateral_turn_recommended_m: Dated[float]
    lateral_ramp_recommended_m: Dated[float]
    lateral_ramp_mandatory_m: Dated[float]
    lateral_tunnel_mandatory_m: Dated[float]
    vertical_recommended_m: Dated[float]
    vertical_mandatory_m: Dated[float]
    vertical_tunnel_mandatory_m: Dated[float]
    above_walkway_mandatory_m: Dated[float]
    above_tunnel_road_mandatory_m: Dated[float]
    above_ground_mandatory_m: Dated[float]
    tractor_nose_recommended_m: Dated[float]
    cargo_tail_recommended_m: Dated[float]
