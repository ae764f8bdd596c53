"""Compare operators' records with passes, prices and relief records, and say what does not match.

Records come in the spelling of the toll network's exchange record; every kind of mismatch is told
with the value found and the value expected. Unknown is no mismatch: what we have not on file is not
held against a record, unless a record must have it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from transport.errors import FieldFault, InvalidInputError

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
_SECONDS_PER_HOUR = 3600
_MOST_MISMATCHES = 10_000


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
    `length_km(entry, exit)` the way's length, None where not known. `listed` are tractor plates on
    a project list, which need no pass.
    """

    passes: Mapping[str, KnownPass]
    stations: Mapping[str, str]
    claims: Mapping[str, KnownClaim]
    toll_fen: Callable[[str, str, int, str], int | None]
    length_km: Callable[[str, str], float | None]
    listed: frozenset[str] = frozenset()
    fastest_km_h: float = 110.0
    longest_h: float = 240.0


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


class Reconciler:
    """Reads records one after another; `result` holds what was found so far."""

    def __init__(self, heads: Sequence[str], known: Known) -> None:
        given = [one.strip().removeprefix("\ufeff") for one in heads]
        missing = [one for one in FIELDS if one not in given]
        if missing:
            message = f"the first line lacks the columns {', '.join(missing)}"
            params = (("columns", "、".join(missing)),)
            raise InvalidInputError([FieldFault("file", message, "columns_missing", params)])
        self.result = Reconciliation()
        self._known = known
        self._width = len(given)
        self._in_order = tuple(given) == FIELDS
        self._places = [given.index(one) for one in FIELDS]
        self._seen: set[str] = set()
        self._claimed: set[str] = set()
        self._passages: dict[str, int] = {}
        self._last_of_truck: dict[str, list[tuple[float, float]]] = {}
        self._moments: dict[str, float | None] = {}
        self._tolls: dict[tuple[str, str, str, str], int | None] = {}
        self._lengths: dict[tuple[str, str], float | None] = {}
        self._line = 1
        self._id = ""
        self._faultless = True

    def read(self, rows: Iterable[list[str]]) -> Iterator[Passage]:
        """Check every row and yield what is kept of it."""
        for row in rows:
            self._line += 1
            self.result.rows += 1
            self._faultless = True
            if len(row) < self._width:
                self._id = ""
                self._tell(Mismatch.ROW_TOO_SHORT, str(len(row)), str(self._width))
                continue
            passage = self._check(row if self._in_order else [row[one] for one in self._places])
            if self._faultless:
                self.result.matched += 1
            if passage is not None:
                yield passage

    def finish(self) -> Reconciliation:
        """Tell which granted claims no record speaks of, and return the whole answer."""
        self._line = 0
        for number in sorted(set(self._known.claims) - self._claimed):
            self._id = number
            self._tell(Mismatch.CLAIM_WITHOUT_RECORD, "", number)
        return self.result

    def _tell(self, kind: Mismatch, found: object, expected: object) -> None:
        self._faultless = False
        counts = self.result.counts
        counts[kind] = counts.get(kind, 0) + 1
        if len(self.result.unmatched) < _MOST_MISMATCHES:
            said = Unmatched(self._line, self._id, kind, str(found), str(expected))
            self.result.unmatched.append(said)

    def _check(self, row: list[str]) -> Passage | None:
        (number, _, entry, entry_name, exit_, exit_name, tractor, trailer) = row[:8]
        (first, last, carrier, _, weight, length, width, height, axles) = row[8:17]
        (_, loads, _, allowed, _, issuer, _) = row[17:24]
        (self._id, entered, left, toll, relief, paid, claim, scheme) = row[24:32]
        if self._id in self._seen:
            self._tell(Mismatch.RECORD_TWICE, self._id, "")
            return None
        self._seen.add(self._id)
        sizes = self._sizes(weight, length, width, height)
        money = self._money(toll, relief, paid)
        times = self._times(entered, left)
        self._stations(entry, entry_name, exit_, exit_name)
        self._axle_loads(axles, loads, sizes)
        known = self._known.passes.get(number)
        if number and known is None:
            self._tell(Mismatch.PASS_UNKNOWN, number, "")
        elif not number and tractor not in self._known.listed:
            self._tell(Mismatch.NO_PASS_NOT_LISTED, tractor, "")
        elif known is not None:
            self._against_pass(
                known, (tractor, trailer, carrier, issuer), (first, last), entered, (entry, exit_)
            )
            self._sizes_against_pass(known, sizes, axles)
            self._count(known, allowed)
        if times is not None:
            self._journey(times, entry, exit_, tractor)
        if money is None:
            return None
        self._money_against_ours(money, (entry, exit_, axles, entered[:10]))
        self._claim(money[1], claim, scheme, number)
        self.result.toll_fen += money[0]
        self.result.relief_fen += money[1]
        self.result.paid_fen += money[2]
        return Passage(self._line, self._id, number, tractor, entry, exit_, entered, left, *money)

    def _sizes(self, *texts: str) -> tuple[float, float, float, float] | None:
        try:
            weight, length, width, height = map(float, texts)
        except ValueError:
            weight = length = width = height = 0.0
        if not (weight > 0 and length > 0 and width > 0 and height > 0):
            self._tell(Mismatch.NUMBER_UNREADABLE, " ".join(texts), "")
            return None
        return weight, length, width, height

    def _money(self, *texts: str) -> tuple[int, int, int] | None:
        try:
            toll, relief, paid = [round(float(one) * 100) for one in texts]
        except (ValueError, OverflowError):
            self._tell(Mismatch.NUMBER_UNREADABLE, " ".join(texts), "")
            return None
        if toll < 0 or relief < 0 or paid < 0:
            self._tell(Mismatch.AMOUNT_NEGATIVE, " ".join(texts), "0")
            return None
        return toll, relief, paid

    def _times(self, entered: str, left: str) -> tuple[float, float] | None:
        first, last = _moment(entered), _moment(left)
        if first is None or last is None:
            wrong = entered if first is None else left
            self._tell(Mismatch.TIME_UNREADABLE, wrong, "2026-05-20T08:00:00+08:00")
            return None
        return first, last

    def _stations(self, entry: str, entry_name: str, exit_: str, exit_name: str) -> None:
        names = self._known.stations
        for code, name, kind in (
            (entry, entry_name, Mismatch.ENTRY_UNKNOWN),
            (exit_, exit_name, Mismatch.EXIT_UNKNOWN),
        ):
            ours = names.get(code)
            if ours is None:
                self._tell(kind, code, "")
            elif name != ours:
                self._tell(Mismatch.STATION_NAME_DIFFERS, name, ours)

    def _axle_loads(
        self, axles: str, loads: str, sizes: tuple[float, float, float, float] | None
    ) -> None:
        if not loads:
            return
        try:
            count, each = int(axles), [float(one) for one in loads.split("+")]
        except ValueError:
            self._tell(Mismatch.NUMBER_UNREADABLE, f"{axles} {loads}", "")
            return
        if len(each) != count:
            self._tell(Mismatch.AXLE_LOADS_INCOMPLETE, len(each), count)
        elif sizes is not None and abs(sum(each) - sizes[0]) > 0.02 * sizes[0]:
            self._tell(Mismatch.AXLE_LOADS_DO_NOT_SUM, f"{sum(each):g}", f"{sizes[0]:g}")

    def _against_pass(
        self,
        known: KnownPass,
        parties: tuple[str, str, str, str],
        validity: tuple[str, str],
        entered: str,
        ends: tuple[str, str],
    ) -> None:
        ours = (known.tractor_plate, known.trailer_plate, known.carrier, known.issuer)
        for found, expected, kind in zip(parties, ours, _PARTIES, strict=True):
            if expected and found != expected:
                self._tell(kind, found, expected)
        if validity != (known.first_day, known.last_day):
            expected = f"{known.first_day} {known.last_day}"
            self._tell(Mismatch.VALIDITY_DIFFERS, " ".join(validity), expected)
        day = entered[:10]
        if day < known.first_day:
            self._tell(Mismatch.PASS_NOT_YET_VALID, day, known.first_day)
        elif day > known.last_day:
            self._tell(Mismatch.PASS_EXPIRED, day, known.last_day)
        if known.revoked_on and day >= known.revoked_on:
            self._tell(Mismatch.PASS_REVOKED, day, known.revoked_on)
        for code, kind in zip(ends, _ENDS, strict=True):
            strange = known.stations and code not in known.stations
            if strange and code in self._known.stations:
                self._tell(kind, code, " ".join(sorted(known.stations)))

    def _sizes_against_pass(
        self, known: KnownPass, sizes: tuple[float, float, float, float] | None, axles: str
    ) -> None:
        if sizes is not None:
            permitted = (known.mass_t, known.length_m, known.width_m, known.height_m)
            for found, most, kind in zip(sizes, permitted, _SIZES, strict=True):
                if found > most:
                    self._tell(kind, f"{found:g}", f"{most:g}")
        if known.axle_count and axles != str(known.axle_count):
            self._tell(Mismatch.AXLE_COUNT_DIFFERS, axles, known.axle_count)

    def _count(self, known: KnownPass, allowed: str) -> None:
        made = self._passages[known.number] = self._passages.get(known.number, 0) + 1
        most = known.passages
        if most is None and allowed.isdecimal():
            most = int(allowed)
        if most is not None and made > most:
            self._tell(Mismatch.MORE_PASSAGES_THAN_ALLOWED, made, most)

    def _journey(self, times: tuple[float, float], entry: str, exit_: str, tractor: str) -> None:
        entered, left = times
        hours = (left - entered) / _SECONDS_PER_HOUR
        if hours <= 0:
            self._tell(Mismatch.LEFT_BEFORE_ENTRY, f"{hours:.2f} h", "> 0")
            return
        pair = (entry, exit_)
        if pair not in self._lengths:
            self._lengths[pair] = self._known.length_km(entry, exit_)
        length_km = self._lengths[pair]
        if length_km is not None and length_km / hours > self._known.fastest_km_h:
            speed = f"{length_km / hours:.0f} km/h"
            self._tell(Mismatch.IMPOSSIBLE_SPEED, speed, f"{self._known.fastest_km_h:g}")
        if hours > self._known.longest_h:
            self._tell(Mismatch.TOO_LONG_UNDER_WAY, f"{hours:.0f} h", self._known.longest_h)
        trips = self._last_of_truck.setdefault(tractor, [])
        place = bisect(trips, times)
        before = place and entered < trips[place - 1][1]
        if before or (place < len(trips) and trips[place][0] < left):
            self._tell(Mismatch.TRIPS_OVERLAP, tractor, "")
        else:
            trips.insert(place, times)  # in order and apart, so that neighbours are enough

    def _money_against_ours(
        self, money: tuple[int, int, int], asked: tuple[str, str, str, str]
    ) -> None:
        toll, relief, paid = money
        if asked not in self._tolls:
            entry, exit_, axles, day = asked
            number = int(axles) if axles.isdecimal() else 0
            self._tolls[asked] = self._known.toll_fen(entry, exit_, number, day)
        ours = self._tolls[asked]
        if ours is not None and ours != toll:
            self._tell(Mismatch.TOLL_DIFFERS, f"{toll / 100:.2f}", f"{ours / 100:.2f}")
        if relief > toll:
            self._tell(Mismatch.RELIEF_ABOVE_TOLL, f"{relief / 100:.2f}", f"{toll / 100:.2f}")
        elif toll - relief != paid:
            self._tell(Mismatch.PAID_DIFFERS, f"{paid / 100:.2f}", f"{(toll - relief) / 100:.2f}")

    def _claim(self, relief_fen: int, number: str, scheme: str, pass_number: str) -> None:
        known = self._known.claims.get(number) if number else None
        if known is None:
            if relief_fen or number:
                self._tell(Mismatch.RELIEF_WITHOUT_CLAIM, number or f"{relief_fen / 100:.2f}", "")
            return
        self._claimed.add(number)
        if relief_fen != known.relief_fen:
            expected = f"{known.relief_fen / 100:.2f}"
            self._tell(Mismatch.RELIEF_DIFFERS, f"{relief_fen / 100:.2f}", expected)
        if scheme != known.scheme_id:
            self._tell(Mismatch.SCHEME_DIFFERS, scheme, known.scheme_id)
        if pass_number != known.pass_number:
            self._tell(Mismatch.CLAIM_OF_OTHER_PASS, pass_number, known.pass_number)


_PARTIES = (
    *(Mismatch.TRACTOR_DIFFERS, Mismatch.TRAILER_DIFFERS),
    *(Mismatch.CARRIER_DIFFERS, Mismatch.ISSUER_DIFFERS),
)
_ENDS = (Mismatch.ENTRY_OFF_ROUTE, Mismatch.EXIT_OFF_ROUTE)
_SIZES = (
    *(Mismatch.MASS_ABOVE_PASS, Mismatch.LENGTH_ABOVE_PASS),
    *(Mismatch.WIDTH_ABOVE_PASS, Mismatch.HEIGHT_ABOVE_PASS),
)


def _moment(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo is not None else None
