"""Read a file of restrictions: JSON as the commands write it, every fault by number and field."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from road_data.restrictions import RestrictionRecord
from road_data.surveys.restricting import BOTH, DOWN, UP, placed
from road_data.surveys.rows import Bundle
from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.network.attributes import EDGE_LIMITS
from transport.network.closures import RestrictionKind, read_weekly, read_yearly
from transport.network.graph import RoadNetwork

_NEEDED = ("id", "kind", "where", "reason", "issued_by")
_KNOWN = {one.name for one in fields(RestrictionRecord)}
_PLACES = ("road", "at", "structure", "county")
_LIMITS = {kind.value for kind in EDGE_LIMITS}
_POINT = 2


def read_restriction_file(path: Path) -> tuple[RestrictionRecord, ...]:
    """Return the restrictions of a file, without edges.

    Raises NotFoundError for a missing file and InvalidInputError with every fault in it.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))["restrictions"]
        listed = list(given) if isinstance(given, list) else None
    except FileNotFoundError as fault:
        raise NotFoundError(f"{path}: no such file; give a file of restrictions") from fault
    except json.JSONDecodeError as fault:
        where = f"{path.name}:{fault.lineno}:{fault.colno}"
        raise InvalidInputError([FieldFault(where, f"is no JSON ({fault.msg})", "json")]) from fault
    except (OSError, UnicodeDecodeError, KeyError, TypeError) as fault:
        raise _no_restrictions(path) from fault
    if not listed:
        raise _no_restrictions(path)
    faults = [
        FieldFault(f"{path.name}:{number}:{name}", message, "restriction")
        for number, one in enumerate(listed, start=1)
        for name, message in _faults(one, [other.get("id") for other in listed[: number - 1]
                                           if isinstance(other, Mapping)])
    ]  # fmt: skip
    if faults:
        raise InvalidInputError(faults)
    return tuple(RestrictionRecord(**{**one, "edges": (), "spans": ()}) for one in listed)


def place_all(
    network: RoadNetwork, bundle: Bundle, given: Sequence[RestrictionRecord], name: str
) -> Iterator[RestrictionRecord]:
    """Yield restrictions with their edges; raises InvalidInputError for all without a road."""
    faults: list[FieldFault] = []
    found = []
    for number, record in enumerate(given, start=1):
        try:
            found.append(placed(network, bundle, record))
        except InvalidInputError as fault:
            faults += [replace(one, field=f"{name}:{number}:{one.field}") for one in fault.faults]
    if faults:
        raise InvalidInputError(faults)
    yield from found


def _no_restrictions(path: Path) -> InvalidInputError:
    text = f"{path.name} holds no restrictions; write 'dajian network restrictions export' again"
    return InvalidInputError([FieldFault(path.name, text, "restrictions_file")])


def _faults(one: Any, ids: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of one restriction that are wrong, with the reason."""
    if not isinstance(one, Mapping):
        yield "", "is no restriction"
        return
    yield from ((name, "no field of a restriction") for name in one if name not in _KNOWN)
    yield from ((name, "may not be empty") for name in _NEEDED if not one.get(name))
    if one.get("id") in ids:
        yield "id", f"'{one['id']}' stands there twice"
    for name, read in _READERS.items():
        try:
            if name in one and one[name] != "":
                read(one[name])
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            yield name, str(fault)
    if not one.get("closed") and not one.get("limits") and not one.get("lanes"):
        yield "closed", "neither closed nor limits nor lanes"


def _instant(text: Any) -> None:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError(f"'{text}' has no offset; write 2026-05-11T08:00+08:00")


def _limits(limits: Any) -> None:
    for name, value in limits.items():
        if name not in _LIMITS:
            raise ValueError(f"'{name}' is none of {', '.join(sorted(_LIMITS))}")
        if not 0 < float(value) < math.inf:
            raise ValueError(f"{name} must be a number above 0")


def _place(where: Any) -> None:
    if sum(name in where for name in _PLACES) != 1:
        raise ValueError(f"name the place in exactly one way: {', '.join(_PLACES)}")
    for name in ("at", "to_at"):
        point = [float(part) for part in where.get(name, (0, 0))]
        if len(point) != _POINT or not all(map(math.isfinite, point)):
            raise ValueError(f"'{name}' is no coordinate")
    if ("from_km" in where) != ("to_km" in where):
        raise ValueError("give from_km and to_km")
    if "from_km" in where and not 0 <= float(where["from_km"]) < float(where["to_km"]):
        raise ValueError("to_km must be larger than from_km")


def _one_of(*words: str) -> Callable[[Any], None]:
    def read(text: Any) -> None:
        if text not in words:
            raise ValueError(f"'{text}' is none of {', '.join(words)}")

    return read


def _flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"'{value}' is neither true nor false")  # noqa: TRY004 - a fault of a file


def _text(value: Any) -> None:
    if not isinstance(value, str):
        raise ValueError(f"'{value}' is no text")  # noqa: TRY004 - a fault of a file


_READERS: Mapping[str, Callable[[Any], object]] = {
    "id": _text,
    "kind": _one_of(*(kind.value for kind in RestrictionKind)),
    "where": _place,
    "reason": _text,
    "issued_by": _text,
    "direction": _one_of(BOTH, UP, DOWN),
    "lanes": _text,
    "closed": _flag,
    "limits": _limits,
    "hard": _flag,
    "from_at": _instant,
    "to_at": _instant,
    "yearly": read_yearly,
    "weekly": read_weekly,
    "recorded_at": _text,
}
