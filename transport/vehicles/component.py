"""The building component: one piece as it leaves the factory, and how it may be carried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import cos, radians, sin
from typing import Self

from transport.vehicles.measurement import AS_DRAWN, Measurement
from transport.vehicles.transport import Material

_LEAN_DEG = 80.0  # walls stand at least this steep on an A-frame (JGJ 1 practice)


class Orientation(StrEnum):
    """How a piece lies on the deck; the piece's own length stays along the vehicle."""

    AS_MADE = "as_made"  # flat, as the sizes say
    ON_EDGE = "on_edge"  # width and height change places
    UPRIGHT = "upright"  # stands on its long edge and leans on an A-frame, or in a slot rack

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("as_made") if value == "flat" else None


class Family(StrEnum):
    """What kind of piece it is; groups the catalogue and says what it is carried like."""

    SLAB = "slab"
    STAIR = "stair"
    WALL = "wall"
    BEAM = "beam"
    COLUMN = "column"
    GIRDER = "girder"
    GIRDER_SEGMENT = "girder_segment"
    TUNNEL_SEGMENT = "tunnel_segment"
    MODULE = "module"
    HOUSE = "house"
    TRUSS = "truss"
    PART = "part"


class Divisibility(StrEnum):
    """Why a piece cannot be taken apart for the road, or that it can (R62 art. 11)."""

    CAST_IN_ONE = "cast_in_one"
    PRESTRESSED = "prestressed"
    WELDED = "welded"
    GLUED = "glued"
    FITTED_OUT = "fitted_out"  # a module with its inside finished in the factory
    JOINT_WEAKENS = "joint_weakens"  # the design allows no joint
    BOLTED = "bolted"
    LOOSE_PARTS = "loose_parts"

    @property
    def is_indivisible(self) -> bool:
        """Whether taking it apart would damage it or be out of proportion."""
        return self not in {Divisibility.BOLTED, Divisibility.LOOSE_PARTS}


@dataclass(frozen=True, slots=True)
class Component:
    """A piece: sizes in metres as made, mass in tonnes.

    `may_turn` allows laying it on its side (width and height change places), `may_stand` carrying
    it upright on a frame. `carries_itself` lets it be the frame between two bogies. `supports_m`
    are the places to support it, from its front end; `centre_along_m` lies from its front end,
    `centre_across_m` to the right of its middle, `centre_up_m` above its underside, all as made;
    None means uniform. `most_layers` is how many may lie one on top of the other.
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
    may_stand: bool = False
    carries_itself: bool = False
    family: Family = Family.PART
    divisibility: Divisibility = Divisibility.CAST_IN_ONE
    supports_m: tuple[float, ...] = ()
    centre_along_m: float | None = None
    centre_across_m: float = 0.0
    centre_up_m: float | None = None
    most_layers: int | None = None
    frame: str = ""
    measured: Measurement = AS_DRAWN

    @property
    def orientations(self) -> tuple[Orientation, ...]:
        """Return how it may lie, as made first."""
        turned = (Orientation.ON_EDGE,) if self.may_turn else ()
        return (Orientation.AS_MADE, *turned, *((Orientation.UPRIGHT,) if self.may_stand else ()))

    @property
    def is_indivisible(self) -> bool:
        """Whether it is one indivisible piece."""
        return self.divisibility.is_indivisible

    def size_m(self, orientation: Orientation, lean_deg: float = _LEAN_DEG) -> tuple[float, float]:
        """Return width and height of the piece in an orientation.

        Upright means leaning at `lean_deg` to the deck; 90 is straight up, as in a slot rack.
        """
        if orientation is Orientation.ON_EDGE:
            return self.height_m, self.width_m
        if orientation is Orientation.UPRIGHT:
            thick, tall = sorted((self.width_m, self.height_m))
            lean = radians(lean_deg)
            return (
                round(tall * cos(lean) + thick * sin(lean), 3),
                round(tall * sin(lean) + thick * cos(lean), 3),
            )
        return self.width_m, self.height_m

    def centre_m(
        self, orientation: Orientation, lean_deg: float = _LEAN_DEG
    ) -> tuple[float, float, float]:
        """Return the centre of gravity: along from the front end, right of the middle, up.

        A turned piece lies on what was its right side, so what was to the right is below.
        """
        along = self.length_m / 2 if self.centre_along_m is None else self.centre_along_m
        up = self.height_m / 2 if self.centre_up_m is None else self.centre_up_m
        if orientation is Orientation.AS_MADE:
            return along, self.centre_across_m, up
        turned_up = self.width_m / 2 - self.centre_across_m
        turned_across = up - self.height_m / 2
        if orientation is Orientation.ON_EDGE:
            return along, turned_across, turned_up
        return along, *self._leaning_centre(turned_up, up, radians(lean_deg))

    def _leaning_centre(self, turned_up: float, up: float, lean: float) -> tuple[float, float]:
        """Centre of an upright piece whose top leans to the right."""
        cast_flat = self.width_m >= self.height_m
        thick, tall = sorted((self.width_m, self.height_m))
        along_tall = turned_up if cast_flat else up
        through = up if cast_flat else turned_up
        width_m = tall * cos(lean) + thick * sin(lean)
        across = along_tall * cos(lean) + through * sin(lean) - width_m / 2
        return across, along_tall * sin(lean) + (thick - through) * cos(lean)
