"""Checks the catalogue of conditions, and that every row fits the texts it fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from string import Formatter
from types import MappingProxyType
from typing import Any

from transport.regulations.conditions import (
    MOST_TEMPLATES,
    ROADS,
    ConditionCatalogue,
    Conditions,
    ConditionTemplate,
)
from transport.regulations.dated import Dated
from transport.regulations.file_place import FilePlace

_DECEMBER = 12


def describe_catalogue(
    documents: list[tuple[FilePlace, Any]],
) -> ConditionCatalogue:
    """Return the catalogue of these files; a nearer one replaces texts of the same code."""
    templates: dict[str, ConditionTemplate] = {}
    words: dict[str, tuple[str, str]] = {}
    for place, document in documents:
        place.keys(document, set(), allowed=frozenset({"road_classes", "templates"}))
        for code, given in (document.get("road_classes") or {}).items():
            here = place.at("road_classes").at(str(code))
            here.keys(given, {"zh", "en"})
            words[str(code)] = (given["zh"], given["en"])
        for code, given in (document.get("templates") or {}).items():
            templates[str(code)] = _template(place.at("templates").at(str(code)), str(code), given)
        if len(templates) > MOST_TEMPLATES:
            raise place.at("templates").wrong(
                f"{len(templates)} texts; keep to {MOST_TEMPLATES} and use parameters instead"
            )
    return ConditionCatalogue(MappingProxyType(templates), MappingProxyType(words))


def _template(place: FilePlace, code: str, given: Any) -> ConditionTemplate:
    place.keys(given, {"zh", "en"}, allowed=frozenset({"parameters"}))
    parameters = tuple(given.get("parameters") or ())
    for language in ("zh", "en"):
        text = given[language]
        if not isinstance(text, str) or not text.strip():
            raise place.at(language).wrong("must be a text")
        used = {name for _, name, _, _ in Formatter().parse(text) if name is not None} - {ROADS}
        if used != set(parameters):
            raise place.at(language).wrong(
                f"uses the parameters {', '.join(sorted(used)) or 'none'}, "
                f"but 'parameters' names {', '.join(sorted(parameters)) or 'none'}"
            )
    return ConditionTemplate(code, given["zh"], given["en"], parameters)


def check_rows(
    place: FilePlace, code: str, value: Dated[Any], catalogue: ConditionCatalogue
) -> None:
    """Refuse rows whose parameters, road classes or months do not fit the text of their code."""
    template = catalogue.templates.get(code)
    if template is None:
        raise place.wrong(f"condition_templates.yaml has no text '{code}'")
    for here, row in _rows(place, value):
        if set(row.parameters) != set(template.parameters):
            raise here.at("parameters").wrong(
                f"must be {', '.join(template.parameters) or 'none'}, "
                f"are {', '.join(row.parameters) or 'none'}"
            )
        strange = [one for one in row.road_classes if one not in catalogue.road_classes]
        if strange:
            raise here.at("road_classes").wrong(
                f"'{strange[0]}' must be one of {', '.join(catalogue.road_classes)}"
            )
        if not all(1 <= month <= _DECEMBER for month in row.months):
            raise here.at("months").wrong("months are 1 to 12")


def _rows(place: FilePlace, value: Dated[Any]) -> Iterator[tuple[FilePlace, Any]]:
    for number, revision in enumerate(value.revisions):
        for position, row in enumerate(revision.provision.value or ()):
            yield place.at(f"values[{number}].value[{position}]"), row


def condition_codes() -> Mapping[str, int]:
    """Return the codes that have rows, each with its place in the order of the view."""
    return {field.name: number for number, field in enumerate(fields(Conditions))}
