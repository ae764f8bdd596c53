"""Operators' records and what they are compared with: fields, kinds of mismatch, what is on file.

Records come in the spelling of the toll network's exchange record. Unknown is no mismatch: what we
have not on file is not held against a record, unless a record must have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# Spelled as the toll network spells them; the last ones are the passage itself, in our words.
PASS_FIELDS = (
    *("certNo", "provinces", "enStationId", "enStationName", "exStationId", "exStationName"),
    *("tractorVehicleId", "trailerVehicleId", "startPassDate", "endPassDate", "carriorUnit"),
    *("goodsInfo", "vehicleweight", "vehiclelength", "width", "height", "alexCount", "tyleCount"),
    *("alexsLoad", "roads", "passCount", "descript", "orgUnit", "certificationDate"),
)
PASSAGE_FIELDS = (
    *("record_id", "entered_at", "left_at", "toll_yuan", "relief_yuan", "paid_yuan"),
    *("claim_number", "scheme_id"),
)
FIELDS = (*PASS_FIELDS, *PASSAGE_FIELDS)


class Mismatch(StrEnum):
    """The kinds of things that do not match."""

    ROW_TOO_SHORT = "row_too_short"
    NUMBER_UNREADABLE = "number_unreadable"
    TIME_UNREADABLE = "time_unreadable"
    AMOUNT_NEGATIVE = "amount_negative"
    RECORD_TWICE = "record_twice"
    PASS_UNKNOWN = "pass_unknown"  # noqa: S105 - a kind of mismatch
    NO_PASS_NOT_LISTED = "no_pass_not_listed"  # noqa: S105
    PASS_NOT_YET_VALID = "pass_not_yet_valid"  # noqa: S105
    PASS_EXPIRED = "pass_expired"  # noqa: S105
    PASS_REVOKED = "pass_revoked"  # noqa: S105
    VALIDITY_DIFFERS = "validity_differs"
    TRACTOR_DIFFERS = "tractor_differs"
    TRAILER_DIFFERS = "trailer_differs"
    CARRIER_DIFFERS = "carrier_differs"
    ISSUER_DIFFERS = "issuer_differs"
    ENTRY_UNKNOWN = "entry_unknown"
    EXIT_UNKNOWN = "exit_unknown"
    STATION_NAME_DIFFERS = "station_name_differs"
    ENTRY_OFF_ROUTE = "entry_off_route"
    EXIT_OFF_ROUTE = "exit_off_route"
    STATIONS_OF_OTHERS = "stations_of_others"
    MASS_ABOVE_PASS = "mass_above_pass"  # noqa: S105
    LENGTH_ABOVE_PASS = "length_above_pass"  # noqa: S105
    WIDTH_ABOVE_PASS = "width_above_pass"  # noqa: S105
    HEIGHT_ABOVE_PASS = "height_above_pass"  # noqa: S105
    AXLE_COUNT_DIFFERS = "axle_count_differs"
    AXLE_LOADS_INCOMPLETE = "axle_loads_incomplete"
    AXLE_LOADS_DO_NOT_SUM = "axle_loads_do_not_sum"
    LEFT_BEFORE_ENTRY = "left_before_entry"
    IMPOSSIBLE_SPEED = "impossible_speed"
    TOO_LONG_UNDER_WAY = "too_long_under_way"
    TRIPS_OVERLAP = "trips_overlap"
    MORE_PASSAGES_THAN_ALLOWED = "more_passages_than_allowed"
    TOLL_DIFFERS = "toll_differs"
    RELIEF_ABOVE_TOLL = "relief_above_toll"
    PAID_DIFFERS = "paid_differs"
    RELIEF_WITHOUT_CLAIM = "relief_without_claim"
    RELIEF_DIFFERS = "relief_differs"
    SCHEME_DIFFERS = "scheme_differs"
    CLAIM_OF_OTHER_PASS = "claim_of_other_pass"  # noqa: S105
    CLAIM_WITHOUT_RECORD = "claim_without_record"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a truck between two toll stations can do, and how exactly axle loads must sum up."""

    fastest_km_h: float
    longest_h: float
    axle_sum_percent: float


@dataclass(frozen=True, slots=True)
class KnownPass:
    """What is on file of a pass; an empty or None value is not known and not compared."""

    number: str
    tractor_plate: str
    trailer_plate: str
    carrier: str
    issuer: str
    first_day: str  # YYYY-MM-DD
    last_day: str
    mass_t: float
    length_m: float
    width_m: float
    height_m: float
    axle_count: int
    stations: frozenset[str] = frozenset()
    passages: int | None = None
    revoked_on: str = ""


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A relief record that was granted."""

    number: str
    pass_number: str
    scheme_id: str
    relief_fen: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that records are compared with.

    `toll_fen(entry, exit, axles, day)` returns the toll by our schedule, None where we cannot tell;
    `length_km(entry, exit)` the way's length, None where not known. `listed` are the tractor plates
    of project lists, which need no pass, each with its periods (first and last day). `bounds` are
    what a truck can do; without them speed and time are not judged. `own_stations` are those of the
    operator whose file it is, empty where the toll office reads a file.
    """

    passes: Mapping[str, KnownPass]
    stations: Mapping[str, str]
    claims: Mapping[str, KnownClaim]
    toll_fen: Callable[[str, str, int, str], int | None]
    length_km: Callable[[str, str], float | None]
    listed: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    bounds: Bounds | None = None
    own_stations: frozenset[str] = frozenset()

    def is_listed(self, plate: str, day: str) -> bool:
        """Say whether a project list names a tractor on a day (`YYYY-MM-DD`)."""
        return any(first <= day <= last for first, last in self.listed.get(plate, ()))


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One thing that does not match, at a line of the file (0: in no line)."""

    line: int
    record_id: str
    kind: Mismatch
    found: str
    expected: str


class Passage(NamedTuple):
    """What is kept of a record; a plain tuple, because there are a million of them."""

    line: int
    record_id: str
    pass_number: str
    tractor_plate: str
    entry_station: str
    exit_station: str
    entered_at: str
    left_at: str
    toll_fen: int
    relief_fen: int
    paid_fen: int
    mass_t: float | None = None
    length_m: float | None = None
    width_m: float | None = None
    height_m: float | None = None


class Fault(NamedTuple):
    """What one check of a record found, before it has a line."""

    kind: Mismatch
    found: str
    expected: str


Faults = Iterable[Fault]


@dataclass(slots=True)
class Reconciliation:
    """The answer, filled while records are read: counts, sums in fen, and what does not match."""

    rows: int = 0
    matched: int = 0
    toll_fen: int = 0
    relief_fen: int = 0
    paid_fen: int = 0
    counts: dict[Mismatch, int] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)
