"""Places of an extract: named cities, towns, villages and suburbs, and rest areas."""

from __future__ import annotations

from collections.abc import Sequence

from road_data.osm.roads import PlaceRecord
from road_data.places import pinyin
from transport.network.places import Place

_KINDS = {"city": "town", "town": "town", "rest_area": "rest_area"}


def read_places(records: Sequence[PlaceRecord]) -> tuple[Place, ...]:
    """Return the places by name; other spellings become aliases."""
    places = [_place(record) for record in records]
    return tuple(sorted(places, key=lambda place: (place.name, place.lon, place.lat)))


def _place(record: PlaceRecord) -> Place:
    tags = record.tags
    name = tags.get("name:zh") or tags.get("name") or tags["name:en"]
    name_en = tags.get("name:en", "")
    others = (tags.get("name", ""), *tags.get("alt_name", "").split(";"))
    aliases = dict.fromkeys(other.strip() for other in others)
    return Place(
        name=name,
        pinyin=(name.lower() if name.isascii() else pinyin(name)).replace(" ", ""),
        name_en=name_en,
        kind=_KINDS.get(tags["place"], "other"),
        lon=record.lon,
        lat=record.lat,
        admin_code="",
        aliases=tuple(other for other in aliases if other not in ("", name, name_en)),
    )
