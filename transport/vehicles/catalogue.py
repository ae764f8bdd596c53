"""The catalogue: building components, tractors and trailers described as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.component import Component

Item = TypeVar("Item", Component, Tractor, Trailer)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Pieces and units by code, in the order of the file."""

    components: Mapping[str, Component]
    tractors: Mapping[str, Tractor]
    trailers: Mapping[str, Trailer]


def describe_catalogue(document: Mapping[str, Any]) -> Catalogue:
    """Return the catalogue that a document describes; raise InvalidInputError with every fault."""
    faults: list[FieldFault] = [
        FieldFault(key, "unknown part of the catalogue", "unknown_key")
        for key in document
        if key not in {"components", "tractors", "trailers"}
    ]

    def read(part: str, kind: type[Item]) -> Mapping[str, Item]:
        found: dict[str, Item] = {}
        for code, given in document.get(part, {}).items():
            try:
                found[code] = describe_item(kind, code, given, f"{part}.{code}")
            except InvalidInputError as wrong:
                faults.extend(wrong.faults)
        return MappingProxyType(found)

    catalogue = Catalogue(
        read("components", Component), read("tractors", Tractor), read("trailers", Trailer)
    )
    if faults:
        raise InvalidInputError(faults)
    return catalogue


def describe_item(kind: type[Item], code: str, given: Mapping[str, Any], where: str) -> Item:
    """Return one component, tractor or trailer; `where` names it in faults."""
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind) if field.name != "code"}
    faults = [
        FieldFault(f"{where}.{key}", "no such field: remove it", "unknown_key")
        for key in given
        if key not in known
    ]
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name not in given:
            if field.default is MISSING:
                faults.append(FieldFault(f"{where}.{name}", "is missing", "required"))
            continue
        try:
            values[name] = _converter(hints[name])(given[name])
        except (TypeError, ValueError):
            message = f"'{given[name]}' cannot be used here"
            faults.append(FieldFault(f"{where}.{name}", message, "kind"))
    if faults:
        raise InvalidInputError(faults)
    return kind(code=code, **values)


def _converter(hint: Any) -> Callable[[Any], Any]:
    if hint == tuple[float, ...]:
        return lambda value: tuple(_positive(part) for part in value)
    if hint in (float, float | None):
        return _positive
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    converter: Callable[[Any], Any] = hint
    return converter


def _positive(value: Any) -> float:
    number = float(value)
    if not 0 < number < float("inf"):
        raise ValueError(value)
    return number
