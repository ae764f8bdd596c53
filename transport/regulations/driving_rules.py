"""How a permitted load is driven and escorted (R62 art. 20-26, T2213 7.2, RTSL-IR 54, 62, 81)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class VisibilityRule:
    """Below this visibility: top speed, gap to the vehicle ahead, and whether to leave the road."""

    below_m: float
    top_speed_km_h: float
    least_gap_m: float | None = None
    leave_at_next_exit: bool = False


@dataclass(frozen=True, slots=True)
class DrivingRules:
    """Duties of driver, carrier and escort on the way; lists hold words."""

    load_secured_and_marked: Dated[bool]
    time_route_speed_kept: Dated[bool]
    on_bridges: Dated[tuple[str, ...]]
    when_stopping: Dated[tuple[str, ...]]
    maintainer_told_before_reinforced: Dated[bool]
    when_blocked: Dated[tuple[str, ...]]
    pass_carried: Dated[bool]
    vehicle_and_load_match_pass: Dated[bool]
    escort_by_plan: Dated[bool]
    escort_by_authority_for_a_fee: Dated[bool]
    one_convoy_in_contact: Dated[bool]
    over_wide_toll_lanes: Dated[bool]
    impact_free_bridge_speed_km_h: Dated[float]
    highest_bridge_speed_km_h: Dated[float]
    one_oversize_vehicle_per_carriageway: Dated[bool]
    low_visibility: Dated[tuple[VisibilityRule, ...]]
    ordinary_load_height_m: Dated[float]
    container_load_height_m: Dated[float]
    longest_driving_hours: Dated[float]
    rest_minutes: Dated[int]
