"""Gross masses above which a vehicle is over-limit, by kind and axle count (R62 art. 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class MassLimits:
    """Gross mass limits in tonnes: trucks stand alone, trains are tractor and trailer."""

    truck_2_axles_t: Dated[float]
    truck_3_axles_t: Dated[float]
    truck_4_axles_t: Dated[float]
    train_3_axles_t: Dated[float]
    train_4_axles_t: Dated[float]
    train_5_axles_t: Dated[float]
    train_6_axles_t: Dated[float]
    train_6_axles_single_drive_t: Dated[float]
    single_tyre_reduction_t: Dated[float]
    single_tyre_reduction_per_axle: Dated[bool]
    standard_wide_tyres_are_exempt: Dated[bool]
    tandem_counts_axles: Dated[int]
    tridem_counts_axles: Dated[int]
    axle_sum_bounds_gross_mass: Dated[bool]
    farm_vehicles_by_licence: Dated[bool]


@dataclass(frozen=True, slots=True)
class PermittedAxleLoads:
    """Permitted axle loads of GB 1589-2016 in tonnes; their sum also bounds the gross mass.

    Those of tandems and tridems depend on the spacing: the keys are metres, smallest first.
    """

    single_axle_single_tyres_t: Dated[float]
    single_axle_dual_tyres_t: Dated[float]
    drive_axle_dual_tyres_t: Dated[float]
    tandem_below_spacing_t: Dated[Mapping[str, float]]
    tandem_wider_t: Dated[float]
    tridem_up_to_spacing_t: Dated[Mapping[str, float]]
    group_spacing_m: Dated[float]
