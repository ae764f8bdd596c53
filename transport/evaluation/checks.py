"""A check by name: what it takes, how its input is read, and the schema that documents it.

A check is a pure function `(tables, *, inputs) -> Answer`. Its keyword arguments are the inputs of
the contract; their annotations are the schema, so that command, API and tests read one declaration.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.answer import Answer
from transport.evaluation.tables import Tables
from transport.evaluation.words import Method

_JSON_TYPES = {float: "number", int: "integer", bool: "boolean", str: "string"}


@dataclass(frozen=True, slots=True)
class Least:
    """The least value of an input; `itself` says whether it is allowed."""

    value: float
    itself: bool

    def held(self, number: float) -> float:
        """Return the number; raise ValueError where it is too small."""
        if number < self.value or (number == self.value and not self.itself):
            bound = "at least" if self.itself else "more than"
            raise ValueError(f"'{number:g}' must be {bound} {self.value:g}")
        return number

    def schema(self) -> dict[str, float]:
        """Return the bound as JSON schema writes it."""
        return {"minimum" if self.itself else "exclusiveMinimum": self.value}


Positive = Annotated[float, Least(0.0, itself=False)]
NotNegative = Annotated[float, Least(0.0, itself=True)]
Count = Annotated[int, Least(1, itself=True)]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue: its clause, its usual method, its function."""

    run: Callable[..., Answer]
    clause: str
    method: Method
    source: str = "JTG/T 2213-2023"

    @property
    def name(self) -> str:
        """Name in the contract, which is the function's."""
        return self.run.__name__

    @property
    def purpose(self) -> str:
        """First line of the function's docstring."""
        return (inspect.getdoc(self.run) or "").partition("\n")[0]

    def answer(self, tables: Tables, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Run the check on JSON inputs and return the document of the contract.

        Raise InvalidInputError with every fault of the inputs.
        """
        found = self.run(tables, **self.read(inputs))
        return {
            "check": self.name,
            "clause": self.clause,
            "method": str(found.method or self.method),
            "values": dict(found.values),
            "measures": list(found.measures),
            "missing": list(found.missing),
            "doubts": list(found.doubts),
        }

    def read(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs as the function takes them; raise InvalidInputError with all faults."""
        arguments = _arguments(self.run)
        faults = [
            FieldFault(
                str(key),
                f"no such input of {self.name}: use {', '.join(arguments)}",
                "unknown_key",
            )
            for key in inputs
            if key not in arguments
        ]
        values = {}
        for name, (hint, default) in arguments.items():
            if name not in inputs:
                if default is inspect.Parameter.empty:
                    faults.append(FieldFault(name, "is missing: give it", "required"))
                continue
            try:
                values[name] = _convert(inputs[name], hint)
            except (TypeError, ValueError) as wrong:
                faults.append(FieldFault(name, str(wrong), "kind"))
        if faults:
            raise InvalidInputError(faults)
        return values

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of the inputs."""
        arguments = _arguments(self.run)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "description": f"{self.purpose} ({self.source}, {self.clause})",
            "type": "object",
            "additionalProperties": False,
            "properties": {name: _schema(hint) for name, (hint, _) in arguments.items()},
            "required": [
                name
                for name, (_, default) in arguments.items()
                if default is inspect.Parameter.empty
            ],
        }


def _arguments(function: Callable[..., Answer]) -> dict[str, tuple[Any, Any]]:
    hints = get_type_hints(function, include_extras=True)
    return {
        name: (hints[name], parameter.default)
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


def _convert(value: Any, hint: Any) -> Any:
    """Return a JSON value as the type an argument declares; raise ValueError saying what fits."""
    if get_origin(hint) in (Union, UnionType):
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is Annotated:
        kind, least = get_args(hint)
        return least.held(_convert(value, kind))
    if get_origin(hint) is Literal:
        return _one_of(value, get_args(hint))
    if get_origin(hint) in (Sequence, tuple):
        return _sequence(value, get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(_one_of(value, tuple(map(str, hint))))
    if is_dataclass(hint):
        return _record(value, hint)
    return _plain(value, hint)


def _record(value: Any, kind: Any) -> Any:
    """Return a JSON object as a record of the type; raise ValueError naming the field."""
    if not isinstance(value, Mapping):
        raise TypeError(f"'{value}' must be an object")
    known = _fields(kind)
    strange = [str(key) for key in value if key not in known]
    missing = [name for name, (_, needed) in known.items() if needed and name not in value]
    if strange or missing:
        wrong = [f"{name}: no such field" for name in strange]
        wrong += [f"{name}: is missing" for name in missing]
        raise ValueError("; ".join(wrong))
    values = {}
    for name in value:
        try:
            values[name] = _convert(value[name], known[name][0])
        except (TypeError, ValueError) as wrong_value:
            raise ValueError(f"{name}: {wrong_value}") from wrong_value
    return kind(**values)


def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Return type and need of every field of a record."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        one.name: (hints[one.name], one.default is MISSING and one.default_factory is MISSING)
        for one in fields(kind)
    }


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if isinstance(value, bool) or value not in known:
        raise ValueError(f"'{value}' is unknown: use one of {', '.join(map(str, known))}")
    return value


def _sequence(value: Any, kind: Any) -> tuple[Any, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TypeError(f"'{value}' must be a list")
    return tuple(_convert(one, kind) for one in value)


def _plain(value: Any, kind: Any) -> Any:
    if kind is float:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise ValueError(f"'{value}' must be a number")
        return float(value)
    if kind is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value) is not kind:
        raise ValueError(f"'{value}' must be of the kind {_JSON_TYPES[kind]}")
    return value


def _schema(hint: Any) -> dict[str, Any]:
    if get_origin(hint) in (Union, UnionType):
        inner = next(one for one in get_args(hint) if one is not NoneType)
        return {"anyOf": [_schema(inner), {"type": "null"}]}
    if get_origin(hint) is Annotated:
        kind, least = get_args(hint)
        return {**_schema(kind), **least.schema()}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) in (Sequence, tuple):
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [str(one) for one in hint]}
    if is_dataclass(hint):
        known = _fields(hint)
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: _schema(kind) for name, (kind, _) in known.items()},
            "required": [name for name, (_, needed) in known.items() if needed],
        }
    return {"type": _JSON_TYPES[hint]}
