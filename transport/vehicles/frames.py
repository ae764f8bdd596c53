"""Frames and packaging that travel with the pieces: A-frames, slot racks, saddles, crates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FrameKind(StrEnum):
    """What a frame does for the pieces."""

    A_FRAME = "a_frame"  # pieces lean on both sides
    SLOT_RACK = "slot_rack"  # pieces stand straight between posts
    SADDLE = "saddle"  # bears a piece from below
    PACKAGING = "packaging"  # crate, film, corner protection


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: sizes in metres, masses in tonnes.

    `bearing_m` is how far it lifts the pieces above the deck; `lean_deg` how steeply they stand on
    it. `middle_m` is the room it takes between the pieces of both sides. `carries_t` is the
    largest mass it bears, None where nobody stated it.
    """

    code: str
    name_zh: str
    name_en: str
    kind: FrameKind
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    bearing_m: float = 0.0
    lean_deg: float = 90.0
    middle_m: float = 0.0
    carries_t: float | None = None
    most_pieces: int | None = None
