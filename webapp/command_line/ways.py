"""Ways that somebody brings in a file: GPX, KML, GeoJSON, an answer of ours, a list of roads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from transport.errors import FieldFault, InvalidInputError
from transport.network.stakes import read_stake
from transport.routing.checking import NamedRoad
from transport.routing.route import LonLat

Way = list[LonLat] | list[NamedRoad]
_LARGEST_BYTES = 50_000_000


def read_way(file: Path) -> Way:
    """Read a line of points or a list of roads; raises InvalidInputError on `check`."""
    if file.stat().st_size > _LARGEST_BYTES:
        raise _unreadable(file, "it is larger than 50 MB")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = file.read_text(encoding="gb18030")
        except UnicodeDecodeError as wrong:
            raise _unreadable(file, "it is neither UTF-8 nor GB18030 text") from wrong
    start = text.lstrip()[:1]
    try:
        if start == "<":
            return list(_track(text))
        if start in ("{", "["):
            return _from_json(json.loads(text))
        return list(_road_rows(text))
    except (ValueError, LookupError, TypeError, AttributeError, ET.ParseError) as wrong:
        raise _unreadable(file, str(wrong)) from wrong
    except RecursionError as wrong:
        raise _unreadable(file, "it is nested too deeply") from wrong


def _track(text: str) -> list[LonLat]:
    """Return the points of a track or route in GPX, or of the lines in KML."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("GPX has no document type")
    points: list[LonLat] = []
    for element in ET.fromstring(text).iter():  # noqa: S314 - entities are refused above
        kind = element.tag.rpartition("}")[2]
        if kind in ("trkpt", "rtept"):
            points.append((float(element.attrib["lon"]), float(element.attrib["lat"])))
        elif kind == "LineString":
            given = "".join(one.text or "" for one in element if one.tag.endswith("coordinates"))
            parts = [point.split(",") for point in given.split()]
            points += [(float(part[0]), float(part[1])) for part in parts]
    if not points:
        raise ValueError("it holds no track, route or line")
    return points


def _from_json(document: Any) -> Way:
    if isinstance(document, list):
        return [_road(row) for row in document]
    if "roads" in document:
        return [_road(row) for row in document["roads"]]
    points = list(_coordinates(document))
    if not points:
        raise ValueError("it holds no line and no list of roads")
    return points


def _coordinates(document: Any) -> Iterator[LonLat]:
    """Yield the points of the first line in GeoJSON or in an answer of ours."""
    if "routes" in document:
        document = document["routes"][0]["geometry"]
    if "features" in document:
        lines = [one for one in document["features"] if "Line" in one["geometry"]["type"]]
        document = lines[0] if lines else {}
    if "geometry" in document:
        document = document["geometry"]
    parts = document.get("coordinates", [])
    if document.get("type") == "MultiLineString":
        parts = [point for part in parts for point in part]
    for point in parts:
        yield float(point[0]), float(point[1])


def _road(row: Any) -> NamedRoad:
    if isinstance(row, str):
        return NamedRoad(row)
    return NamedRoad(str(row["ref"]), _number(row.get("from_km")), _number(row.get("to_km")))


def _road_rows(text: str) -> Iterator[NamedRoad]:
    rows = csv.DictReader(io.StringIO(text))
    if "ref" not in (rows.fieldnames or ()):
        raise ValueError(
            "a list of roads needs the column ref, and may have from_km and to_km (K123+450)"
        )
    for row in rows:
        yield _road(row)


def _number(value: Any) -> float | None:
    return None if value in (None, "") else read_stake(str(value))


def _unreadable(file: Path, why: str) -> InvalidInputError:
    message = (
        f"{file} is no GPX, KML, GeoJSON or list of roads ({why}); a list of roads is CSV with the "
        "columns ref, from_km, to_km"
    )
    return InvalidInputError([FieldFault("check", message, "way_file")])
