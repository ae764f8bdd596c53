"""A lawful way to carry a load, and why other combinations cannot."""

from __future__ import annotations

from dataclasses import dataclass

from transport.rules.category import Category
from transport.vehicles.arranging import Arrangement
from transport.vehicles.combination import Combination
from transport.vehicles.placed_load import Envelope, PlacedLoad
from transport.vehicles.placing import place
from transport.vehicles.transport import TrailerKind, Transport

_TIGHT = 0.95


@dataclass(frozen=True, slots=True)
class Choice:
    """A lawful loading: units, place of the load, category and overall size.

    `rank` is 0 where no pass is needed for certain, then 1 to 3 as the category; a mass that stays
    open ranks 1. `governs` names the limit that is used most of those that may not be exceeded,
    `share` how much of it. `overshoot` adds up by what part height, width and length are beyond
    the ordinary limits. `middle_m` and `pulled_out_m` as in PlacedLoad.
    """

    combination: Combination
    arrangement: Arrangement
    middle_m: float
    pulled_out_m: float
    mass_t: float
    envelope: Envelope
    rank: int
    category: Category | None
    governs: str
    share: float
    may_use_expressways: bool
    overshoot: float = 0.0

    @property
    def needs_no_pass(self) -> bool:
        """Whether this loading is within every ordinary limit, for certain."""
        return self.rank == 0

    @property
    def is_judged_by_caps(self) -> bool:
        """Whether axle caps exist for it; a special combination is an expert's task."""
        trailer = self.combination.trailer
        return trailer is None or trailer.kind is not TrailerKind.SPECIAL

    @property
    def order(self) -> tuple[float, ...]:
        """Sort key: category, judged for certain, expressways, room left, plain, small, light."""
        return (
            self.rank,
            not self.is_judged_by_caps,
            not self.may_use_expressways,
            self.share > _TIGHT,
            self.combination.jeep is not None,
            round(self.overshoot, 2),
            self.mass_t,
            round(self.share, 6),
            self.envelope.largest_length_m,
        )

    def placed(self) -> PlacedLoad:
        """Return the load as it stands, for drawings and the use of every limit."""
        return place(self.combination, self.arrangement, self.middle_m, self.pulled_out_m)

    def transport(self) -> Transport:
        """Return the transport that every rule judges."""
        return self.placed().transport


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a combination cannot carry a load lawfully: a code and a sentence.

    `value` and `limit` are set where a limit is exceeded, in tonnes or metres as `unit` says.
    """

    combination: Combination
    arrangement: Arrangement
    reason: str
    message: str
    value: float | None = None
    limit: float | None = None
    unit: str = "t"


@dataclass(frozen=True, slots=True)
class Selection:
    """The lawful choices, best first, and every refused combination with its reason."""

    choices: tuple[Choice, ...]
    refusals: tuple[Refusal, ...]
