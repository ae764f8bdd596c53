"""Turns a value of a regulation file into the type that its view declares, or refuses it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from transport.regulations.file_place import FilePlace

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class ClockTime(str):
    """A time of the day written as `07:00`; quoted in the file, or YAML counts it in minutes."""

    __slots__ = ()


def typed(place: FilePlace, value: Any, kind: Any) -> Any:
    """Return the value as its declared type; raise RegulationFileError naming file and key.

    Kinds: float, int, bool, str, ClockTime, a StrEnum, a frozen dataclass (a record),
    `tuple[kind, ...]` (a list), `Mapping[str, kind]`, and unions of these with None.
    """
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _one_of(place, value, get_args(kind))
    if origin is tuple:
        return _list(place, value, get_args(kind)[0])
    if origin is not None:
        return _mapping(place, value, get_args(kind)[1])
    if is_dataclass(kind):
        return _record(place, value, kind)
    return _plain(place, value, kind)


def _one_of(place: FilePlace, value: Any, kinds: tuple[Any, ...]) -> Any:
    if value is None and NoneType in kinds:
        return None
    real = [kind for kind in kinds if kind is not NoneType]
    if len(real) == 1:
        return typed(place, value, real[0])
    if isinstance(value, str) and str in real:
        return value
    return typed(place, value, next(kind for kind in real if kind is not str))


def _list(place: FilePlace, value: Any, kind: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise place.wrong("must be a list")
    found = tuple(
        typed(FilePlace(place.file, f"{place.key}[{number}]"), part, kind)
        for number, part in enumerate(value)
    )
    for number, part in enumerate(found):
        if part in found[:number]:
            raise FilePlace(place.file, f"{place.key}[{number}]").wrong("stands in the list twice")
    return found


def _mapping(place: FilePlace, value: Any, kind: Any) -> Mapping[str, Any]:
    place.keys(value, set(), allowed=frozenset(value if isinstance(value, dict) else ()))
    return MappingProxyType(
        {str(key): typed(place.at(str(key)), part, kind) for key, part in value.items()}
    )


def _record(place: FilePlace, value: Any, kind: Any) -> Any:
    hints = get_type_hints(kind)
    optional = {
        one.name
        for one in fields(kind)
        if one.default is not MISSING or one.default_factory is not MISSING
    }
    place.keys(value, set(hints) - optional, allowed=frozenset(optional))
    return kind(**{key: typed(place.at(key), part, hints[key]) for key, part in value.items()})


def _plain(place: FilePlace, value: Any, kind: Any) -> Any:
    if kind in {int, float} and type(value) in {int, float} and not 0 <= value < math.inf:
        # a limit that is no number compares with nothing and would let everything pass
        raise place.wrong(f"'{value}' must be a number from 0 on")
    if kind is float and type(value) in {int, float}:
        return float(value)
    if kind is ClockTime:
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            raise place.wrong(f"'{value}' is no time: write it in quotes, as '07:00'")
        return ClockTime(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if value not in {str(word) for word in kind}:
            raise place.wrong(f"'{value}' must be one of {', '.join(map(str, kind))}")
        return kind(value)
    if type(value) is not kind:
        raise place.wrong(f"'{value}' must be of the kind {kind.__name__}")
    return value
