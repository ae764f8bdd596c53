"""Places behind geopy's interface, and names that begin with what was typed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import Geocoder

from road_data.geocoding import NetworkGeocoder, coordinate_online, online_geocoder
from tests.built_in import built_in_network
from tests.maps import draw
from transport.errors import InvalidInputError
from transport.network.gazetteer import gazetteer_of
from transport.network.naming import locate
from transport.network.places import Place


@pytest.mark.parametrize("typed", ["呼和", "huhe", "HuHe Hao", "Hohh", "ｈｕｈｅ"])
def test_the_beginning_of_a_name_in_any_script_finds_the_city(typed: str) -> None:
    found = gazetteer_of(built_in_network()).beginning_with(typed)
    assert found[0].name == "呼和浩特市"


def test_larger_places_stand_first_and_each_once() -> None:
    found = gazetteer_of(built_in_network()).beginning_with("b", 50)
    assert len({place.name for place in found}) == len(found)
    kinds = [place.kind for place in found]
    assert kinds.index("seat") < kinds.index("county_seat")


def test_an_empty_text_finds_nothing() -> None:
    assert gazetteer_of(built_in_network()).beginning_with(" ' ") == []


def test_a_prefix_among_fifty_thousand_places_takes_less_than_20_ms() -> None:
    many = tuple(
        Place(f"村{n}", f"cun{n}", f"Village {n}", "other", 110.0, 40.0, "") for n in range(50_000)
    )
    gazetteer = gazetteer_of(replace(draw("AB", "AB"), places=many))
    for typed in ("c", "cun1", "vill", "村49"):
        # The processor's time: what others do on a shared machine is not ours.
        start = time.thread_time()
        assert gazetteer.beginning_with(typed)
        assert time.thread_time() - start < 0.02


def test_the_network_answers_as_a_geocoder_of_geopy() -> None:
    geocoder = NetworkGeocoder(built_in_network())
    assert isinstance(geocoder, Geocoder)
    found = geocoder.geocode("包头")
    assert (found.address, round(found.latitude), round(found.longitude)) == ("包头市", 41, 110)
    assert len(geocoder.geocode("bao", exactly_one=False, limit=3)) > 1
    assert geocoder.geocode("Atlantis") is None
    assert geocoder.reverse((40.818, 111.679)).address == "呼和浩特市"


def test_an_online_geocoder_is_chosen_by_name() -> None:
    assert online_geocoder("photon", "geocoder.example").domain == "geocoder.example"
    with pytest.raises(InvalidInputError, match="DAJIAN_GEOCODER"):
        online_geocoder("no-such-service")
    with pytest.raises(InvalidInputError, match="DAJIAN_GEOCODER"):
        online_geocoder("baidu")  # needs a key


def test_an_online_geocoder_that_does_not_answer_finds_nothing() -> None:
    class Silent(NetworkGeocoder):
        def geocode(self, *_: object, **__: object) -> None:
            raise GeocoderUnavailable

    assert coordinate_online(Silent(built_in_network()), "x") is None
    assert coordinate_online(NetworkGeocoder(built_in_network()), "包头") is not None


@pytest.mark.parametrize(
    ("text", "datum"),
    [("gcj02:111.6855,40.8193", "GCJ-02"), ("BD-09：111.6919,40.8255", "BD-09"),
     ("wgs84:111.679,40.818", "")],
)  # fmt: skip
def test_a_marked_coordinate_is_converted_and_says_so(text: str, datum: str) -> None:
    point = locate(built_in_network(), text, field="from")
    assert (point.lon, point.lat) == pytest.approx((111.679, 40.818), abs=0.001)
    assert point.converted_from == datum
    assert point.given == text


def test_a_marked_coordinate_in_the_wrong_order_is_noticed() -> None:
    with pytest.raises(InvalidInputError, match="LAT,LON"):
        locate(built_in_network(), "gcj02:40.8193,111.6855", field="from")
