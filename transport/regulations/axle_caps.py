"""Axle loads above which the permit is refused (R62 art. 17)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class AxleCaps:
    """Caps in tonnes: per axle of an ordinary flatbed, per line of two axles of a hydraulic one."""

    flatbed_average_t: Dated[float]
    flatbed_maximum_t: Dated[float]
    hydraulic_line_average_t: Dated[float]
    hydraulic_line_maximum_t: Dated[float]
