"""The transport that a placed load makes: what every rule judges."""

from __future__ import annotations

from itertools import pairwise

from transport.vehicles.arranging import Arrangement
from transport.vehicles.combination import Combination
from transport.vehicles.placed_load import Envelope
from transport.vehicles.statics import Reactions, positions_of
from transport.vehicles.transport import Material, TrailerKind, Transport


def transport_of(
    combination: Combination,
    arrangement: Arrangement,
    reactions: Reactions,
    envelope: Envelope,
    out_m: float,
) -> Transport:
    """Return the transport that every rule judges; sizes include the tolerance of measuring."""
    tractor, jeep, trailer = combination.tractor, combination.jeep, combination.trailer
    places = positions_of(combination, out_m)
    stows = arrangement.stows
    lines = trailer.axle_count if trailer else 0
    groups = (
        tractor.steered_axles,
        tractor.drive_axles,
        jeep.axle_count if jeep else 0,
        lines,
    )
    return Transport(
        height_m=envelope.largest_height_m,
        width_m=envelope.largest_width_m,
        length_m=envelope.largest_length_m,
        mass_t=round(combination.kerb_mass_t + arrangement.mass_t, 6),
        axle_loads_t=tuple(round(load, 6) for load in reactions.axle_loads_t),
        axle_spacings_m=tuple(round(after - at, 3) for at, after in pairwise(places)),
        drive_axles=tractor.drive_axles,
        trailer_kind=trailer.kind if trailer else TrailerKind.NONE,
        axles_per_line=trailer.axles_per_line if trailer else 1,
        tyres_per_axle=_tyres(combination),
        pieces=max(len(stows), 1),
        indivisible=all(one.component.is_indivisible for one in stows),
        material=stows[0].component.material if stows else Material.PRECAST,
        design_top_speed_km_h=combination.design_top_speed_km_h,
        axle_group_sizes=tuple(size for size in groups if size),
        tractor_axles=tractor.axle_count + (jeep.axle_count if jeep else 0),
        full_trailer=trailer.is_full_trailer if trailer else None,
        standard_wide_tyres=combination.standard_wide_tyres,
    )


def _tyres(combination: Combination) -> tuple[int, ...]:
    tractor, jeep, trailer = combination.tractor, combination.jeep, combination.trailer
    return (
        tractor.tyres_per_axle
        + (jeep.tyres_per_axle if jeep else ())
        + (trailer.tyres_per_axle if trailer else ())
    )
