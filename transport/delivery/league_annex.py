"""The transport annex to a league's yearly report: what was carried, allowed, relieved, in the way.

The policy of 2017 has every league report its year to the housing department of the region; this
is the part about transport. It counts what happened up to a cut-off day, and is frozen once signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ObstacleKind(StrEnum):
    """What kept transports from the road, or spoilt them."""

    REFUSED = "refused"  # a pass was refused; the name is the ground
    OVERDUE = "overdue"  # decided later than the law allows
    DAMAGED = "damaged"  # arrived damaged
    NO_VEHICLE = "no_vehicle"  # pieces that no vehicle carries lawfully
    WAY_CLOSED = "way_closed"  # planned loads whose way is closed, or not known to be open
    HELD = "held"  # planned loads that a place holds up; the name is the place


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle and how often it stood in the way."""

    kind: ObstacleKind
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Trips, pieces and tonnes of one kind, month, project or way; the mass of the goods alone."""

    name: str
    trips: int
    pieces: int
    tonnes: float


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of the league in the register."""

    name: str
    keeper: str
    structure: str
    government_invested: bool
    demonstration: bool
    floor_area_m2: float | None
    prefabricated_pct: float | None
    starts_on: date | None
    ends_on: date | None
    pieces: int
    trips: int


@dataclass(frozen=True, slots=True)
class ProducerLine:
    """A producer of the league, and the kinds it makes."""

    name: str
    makes: tuple[str, ...]
    trips: int


@dataclass(frozen=True, slots=True)
class Passes:
    """Passes of the year: new ones by category, of them plan passes; revisions; revoked ones."""

    issued: int
    by_category: tuple[tuple[str, int], ...]
    plan: int
    revisions: int
    revoked: int
    trips_with: int
    trips_without: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """Working days from acceptance to decision, without those that do not count.

    `unknown` are decisions in a year whose working days are not announced; None without any.
    """

    granted: int
    refused: int
    median_days: float | None
    p90_days: int | None
    longest_days: int | None
    over_limit: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Relief:
    """Relief records of the year's trips as they stood when the annex was drawn up, in fen."""

    records: int
    granted: int
    refused: int
    waiting: int
    toll_fen: int
    relief_fen: int


@dataclass(frozen=True, slots=True)
class Annex:
    """The figures of one league and year up to the cut-off day, both days included."""

    admin_code: str
    year: int
    cut_off: date
    drawn_up_on: date
    projects: tuple[ProjectLine, ...]
    producers: tuple[ProducerLine, ...]
    whole: Carried
    kinds: tuple[Carried, ...]
    months: tuple[Carried, ...]
    ways: tuple[Carried, ...]
    passes: Passes
    decisions: Decisions
    relief: Relief
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class SignedAnnex:
    """An annex as it was signed; a correction is a further one, and says why.

    `remarks` are obstacles in words, `proposals` what the league asks for.
    """

    id: str
    annex: Annex
    revision: int
    remarks: str
    proposals: str
    corrects_because: str
    signed_by: str
    organisation: str
    signed_at: datetime
    version: int = 1
