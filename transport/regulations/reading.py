"""Reads regulation files into typed views: the core's only file access.

A file that cannot be trusted stops the start: every refusal names file and key. The nearer
jurisdiction's file may hold some of the national file's keys and wins from its effective day on.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Hashable, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_type_hints

import yaml

from transport.errors import RegulationFileError
from transport.regulations.authorities import AreaNames, NameOfArea
from transport.regulations.citation import Citation, Instrument, Status
from transport.regulations.condition_reading import check_rows, describe_catalogue
from transport.regulations.conditions import ConditionCatalogue
from transport.regulations.dated import Dated, Provision, Revision
from transport.regulations.file_place import FilePlace
from transport.regulations.law import NOT_SUBJECTS, Law
from transport.regulations.typed_values import typed
from transport.working_days import WorkingCalendar, YearOfDays

View = TypeVar("View")
NATION = "cn"
_UNITS = {
    "_m": "m",
    "_t": "t",
    "_km_h": "km/h",
    "_days": "day",
    "_months": "month",
    "_years": "year",
    "_hours": "hour",
    "_minutes": "minute",
    "_yuan": "yuan",
    "_points": "point",
    "_percent": "%",
    "_axles": "axle",
}
_PLAIN_UNITS = {*_UNITS.values(), "working day", "yes/no", "word", "list", "record", "count"}
_REGION = re.compile(r"cn(-\d{2}|-\d{4}|-\d{6})?")


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


def read_text(path: Path) -> str:
    """Read one text file; raise RegulationFileError where it is missing or broken."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise RegulationFileError(f"{path}: cannot be read: {wrong}") from wrong


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read one CSV table; raise RegulationFileError where it is missing or broken."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise RegulationFileError(f"{path}: cannot be read: {wrong}") from wrong


def read_law(config_folder: Path, region: str = "cn-15") -> Law:
    """Read `regulations/cn` and the region's folder of a config folder into one Law.

    Folders of leagues and counties below the region (`cn-1502`, `cn-150203`) become its `nearer`
    laws, each over those of the wider folders.
    """
    for folder in sorted((config_folder / "regulations").glob("*")):
        if folder.is_dir():
            _refuse_strange_name(folder)
    law = _read_chain(config_folder / "regulations", region)
    nearer = {
        folder.name.removeprefix("cn-"): _read_chain(config_folder / "regulations", folder.name)
        for folder in sorted((config_folder / "regulations").glob(f"{region}?*"))
        if folder.is_dir() and region != NATION
    }
    return replace(law, nearer=MappingProxyType(nearer)) if nearer else law


def _read_chain(root: Path, region: str) -> Law:
    """Read the folders of an area from the nation's to its own; only its own must exist."""
    _refuse_strange_name(root / region)
    code = region.removeprefix("cn").removeprefix("-")
    wider = [root / f"cn-{code[:digits]}" for digits in (2, 4) if digits < len(code)]
    folders = [root / NATION, *(folder for folder in wider if folder.is_dir())]
    folders += [root / region] if region != NATION else []
    instruments: dict[str, Instrument] = {}
    names: dict[str, NameOfArea] = {}
    for folder in folders:
        instruments |= _read_instruments(folder / "instruments.yaml")
        names |= _read_area_names(folder / "area_names.yaml")
    views = get_type_hints(Law)
    subjects = [field.name for field in fields(Law) if field.name not in NOT_SUBJECTS]
    _refuse_strange_files(folders, {*subjects, "instruments", "area_names", "condition_templates"})
    texts = _read_condition_texts(folders)
    law = Law(
        **{name: _read_subject(folders, name, views[name], instruments) for name in subjects},
        region=region,
        areas=AreaNames(
            MappingProxyType({code: name.zh for code, name in names.items()}),
            MappingProxyType({code: name.en for code, name in names.items()}),
        ),
        instruments=MappingProxyType(instruments),
        condition_texts=texts,
        nearer=MappingProxyType({}),
    )
    _check_conditions(root, law)
    return law


def _read_condition_texts(folders: list[Path]) -> ConditionCatalogue:
    files = [folder / "condition_templates.yaml" for folder in folders]
    if not files[0].is_file():
        raise RegulationFileError(f"{files[0]}: is missing")
    return describe_catalogue(
        [(FilePlace(file), read_yaml(file) or {}) for file in files if file.is_file()]
    )


def _check_conditions(root: Path, law: Law) -> None:
    """Check every row of conditions against its text, in the file of the area it belongs to."""
    for field in fields(law.conditions):
        value: Dated[Any] | None = getattr(law.conditions, field.name)
        while value is not None:
            file = root / value.name.partition("/")[0] / "conditions.yaml"
            check_rows(
                FilePlace(file, f"entries.{field.name}"), field.name, value, law.condition_texts
            )
            value = value.wider


def read_calendar(config_folder: Path, country: str = NATION) -> WorkingCalendar:
    """Read every announced year of `calendars/cn-YYYY.yaml`."""
    years: dict[int, YearOfDays] = {}
    for file in sorted((config_folder / "calendars").glob(f"{country}-*.yaml")):
        place, document = FilePlace(file), read_yaml(file)
        place.keys(document, {"year", "citation", "status", "holidays", "make_up_days"})
        year = document["year"]
        if file.stem != f"{country}-{year}":
            raise place.at("year").wrong(f"is {year}, but the file's name says otherwise")
        for key in ("holidays", "make_up_days"):
            for day in document[key]:
                if type(day) is not date or day.year != year:
                    raise place.at(key).wrong(f"'{day}' is no day of {year}")
            if len(document[key]) != len(set(document[key])):
                raise place.at(key).wrong("names a day twice")
        both = set(document["holidays"]) & set(document["make_up_days"])
        if both:
            raise place.at("make_up_days").wrong(f"{min(both)} is also a holiday")
        years[year] = YearOfDays(
            frozenset(document["holidays"]), frozenset(document["make_up_days"])
        )
    return WorkingCalendar(MappingProxyType(years))


def _refuse_strange_name(folder: Path) -> None:
    if not _REGION.fullmatch(folder.name):
        raise RegulationFileError(
            f"{folder}: name the folder of an area cn- and its 2, 4 or 6 digits"
        )


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
    place, document = FilePlace(file), read_yaml(file)
    found = {}
    for short, given in (document or {}).items():
        here = place.at(str(short))
        here.keys(
            given, {"title_zh", "title_en", "url", "in_force_from"}, allowed=frozenset({"note"})
        )
        found[str(short)] = Instrument(short=str(short), **given)
    return found


def _read_area_names(file: Path) -> dict[str, NameOfArea]:
    if not file.is_file():
        return {}
    place, document = FilePlace(file), read_yaml(file)
    names = {}
    for code, given in document.items():
        if not (isinstance(code, str) and len(code) == 6 and code.isdigit()):  # noqa: PLR2004 - GB/T 2260 codes have six digits
            raise place.at(str(code)).wrong("a code is six digits in quotes")
        names[code] = typed(place.at(code), given, NameOfArea)
    return names


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
        place, document = FilePlace(file), read_yaml(file)
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
            raise (
                FilePlace(folders[0] / f"{subject}.yaml").at("entries").at(key).wrong("is missing")
            )
    return view(**entries)


def _read_entry(
    place: FilePlace,
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
    place: FilePlace, row: Any, kind: Any, instruments: Mapping[str, Instrument], area: str
) -> Revision:
    place.keys(row, {"effective", "value", "citation", "status"}, allowed=frozenset({"expected"}))
    _check_day(place.at("effective"), row["effective"])
    if row["status"] not in {str(status) for status in Status}:
        raise place.at("status").wrong(
            f"'{row['status']}' must be one of {', '.join(map(str, Status))}"
        )
    expected = row.get("expected", False)
    if type(expected) is not bool:
        raise place.at("expected").wrong(f"'{expected}' must be true or false")
    value = None if row["value"] is None else typed(place.at("value"), row["value"], kind)
    return Revision(
        Provision(
            value=value,
            effective=row["effective"],
            citation=_read_citation(place.at("citation"), row["citation"], instruments),
            status=Status(row["status"]),
            area=area,
        ),
        expected=expected,
    )


def _read_citation(place: FilePlace, given: Any, instruments: Mapping[str, Instrument]) -> Citation:
    place.keys(given, {"title", "article"}, allowed=frozenset({"url"}))
    title, article = given["title"], given["article"]
    if not isinstance(article, str) or not article.strip():
        raise place.at("article").wrong("names no article")
    if title not in instruments:
        raise place.at("title").wrong(
            f"'{title}' is not in instruments.yaml; known: {', '.join(sorted(instruments))}"
        )
    return Citation(title, article, given.get("url", instruments[title].url))


def _check_unit(place: FilePlace, key: str, unit: Any) -> None:
    if unit not in _PLAIN_UNITS:
        raise place.wrong(f"'{unit}' must be one of {', '.join(sorted(_PLAIN_UNITS))}")
    for suffix, expected in _UNITS.items():
        if key.endswith(suffix) and not str(unit).endswith(expected):
            raise place.wrong(f"is '{unit}', but the key '{key}' promises '{expected}'")


def _check_day(place: FilePlace, value: Any) -> None:
    if type(value) is not date:
        raise place.wrong(f"'{value}' is no day: write it as 2016-09-21")


def _check_order(place: FilePlace, before: list[Revision], revision: Revision) -> None:
    if not before:
        return
    last, this = before[-1].provision.effective, revision.provision.effective
    if this == last:
        raise place.wrong(f"two values from {this} on overlap: keep one")
    if this < last:
        raise place.wrong(f"{this} stands after {last}: sort the values by effective day")
