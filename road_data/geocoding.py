"""Places behind geopy's interface: the network's own first, an online service where one is set."""

from __future__ import annotations

import logging
from typing import Any

from geopy.exc import GeocoderNotFound, GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from transport.errors import FieldFault, InvalidInputError
from transport.network.gazetteer import gazetteer_of
from transport.network.graph import RoadNetwork
from transport.network.naming import find_place
from transport.network.places import Place
from transport.network.snapping import distance_m

AGENT = "dajian"
_log = logging.getLogger(__name__)


class NetworkGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """geopy's `geocode` and `reverse` over the names of a road network, without a connection."""

    def __init__(self, network: RoadNetwork) -> None:
        super().__init__(scheme="https", user_agent=AGENT)
        self._network = network

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int = 10, **_: Any
    ) -> Location | list[Location] | None:
        """Return the place of a name, or with `exactly_one=False` all that begin with it."""
        if not exactly_one:
            found = gazetteer_of(self._network).beginning_with(query, limit)
            return [_location(place) for place in found] or None
        try:
            return _location(find_place(self._network, query, field="query"))
        except InvalidInputError:
            return None

    def reverse(
        self, query: Any, *, exactly_one: bool = True, limit: int = 10, **_: Any
    ) -> Location | list[Location] | None:
        """Return the place nearest to a point (latitude first, as geopy has it)."""
        point = Point(query)
        near = sorted(
            self._network.places,
            key=lambda place: distance_m(point.longitude, point.latitude, place.lon, place.lat),
        )[: 1 if exactly_one else limit]
        if not near:
            return None
        return _location(near[0]) if exactly_one else [_location(place) for place in near]


def _location(place: Place) -> Location:
    raw = {"name": place.name, "name_en": place.name_en, "pinyin": place.pinyin,
           "kind": place.kind, "admin_code": place.admin_code}  # fmt: skip
    return Location(place.name, (place.lat, place.lon), raw)


def online_geocoder(service: str, domain: str = "", key: str = "") -> Geocoder:
    """Return a geocoder of geopy by the name of its service, e.g. `photon` or `nominatim`.

    `domain` is the host of an own installation. Raises InvalidInputError for a name that geopy
    does not know, or one that wants other settings.
    """
    settings: dict[str, Any] = {"user_agent": AGENT, "timeout": 5}
    settings |= {"domain": domain} if domain else {}
    settings |= {"api_key": key} if key else {}
    try:
        return get_geocoder_for_service(service)(**settings)
    except (GeocoderNotFound, TypeError, GeopyError) as fault:
        message = f"'{service}' cannot be used as an online geocoder ({fault})"
        raise InvalidInputError([FieldFault("DAJIAN_GEOCODER", message, "geocoder")]) from fault


def coordinate_online(geocoder: Geocoder, name: str) -> tuple[float, float] | None:
    """Ask an online geocoder for a name; None where it finds nothing or cannot be reached."""
    try:
        found = geocoder.geocode(name, exactly_one=True)
    except GeopyError as fault:
        _log.warning("the online geocoder did not answer for a name: %s", type(fault).__name__)
        return None
    return (found.longitude, found.latitude) if found is not None else None
