"""The strings of the official form that a transport is entered with."""

from __future__ import annotations

from enum import StrEnum

from transport.vehicles.axle_notation import write_axle_notation, write_axle_spacings
from transport.vehicles.transport import TrailerKind, Transport


class VehicleTypeCode(StrEnum):
    """Vehicle types of the official form, by its codes."""

    TRUCK = "20"  # 普通货车
    TRACTOR = "36"  # 牵引车
    FLATBED_TRAILER = "37"  # 普通平板挂车, whose axle lines are 0
    HYDRAULIC_TRAILER = "38"  # 多轴多轮液压平板车


def axle_load_string(transport: Transport) -> str:
    """Return the axle-load string, `10+20+5*18`; empty where axle loads are not given.

    As entered where somebody entered it; otherwise steered, driven and trailer axles each make a
    group, and the lines of a hydraulic trailer are written one by one.
    """
    if transport.axle_notation or not transport.axle_loads_t:
        return transport.axle_notation
    sizes = transport.axle_group_sizes or _usual_groups(transport)
    lines = 1 if transport.trailer_kind is TrailerKind.HYDRAULIC else 0
    return write_axle_notation(transport.axle_loads_t, sizes, line_groups=lines)


def axle_spacing_string(transport: Transport) -> str:
    """Return the axle-spacing string in metres, `3.2-1.4-7-1.2-1.2`."""
    return write_axle_spacings(transport.axle_spacings_m)


def trailer_type_code(transport: Transport) -> VehicleTypeCode | None:
    """Return the form's code of the trailer, None for a rigid truck.

    A girder bogie set has no code of its own: the form knows its bogies as flatbed trailers.
    """
    if transport.trailer_kind is TrailerKind.NONE:
        return None
    if transport.trailer_kind is TrailerKind.HYDRAULIC:
        return VehicleTypeCode.HYDRAULIC_TRAILER
    return VehicleTypeCode.FLATBED_TRAILER


def towing_type_code(transport: Transport) -> VehicleTypeCode:
    """Return the form's code of the vehicle in front: a tractor, or a truck by itself."""
    if transport.trailer_kind is TrailerKind.NONE:
        return VehicleTypeCode.TRUCK
    return VehicleTypeCode.TRACTOR


def trailer_axle_lines(transport: Transport) -> int:
    """Return the axle lines of the trailer as the form counts them: none on a flatbed."""
    if transport.trailer_kind is not TrailerKind.HYDRAULIC:
        return 0
    return transport.axle_count - _tractor_axles(transport)


def _usual_groups(transport: Transport) -> tuple[int, ...]:
    tractor = _tractor_axles(transport)
    steered = max(tractor - transport.drive_axles, 0)
    sizes = (steered, tractor - steered, transport.axle_count - tractor)
    return tuple(size for size in sizes if size)


def _tractor_axles(transport: Transport) -> int:
    return transport.tractor_axles or min(1 + transport.drive_axles, transport.axle_count)
