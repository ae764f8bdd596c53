"""Read CSV (UTF-8, GB18030), Excel and GeoJSON into rows; name every fault by line and column."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from shapely.errors import ShapelyError
from shapely.geometry import shape

from road_data.surveys.cells import COLUMNS, KEYS, Kind
from road_data.surveys.rows import Row
from transport.errors import FieldFault, InvalidInputError, NotFoundError

_LARGEST_MB = 200
_LISTED = 200
_WORKBOOKS, _OTHER_WORKBOOKS = (".xlsx", ".xlsm"), (".xls", ".xlsb", ".ods", ".et")
_POLYGONS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds: its header, its good rows, and the faults of the others."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[FieldFault, ...]


def read_file(kind: Kind, path: Path) -> ReadFile:
    """Read a file of official records; a row with any fault is not among the rows.

    Raises NotFoundError for a missing file and InvalidInputError where the file as a whole cannot
    be read: encoding, header, size, kind.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: no such file; give the path of a CSV, Excel or GeoJSON file")
    if path.stat().st_size > _LARGEST_MB * 2**20:
        raise _whole_file(path, f"is larger than {_LARGEST_MB} MB; divide it", "too_large")
    if kind.is_geojson:
        numbered = list(_features(kind, path))
        good = [row for row in numbered if isinstance(row, Row)]
        header = tuple(dict.fromkeys(name for row in good for name in row.cells))
    else:
        table = _lines(path)
        header, numbered = _table(kind, path, table)
    rows, faults = _checked(kind, path, numbered)
    return ReadFile(header, tuple(rows), tuple(faults))


def refusal(read: ReadFile, path: Path) -> InvalidInputError:
    """Return the refusal of a whole file for the faults in it."""
    faults = list(read.faults[:_LISTED])
    more = len(read.faults) - len(faults)
    advice = "nothing was imported; correct the rows or add --skip-bad-rows"
    text = f"{len(read.faults)} fault(s); {advice}" + (f" ({more} more not listed)" if more else "")
    return InvalidInputError([*faults, FieldFault(path.name, text, "records_refused")])


def _whole_file(path: Path, why: str, code: str, field: str = "") -> InvalidInputError:
    where = f"{path.name}{field}"
    return InvalidInputError([FieldFault(where, f"{path.name} {why}", code)])


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    kind = path.suffix.lower()
    if kind in _OTHER_WORKBOOKS:
        raise _whole_file(path, f"is a {kind} workbook; save it as .xlsx or CSV", "workbook")
    return _workbook(path) if kind in _WORKBOOKS else _csv(path)


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            content = raw.decode("gb18030")
        except UnicodeDecodeError as fault:
            line = raw.count(b"\n", 0, fault.start) + 1
            text = f"is neither UTF-8 nor GB18030 (line {line}); save it in one of them"
            raise _whole_file(path, text, "encoding", f":{line}") from None
    if "\0" in content:
        line = content.count("\n", 0, content.index("\0")) + 1
        raise _whole_file(path, f"holds a zero byte in line {line}", "zero_byte", f":{line}")
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise _whole_file(path, f"line {line}: {fault}", "csv", f":{line}") from fault
        yield line, cells


def _workbook(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as fault:
        raise _whole_file(path, f"is no Excel workbook ({fault})", "workbook") from fault
    try:
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield line, [_as_text(cell) for cell in cells]
    finally:
        book.close()


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _table(
    kind: Kind, path: Path, table: Iterator[tuple[int, list[str]]]
) -> tuple[tuple[str, ...], list[Row | FieldFault]]:
    filled = ((line, cells) for line, cells in table if any(cell.strip() for cell in cells))
    _, first = next(filled, (0, []))
    header = tuple(cell.strip() for cell in first)
    while header and not header[-1]:
        header = header[:-1]
    _check_header(kind, path, header)
    rows: list[Row | FieldFault] = []
    for line, cells in filled:
        given = [cell.strip() for cell in cells]
        if len(given) < len(header) or any(given[len(header) :]):
            text = f"the row has {len(given)} cells, the header {len(header)} columns"
            where = f"{path.name}:{line}:{(*header, len(header) + 1)[min(len(given), len(header))]}"
            rows.append(FieldFault(where, text, "cells"))
            continue
        rows.append(Row(dict(zip(header, given, strict=False)), line, path.name))
    return header, rows


def _check_header(kind: Kind, path: Path, header: Sequence[str]) -> None:
    columns = COLUMNS[kind]
    faults = []

    def fault(name: str, message: str, code: str) -> None:
        faults.append(FieldFault(f"{path.name}:1:{name}", message, code))

    if not header:
        fault("", f"the file is empty; it needs the columns {', '.join(columns)}", "no_header")
    for name in dict.fromkeys(header):
        if name not in columns:
            fault(name, f"no column of {kind.value}; known: {', '.join(columns)}", "column")
        if header.count(name) > 1:
            fault(name, "the column stands twice", "column_twice")
    for name, column in columns.items():
        if column.required and name not in header and header:
            fault(name, "the column is missing", "column_missing")
    if faults:
        raise InvalidInputError(faults)


def _features(kind: Kind, path: Path) -> Iterator[Row | FieldFault]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = document["features"]
    except json.JSONDecodeError as fault:
        text = f"is no JSON (line {fault.lineno}, column {fault.colno}: {fault.msg})"
        raise _whole_file(path, text, "json", f":{fault.lineno}:{fault.colno}") from fault
    except (UnicodeDecodeError, KeyError, TypeError, AttributeError) as fault:
        raise _whole_file(path, f"is no GeoJSON FeatureCollection ({fault})", "geojson") from fault
    if not isinstance(features, list):
        raise _whole_file(path, "is no GeoJSON FeatureCollection", "geojson")
    for number, feature in enumerate(features, start=1):
        where = f"{path.name}:{number}"
        problem = _polygon_problem(feature)
        if problem:
            yield FieldFault(f"{where}:geometry", problem, "geometry")
            continue
        known = COLUMNS[kind]
        given = feature.get("properties") or {}
        if not isinstance(given, Mapping):
            yield FieldFault(f"{where}:properties", "must be an object {…} or null", "properties")
            continue
        cells = {str(name): _as_text(value) for name, value in given.items() if name in known}
        yield Row(cells, number, path.name, feature["geometry"])


def _polygon_problem(feature: Any) -> str:
    if not isinstance(feature, Mapping) or not isinstance(feature.get("geometry"), Mapping):
        return "the feature has no geometry; give a Polygon or MultiPolygon"
    kind = feature["geometry"].get("type")
    if kind not in _POLYGONS:
        return f"'{kind}' is no polygon; give a Polygon or MultiPolygon"
    try:
        polygon = shape(feature["geometry"])
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError) as fault:
        return f"the polygon cannot be read ({fault})"
    west, south, east, north = polygon.bounds if not polygon.is_empty else (999, 0, 0, 0)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004 - degrees
        return "the polygon is empty or not in degrees of WGS 84 (longitude first)"
    return "" if polygon.is_valid else "the polygon crosses itself"


def _checked(
    kind: Kind, path: Path, given: Sequence[Row | FieldFault]
) -> tuple[list[Row], list[FieldFault]]:
    rows: list[Row] = []
    faults: list[FieldFault] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in given:
        if isinstance(row, FieldFault):
            faults.append(row)
            continue
        found = [
            FieldFault(f"{path.name}:{row.line}:{name}", message, "cell")
            for name, message in _row_faults(kind, row)
        ]
        first = seen.setdefault(row.key(kind), row.line)
        if first != row.line and not found:
            what = " and ".join(KEYS[kind])
            text = f"the same {what} as in line {first}"
            found.append(FieldFault(f"{path.name}:{row.line}:{KEYS[kind][0]}", text, "twice"))
        faults += found
        if not found:
            rows.append(row)
    return rows, faults


def _row_faults(kind: Kind, row: Row) -> Iterator[tuple[str, str]]:
    good = True
    for name, column in COLUMNS[kind].items():
        cell = row.cells.get(name, "")
        if not cell:
            if column.required:
                good = False
                merged = row.file.lower().endswith(_WORKBOOKS)
                hint = "; of merged cells only the first holds the value" if merged else ""
                yield name, f"the cell is empty{hint}"
            continue
        try:
            column.read(cell)
        except ValueError as fault:
            good = False
            yield name, str(fault)
    if good:
        yield from _together(kind, row.values(kind))


def _together(kind: Kind, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong about cells that are each right."""
    for one, other in (("lon", "lat"), ("lat", "lon")):
        if one in values and other not in values:
            yield other, f"{one} is given, {other} is not"
    if kind is Kind.STRUCTURES and "chainage_km" in values and "road_ref" not in values:
        yield "road_ref", "chainage_km is given without the number of the road"
    if kind is Kind.SECTIONS and values["to_km"] <= values["from_km"]:
        yield "to_km", f"{values['to_km']:g} is not after from_km {values['from_km']:g}"
    if kind is Kind.JUNCTIONS:
        bearings, widths = values.get("arm_bearings_deg"), values.get("arm_widths_m")
        if bearings and widths and len(bearings) != len(widths):
            yield "arm_widths_m", f"{len(widths)} widths for {len(bearings)} arms"
    if values.get("kind") == "bridge" and "spans_m" not in values and "continuous" in values:
        yield "spans_m", "continuous is given without spans"
