"""Attributes of roads and structures: what is limited, how much, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]


class Certainty(IntEnum):
    """How an attribute is known; stored as uint8. `word` is the contract's word."""

    KNOWN = 0
    ASSUMED = 1
    DEMONSTRATION = 2
    UNKNOWN = 3

    @property
    def word(self) -> str:
        """The word used in JSON and on pages."""
        return self.name.lower()


class Passability(IntEnum):
    """Passability of an edge, turn or structure, ordered from best to worst."""

    PASS = 0
    CONDITIONAL = 1
    UNKNOWN = 2
    FAIL = 3

    @property
    def word(self) -> str:
        """The word used in JSON and on pages."""
        return self.name.lower()


class LimitKind(StrEnum):
    """What a limit column bounds.

    `SIGNED_*` are posted legal limits: they hold when value <= limit. `CLEAR_*` are physical
    clearances: they need a gap. `RATED_MASS` is the gross mass a bridge was assessed for,
    `TURN_LENGTH` the overall length that an examined junction lets turn.
    """

    SIGNED_HEIGHT = "signed_height_m"
    CLEAR_HEIGHT = "clear_height_m"
    SIGNED_WIDTH = "signed_width_m"
    CLEAR_WIDTH = "clear_width_m"
    SIGNED_LENGTH = "signed_length_m"
    SIGNED_MASS = "signed_mass_t"
    SIGNED_AXLE = "signed_axle_t"
    RATED_MASS = "rated_mass_t"
    TURN_LENGTH = "turn_length_m"


EDGE_LIMITS = (
    LimitKind.SIGNED_HEIGHT,
    LimitKind.CLEAR_HEIGHT,
    LimitKind.SIGNED_WIDTH,
    LimitKind.CLEAR_WIDTH,
    LimitKind.SIGNED_LENGTH,
    LimitKind.SIGNED_MASS,
    LimitKind.SIGNED_AXLE,
)
STRUCTURE_LIMITS = (*EDGE_LIMITS, LimitKind.RATED_MASS, LimitKind.TURN_LENGTH)


class RoadClass(IntEnum):
    """Technical class of a highway (JTG B01) or class of an urban road (CJJ 37); uint8."""

    EXPRESSWAY = 0
    CLASS_1 = 1
    CLASS_2 = 2
    CLASS_3 = 3
    CLASS_4 = 4
    BELOW_CLASS = 5
    URBAN_EXPRESSWAY = 6
    URBAN_ARTERIAL = 7
    URBAN_SECONDARY = 8
    URBAN_BRANCH = 9
    SERVICE = 10
    FERRY = 11

    @property
    def word(self) -> str:
        """The word used in JSON and files."""
        return self.name.lower()


class Owner(IntEnum):
    """Who manages the road, so which authority consents; stored as uint8."""

    HIGHWAY = 0
    MUNICIPAL = 1
    FORESTRY = 2
    PRIVATE = 3
    VILLAGE = 4
    UNKNOWN = 5

    @property
    def word(self) -> str:
        """The word used in JSON and files."""
        return self.name.lower()


class StructureKind(IntEnum):
    """Structures recorded along an edge; stored as uint8."""

    BRIDGE = 0
    TUNNEL = 1
    OVERBRIDGE = 2
    TOLL_STATION = 3
    LEVEL_CROSSING = 4
    JUNCTION = 5

    @property
    def word(self) -> str:
        """The word used in JSON and files."""
        return self.name.lower()


class Access(IntEnum):
    """May a heavy goods vehicle use the edge at all? uint8."""

    OPEN = 0
    PRIVATE = 1
    CLOSED = 2
    UNKNOWN = 3


class Tolled(IntEnum):
    """Is the edge tolled? uint8."""

    NO = 0
    YES = 1
    UNKNOWN = 2


class Surface(IntEnum):
    """What the road is made of, from firm to soft; stored as uint8."""

    UNKNOWN = 0
    ASPHALT = 1
    CONCRETE = 2
    PAVED = 3
    GRAVEL = 4
    EARTH = 5
    SOFT = 6

    @property
    def word(self) -> str:
        """The word used in JSON and files."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class LimitColumn:
    """One limit for every edge or structure: three arrays of the same length.

    `value` in the kind's unit, +inf where nothing limits, nan where `certainty` is UNKNOWN;
    `source` indexes the `sources` of the network.
    """

    value: Floats
    certainty: Bytes
    source: Ints
