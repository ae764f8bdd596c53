from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from tests.papers import ROUTE_MAP
from webapp.documents.contents import MapTown, RouteMap
from webapp.documents.route_map import HEIGHT_MM, WIDTH_MM, map_drawing


def _numbers(drawing: str, attribute: str) -> list[float]:
    return [float(found) for found in re.findall(rf'{attribute}="([-0-9.]+)"', drawing)]


def test_the_map_shows_route_ends_north_scale_and_seats() -> None:
    drawing = map_drawing(ROUTE_MAP, "包头", "满洲里")
    ET.fromstring(drawing)  # noqa: S314 - our own drawing
    for word in ("包头", "满洲里", "锡林浩特市", "北", "公里", "起", "终", "G10"):
        assert word in drawing


def test_names_on_the_map_stay_text() -> None:
    town = MapTown('<script>&"旗', 112.0, 43.0)
    drawing = map_drawing(RouteMap(ROUTE_MAP.route, towns=(town,)), "<b>", "&")
    ET.fromstring(drawing)  # noqa: S314 - our own drawing
    assert "<script>" not in drawing


def test_a_map_of_one_street_has_a_scale_in_metres_or_kilometres() -> None:
    street = ((109.84, 40.66), (109.841, 40.6605))
    drawing = map_drawing(RouteMap(street), "甲", "乙")
    assert re.search(r">\d+ (米|公里)<|>\d+\.?\d* (米|公里)<", drawing)


def test_the_route_stays_on_the_sheet() -> None:
    drawing = map_drawing(ROUTE_MAP, "包头", "满洲里")
    line = max(re.findall(r'points="([^"]+)"[^>]*#12366b', drawing), key=len)
    spots = [tuple(map(float, pair.split(","))) for pair in line.split()]
    assert all(0 < x < WIDTH_MM and 0 < y < HEIGHT_MM for x, y in spots)


def test_two_names_never_cover_each_other() -> None:
    crowd = tuple(MapTown(f"拥挤旗{i}", 112.0 + i / 1000, 43.0) for i in range(30))
    drawing = map_drawing(RouteMap(ROUTE_MAP.route, towns=crowd), "甲", "乙")
    assert drawing.count("拥挤旗") // 2 <= 4
