"""The strings of the official form that a transport is entered with."""

from __future__ import annotations

from transport.vehicles.axle_notation import write_axle_notation
from transport.vehicles.transport import TrailerKind, Transport


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
    return "-".join(f"{gap:g}" for gap in transport.axle_spacings_m)


def _usual_groups(transport: Transport) -> tuple[int, ...]:
    tractor = transport.tractor_axles or min(1 + transport.drive_axles, transport.axle_count)
    steered = max(tractor - transport.drive_axles, 0)
    sizes = (steered, tractor - steered, transport.axle_count - tractor)
    return tuple(size for size in sizes if size)
