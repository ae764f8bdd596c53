"""What offences cost (R62 art. 43-49, HSR 64-67, URR 42, demerit points)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class SizeFine:
    """The fine of one band of sizes; the last band has no bounds. Money in whole yuan."""

    least_yuan: int
    most_yuan: int
    up_to_height_m: float | None = None
    up_to_width_m: float | None = None
    up_to_length_m: float | None = None


@dataclass(frozen=True, slots=True)
class Penalties:
    """Fines, caps and other consequences; lists hold words."""

    size_fines: Dated[tuple[SizeFine, ...]]
    mass_warning_up_to_t: Dated[float]
    mass_fine_per_tonne_yuan: Dated[int]
    part_tonnes_are_dropped: Dated[bool]
    fine_cap_yuan: Dated[int]
    deemed_illegal: Dated[tuple[str, ...]]
    roadside_tolerance_m: Dated[float]
    roadside_tolerance_t: Dated[float]
    case_copy_days: Dated[int]
    offences_a_year: Dated[int]
    offending_fleet_percent: Dated[float]
    false_papers_ban_years: Dated[int]
    ordering_overload_cap_yuan: Dated[int]
    over_limit_cap_yuan: Dated[int]
    off_terms_measures: Dated[tuple[str, ...]]
    pass_not_carried_measures: Dated[tuple[str, ...]]
    pass_lent_least_yuan: Dated[int]
    pass_lent_most_yuan: Dated[int]
    pass_forged_cap_yuan: Dated[int]
    checks_evaded_cap_yuan: Dated[int]
    off_terms_points: Dated[int]
    city_streets_cap_yuan: Dated[int]
