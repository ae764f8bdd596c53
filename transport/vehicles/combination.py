"""Tractor and trailer: the units that carry a component, with what statics needs of them."""

from __future__ import annotations

from dataclasses import dataclass

from transport.vehicles.transport import TrailerKind


@dataclass(frozen=True, slots=True)
class Tractor:
    """A tractor: lengths in metres, masses in tonnes.

    `front_m` lies from the nose to the first axle; `spacings_m` between its axles;
    `kingpin_m` from the first axle to the fifth wheel. The last `drive_axles` axles are driven and
    share their load equally.
    """

    code: str
    name_zh: str
    name_en: str
    width_m: float
    height_m: float
    front_m: float
    spacings_m: tuple[float, ...]
    kingpin_m: float
    drive_axles: int
    kerb_front_t: float
    kerb_rear_t: float
    towed_mass_t: float | None = None

    @property
    def axle_count(self) -> int:
        """Number of axles."""
        return len(self.spacings_m) + 1

    @property
    def kerb_mass_t(self) -> float:
        """Mass without trailer."""
        return self.kerb_front_t + self.kerb_rear_t


@dataclass(frozen=True, slots=True)
class Trailer:
    """A semi-trailer: lengths in metres, masses in tonnes.

    `kingpin_m` lies from the front of the deck to the kingpin, `first_axle_m` from the kingpin to
    the first trailer axle, `rear_m` from the last axle to the end. `longest_deck_m` is the deck
    pulled out; the axles move back with it. `payload_t` is what the maker allows.
    A load may stick out `overhang_m` behind the deck.
    `inside_width_m` is set where the load stands between frames and cannot stick out.
    """

    code: str
    name_zh: str
    name_en: str
    kind: TrailerKind
    deck_length_m: float
    longest_deck_m: float
    width_m: float
    deck_height_m: float
    kingpin_m: float
    first_axle_m: float
    spacings_m: tuple[float, ...]
    kerb_mass_t: float
    payload_t: float
    axles_per_line: int = 1
    inside_width_m: float | None = None
    overhang_m: float = 3.0

    @property
    def axle_count(self) -> int:
        """Number of axles, or lines of a hydraulic trailer."""
        return len(self.spacings_m) + 1

    def pulled_out_m(self, load_length_m: float) -> float:
        """How far the deck is pulled out for a load, 0 where it fits or cannot be."""
        return min(
            max(load_length_m - self.deck_length_m, 0.0), self.longest_deck_m - self.deck_length_m
        )
