"""Tractor, jeep, trailer and rigid truck: the units that carry, with what statics needs of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from transport.vehicles.transport import TrailerKind

_STEERED_TYRES = 2
_DUAL_TYRES = 4


class TyreKind(StrEnum):
    """What stands on each end of an axle (R62 art. 3 para. 2(2))."""

    SINGLE = "single"
    DUAL = "dual"
    WIDE = "wide"  # standard wide single tyres, which the law treats like dual ones


class Coupling(StrEnum):
    """What carries the front of a trailer."""

    KINGPIN = "kingpin"
    DRAWBAR = "drawbar"  # a full trailer: it stands on its own axles alone
    BOLSTERS = "bolsters"  # girder bogie set: the piece itself joins tractor and rear bogie


class Suspension(StrEnum):
    """How the axles of a group share their load."""

    BALANCED = "balanced"  # equally, by balance beams or connected air bellows
    SPRUNG = "sprung"  # each by its own equal spring: the nearer the load, the more
    HYDRAULIC = "hydraulic"  # equally within one circuit


@dataclass(frozen=True, slots=True)
class TruckDeck:
    """The deck of a rigid truck: metres behind the first axle, tonnes.

    The empty truck's own axle loads contain the deck.
    """

    front_m: float
    length_m: float
    width_m: float
    height_m: float
    payload_t: float
    overhang_m: float = 1.0

    @property
    def end_m(self) -> float:
        """Where the deck ends behind the first axle."""
        return self.front_m + self.length_m


@dataclass(frozen=True, slots=True)
class Tractor:
    """A tractor, or a rigid truck where it has a deck: lengths in metres, masses in tonnes.

    `front_m` lies from the nose to the first axle; `spacings_m` between its axles;
    `kingpin_m` from the first axle to the fifth wheel. The last `drive_axles` axles are driven and
    share their load equally. `fifth_wheel_t`, `front_axle_t` and `drive_axle_t` (each axle) are
    what the maker allows, None where nobody stated it.
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
    fifth_wheel_t: float | None = None
    front_axle_t: float | None = None
    drive_axle_t: float | None = None
    tyres: TyreKind = TyreKind.DUAL
    track_m: float = 1.84
    rear_m: float = 0.8
    design_top_speed_km_h: float | None = None
    deck: TruckDeck | None = None

    @property
    def axle_count(self) -> int:
        """Number of axles."""
        return len(self.spacings_m) + 1

    @property
    def steered_axles(self) -> int:
        """Number of axles in front of the driven ones."""
        return self.axle_count - self.drive_axles

    @property
    def kerb_mass_t(self) -> float:
        """Mass without trailer."""
        return self.kerb_front_t + self.kerb_rear_t

    @property
    def positions_m(self) -> tuple[float, ...]:
        """Axles behind the first one."""
        return (0.0, *accumulate(self.spacings_m))

    @property
    def tyres_per_axle(self) -> tuple[int, ...]:
        """Tyres of every axle."""
        driven = _DUAL_TYRES if self.tyres is TyreKind.DUAL else _STEERED_TYRES
        return (_STEERED_TYRES,) * self.steered_axles + (driven,) * self.drive_axles


@dataclass(frozen=True, slots=True)
class Jeep:
    """A dolly with a fifth wheel between tractor and semi-trailer; metres behind its own kingpin.

    `front_m` is the room from its kingpin forward.
    """

    code: str
    name_zh: str
    name_en: str
    first_axle_m: float
    spacings_m: tuple[float, ...]
    fifth_wheel_m: float
    kerb_mass_t: float
    carries_t: float
    width_m: float = 2.55
    axle_t: float | None = None
    tyres: TyreKind = TyreKind.DUAL
    track_m: float = 1.84

    @property
    def axle_count(self) -> int:
        """Number of axles."""
        return len(self.spacings_m) + 1

    @property
    def bogie_m(self) -> float:
        """Middle of its axles behind its kingpin."""
        return self.first_axle_m + _middle(self.spacings_m)

    @property
    def tyres_per_axle(self) -> tuple[int, ...]:
        """Tyres of every axle."""
        return (_tyres_of(self.tyres),) * self.axle_count


@dataclass(frozen=True, slots=True)
class Trailer:
    """A trailer: lengths in metres, masses in tonnes.

    `kingpin_m` lies from the front of the deck to the kingpin, `first_axle_m` from the kingpin to
    the first trailer axle. `longest_deck_m` is the deck
    pulled out; the axles move back with it. `payload_t` is what the maker allows, less pulled out
    where `extended_payload_t` says so.
    A load may stick out `overhang_m` behind the deck and `front_overhang_m` in front of it.
    `inside_width_m` is set where the load stands between frames and cannot stick out.
    `gooseneck_m` of the deck's front are too high to carry on.

    A drawbar trailer measures from its towing eye, so its `kingpin_m` is negative where the deck
    begins behind the eye. A girder bogie set (`coupling` bolsters) has no deck: `deck_length_m` to
    `longest_deck_m` is the distance between the two bolsters, `inset_m` how far from its ends the
    piece rests where it names no supports, `bolster_t` the mass of the front bolster.
    Hydraulic trailers have `axles_per_line` files, low-beds of three lines and six axles too;
    `half_sets_m` is the distance between the middles of the left and right half of a line;
    `circuits` 3 or 4, of which the front one of three spans `front_lines` lines. `least_deck_m`
    and `most_deck_m` are the deck's range.
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
    front_overhang_m: float | None = None
    gooseneck_m: float = 0.0
    coupling: Coupling = Coupling.KINGPIN
    suspension: Suspension = Suspension.BALANCED
    circuits: int = 0
    front_lines: int = 0
    half_sets_m: float = 1.8
    tyres: TyreKind = TyreKind.DUAL
    track_m: float = 1.84
    axle_t: float | None = None
    kingpin_t: float | None = None
    least_deck_m: float | None = None
    most_deck_m: float | None = None
    rear_steer_factor: float = 0.0
    design_top_speed_km_h: float | None = None
    inset_m: float = 1.0
    bolster_t: float = 0.0
    widest_m: float | None = None
    extended_payload_t: float | None = None

    @property
    def axle_count(self) -> int:
        """Number of axles, or lines of a hydraulic trailer."""
        return len(self.spacings_m) + 1

    @property
    def is_extendable(self) -> bool:
        """Whether the deck can be pulled out."""
        return self.longest_deck_m > self.deck_length_m

    @property
    def is_full_trailer(self) -> bool:
        """Whether it is towed by a drawbar."""
        return self.coupling is Coupling.DRAWBAR

    @property
    def axle_positions_m(self) -> tuple[float, ...]:
        """Axles behind the kingpin, retracted."""
        return tuple(self.first_axle_m + gap for gap in (0.0, *accumulate(self.spacings_m)))

    @property
    def tyres_per_axle(self) -> tuple[int, ...]:
        """Tyres of every single axle; both axles of a line have as many."""
        return (_tyres_of(self.tyres),) * self.axle_count

    def pulled_out_m(self, load_length_m: float) -> float:
        """How far the deck is pulled out for a load, 0 where it fits or cannot be."""
        if self.coupling is Coupling.BOLSTERS:
            load_length_m -= 2 * self.inset_m
        else:
            load_length_m += self.gooseneck_m
        return min(
            max(load_length_m - self.deck_length_m, 0.0), self.longest_deck_m - self.deck_length_m
        )

    def payload_at_t(self, pulled_out_m: float) -> float:
        """Return what the maker allows, retracted or pulled out."""
        if pulled_out_m > 0 and self.extended_payload_t is not None:
            return self.extended_payload_t
        return self.payload_t

    def bogie_m(self, pulled_out_m: float = 0.0) -> float:
        """Middle of the axles behind the kingpin."""
        if self.coupling is Coupling.BOLSTERS:
            return self.deck_length_m + pulled_out_m
        return self.first_axle_m + pulled_out_m + _middle(self.spacings_m)

    def deck_span_m(self, pulled_out_m: float = 0.0) -> tuple[float, float]:
        """Where the deck begins and ends behind the kingpin, or the two bolsters stand."""
        if self.coupling is Coupling.BOLSTERS:
            return 0.0, self.bogie_m(pulled_out_m)
        return -self.kingpin_m, self.deck_length_m + pulled_out_m - self.kingpin_m


@dataclass(frozen=True, slots=True)
class Combination:
    """Units coupled one behind the other; a rigid truck has no trailer."""

    tractor: Tractor
    trailer: Trailer | None = None
    jeep: Jeep | None = None

    @property
    def kerb_mass_t(self) -> float:
        """Mass without load."""
        towed = sum(unit.kerb_mass_t for unit in (self.jeep, self.trailer) if unit is not None)
        bolster_t = self.trailer.bolster_t if self.trailer else 0.0
        return self.tractor.kerb_mass_t + towed + bolster_t

    @property
    def kingpin_m(self) -> float:
        """Where the trailer's kingpin stands behind the first axle of the tractor."""
        return self.tractor.kingpin_m + (self.jeep.fifth_wheel_m if self.jeep else 0.0)

    @property
    def width_m(self) -> float:
        """Width without load."""
        units = (self.tractor, self.jeep, self.trailer)
        return max(unit.width_m for unit in units if unit is not None)

    @property
    def design_top_speed_km_h(self) -> float | None:
        """Lowest design top speed of its units, None where the slowest may be an unstated one."""
        stated = [self.tractor.design_top_speed_km_h]
        if self.trailer is not None:
            if self.trailer.design_top_speed_km_h is None:
                return None
            stated.append(self.trailer.design_top_speed_km_h)
        return min((speed for speed in stated if speed is not None), default=None)

    @property
    def standard_wide_tyres(self) -> bool:
        """Whether the single tyres behind the tractor are standard wide ones."""
        kinds = {unit.tyres for unit in (self.jeep, self.trailer) if unit is not None}
        return TyreKind.WIDE in kinds and TyreKind.SINGLE not in kinds

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of its units, front to rear."""
        units = (self.tractor, self.jeep, self.trailer)
        return tuple(unit.code for unit in units if unit is not None)


def _middle(spacings_m: tuple[float, ...]) -> float:
    positions = (0.0, *accumulate(spacings_m))
    return sum(positions) / len(positions)


def _tyres_of(kind: TyreKind) -> int:
    return _DUAL_TYRES if kind is TyreKind.DUAL else _STEERED_TYRES
