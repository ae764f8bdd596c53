"""Reads one described item strictly: every field by its type, every fault with its place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from transport.errors import FieldFault

T = TypeVar("T")

# Lengths to the right or left, and a coupling in front of or behind the deck's edge.
_SIGNED = {"centre_across_m", "kingpin_m"}


def read_item(
    kind: type[T], given: Mapping[str, Any], where: str, faults: list[FieldFault]
) -> T | None:
    """Return an instance of a dataclass, None after adding faults that name place and field.

    Numbers must be positive, those with a default may be 0; a few lengths may be negative.
    """
    shape: Any = kind  # a dataclass, which has fields and can be a key
    hints, known = _shape(shape)
    before = len(faults)
    faults += [
        FieldFault(f"{where}.{key}", "no such field: remove it", "unknown_key")
        for key in given
        if key not in known
    ]
    values: dict[str, Any] = {}
    for name, field in known.items():
        place = f"{where}.{name}"
        if name not in given:
            if field.default is MISSING:
                faults.append(FieldFault(place, "is missing", "required"))
            continue
        try:
            values[name] = _read(hints[name], given[name], field, place, faults)
        except (TypeError, ValueError):
            message = f"'{given[name]}' cannot be used here"
            faults.append(FieldFault(place, message, "kind"))
    return kind(**values) if len(faults) == before else None


@cache
def _shape(kind: Any) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    return get_type_hints(kind), {field.name: field for field in fields(kind)}


def _read(hint: Any, value: Any, field: Field[Any], place: str, faults: list[FieldFault]) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        if isinstance(value, str | Mapping):
            raise TypeError(value)
        return tuple(_read(get_args(hint)[0], part, field, place, faults) for part in value)
    if not isinstance(hint, type):
        raise TypeError(hint)
    if is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise TypeError(value)
        return read_item(hint, value, place, faults)
    return _read_plain(hint, value, field)


def _read_plain(hint: type[Any], value: Any, field: Field[Any]) -> Any:
    if hint is bool:
        if not isinstance(value, bool):
            raise TypeError(value)
        return value
    if hint in (float, int):
        return _number(hint, value, field)
    if hint is date:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if issubclass(hint, StrEnum):
        return hint(value)
    return str(value)


def _number(kind: type[Any], value: Any, field: Field[Any]) -> Any:
    if isinstance(value, bool):
        raise TypeError(value)
    number = float(value)
    least = 0.0 if field.default is MISSING or field.default is None else -1e-12
    if field.name in _SIGNED:
        least = -math.inf
    if not least < number < math.inf or (kind is int and number != int(number)):
        raise ValueError(value)
    return kind(number)
