"""Whatever is entered can be drawn: dimensions add up and the sheet fits A4."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport.vehicles.describing import describe_transport
from transport.vehicles.outline import CargoMeasures, OutlineTitle, outline_of_transport
from transport.vehicles.outline_views import Measure, side_view
from transport.vehicles.transport import Transport
from webapp.documents.outline_svg import SHEET_HEIGHT, phone_svg, sheet_svg

TITLE = OutlineTitle("1", "货物", "示范", "蒙A12345", "—", 20.0, "—", "—", "2026-05-11")


@st.composite
def transports(draw: st.DrawFn) -> tuple[Transport, CargoMeasures]:
    """Draw an application's transport and cargo, as wide of the usual as forms allow."""
    spacings = draw(st.lists(st.floats(0.6, 12.0), min_size=1, max_size=10))
    length = sum(spacings) + draw(st.floats(1.5, 20.0))
    width = draw(st.floats(1.0, min(12.0, length)))
    height = draw(st.floats(1.0, min(12.0, length)))
    loads = [draw(st.floats(1.0, 40.0)) for _ in range(len(spacings) + 1)]
    given: dict[str, Any] = {
        "length_m": length,
        "width_m": width,
        "height_m": height,
        "axle_loads_t": loads,
        "axle_spacings_m": spacings,
        "trailer_kind": draw(st.sampled_from(["low_bed", "hydraulic", "special", "none"])),
        "drive_axles": 1,
    }
    cargo = CargoMeasures(
        length_m=draw(st.floats(0.1, length)),
        width_m=draw(st.floats(0.1, width)),
        height_m=draw(st.floats(0.1, height)),
        nose_m=draw(st.none() | st.floats(0.3, 4.0)),
        deck_height_m=draw(st.none() | st.floats(0.2, 2.0)),
        front_m=draw(st.none() | st.floats(0.0, length)),
    )
    return describe_transport(given), cargo


@settings(deadline=None, max_examples=60)
@given(transports())
def test_whatever_is_entered_is_drawn_with_dimensions_that_add_up(
    given_load: tuple[Transport, CargoMeasures],
) -> None:
    transport, cargo = given_load
    outline = outline_of_transport(transport, cargo)
    chain = side_view(outline).below[0]
    ends = outline.axles[-1].back_m
    if ends <= transport.length_m:
        drawn = sum(one.value_m * one.times for one in chain)
        assert drawn == pytest.approx(transport.length_m, abs=0.02)
    assert sum(one.times for one in chain if one.measure is Measure.AXLES) == len(outline.axles) - 1
    sheet = ET.fromstring(sheet_svg(outline, TITLE))  # noqa: S314 - our own drawing
    assert float(sheet.attrib["viewBox"].split()[3]) <= SHEET_HEIGHT
    assert phone_svg(outline, "en").endswith("</svg>")
