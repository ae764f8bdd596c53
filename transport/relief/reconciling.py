"""Compare operators' records with passes, prices and relief records, and say what does not match.

Every kind of mismatch is told with the value found and the value expected. The reasons stand apart:
`record_papers` (pass, stations, sizes), `record_times`, `record_money`; this module walks the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from transport.errors import FieldFault, InvalidInputError
from transport.relief.record_money import Amounts
from transport.relief.record_papers import (
    Paper,
    Sizes,
    compare_day,
    compare_paper,
    compare_sizes,
    compare_stations,
)
from transport.relief.record_times import Journeys, Moments
from transport.relief.records import (
    FIELDS,
    Fault,
    Faults,
    Known,
    Mismatch,
    Passage,
    Reconciliation,
    Unmatched,
)

_MOST_MISMATCHES = 10_000
_MOST_KEPT = 200_000


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
        self._amounts = Amounts(known)
        self._moments = Moments()
        self._journeys = Journeys(known)
        self._seen: set[str] = set()
        self._passages: dict[str, int] = {}
        self._papers: dict[tuple[str, ...], Paper] = {}
        self._stations: dict[tuple[str, ...], tuple[Fault, ...]] = {}
        self._sizes: dict[tuple[str, ...], tuple[Sizes | None, tuple[Fault, ...]]] = {}
        self._line = 1
        self._id = ""
        self._faultless = True

    def read(self, rows: Iterable[list[str]]) -> Iterator[Passage]:
        """Check every row and yield what is kept of it."""
        for row in rows:
            self._line += 1
            if not any(row):
                continue  # spreadsheets leave blank rows at the end
            self.result.rows += 1
            self._faultless = True
            if len(row) < self._width:
                self._id = ""
                self._tell((Fault(Mismatch.ROW_TOO_SHORT, str(len(row)), str(self._width)),))
                continue
            passage = self._check(row if self._in_order else [row[one] for one in self._places])
            if self._faultless:
                self.result.matched += 1
            if passage is not None:
                yield passage

    def finish(self) -> Reconciliation:
        """Tell which granted claims no record speaks of, and return the whole answer."""
        self._line = 0
        for number in self._amounts.unmentioned():
            self._id = number
            self._tell((Fault(Mismatch.CLAIM_WITHOUT_RECORD, "", number),))
        return self.result

    def _tell(self, faults: Faults) -> None:
        for kind, found, expected in faults:
            self._faultless = False
            counts = self.result.counts
            counts[kind] = counts.get(kind, 0) + 1
            if len(self.result.unmatched) < _MOST_MISMATCHES:
                said = Unmatched(self._line, self._id, kind, found, expected)
                self.result.unmatched.append(said)

    def _check(self, row: list[str]) -> Passage | None:
        number, tractor, record = row[0], row[6], row[24]
        _, entered, left, toll, relief, paid, claim, scheme = row[24:32]
        self._id = record
        if record in self._seen:
            self._tell((Fault(Mismatch.RECORD_TWICE, record, ""),))
            return None
        self._seen.add(record)
        day = entered[:10]
        paper, sizes = self._against_pass(row, number, day)
        if not number and not self._known.is_listed(tractor, day):
            self._tell((Fault(Mismatch.NO_PASS_NOT_LISTED, tractor, ""),))
        if paper.known is not None:
            self._count(number, paper.most_passages)
        entry, exit_ = row[2], row[4]
        times = self._times(entered, left)
        if times is not None:
            self._tell(self._journeys.check(times, entry, exit_, tractor))
        money = self._amounts.read((toll, relief, paid))
        if isinstance(money, Fault):
            self._tell((money,))
            return None
        self._tell(self._amounts.compare(money, (entry, exit_, row[16], day)))
        self._tell(self._amounts.compare_claim(money[1], claim, scheme, number))
        result = self.result
        result.toll_fen += money[0]
        result.relief_fen += money[1]
        result.paid_fen += money[2]
        return Passage(
            *(self._line, record, number, tractor, entry, exit_, entered, left),
            *money,
            *(sizes or (None, None, None, None)),
        )

    def _against_pass(self, row: list[str], number: str, day: str) -> tuple[Paper, Sizes | None]:
        """Compare what repeats from record to record; each combination is compared once."""
        key = (number, *row[6:11], row[20], row[22])
        paper = self._papers.get(key)
        if paper is None:
            if len(self._papers) > _MOST_KEPT:
                self._papers.clear()
            parties, validity = (row[6], row[7], row[10], row[22]), (row[8], row[9])
            paper = compare_paper(self._known, number, parties, validity, row[20])
            self._papers[key] = paper
        on_file, faults = paper.known, paper.faults
        ends = (number, *row[2:6])
        of_stations = self._stations.get(ends)
        if of_stations is None:
            if len(self._stations) > _MOST_KEPT:
                self._stations.clear()
            pair = ((row[2], row[3]), (row[4], row[5]))
            of_stations = self._stations[ends] = compare_stations(self._known, on_file, pair)
        asked = (number, *row[12:17], row[18])
        of_sizes = self._sizes.get(asked)
        if of_sizes is None:
            if len(self._sizes) > _MOST_KEPT:
                self._sizes.clear()
            texts = tuple(row[12:16])
            of_sizes = compare_sizes(self._known.bounds, on_file, texts, row[16], row[18])
            self._sizes[asked] = of_sizes
        sizes, size_faults = of_sizes
        if faults or of_stations or size_faults:
            self._tell((*faults, *of_stations, *size_faults))
        if on_file is not None:
            self._tell(compare_day(on_file, day))
        return paper, sizes

    def _count(self, number: str, most: int | None) -> None:
        made = self._passages[number] = self._passages.get(number, 0) + 1
        if most is not None and made > most:
            fault = Fault(Mismatch.MORE_PASSAGES_THAN_ALLOWED, str(made), str(most))
            self._tell((fault,))

    def _times(self, entered: str, left: str) -> tuple[float, float] | None:
        first, last = self._moments.read(entered), self._moments.read(left)
        if first is None or last is None:
            wrong = entered if first is None else left
            example = "2026-05-20T08:00:00+08:00"
            self._tell((Fault(Mismatch.TIME_UNREADABLE, wrong, example),))
            return None
        return first, last
