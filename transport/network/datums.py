"""Convert coordinates of Chinese map services (GCJ-02, BD-09) to WGS 84.

Both datums shift WGS 84 by an agreed sum of sines on the Krasovsky ellipsoid; BD-09 adds a small
rotation. The shift is inverted by iteration until it moves less than 1e-9 degrees (0.1 mm), so the
round trip of the formula is exact; the formula itself agrees with the services within about one
metre, as public comparisons report. Outside China the services shift nothing, and neither do we.
"""

from __future__ import annotations

import math
from enum import StrEnum

LonLat = tuple[float, float]
_AXIS_M = 6_378_245.0
_FLATTENING = 1 / 298.3
_ECCENTRICITY_SQUARED = _FLATTENING * (2 - _FLATTENING)
_ORIGIN = 105.0, 35.0
_CHINA = 72.004, 0.8293, 137.8347, 55.8271
_STEPS = 30
_EXACT_DEG = 1e-9
_BAIDU_SHIFT = 0.0065, 0.006
_BAIDU_TURN = math.pi * 3000 / 180


class Datum(StrEnum):
    """How a coordinate is to be read."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def full_name(self) -> str:
        """The name as people write it."""
        return {"wgs84": "WGS 84", "gcj02": "GCJ-02", "bd09": "BD-09"}[self.value]


def to_wgs84(datum: Datum, lon: float, lat: float) -> LonLat:
    """Return a coordinate of a datum in WGS 84."""
    if datum is Datum.BD09:
        lon, lat = _bd09_to_gcj02(lon, lat)
    return (lon, lat) if datum is Datum.WGS84 else _gcj02_to_wgs84(lon, lat)


def from_wgs84(datum: Datum, lon: float, lat: float) -> LonLat:
    """Return a WGS 84 coordinate in a datum."""
    if datum is Datum.WGS84:
        return lon, lat
    shifted = _wgs84_to_gcj02(lon, lat)
    return _gcj02_to_bd09(*shifted) if datum is Datum.BD09 else shifted


def _gcj02_to_wgs84(lon: float, lat: float) -> LonLat:
    guess_lon, guess_lat = lon, lat
    for _ in range(_STEPS):
        there_lon, there_lat = _wgs84_to_gcj02(guess_lon, guess_lat)
        east, north = lon - there_lon, lat - there_lat
        guess_lon, guess_lat = guess_lon + east, guess_lat + north
        if max(abs(east), abs(north)) < _EXACT_DEG:
            break
    return guess_lon, guess_lat


def _wgs84_to_gcj02(lon: float, lat: float) -> LonLat:
    west, south, east, north = _CHINA
    if not (west <= lon <= east and south <= lat <= north):
        return lon, lat
    x, y = lon - _ORIGIN[0], lat - _ORIGIN[1]
    root = math.sqrt(abs(x))
    common = 20 * (math.sin(6 * math.pi * x) + math.sin(2 * math.pi * x))
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east_m += 2 / 3 * (common + 20 * math.sin(math.pi * x) + 40 * math.sin(math.pi * x / 3))
    east_m += 2 / 3 * (150 * math.sin(math.pi * x / 12) + 300 * math.sin(math.pi * x / 30))
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north_m += 2 / 3 * (common + 20 * math.sin(math.pi * y) + 40 * math.sin(math.pi * y / 3))
    north_m += 2 / 3 * (160 * math.sin(math.pi * y / 12) + 320 * math.sin(math.pi * y / 30))
    phi = math.radians(lat)
    bulge = 1 - _ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY_SQUARED) / bulge**1.5
    parallel_m = _AXIS_M / math.sqrt(bulge) * math.cos(phi)
    return lon + math.degrees(east_m / parallel_m), lat + math.degrees(north_m / meridian_m)


def _gcj02_to_bd09(lon: float, lat: float) -> LonLat:
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BAIDU_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BAIDU_TURN)
    east, north = _BAIDU_SHIFT
    return radius * math.cos(angle) + east, radius * math.sin(angle) + north


def _bd09_to_gcj02(lon: float, lat: float) -> LonLat:
    guess_lon, guess_lat = lon - _BAIDU_SHIFT[0], lat - _BAIDU_SHIFT[1]
    for _ in range(_STEPS):
        there_lon, there_lat = _gcj02_to_bd09(guess_lon, guess_lat)
        east, north = lon - there_lon, lat - there_lat
        guess_lon, guess_lat = guess_lon + east, guess_lat + north
        if max(abs(east), abs(north)) < _EXACT_DEG:
            break
    return guess_lon, guess_lat
