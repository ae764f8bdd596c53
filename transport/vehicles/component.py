"""The building component: one indivisible piece as it leaves the factory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.vehicles.transport import Material


class Orientation(StrEnum):
    """How a piece lies on the deck; the piece's own length stays along the vehicle."""

    AS_MADE = "as_made"
    ON_EDGE = "on_edge"


@dataclass(frozen=True, slots=True)
class Component:
    """A piece: sizes in metres as made, mass in tonnes.

    `may_turn` allows laying it on its side (width and height change places).
    """

    code: str
    name_zh: str
    name_en: str
    material: Material
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    may_turn: bool = False

    def size_m(self, orientation: Orientation) -> tuple[float, float]:
        """Return width and height of the piece in an orientation."""
        if orientation is Orientation.ON_EDGE:
            return self.height_m, self.width_m
        return self.width_m, self.height_m
