"""Core values as JSON documents and back: frozen dataclasses, enums, days, moments, money.

One pair of functions instead of one per class: what is written follows the class's own fields, so a
field that has a default may be added later without touching stored documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class LazyDocument(Mapping[str, Any]):
    """A JSON object that is decoded when somebody first looks into it."""

    __slots__ = ("_content", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._content: dict[str, Any] | None = None

    def __getitem__(self, key: str) -> Any:
        return self._decoded()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded())

    def __len__(self) -> int:
        return len(self._decoded())

    def _decoded(self) -> dict[str, Any]:
        if self._content is None:
            self._content = json.loads(self._text)
        return self._content


def to_document(value: Any) -> Any:
    """Return the JSON form of a core value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: to_document(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_document(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_document(one) for one in value)
    if isinstance(value, tuple | list):
        return [to_document(one) for one in value]
    return value


def from_document(kind: type[T], document: Any) -> T:
    """Return the core value of this class from its JSON form."""
    return cast("T", _read(kind, document))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, document: Any) -> Any:
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        if document is None:
            return None
        wanted = [one for one in get_args(kind) if one is not NoneType]
        return _read(wanted[0], document)
    if origin is tuple:
        return _read_tuple(get_args(kind), document)
    if origin is frozenset:
        return frozenset(_read(get_args(kind)[0], one) for one in document)
    if not isinstance(kind, type):
        return document
    if is_dataclass(kind):
        hints = _hints(kind)
        known = {one.name for one in fields(kind)} & set(document)
        return kind(**{name: _read(hints[name], document[name]) for name in known})
    return _read_plain(kind, document)


def _read_plain(kind: type, document: Any) -> Any:
    if issubclass(kind, Enum | Decimal):
        return kind(document)
    if issubclass(kind, date | time):  # datetime is a date
        return kind.fromisoformat(document)
    if kind is float:
        return float(document)
    return document


def _read_tuple(kinds: tuple[Any, ...], document: Any) -> tuple[Any, ...]:
    if len(kinds) > 1 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], one) for one in document)
    return tuple(_read(kind, one) for kind, one in zip(kinds, document, strict=True))
