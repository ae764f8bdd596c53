"""JSON schemas of described items, drawn from their fields: what a caller may write."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_NOT_ASKED = {"code", "name_zh", "name_en"}


def schema_of(kind: type[Any]) -> dict[str, Any]:
    """Return the schema of one item; names are optional, a code comes with the catalogue."""
    hints = get_type_hints(kind)
    described = [field for field in fields(kind) if field.name != "code"]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").partition("\n")[0],
        "properties": {field.name: _schema(hints[field.name]) for field in described},
        "required": [
            field.name
            for field in described
            if field.default is MISSING and field.name not in _NOT_ASKED
        ],
        "additionalProperties": False,
    }


def _schema(hint: Any) -> dict[str, Any]:
    if get_origin(hint) in {Union, UnionType}:
        inner = next(one for one in get_args(hint) if one is not NoneType)
        return {"anyOf": [_schema(inner), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if is_dataclass(hint) and isinstance(hint, type):
        return schema_of(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(word) for word in hint]}
    if hint is date:
        return {"type": "string", "format": "date"}
    words = {float: "number", int: "integer", bool: "boolean"}
    return {"type": words.get(hint, "string")}
