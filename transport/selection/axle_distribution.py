"""The check `axle_distribution`: axle loads of a load at a place, and the use of every limit.

It computes and refuses nothing for being too heavy; only what would lift a kingpin or an axle, or
cannot be read, is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from transport.errors import FieldFault, InvalidInputError
from transport.regulations.law import Law
from transport.selection.limits import axle_caps_on
from transport.selection.load_position import Line
from transport.selection.straight_lines import LoadLines, shares_of
from transport.vehicles.arranging import Arrangement, stack
from transport.vehicles.beds import Bed, bed_of, middle_of_girder_m, usual_middle_m
from transport.vehicles.catalogue import Catalogue, describe_item
from transport.vehicles.combination import Combination, Coupling, Jeep, Tractor, Trailer
from transport.vehicles.component import Component
from transport.vehicles.item_schema import schema_of
from transport.vehicles.loading_faults import lifting_faults
from transport.vehicles.placed_axles import utilisations
from transport.vehicles.reading_fields import FieldReader
from transport.vehicles.statics import PointMass, Reactions, carry, positions_of
from transport.vehicles.transport import Material, TrailerKind

NAME = "axle_distribution"
CLAUSE = "statics; caps of R62 art. 17"
_KEYS = ("tractor", "jeep", "trailer", "load", "component", "load_position_m", "pulled_out_m")
_LOAD_KEYS = (
    "mass_t",
    "length_m",
    "centre_along_m",
    "centre_across_m",
    "centre_of_gravity_m",
    "position_m",
)
_NAMES: dict[str, Any] = {"name_zh": "", "name_en": ""}
# What statics does not ask for: a description may leave it out.
_UNASKED: Mapping[str, Mapping[str, Any]] = {
    "tractor": {"width_m": 2.5, "height_m": 3.7, "front_m": 1.4},
    "trailer": {"kind": "low_bed", "width_m": 3.0, "deck_height_m": 1.0, "payload_t": 1500.0},
    "jeep": {"carries_t": 1500.0},
    "component": {"material": "precast", "width_m": 1.0, "height_m": 1.0},
}
_NO_LIMIT_T = 1500.0
_PLACES = 4
Unit = TypeVar("Unit", Tractor, Trailer, Jeep, Component)


@dataclass(frozen=True, slots=True)
class _Load:
    """A load as far as statics needs it.

    `ahead_m` is how far its centre lies before its middle, `centre_m` where it lies behind the
    kingpin, if that was given.
    """

    mass_t: float
    length_m: float
    ahead_m: float
    right_m: float
    position_m: float | None
    centre_m: float | None = None
    arrangement: Arrangement | None = None


def axle_distribution(
    given: Mapping[str, Any],
    *,
    catalogue: Catalogue | None = None,
    law: Law | None = None,
    day: date | None = None,
) -> dict[str, Any]:
    """Return `axle_loads_t` front to rear, `kingpin_load_t`, `utilisation` per limit, and more.

    Units are objects of the file form, or codes of the catalogue; a rigid truck is a tractor with
    a deck and no trailer. With a law and a day the caps are among the limits. Raise
    InvalidInputError with every fault.
    """
    reader = FieldReader(given, _KEYS)
    combination = _combination(given, catalogue, reader)
    load = _load(given, reader, combination, catalogue)
    out_m = reader.number("pulled_out_m", 0.0, 60.0, unit="m", required=False)
    at_m = reader.number("load_position_m", -30.0, 80.0, unit="m", required=False)
    if reader.faults or combination is None or load is None:
        raise InvalidInputError(reader.faults)
    trailer = combination.trailer
    if out_m is None:
        out_m = trailer.pulled_out_m(load.length_m) if trailer else 0.0
    bed = bed_of(combination, out_m)
    by_centre_m = None if load.centre_m is None else load.centre_m + load.ahead_m
    wanted = (at_m, load.position_m, by_centre_m)
    middle_m = next((at for at in wanted if at is not None), None)
    if middle_m is None:
        middle_m = _usual_middle(combination, load, bed, out_m)
    mass = PointMass(load.mass_t, middle_m - load.ahead_m, load.right_m)
    reactions = carry(combination, (mass,), out_m)
    faults = list(lifting_faults(reactions))
    if faults:
        raise InvalidInputError(faults)
    shares = _shares(combination, load.mass_t, reactions, out_m, (law, day))
    return _values(combination, reactions, out_m, middle_m, shares, load.mass_t)


def schema() -> dict[str, Any]:
    """Return the JSON schema of the input."""
    code = {"type": "string", "description": "code of the catalogue"}
    number = {"type": "number"}
    load = {
        "type": "object",
        "description": "a load; its centre of gravity is its middle where nothing else is said",
        "properties": {
            "mass_t": number,
            "length_m": {**number, "description": "0 where only its centre matters"},
            "centre_along_m": {**number, "description": "centre of gravity from its front end"},
            "centre_across_m": {**number, "description": "centre of gravity, to the right"},
            "centre_of_gravity_m": {
                **number,
                "description": "centre of gravity behind the kingpin, instead of its place",
            },
            "position_m": {**number, "description": "as load_position_m"},
        },
        "required": ["mass_t"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": NAME,
        "type": "object",
        "properties": {
            "tractor": {"anyOf": [_asked("tractor", Tractor), code]},
            "jeep": {"anyOf": [_asked("jeep", Jeep), code]},
            "trailer": {"anyOf": [_asked("trailer", Trailer), code]},
            "load": load,
            "component": {"anyOf": [_asked("component", Component), code]},
            "load_position_m": {
                **number,
                "description": "kingpin (drawbar eye; first axle of a truck) back to its middle",
            },
            "pulled_out_m": {**number, "description": "how far the deck is pulled out"},
        },
        "required": ["tractor"],
        "anyOf": [{"required": ["load"]}, {"required": ["component"]}],
        "additionalProperties": False,
    }


def _asked(name: str, kind: type[Any]) -> dict[str, Any]:
    """Return the schema of a unit without the fields that statics can do without."""
    found = schema_of(kind)
    spared = {*_UNASKED[name], *({"longest_deck_m"} if name == "trailer" else ())}
    found["required"] = [one for one in found["required"] if one not in spared]
    return found


def _combination(
    given: Mapping[str, Any], catalogue: Catalogue | None, reader: FieldReader
) -> Combination | None:
    known = catalogue or Catalogue({}, {}, {})
    tractors = {**known.tractors, **known.trucks}
    tractor = _unit(Tractor, "tractor", given, tractors, reader)
    trailer = _unit(Trailer, "trailer", given, known.trailers, reader)
    jeep = _unit(Jeep, "jeep", given, known.jeeps, reader)
    if given.get("tractor") is None:
        reader.fault("tractor", "is missing", "required")
    elif tractor and trailer is None and given.get("trailer") is None and tractor.deck is None:
        message = "is missing: only a truck with a deck carries without one"
        reader.fault("trailer", message, "required")
    return None if tractor is None or reader.faults else Combination(tractor, trailer, jeep)


def _unit(
    kind: type[Unit],
    name: str,
    given: Mapping[str, Any],
    known: Mapping[str, Unit],
    reader: FieldReader,
) -> Unit | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        if value not in known:
            reader.fault(name, f"'{value}' is not in the catalogue", "not_a_choice")
        return known.get(value)
    if not isinstance(value, Mapping):
        reader.fault(name, "must be an object, or a code of the catalogue", "object")
        return None
    full = {**_NAMES, **_UNASKED[name], **value}
    if name == "trailer" and "deck_length_m" in full:
        full.setdefault("longest_deck_m", full["deck_length_m"])
    try:
        return describe_item(kind, name, full, name)
    except InvalidInputError as wrong:
        reader.faults += wrong.faults
        return None


def _load(
    given: Mapping[str, Any],
    reader: FieldReader,
    combination: Combination | None,
    catalogue: Catalogue | None,
) -> _Load | None:
    if given.get("load") is not None and given.get("component") is not None:
        reader.fault("load", "give a load or a component, not both", "load_or_component")
        return None
    if given.get("component") is not None:
        known = catalogue.components if catalogue else {}
        piece = _unit(Component, "component", given, known, reader)
        return None if piece is None else _load_of_piece(piece)
    inner = reader.object("load")
    if inner is None:
        if not reader.faults:
            reader.fault("load", "is missing: describe the load, or a component", "required")
        return None
    fields = FieldReader(inner, _LOAD_KEYS)
    mass_t = fields.number("mass_t", 0.001, 1500.0, unit="t")
    length_m = fields.number("length_m", 0.0, 150.0, unit="m", required=False) or 0.0
    along_m = fields.number("centre_along_m", 0.0, 150.0, unit="m", required=False)
    right_m = fields.number("centre_across_m", -5.0, 5.0, unit="m", required=False) or 0.0
    position_m = fields.number("position_m", -30.0, 80.0, unit="m", required=False)
    centre_m = fields.number("centre_of_gravity_m", -30.0, 80.0, unit="m", required=False)
    reader.faults += [
        FieldFault(f"load.{one.field}", one.message, one.code, one.params) for one in fields.faults
    ]
    if mass_t is None or fields.faults:
        return None
    ahead_m = 0.0 if along_m is None else length_m / 2 - along_m
    plain = _stand_in(combination, length_m)
    return _Load(mass_t, length_m, ahead_m, right_m, position_m, centre_m, plain)


def _stand_in(combination: Combination | None, length_m: float) -> Arrangement | None:
    """Return a plain piece of this length, for the place between two bolsters."""
    if combination is None or length_m <= 0:
        return None
    piece = Component("load", "", "", Material.PRECAST, length_m, 1.0, 1.0, 1.0)
    return stack(piece)


def _load_of_piece(piece: Component) -> _Load:
    arrangement = stack(piece)
    back_m, right_m, _ = arrangement.centre_m
    return _Load(piece.mass_t, piece.length_m, -back_m, right_m, None, arrangement=arrangement)


def _usual_middle(combination: Combination, load: _Load, bed: Bed, out_m: float) -> float:
    trailer = combination.trailer
    if trailer is not None and trailer.coupling is Coupling.BOLSTERS and load.arrangement:
        return middle_of_girder_m(trailer, load.arrangement, out_m)
    return usual_middle_m(bed, load.length_m)


def _shares(
    combination: Combination,
    cargo_t: float,
    reactions: Reactions,
    out_m: float,
    when: tuple[Law | None, date | None],
) -> dict[str, float]:
    """Share of every limit, the largest where several axles share its name."""
    found = {
        one.limit: one.share
        for one in utilisations(combination, cargo_t, reactions, out_m)
        if one.limit_t < _NO_LIMIT_T
    }
    law, day = when
    if law is None or day is None:
        return found
    caps = axle_caps_on(law, day)
    trailer = combination.trailer
    kind = trailer.kind if trailer else TrailerKind.NONE
    still = [Line(load, 0.0) for load in reactions.trailer_t]
    lines = LoadLines(
        Line(reactions.tractor_t[0], 0.0),
        Line(reactions.tractor_t[-1], 0.0),
        Line(reactions.jeep_t[0], 0.0) if reactions.jeep_t else None,
        tuple(still),
        Line(sum(reactions.trailer_t) / len(still), 0.0) if still else None,
    )
    for name, most, line in shares_of(combination, lines, caps):
        if most >= _NO_LIMIT_T:
            continue
        found[name] = max(found.get(name, 0.0), line.start / most)
    if kind not in (TrailerKind.HYDRAULIC, TrailerKind.SPECIAL):
        per_line = trailer.axles_per_line if trailer else 1
        axles = len(reactions.axle_loads_t) + len(reactions.trailer_t) * (per_line - 1)
        found["flatbed_average_t"] = sum(reactions.axle_loads_t) / axles / caps.flatbed_average_t
    return found


def _values(
    combination: Combination,
    reactions: Reactions,
    out_m: float,
    middle_m: float,
    shares: Mapping[str, float],
    cargo_t: float,
) -> dict[str, Any]:
    trailer = combination.trailer
    governs = max(shares, key=lambda name: shares[name], default=None)
    values: dict[str, Any] = {
        "axle_loads_t": [round(load, _PLACES) for load in reactions.axle_loads_t],
        "kingpin_load_t": None if trailer is None else round(reactions.kingpin_t, _PLACES),
        "utilisation": {name: round(share, _PLACES) for name, share in shares.items()},
        "governs": governs,
        "gross_mass_t": round(combination.kerb_mass_t + cargo_t, _PLACES),
        "axle_positions_m": [round(at, 3) for at in positions_of(combination, out_m)],
        "load_position_m": round(middle_m, 3),
        "pulled_out_m": round(out_m, 3),
        "tractor_coupling_t": round(reactions.tractor_coupling_t, _PLACES),
    }
    if trailer is not None:
        values["trailer_axles_t"] = [
            round(load / trailer.axles_per_line, _PLACES) for load in reactions.trailer_t
        ]
        values["half_sets_t"] = {
            "left": [round(load, _PLACES) for load in reactions.halves.left_t],
            "right": [round(load, _PLACES) for load in reactions.halves.right_t],
        }
    return values
