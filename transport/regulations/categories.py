"""Bounds of the three categories of over-limit transport (R62 art. 15)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class CategoryBounds:
    """Largest sizes and mass of categories I and II; whatever exceeds one of II is III."""

    category_1_height_m: Dated[float]
    category_1_width_m: Dated[float]
    category_1_length_m: Dated[float]
    category_1_within_mass_limits: Dated[bool]
    category_1_within_axle_caps: Dated[bool]
    category_2_height_m: Dated[float]
    category_2_width_m: Dated[float]
    category_2_length_m: Dated[float]
    category_2_mass_t: Dated[float]
