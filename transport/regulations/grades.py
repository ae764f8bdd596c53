"""Size and mass grades A to E of JTG/T 2213-2023 (3.2.4, 3.2.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class Grades:
    """Largest value of each grade; sizes beyond the last are E, axle loads over E."""

    width_m: Dated[Mapping[str, float]]
    low_bed_length_m: Dated[Mapping[str, float]]
    hydraulic_length_m: Dated[Mapping[str, float]]
    height_m: Dated[Mapping[str, float]]
    axle_load_t: Dated[Mapping[str, float]]
