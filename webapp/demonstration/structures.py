"""Invented surveys of the demonstration: what every bridge is like, and what fills a survey.

Nothing here was measured: the source of every value says that it is made up.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from transport.evaluation.passage.findings import SurveyTask
from transport.network.attributes import StructureKind
from transport.network.graph import RoadNetwork
from transport.services.engineering_desk import bearings_at

SURVEYORS = "示范勘测组（示范数据，非实测）"
HOLDS = timedelta(days=330)
# Spans, form, girders with their spacing: usual bridges, none of them a real one.
_SORTS: tuple[Mapping[str, Any], ...] = (
    {"spans_m": [20.0] * 5, "structural_form": "girder", "girders": 6, "girder_spacing_m": 2.1},
    {"spans_m": [30.0] * 4, "structural_form": "girder", "girders": 6, "girder_spacing_m": 2.1},
    {"spans_m": [25.0, 40.0, 25.0], "structural_form": "box", "continuous": True},
    {"spans_m": [40.0] * 3, "structural_form": "girder", "girders": 5, "girder_spacing_m": 2.4},
    {"spans_m": [30.0, 45.0, 30.0], "structural_form": "box", "continuous": True},
)
_ALL_BRIDGES: Mapping[str, Any] = {
    "continuous": False,
    "design_load": "highway-I-2015",
    "design_code_year": 2015,
    "deck_width_m": 11.75,
    "clear_width_m": 10.75,
    "lanes": 2,
    "skew_deg": 0.0,
    "natural_frequency_hz": 3.2,
    "single_column_pier": False,
}
# What a survey finds where the evaluation asks for it.
_FOUND: Mapping[str, Any] = {
    "meets_b01": True,
    "max_grade_pct": 2.4,
    "pavement": "沥青混凝土",
    "special_soil": False,
    "retaining_undamaged": True,
    "fill_height_m": 4.0,
    "ground_slope_h_per_v": 4.0,
    "design_speed_km_h": 80,
    "clear_height_m": 5.2,
    "clear_width_m": 9.25,
    "lanes": 4,
    "lane_width_m": 3.75,
    "hard_shoulder_m": 2.5,
    "divided": True,
    "min_curve_radius_m": 900.0,
    "min_crest_radius_m": 12000.0,
    "min_sag_radius_m": 9000.0,
    "grade_break_pct": 0.5,
    "sight_distance_m": 210.0,
    "corner_radius_m": 25.0,
    "guardrail": False,
    "wide_lane_m": 5.5,
    "weighing": True,
    "crossfall_pct": 1.5,
    "special_floor": False,
    "temperature_factor": 1.0,
}
_ARM_WIDTH_M = 24.0


def bridge_surveys(network: RoadNetwork, day: date) -> Iterator[dict[str, Any]]:
    """Yield what is invented of every bridge of the network, as rows of the records file."""
    rated = day - timedelta(days=60)
    seen = []
    for element, kind in zip(network.structures.ids, network.structures.kind, strict=True):
        if kind != StructureKind.BRIDGE or element in seen:
            continue
        seen.append(element)
        sort = _SORTS[len(seen) % len(_SORTS)]
        facts = {
            **_ALL_BRIDGES,
            **sort,
            "condition_class": str(1 + len(seen) % 2),
            "rated_on": rated.isoformat(),
        }
        for name, value in facts.items():
            yield row(str(element), name, value, day)


def row(
    element: str, name: str, value: Any, day: date, pictures: Iterable[str] = ()
) -> dict[str, Any]:
    """Return an invented measurement as the records file holds it."""
    return {
        "element": element,
        "field": name,
        "value": value,
        "measured_by": SURVEYORS,
        "measured_on": day.isoformat(),
        "valid_until": (day + HOLDS).isoformat(),
        "photo": "",
        "measure": "",
        "pictures": list(pictures),
    }


def found_at(task: SurveyTask, network: RoadNetwork) -> dict[str, Any]:
    """Return what an invented survey finds at a place, nothing of what nobody invented."""
    found = {name: _FOUND[name] for name in task.missing if name in _FOUND}
    if "arm_widths_m" in task.missing:
        bearings = bearings_at(network, task.element)
        found["arm_bearings_deg"] = list(bearings)
        found["arm_widths_m"] = [_ARM_WIDTH_M] * len(bearings)
    return found


def picture(shade: int) -> bytes:
    """Draw a small PNG in the place of a photograph: sky above a road with its middle line."""
    width, height, horizon = 240, 160, 60
    sky, soil, paint = (
        bytes(one) for one in ((150 + shade % 60, 185, 215), (200, 190, 140), (240, 240, 240))
    )
    asphalt = bytes((96, 98, 104))
    lines = []
    for y in range(height):
        half = 6 + y - horizon if y > horizon else 0
        middle = 1 + half // 30 if half and y % 20 < 12 else 0  # noqa: PLR2004 - a broken line
        side = (soil if half else sky) * (width // 2 - half)
        lane = asphalt * (half - middle)
        lines.append(b"\0" + side + lane + paint * (2 * middle) + lane + side)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
