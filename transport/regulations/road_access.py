"""What closes a road to a vehicle: expressway bars, posted limits, city streets."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class Expressways:
    """Who may not enter an expressway, and how fast one must go there."""

    least_design_speed_km_h: Dated[float]
    full_trailers_barred: Dated[bool]
    minimum_speed_km_h: Dated[float]


@dataclass(frozen=True, slots=True)
class SignedLimits:
    """Whether a posted limit can be lifted by recorded consent, and who may do so."""

    may_be_lifted_by_consent: Dated[bool]
    lifted_from_level: Dated[str]
    bind_ordinary_vehicles: Dated[bool]
    protection_at_the_carriers_cost: Dated[bool]
    changed_signs_by_the_operator: Dated[bool]
    rural_frames_allowed: Dated[bool]


@dataclass(frozen=True, slots=True)
class UrbanRoads:
    """Which excess needs the municipal department's consent on city streets, and what follows."""

    consent_for_over_height: Dated[bool]
    consent_for_over_length: Dated[bool]
    consent_for_over_mass: Dated[bool]
    consent_for_over_width: Dated[bool]
    city_bridges_separately: Dated[bool]
    police_designate_time_and_route: Dated[bool]
    municipal_consent_first: Dated[bool]
