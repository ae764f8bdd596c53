"""The check `selection`: a component to its ranked lawful combinations, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.regulations.law import Law
from transport.selection.arrangements import arrangements_of
from transport.selection.choice import Choice, Refusal
from transport.selection.choosing import select
from transport.selection.combinations import combinations_of
from transport.selection.limits import uses_of
from transport.vehicles.arranging import Arrangement
from transport.vehicles.catalogue import Catalogue, describe_item
from transport.vehicles.component import Component
from transport.vehicles.item_schema import schema_of
from transport.vehicles.reading_fields import FieldReader

NAME = "selection"
CLAUSE = "R62 art. 3, 11, 15, 17"
_KEYS = ("component", "pieces", "most")
_MOST_PIECES = 40
_MOST_CHOICES = 100
_USUAL_CHOICES = 5
_NAMES = {"name_zh": "", "name_en": ""}


def choose_combinations(
    given: Mapping[str, Any], *, catalogue: Catalogue, law: Law, day: date
) -> dict[str, Any]:
    """Return the best `most` choices with the use of every limit, and all refusals.

    `component` is an object of the file form or a code of the catalogue. Raise InvalidInputError
    with every fault.
    """
    reader = FieldReader(given, _KEYS)
    piece = _piece(given, catalogue, reader)
    pieces = reader.whole("pieces", 1, _MOST_PIECES, default=1)
    most = reader.whole("most", 1, _MOST_CHOICES, default=_USUAL_CHOICES)
    if reader.faults or piece is None:
        raise InvalidInputError(reader.faults)
    ways = arrangements_of(piece, pieces, catalogue.frames)
    found = select(ways, tuple(combinations_of(catalogue)), law, day)
    return {
        "choices": [_choice(one, law, day) for one in found.choices[:most]],
        "lawful": len(found.choices),
        "refused": [_refusal(one) for one in found.refusals],
        "law_as_of": day.isoformat(),
    }


def schema() -> dict[str, Any]:
    """Return the JSON schema of the input."""
    code = {"type": "string", "description": "code of the catalogue"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": NAME,
        "type": "object",
        "properties": {
            "component": {"anyOf": [schema_of(Component), code]},
            "pieces": {"type": "integer", "minimum": 1, "maximum": _MOST_PIECES},
            "most": {"type": "integer", "minimum": 1, "maximum": _MOST_CHOICES},
        },
        "required": ["component"],
        "additionalProperties": False,
    }


def _piece(given: Mapping[str, Any], catalogue: Catalogue, reader: FieldReader) -> Component | None:
    value = given.get("component")
    if isinstance(value, str):
        if value not in catalogue.components:
            reader.fault("component", f"'{value}' is not in the catalogue", "not_a_choice")
        return catalogue.components.get(value)
    if not isinstance(value, Mapping):
        message = "must be an object, or a code of the catalogue"
        reader.fault("component", message, "required")
        return None
    try:
        return describe_item(Component, "component", {**_NAMES, **value}, "component")
    except InvalidInputError as wrong:
        reader.faults += [
            FieldFault(one.field, one.message, one.code, one.params) for one in wrong.faults
        ]
        return None


def _way(arrangement: Arrangement) -> dict[str, Any]:
    return {
        "orientation": str(arrangement.stows[0].orientation),
        "pattern": str(arrangement.pattern),
        "frames": [one.frame.code for one in arrangement.frames],
        "pieces": len(arrangement.stows),
    }


def _choice(choice: Choice, law: Law, day: date) -> dict[str, Any]:
    placed = choice.placed()
    size = choice.envelope
    return {
        "units": list(choice.combination.codes),
        **_way(choice.arrangement),
        "needs_permit": None if choice.rank and choice.category is None else bool(choice.rank),
        "category": choice.category,
        "height_m": size.largest_height_m,
        "width_m": size.largest_width_m,
        "length_m": size.largest_length_m,
        "mass_t": choice.mass_t,
        "load_position_m": round(choice.middle_m, 3),
        "pulled_out_m": round(choice.pulled_out_m, 3),
        "axle_loads_t": [round(load, 3) for load in placed.transport.axle_loads_t],
        "kingpin_load_t": round(placed.kingpin_load_t, 3) if choice.combination.trailer else None,
        "governs": choice.governs,
        "utilisation": [
            {
                "limit": use.limit,
                "source": str(use.source),
                "value_t": round(use.value_t, 3),
                "limit_t": use.limit_t,
                "share": round(use.share, 4),
                "clause": use.clause,
            }
            for use in uses_of(placed, law, day)
        ],
        "may_use_expressways": choice.may_use_expressways,
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "units": list(refusal.combination.codes),
        **_way(refusal.arrangement),
        "reason": refusal.reason,
        "message": refusal.message,
        "value": refusal.value,
        "limit": refusal.limit,
    }
