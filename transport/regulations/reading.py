"""Reads regulation files into typed views: the core's only file access.

A file that cannot be trusted stops the start: every refusal names file and key. The nearer
jurisdiction's file may hold some of the national file's keys and wins from its effective day on.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

from transport.errors import RegulationFileError
from transport.regulations.authorities import AreaNames
from transport.regulations.citation import Citation, Instrument, Status
from transport.regulations.dated import Dated, Provision, Revision
from transport.regulations.law import Law
from transport.working_days import WorkingCalendar, YearOfDays

View = TypeVar("View")
NATION = "cn"
_APART = {"region", "areas", "instruments"}
_UNITS = {"_m": "m", "_t": "t", "_km_h": "km/h", "_days": "day", "_months": "month"}
_PLAIN_UNITS = {"m", "t", "km/h", "day", "working day", "month", "yes/no", "word"}


class _StrictLoader(yaml.SafeLoader):
    """YAML without the silent overwriting of a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the base class's signature
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise _DuplicateKeyError(f"the key '{key}' stands twice (line {line})")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _DuplicateKeyError(yaml.YAMLError):
    pass


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in which file we are, for messages."""

    file: Path
    key: str = ""

    def at(self, key: str) -> _Place:
        return _Place(self.file, f"{self.key}.{key}" if self.key else key)

    def wrong(self, what: str) -> RegulationFileError:
        where = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
        return RegulationFileError(where + what)

    def keys(self, value: Any, required: set[str], allowed: frozenset[str] = frozenset()) -> None:
        """Check that a mapping holds the required keys and none beyond the allowed ones."""
        if not isinstance(value, dict):
            raise self.wrong("must be a mapping")
        for key in value:
            if key not in required | allowed:
                raise self.at(str(key)).wrong(
                    f"unknown key; known here: {', '.join(sorted(required | allowed))}"
                )
        missing = sorted(required - value.keys())
        if missing:
            raise self.at(missing[0]).wrong("is missing")


def read_yaml(path: Path) -> Any:
    """Read one YAML file; raise RegulationFileError where it is missing, broken or ambiguous."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise RegulationFileError(f"{path}: cannot be read: {wrong}") from wrong
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - derived from the safe loader
    except yaml.YAMLError as wrong:
        raise RegulationFileError(f"{path}: {wrong}") from wrong


def read_law(config_folder: Path, region: str = "cn-15") -> Law:
    """Read `regulations/cn` and the region's folder of a config folder into one Law."""
    root = config_folder / "regulations"
    folders = [root / NATION] + ([root / region] if region != NATION else [])
    instruments: dict[str, Instrument] = {}
    names: dict[str, str] = {}
    for folder in folders:
        instruments |= _read_instruments(folder / "instruments.yaml")
        names |= _read_area_names(folder / "area_names.yaml")
    views = get_type_hints(Law)
    subjects = [field.name for field in fields(Law) if field.name not in _APART]
    _refuse_strange_files(folders, {*subjects, "instruments", "area_names"})
    return Law(
        **{name: _read_subject(folders, name, views[name], instruments) for name in subjects},
        region=region,
        areas=AreaNames(MappingProxyType(names)),
        instruments=MappingProxyType(instruments),
    )


def read_calendar(config_folder: Path, country: str = NATION) -> WorkingCalendar:
    """Read every announced year of `calendars/cn-YYYY.yaml`."""
    years: dict[int, YearOfDays] = {}
    for file in sorted((config_folder / "calendars").glob(f"{country}-*.yaml")):
        place, document = _Place(file), read_yaml(file)
        place.keys(document, {"year", "citation", "status", "holidays", "make_up_days"})
        year = document["year"]
        if file.stem != f"{country}-{year}":
            raise place.at("year").wrong(f"is {year}, but the file's name says otherwise")
        for key in ("holidays", "make_up_days"):
            for day in document[key]:
                if type(day) is not date or day.year != year:
                    raise place.at(key).wrong(f"'{day}' is no day of {year}")
        years[year] = YearOfDays(
            frozenset(document["holidays"]), frozenset(document["make_up_days"])
        )
    return WorkingCalendar(MappingProxyType(years))


def _refuse_strange_files(folders: list[Path], known: set[str]) -> None:
    for folder in folders:
        if not folder.is_dir():
            raise RegulationFileError(f"{folder}: no such folder of regulations")
        for file in sorted(folder.iterdir()):
            if file.suffix != ".yaml" or file.stem not in known:
                raise RegulationFileError(
                    f"{file}: unknown subject; known: {', '.join(sorted(known))}"
                )


def _read_instruments(file: Path) -> dict[str, Instrument]:
    if not file.is_file():
        return {}
    place, document = _Place(file), read_yaml(file)
    found = {}
    for short, given in (document or {}).items():
        here = place.at(str(short))
        here.keys(
            given, {"title_zh", "title_en", "url", "in_force_from"}, allowed=frozenset({"note"})
        )
        found[str(short)] = Instrument(short=str(short), **given)
    return found


def _read_area_names(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    place, document = _Place(file), read_yaml(file)
    for code, name in document.items():
        if not (isinstance(code, str) and len(code) == 6 and code.isdigit()):  # noqa: PLR2004 - GB/T 2260 codes have six digits
            raise place.at(str(code)).wrong("a code is six digits in quotes")
        if not isinstance(name, str):
            raise place.at(code).wrong("the name must be a text")
    return dict(document)


def _read_subject(
    folders: list[Path], subject: str, view: type[View], instruments: Mapping[str, Instrument]
) -> View:
    """Read one subject from the widest to the nearest jurisdiction."""
    hints = get_type_hints(view)
    entries: dict[str, Dated[Any]] = {}
    for folder in folders:
        file = folder / f"{subject}.yaml"
        if not file.is_file():
            if folder.name == NATION:
                raise RegulationFileError(f"{file}: is missing")
            continue
        place, document = _Place(file), read_yaml(file)
        place.keys(document, {"subject", "area", "entries"})
        for key, expected in (("subject", subject), ("area", folder.name)):
            if document[key] != expected:
                raise place.at(key).wrong(f"must be '{expected}', is '{document[key]}'")
        place = place.at("entries")
        place.keys(document["entries"], set(), allowed=frozenset(hints))
        for key, given in document["entries"].items():
            kind = get_args(hints[key])[0]
            entries[key] = _read_entry(
                place.at(key), given, kind, instruments, (folder.name, subject, entries.get(key))
            )
    for key in hints:
        if key not in entries:
            raise _Place(folders[0] / f"{subject}.yaml").at("entries").at(key).wrong("is missing")
    return view(**entries)


def _read_entry(
    place: _Place,
    given: Any,
    kind: Any,
    instruments: Mapping[str, Instrument],
    owner: tuple[str, str, Dated[Any] | None],
) -> Dated[Any]:
    area, subject, wider = owner
    place.keys(given, {"description", "unit", "last_checked", "values"})
    place.at("description").keys(given["description"], {"zh", "en"})
    key = place.key.rpartition(".")[2]
    _check_unit(place.at("unit"), key, given["unit"])
    _check_day(place.at("last_checked"), given["last_checked"])
    rows = given["values"]
    if not isinstance(rows, list) or not rows:
        raise place.at("values").wrong("must be a list with at least one dated value")
    revisions: list[Revision] = []
    for number, row in enumerate(rows):
        here = place.at(f"values[{number}]")
        revision = _read_revision(here, row, kind, instruments, area)
        _check_order(here.at("effective"), revisions, revision)
        revisions.append(revision)
    return Dated(
        name=f"{area}/{subject}.{key}",
        unit=given["unit"],
        description_zh=given["description"]["zh"],
        description_en=given["description"]["en"],
        last_checked=given["last_checked"],
        revisions=tuple(revisions),
        wider=wider,
    )


def _read_revision(
    place: _Place, row: Any, kind: Any, instruments: Mapping[str, Instrument], area: str
) -> Revision:
    place.keys(row, {"effective", "value", "citation", "status"}, allowed=frozenset({"expected"}))
    _check_day(place.at("effective"), row["effective"])
    if row["status"] not in {str(status) for status in Status}:
        raise place.at("status").wrong(
            f"'{row['status']}' must be one of {', '.join(map(str, Status))}"
        )
    value = None if row["value"] is None else _typed(place.at("value"), row["value"], kind)
    return Revision(
        Provision(
            value=value,
            effective=row["effective"],
            citation=_read_citation(place.at("citation"), row["citation"], instruments),
            status=Status(row["status"]),
            area=area,
        ),
        expected=row.get("expected", False) is True,
    )


def _read_citation(place: _Place, given: Any, instruments: Mapping[str, Instrument]) -> Citation:
    place.keys(given, {"title", "article"}, allowed=frozenset({"url"}))
    title, article = given["title"], given["article"]
    if not isinstance(article, str) or not article.strip():
        raise place.at("article").wrong("names no article")
    if title not in instruments:
        raise place.at("title").wrong(
            f"'{title}' is not in instruments.yaml; known: {', '.join(sorted(instruments))}"
        )
    return Citation(title, article, given.get("url", instruments[title].url))


def _check_unit(place: _Place, key: str, unit: Any) -> None:
    if unit not in _PLAIN_UNITS:
        raise place.wrong(f"'{unit}' must be one of {', '.join(sorted(_PLAIN_UNITS))}")
    for suffix, expected in _UNITS.items():
        if key.endswith(suffix) and not str(unit).endswith(expected):
            raise place.wrong(f"is '{unit}', but the key '{key}' promises '{expected}'")


def _check_day(place: _Place, value: Any) -> None:
    if type(value) is not date:
        raise place.wrong(f"'{value}' is no day: write it as 2016-09-21")


def _check_order(place: _Place, before: list[Revision], revision: Revision) -> None:
    if not before:
        return
    last, this = before[-1].provision.effective, revision.provision.effective
    if this == last:
        raise place.wrong(f"two values from {this} on overlap: keep one")
    if this < last:
        raise place.wrong(f"{this} stands after {last}: sort the values by effective day")


def _typed(place: _Place, value: Any, kind: Any) -> Any:
    """Check a value against the type its view declares."""
    if get_origin(kind) is not None:
        number = get_args(kind)[1]
        place.keys(value, set(), allowed=frozenset(value if isinstance(value, dict) else ()))
        return MappingProxyType(
            {str(key): _typed(place.at(str(key)), part, number) for key, part in value.items()}
        )
    if kind is float and type(value) in {int, float}:
        return float(value)
    if type(value) is not kind:
        raise place.wrong(f"'{value}' must be of the kind {kind.__name__}")
    return value
