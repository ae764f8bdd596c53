"""The drawing of a turn in the evaluation report: pavement, swept outlines, tracks of wheels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.turning import LANES_AND_CLASS
from transport.manoeuvres.junction import Junction, Way, draw_junction
from transport.manoeuvres.outlines import Arm, Point
from transport.manoeuvres.sweeping import Unit

_REACH_M = 45.0
_SIZE_MM = 78.0


def turn_svg(check: PassageCheck, units: Sequence[Unit]) -> str:
    """Draw the way that a check of the kind `swept_path` found, north not up: entry from the left.

    A turn to the right is drawn as it is driven.
    """
    values = check.values
    bearings = check.inputs["arm_bearings_deg"].value
    widths = check.inputs["arm_widths_m"]
    arms = tuple(Arm(b, w) for b, w in zip(bearings, widths.value, strict=True))
    junction = Junction(
        arms,
        0,
        1,
        check.inputs["corner_radius_m"].value,
        widths_measured=widths.source != LANES_AND_CLASS,
    )
    way = Way(
        values["scenario"],
        -values["room_left_m"],
        values["path_radius_m"],
        values["entry_offset_m"],
        values["exit_offset_m"],
        values["rear_steer_factor"],
    )
    drawing = draw_junction(junction, way, units, _REACH_M)
    mirror = -1.0 if values["turn_deg"] > 0.0 else 1.0
    pavement = _paths(drawing.pavement, mirror, closed=True)
    bodies = _paths(drawing.bodies, mirror, closed=True)
    wheels = _paths(drawing.wheels, mirror, closed=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIZE_MM}mm" height="{_SIZE_MM}mm" '
        f'viewBox="{-_REACH_M} {-_REACH_M} {2 * _REACH_M} {2 * _REACH_M}">'
        f'<path d="{pavement}" fill="#d9dde3" stroke="none"/>'
        f'<path d="{bodies}" fill="#12366b" fill-opacity="0.10" stroke="#12366b" '
        f'stroke-width="0.12" fill-rule="nonzero"/>'
        f'<path d="{wheels}" fill="none" stroke="#b3261e" stroke-width="0.25"/>'
        f'<rect x="{-_REACH_M}" y="{-_REACH_M}" width="{2 * _REACH_M}" height="{2 * _REACH_M}" '
        f'fill="none" stroke="#7a8699" stroke-width="0.4"/>'
        f'<path d="M{-_REACH_M + 4} {_REACH_M - 4} h20" stroke="black" stroke-width="0.6"/>'
        f"</svg>"
    )


def _paths(lines: Iterable[Sequence[Point]], mirror: float, *, closed: bool) -> str:
    parts = []
    for line in lines:
        inside = [
            (x_m, mirror * y_m)
            for x_m, y_m in line
            if abs(x_m) <= _REACH_M and abs(y_m) <= _REACH_M
        ]
        if closed and len(inside) < len(line):
            inside = [
                (
                    max(min(x_m, _REACH_M), -_REACH_M),
                    mirror * max(min(y_m, _REACH_M), -_REACH_M),
                )
                for x_m, y_m in line
            ]
        if len(inside) < 2:  # noqa: PLR2004 - a line has two ends
            continue
        points = " L".join(f"{x_m:.2f} {y_m:.2f}" for x_m, y_m in inside)
        parts.append(f"M{points}{'Z' if closed else ''}")
    return " ".join(parts)
