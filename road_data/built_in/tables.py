"""Read the data files and refuse whatever their schema does not allow."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from transport.errors import FieldFault, InvalidInputError

Row = Mapping[str, str]
_SCHEMA = "schema.yaml"
_HASHED = 12


@dataclass(frozen=True, slots=True)
class Tables:
    """The raw text of every data file by its name, the schema included."""

    texts: Mapping[str, str]

    @property
    def content_hash(self) -> str:
        """Name the content: the same files give the same hash on every machine."""
        digest = hashlib.sha256()
        for name, text in sorted(self.texts.items()):
            digest.update(f"{name}\n{text}\n".encode())
        return digest.hexdigest()[:_HASHED]

    @property
    def schema(self) -> dict[str, Any]:
        """Return the schema: per file its purpose, key and columns."""
        document: dict[str, Any] = yaml.safe_load(self.texts[_SCHEMA])
        return document

    def rows(self, name: str) -> list[Row]:
        """Return the rows of one file as text."""
        return list(csv.DictReader(io.StringIO(self.texts[name])))


def read_tables() -> Tables:
    """Read the files that come with the product; raises InvalidInputError for a faulty one."""
    folder = files("road_data.built_in") / "data"
    texts = {
        item.name: item.read_text(encoding="utf-8").replace("\r\n", "\n")
        for item in folder.iterdir()
        if item.name.endswith((".csv", ".yaml"))
    }
    tables = Tables(texts)
    validate(tables)
    return tables


def validate(tables: Tables) -> None:
    """Check every cell against the schema and every reference; reports all faults at once."""
    schema = tables.schema
    faults: list[FieldFault] = []
    for name, table in schema.items():
        if name not in tables.texts:
            faults.append(FieldFault(name, "the file is missing", "missing_file"))
            continue
        rows = tables.rows(name)
        faults.extend(_column_faults(name, table["columns"], rows))
        faults.extend(_key_faults(name, table["key"], rows))
    if not faults:
        faults.extend(_reference_faults(tables))
    if faults:
        raise InvalidInputError(faults)


def points(cell: str) -> list[tuple[float, float]]:
    """Return the points of a shape cell `lon lat;lon lat`."""
    pairs = (pair.split() for pair in cell.split(";") if pair)
    return [(float(lon), float(lat)) for lon, lat in pairs]


def _column_faults(
    name: str, columns: Mapping[str, Mapping[str, Any]], rows: Sequence[Row]
) -> Iterable[FieldFault]:
    if not rows:
        yield FieldFault(name, "the file has no rows", "no_rows")
        return
    if list(rows[0]) != list(columns):
        text = f"columns are {list(rows[0])}; the schema names {list(columns)}"
        yield FieldFault(name, text, "columns")
        return
    for line, row in enumerate(rows, start=2):
        for column, rule in columns.items():
            cell = row[column]
            if not _fits(cell, rule):
                text = f"'{cell}' is no {rule['type']} that the schema allows"
                yield FieldFault(f"{name}:{line}:{column}", text, "cell")


def _fits(cell: str | None, rule: Mapping[str, Any]) -> bool:
    if cell is None:
        return False
    if not cell:
        return bool(rule.get("empty", False))
    kind = rule["type"]
    if kind == "choice":
        return cell in rule["allowed"]
    if kind == "flag":
        return cell in ("yes", "no")
    try:
        if kind == "points":
            return bool(points(cell))
        if kind == "integer":
            return int(cell) >= 0
        return kind != "number" or float(cell) >= 0
    except ValueError:
        return False


def _key_faults(name: str, key: str | None, rows: Sequence[Row]) -> Iterable[FieldFault]:
    if key is None or not rows or key not in rows[0]:
        return
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        if row[key] in seen:
            yield FieldFault(f"{name}:{line}:{key}", f"'{row[key]}' stands twice", "duplicate")
        seen.add(row[key])


def _reference_faults(tables: Tables) -> Iterable[FieldFault]:
    def keys(name: str, column: str) -> set[str]:
        return {row[column] for row in tables.rows(name)}

    nodes, counties = keys("nodes.csv", "node"), keys("counties.csv", "admin_code")
    links, corridors = keys("links.csv", "link_id"), keys("corridors.csv", "corridor") | {""}
    sources = keys("sources.csv", "source")
    elements = links | keys("structures.csv", "structure_id")
    referring = (
        ("nodes.csv", "admin_code", counties),
        ("nodes.csv", "source", sources),
        ("links.csv", "from_node", nodes),
        ("links.csv", "to_node", nodes),
        ("links.csv", "admin_code", counties),
        ("links.csv", "corridor", corridors),
        ("links.csv", "source", sources),
        ("places.csv", "node", nodes),
        ("places.csv", "admin_code", counties),
        ("structures.csv", "link_id", links),
        ("structures.csv", "corridor", corridors),
        ("limits.csv", "element", elements),
        ("limits.csv", "source", sources),
        ("classes.csv", "source", sources),
        ("structure_kinds.csv", "source", sources),
        ("gaps.csv", "from_node", nodes | {""}),
        ("gaps.csv", "to_node", nodes | {""}),
        ("road_distances.csv", "from_node", nodes),
        ("road_distances.csv", "to_node", nodes),
        ("place_exceptions.csv", "name", keys("places.csv", "name")),
    )
    for name, column, allowed in referring:
        for line, row in enumerate(tables.rows(name), start=2):
            if row[column] not in allowed:
                text = f"'{row[column]}' is not defined in the file it refers to"
                yield FieldFault(f"{name}:{line}:{column}", text, "reference")
