"""GCJ-02 and BD-09 coordinates become WGS 84."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport.network.datums import Datum, from_wgs84, to_wgs84
from transport.network.snapping import distance_m


def test_a_published_point_is_shifted_as_published() -> None:
    assert from_wgs84(Datum.GCJ02, 116.404, 39.915) == pytest.approx((116.410244, 39.916404))
    assert from_wgs84(Datum.BD09, 116.404, 39.915) == pytest.approx((116.416627, 39.922700))


@given(
    datum=st.sampled_from([Datum.GCJ02, Datum.BD09]),
    lon=st.floats(97.0, 126.0),
    lat=st.floats(37.0, 53.4),
)
def test_the_way_there_and_back_is_exact_to_a_millimetre(
    datum: Datum, lon: float, lat: float
) -> None:
    back = to_wgs84(datum, *from_wgs84(datum, lon, lat))
    assert distance_m(lon, lat, *back) < 0.001


@given(lon=st.floats(97.0, 126.0), lat=st.floats(37.0, 53.4))
def test_the_shift_in_the_region_is_noticed(lon: float, lat: float) -> None:
    assert 10 < distance_m(lon, lat, *to_wgs84(Datum.GCJ02, lon, lat)) < 1000


def test_outside_china_nothing_is_shifted() -> None:
    assert to_wgs84(Datum.GCJ02, 8.69, 49.41) == pytest.approx((8.69, 49.41))
