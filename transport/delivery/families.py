"""Families: parts of equal size, mass and handling, which share every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from transport.delivery.parts import Part
from transport.vehicles.component import Component

_NO_STACK = 1


@dataclass(frozen=True, slots=True)
class PartFamily:
    """Parts that are alike; `piece` is one of them, as heavy as the heaviest."""

    code: str
    piece: Component
    parts: tuple[Part, ...]

    @property
    def pieces(self) -> int:
        """Number of pieces."""
        return sum(one.quantity for one in self.parts)

    @property
    def mass_is_assumed(self) -> bool:
        """Whether nobody has stated the mass of one of its parts."""
        return any(one.mass_from.is_assumed for one in self.parts)


def families_of(
    parts: Iterable[Part], catalogue: Mapping[str, Component]
) -> tuple[PartFamily, ...]:
    """Group parts by equal size (to the millimetre), mass (to 100 kg up) and handling."""
    grouped: dict[tuple[object, ...], list[Part]] = {}
    for part in parts:
        grouped.setdefault(_key(part), []).append(part)
    return tuple(
        PartFamily(f"F{number:02d}", _piece(f"F{number:02d}", alike, catalogue), tuple(alike))
        for number, alike in enumerate(grouped.values(), start=1)
    )


def piece_of(part: Part, catalogue: Mapping[str, Component]) -> Component:
    """Return one piece; what neither row nor catalogue allows is not done with it.

    A piece of which nobody says how many lie on one another is not stacked.
    """
    sizes = part.length_m, part.width_m, part.height_m
    known = catalogue.get(part.kind)
    start = known or Component(
        part.kind or part.number, part.name, part.name, part.material, *sizes, part.mass_t
    )
    layers = part.most_layers or (start.most_layers if known else None) or _NO_STACK
    supports = start.supports_m if all(at <= part.length_m for at in start.supports_m) else ()
    same = known is not None and sizes == (start.length_m, start.width_m, start.height_m)
    return replace(
        start,
        name_zh=part.name,
        name_en=part.name,
        material=part.material,
        length_m=part.length_m,
        width_m=part.width_m,
        height_m=part.height_m,
        mass_t=part.mass_t,
        may_turn=start.may_turn if part.may_turn is None else part.may_turn,
        may_stand=start.may_stand if part.may_stand is None else part.may_stand,
        most_layers=layers,
        supports_m=supports,
        centre_along_m=start.centre_along_m if same else None,
        centre_across_m=start.centre_across_m if same else 0.0,
        centre_up_m=start.centre_up_m if same else None,
    )


def _key(part: Part) -> tuple[object, ...]:
    sizes = (round(one, 3) for one in (part.length_m, part.width_m, part.height_m))
    handling = part.may_turn, part.may_stand, part.most_layers
    return part.material, *sizes, _rounded_up_t(part.mass_t), part.kind, *handling


def _rounded_up_t(mass_t: float) -> float:
    return ceil(round(mass_t * 10, 6)) / 10


def _piece(code: str, alike: list[Part], catalogue: Mapping[str, Component]) -> Component:
    heaviest = max(one.mass_t for one in alike)
    return replace(piece_of(alike[0], catalogue), code=code, mass_t=heaviest)
