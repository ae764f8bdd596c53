"""Places: names that people use for origins and destinations, and the areas they lie in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: Chinese name, pinyin without spaces, English name, and where it is.

    `kind` is one of seat, county_seat, port, base, site, factory, town, station, rest_area (where a
    truck can wait), other; `aliases` are further accepted spellings.
    """

    name: str
    pinyin: str
    name_en: str
    kind: str
    lon: float
    lat: float
    admin_code: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A county, league or region: its code (GB/T 2260 in China), name, and what it belongs to."""

    code: str
    name: str
    parent: str = ""
