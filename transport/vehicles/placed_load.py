"""The placed load: pieces and frames on a combination, with everything a drawing shows of them.

Lengths run from the nose of the vehicle back, widths from its middle line to the right, heights
from the ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.vehicles.combination import Combination
from transport.vehicles.component import Component, Orientation
from transport.vehicles.frames import Frame
from transport.vehicles.transport import Transport


class Unit(StrEnum):
    """Which unit of a combination."""

    TRACTOR = "tractor"
    JEEP = "jeep"
    TRAILER = "trailer"


class UnitState(StrEnum):
    """Whether an extendable trailer is pulled out."""

    RETRACTED = "retracted"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Box:
    """A cuboid on the vehicle: from nose back, from the middle line right, from the ground up."""

    front_m: float
    rear_m: float
    left_m: float
    right_m: float
    bottom_m: float
    top_m: float

    @property
    def length_m(self) -> float:
        """Length."""
        return self.rear_m - self.front_m

    @property
    def width_m(self) -> float:
        """Width."""
        return self.right_m - self.left_m

    @property
    def height_m(self) -> float:
        """Height."""
        return self.top_m - self.bottom_m


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the vehicle: from nose back, right of the middle line, above the ground."""

    back_m: float
    right_m: float
    up_m: float


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """One piece on the deck; `layer` 0 lies on the deck or frame, `supports_m` from the nose."""

    component: Component
    orientation: Orientation
    layer: int
    box: Box
    centre: Point
    supports_m: tuple[float, ...] = ()
    lean_deg: float = 90.0


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A frame or packaging on the deck."""

    frame: Frame
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedAxle:
    """One axle, or one line of a hydraulic trailer of `axles` axles, front to rear.

    `left_t` and `right_t` are what its halves carry.
    """

    unit: Unit
    back_m: float
    load_t: float
    tyres: int
    axles: int
    track_m: float
    is_driven: bool
    is_steered: bool
    left_t: float
    right_t: float

    @property
    def per_axle_t(self) -> float:
        """Load of one axle of the line in tonnes."""
        return self.load_t / self.axles


@dataclass(frozen=True, slots=True)
class Overhangs:
    """How far the load sticks out of the deck; negative where the deck is longer or wider."""

    front_m: float
    rear_m: float
    left_m: float
    right_m: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """Overall size on the road; `largest_…` adds the tolerance of whoever measured the piece.

    The front and rear projections are what the load sticks out beyond the vehicle itself.
    """

    length_m: float
    width_m: float
    height_m: float
    tolerance_m: float
    front_projection_m: float
    rear_projection_m: float

    @property
    def largest_length_m(self) -> float:
        """Length with its tolerance."""
        return round(self.length_m + self.tolerance_m, 3)

    @property
    def largest_width_m(self) -> float:
        """Width with its tolerance."""
        return round(self.width_m + self.tolerance_m, 3)

    @property
    def largest_height_m(self) -> float:
        """Height with its tolerance."""
        return round(self.height_m + self.tolerance_m, 3)


@dataclass(frozen=True, slots=True)
class Utilisation:
    """How much of a limit is used: `share` = value / limit, above 1 where it is exceeded."""

    limit: str
    value_t: float
    limit_t: float

    @property
    def share(self) -> float:
        """Share of the limit that is used."""
        return self.value_t / self.limit_t


@dataclass(frozen=True, slots=True)
class PlacedLoad:
    """A combination with its load: what stands where, axle loads, size, and the transport.

    `middle_m` is the distance from the kingpin (of a rigid truck: the first axle) back to the
    middle of the load. `utilisations` holds what the makers allow; the law's limits are judged by
    `transport.selection`. `deck` is the deck's box, None between bolsters.
    """

    combination: Combination
    state: UnitState
    pulled_out_m: float
    middle_m: float
    pieces: tuple[PlacedPiece, ...]
    frames: tuple[PlacedFrame, ...]
    deck: Box | None
    tractor: Box
    axles: tuple[PlacedAxle, ...]
    kingpin_at_m: float | None
    kingpin_load_t: float
    tractor_coupling_t: float
    cargo_t: float
    cargo_centre: Point | None
    overhangs: Overhangs | None
    envelope: Envelope
    utilisations: tuple[Utilisation, ...]
    transport: Transport

    @property
    def deck_range_heights_m(self) -> tuple[float, float] | None:
        """Return the overall height with a hydraulic deck let down and lifted, None without one.

        The load travels at the usual height; let down it passes a low place at walking pace.
        """
        trailer = self.combination.trailer
        if trailer is None or trailer.least_deck_m is None or trailer.most_deck_m is None:
            return None
        tops = [piece.box.top_m for piece in self.pieces]
        tops += [frame.box.top_m for frame in self.frames]
        tops = tops or [trailer.deck_height_m]
        least, most = (
            max(self.combination.tractor.height_m, max(tops) + deck_m - trailer.deck_height_m)
            for deck_m in (trailer.least_deck_m, trailer.most_deck_m)
        )
        return round(least, 3), round(most, 3)
