"""The catalogue: building components, vehicles and frames described as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, TypeVar

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.combination import Coupling, Jeep, Suspension, Tractor, Trailer
from transport.vehicles.component import Component
from transport.vehicles.component_faults import component_faults
from transport.vehicles.frames import Frame
from transport.vehicles.reading_items import read_item
from transport.vehicles.transport import TrailerKind

Item = TypeVar("Item", Component, Tractor, Trailer, Jeep, Frame)
_LEAST_CIRCUITS = 3
_LOW_BED_FILES, _HYDRAULIC_FILES = 2, 4


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Pieces, units and frames by code, in the order of the files.

    A truck is a tractor with a deck of its own.
    """

    components: Mapping[str, Component]
    tractors: Mapping[str, Tractor]
    trailers: Mapping[str, Trailer]
    trucks: Mapping[str, Tractor] = field(default_factory=dict)
    jeeps: Mapping[str, Jeep] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)


PARTS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "components": Component,
        "tractors": Tractor,
        "trailers": Trailer,
        "trucks": Tractor,
        "jeeps": Jeep,
        "frames": Frame,
    }
)


def describe_catalogue(document: Mapping[str, Any], file: str = "") -> Catalogue:
    """Return the catalogue that a document describes; raise InvalidInputError with every fault."""
    return describe_catalogues({file: document})


def describe_catalogues(documents: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """Return the catalogue that several files describe together.

    Raise InvalidInputError with every fault, each named by file and key, also for a code that two
    files give.
    """
    faults: list[FieldFault] = []
    found: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for file, document in documents.items():
        before = f"{file}: " if file else ""
        for part, entries in document.items():
            kind = PARTS.get(part)
            if kind is None or not isinstance(entries, Mapping):
                message = f"unknown part of the catalogue: write one of {', '.join(PARTS)}"
                faults.append(FieldFault(f"{before}{part}", message, "unknown_key"))
                continue
            _read_part(found[part], kind, entries, f"{before}{part}", faults)
    _check_frames(found, faults)
    if faults:
        raise InvalidInputError(faults)
    return Catalogue(**{part: MappingProxyType(items) for part, items in found.items()})


def _read_part(
    found: dict[str, Any],
    kind: type[Any],
    entries: Mapping[str, Any],
    where: str,
    faults: list[FieldFault],
) -> None:
    for code, given in entries.items():
        place = f"{where}.{code}"
        if not isinstance(given, Mapping):
            faults.append(FieldFault(place, "must be an object with fields of its own", "object"))
            continue
        if code in found:
            faults.append(FieldFault(place, "this code is given twice", "duplicate"))
            continue
        try:
            item = describe_item(kind, str(code), given, place)
        except InvalidInputError as wrong:
            faults.extend(wrong.faults)
            continue
        if where.endswith("trucks") and item.deck is None:
            faults.append(FieldFault(f"{place}.deck", "is missing: a truck needs one", "required"))
        found[str(code)] = item


def _check_frames(found: Mapping[str, Mapping[str, Any]], faults: list[FieldFault]) -> None:
    for code, piece in found["components"].items():
        if piece.frame and piece.frame not in found["frames"]:
            message = f"no frame '{piece.frame}' in the catalogue: add it, or correct the code"
            faults.append(FieldFault(f"components.{code}.frame", message, "not_a_choice"))


def describe_item(kind: type[Item], code: str, given: Mapping[str, Any], where: str) -> Item:
    """Return one component, vehicle unit or frame; `where` names it in faults."""
    faults: list[FieldFault] = []
    item: Item | None = read_item(kind, {**given, "code": code}, where, faults)
    if item is None or faults:
        raise InvalidInputError(faults)
    faults += [
        FieldFault(f"{where}.{name}", message, "contradiction")
        for name, message in _contradictions(item)
    ]
    if faults:
        raise InvalidInputError(faults)
    return item


def item_as_json(item: Component | Tractor | Trailer | Jeep | Frame) -> dict[str, Any]:
    """Return the object of the file form that describes an item; unstated fields are left out."""
    return {
        one.name: _plain(getattr(item, one.name))
        for one in fields(item)
        if one.name != "code" and getattr(item, one.name) != one.default
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _contradictions(item: Any) -> list[tuple[str, str]]:
    """Say which fields of one item cannot stand together."""
    if isinstance(item, Tractor):
        return _tractor_faults(item)
    if isinstance(item, Trailer):
        return _trailer_faults(item)
    if isinstance(item, Component):
        return [(_place_of(one.field), one.message) for one in component_faults(item)]
    return []


def _place_of(field: str) -> str:
    """Return where a field of a component stands in its description."""
    return f"measured.{field}" if field.startswith("tolerance") else field


def _tractor_faults(item: Tractor) -> list[tuple[str, str]]:
    found = []
    if item.drive_axles >= item.axle_count:
        found.append(("drive_axles", f"leave one of {item.axle_count} axles to steer"))
    elif item.deck is None and item.kingpin_m > item.positions_m[-1] + 1.0:
        found.append(("kingpin_m", "the fifth wheel stands above or in front of the last axle"))
    return found


def _trailer_faults(item: Trailer) -> list[tuple[str, str]]:
    found = []
    if item.longest_deck_m < item.deck_length_m:
        found.append(("longest_deck_m", f"is shorter than deck_length_m = {item.deck_length_m:g}"))
    if item.kingpin_m < 0 and item.coupling is not Coupling.DRAWBAR:
        found.append(("kingpin_m", "only a drawbar trailer's deck begins behind its coupling"))
    most = _HYDRAULIC_FILES if item.kind is TrailerKind.HYDRAULIC else _LOW_BED_FILES
    if not 1 <= item.axles_per_line <= most:
        message = f"a line of this kind has one axle, or up to {most} side by side"
        found.append(("axles_per_line", message))
    if item.axles_per_line > 1 and item.kind is TrailerKind.SPECIAL:
        message = "two axles on a line belong to kind: hydraulic or low_bed"
        found.append(("axles_per_line", message))
    if item.suspension is Suspension.HYDRAULIC and item.coupling is Coupling.DRAWBAR:
        if item.circuits not in (_LEAST_CIRCUITS, _LEAST_CIRCUITS + 1):
            found.append(("circuits", "a full hydraulic trailer stands on 3 or 4 circuits"))
        elif not 0 < item.front_lines < item.axle_count:
            found.append(("front_lines", f"must leave some of {item.axle_count} lines behind"))
    return found
