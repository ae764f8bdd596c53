"""Sizes above which a loaded vehicle is over-limit (R62 art. 3)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """Overall sizes of vehicle and load, in metres; over-limit when larger."""

    height_m: Dated[float]
    width_m: Dated[float]
    length_m: Dated[float]
