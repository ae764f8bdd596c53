"""Find the place that a user names: Chinese with or without 市 or 旗, pinyin, English, lon,lat."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transport.errors import FieldFault, InvalidInputError
from transport.network.datums import Datum, to_wgs84
from transport.network.graph import RoadNetwork
from transport.network.places import Place
from transport.network.remembering import remembered

# Which of several places of one name is meant: the larger one.
_RANK = ("seat", "county_seat", "port", "base", "site", "factory", "town", "station", "other")
_LONG_SUFFIXES = ("自治区", "自治旗", "地区", "矿区", "新区")
_SUFFIXES = ("市", "旗", "县", "区", "盟", "镇", "口岸")
_SOUNDS = {"市": "shi", "旗": "qi", "县": "xian", "区": "qu", "盟": "meng", "镇": "zhen"}
_ENGLISH_SUFFIX = re.compile(
    r"(?: |^)(city|banner|county|district|league|port|shi|qi|xian|qu|meng)$"
)
_NUMBER = r"([-+]?[0-9][0-9.eE+-]*|[-+]?nan|[-+]?inf)"
_POINT = re.compile(rf"\s*{_NUMBER}\s*[,，]\s*{_NUMBER}\s*", re.IGNORECASE)
_MARKED = re.compile(r"\s*(gcj[-_ ]?02|bd[-_ ]?09|wgs[-_ ]?84)\s*[:：]\s*(.+)", re.IGNORECASE)
_OFFERED = 5


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A point as the user gave it; `place` is set where it was given by name.

    `converted_from` names the datum of a coordinate that was converted to WGS 84.
    """

    lon: float
    lat: float
    place: Place | None = None
    given: str = ""
    converted_from: str = ""


def locate(network: RoadNetwork, text: str, *, field: str) -> NamedPoint:
    """Read `LON,LAT` or a place name; raise InvalidInputError on `field` with a remedy.

    A coordinate of another datum is marked `gcj02:` or `bd09:` and converted.
    """
    marked = _MARKED.fullmatch(text)
    if marked is not None:
        datum = Datum(re.sub(r"[-_ ]", "", marked[1]).lower())
        lon, lat = to_wgs84(datum, *parse_point(network, marked[2], field=field))
        said = "" if datum is Datum.WGS84 else datum.full_name
        return NamedPoint(lon, lat, given=text, converted_from=said)
    if _POINT.fullmatch(text):
        lon, lat = parse_point(network, text, field=field)
        return NamedPoint(lon, lat)
    place = find_place(network, text, field=field)
    return NamedPoint(place.lon, place.lat, place)


def parse_point(network: RoadNetwork, text: str, *, field: str) -> tuple[float, float]:
    """Read `LON,LAT` in degrees; notice latitude and longitude in the wrong order."""
    match = _POINT.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)  # noqa: TRY301 - one message for both ways to be no number
        lon, lat = float(match[1]), float(match[2])
    except ValueError:
        message = f"'{text}' is not a coordinate; write LON,LAT, e.g. 109.84,40.66"
        raise InvalidInputError([FieldFault(field, message, "no_coordinate")]) from None
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 180):  # noqa: PLR2004
        message = f"'{text}' is outside the range of longitudes and latitudes"
        raise InvalidInputError([FieldFault(field, message, "coordinate_range")])
    swapped = abs(lat) > 90 or (  # noqa: PLR2004 - no latitude is larger
        not _is_near(network, lon, lat) and _is_near(network, lat, lon)
    )
    if swapped:
        message = f"'{text}' looks like LAT,LON; write LON,LAT: {match[2]},{match[1]}"
        raise InvalidInputError(
            [
                FieldFault(
                    field, message, "swapped_coordinate", (("right", f"{match[2]},{match[1]}"),)
                )
            ]
        )
    return lon, lat


def _is_near(network: RoadNetwork, lon: float, lat: float) -> bool:
    def box() -> tuple[float, float, float, float]:
        if not network.node_count:
            return -180.0, 180.0, -90.0, 90.0
        lons, lats = network.node_lon, network.node_lat
        return float(lons.min()), float(lons.max()), float(lats.min()), float(lats.max())

    west, east, south, north = remembered(network, "box", box)
    margin = 1.0
    return west - margin <= lon <= east + margin and south - margin <= lat <= north + margin


def find_place(network: RoadNetwork, name: str, *, field: str) -> Place:
    """Return the place of a name; raise InvalidInputError that offers the nearest names."""
    index = remembered(network, "names", lambda: _index(network))
    for key in _keys(name):
        if key in index:
            return index[key]
    offered = _similar(index, name)
    message = f"no place is called '{name}' in this network"
    if offered:
        message += "; nearest names: " + ", ".join(f"{p.name} ({p.name_en})" for p in offered)
    else:
        message += "; give a coordinate LON,LAT instead"
    params = (("name", name), ("nearest", "、".join(place.name for place in offered)))
    raise InvalidInputError([FieldFault(field, message, "unknown_place", params)])


def _similar(index: Mapping[str, Place], name: str) -> list[Place]:
    found: list[Place] = []
    for key in _keys(name):
        for close in difflib.get_close_matches(key, index, n=2 * _OFFERED, cutoff=0.5):
            if index[close] not in found:
                found.append(index[close])
    return found[:_OFFERED]


def _index(network: RoadNetwork) -> dict[str, Place]:
    """Map every spelling to its place: whole names first, then shortened, larger places first."""
    ranked = sorted(network.places, key=standing_of)
    spellings = [(place, spellings_of(place)) for place in ranked]
    index: dict[str, Place] = {}
    for place, names in spellings:
        for name in filter(None, names):
            index.setdefault(plain_name(name), place)
    for place, names in spellings:
        for name in filter(None, names):
            for key in _keys(name):
                index.setdefault(key, place)
    return index


def standing_of(place: Place) -> int:
    """Return how large a place is by its kind; 0 is the largest."""
    return _RANK.index(place.kind) if place.kind in _RANK else len(_RANK)


def spellings_of(place: Place) -> list[str]:
    """Return every spelling of a place: Chinese, pinyin, English, aliases."""
    return [place.name, *_pinyin(place), place.name_en, *place.aliases]


def _pinyin(place: Place) -> list[str]:
    """Return the pinyin with and without the sound of 市, 旗, 县, 区 or 盟."""
    sound = _SOUNDS.get(place.name[-1:], "")
    plain = plain_name(place.pinyin)
    return [plain, plain.removesuffix(sound)] if sound and plain.endswith(sound) else [plain]


def plain_name(name: str) -> str:
    """Return a name as it is compared: no capitals, spaces, apostrophes or full-width letters."""
    return re.sub(r"[\s'’·\-]", "", unicodedata.normalize("NFKC", name).casefold())


def _keys(name: str) -> Iterator[str]:
    """Yield the spellings to try, the most exact first."""
    plain = plain_name(name)
    yield plain
    for suffix in (*_LONG_SUFFIXES, *_SUFFIXES):
        # 左旗 and 右旗 keep their last sign: without it 阿拉善左 would be no name.
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 2:  # noqa: PLR2004
            yield plain.removesuffix(suffix)
            break
    shortened = _ENGLISH_SUFFIX.sub("", name.casefold().strip())
    if shortened and shortened != name.casefold().strip():
        yield plain_name(shortened)
