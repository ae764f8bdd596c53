"""Toll schedules: yuan per kilometre by truck class and day, as dated rows with certainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise

from transport.errors import FieldFault, InvalidInputError, NoLawInForceError, RegulationFileError
from transport.regulations.citation import Citation
from transport.tariffs.lines import HIGHEST_CLASS, PLAIN_TERMS, TariffLine, TariffTerms
from transport.tariffs.money import Rounding, fen_of
from transport.tariffs.roads import NO_ROADS, TollRoads
from transport.working_days import WorkingCalendar

FEWEST_AXLES = 2
MOST_AXLES = 200
_WHOLE = Decimal(100)
NO_CALENDAR = WorkingCalendar({})


class TariffStatus(StrEnum):
    """How sure a schedule is; anything but verified is shown as such."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class TollRates:
    """Rates from a day on, in yuan per kilometre for the truck classes 1 to 6.

    Each axle above six adds `above_six_yuan_per_km`. `lines` say more of single roads; they are
    those valid on the day asked for, `unsure` those of which nobody can tell, because the year's
    holidays are not announced. `roads` are the stations and sections on file.
    """

    effective: date
    rates_yuan_per_km: tuple[Decimal, ...]
    above_six_yuan_per_km: Decimal
    status: TariffStatus
    citation: Citation
    terms: TariffTerms = PLAIN_TERMS
    lines: tuple[TariffLine, ...] = ()
    roads: TollRoads = NO_ROADS
    unsure: tuple[TariffLine, ...] = ()

    def yuan_per_km(self, axle_count: int) -> Decimal:
        """Return the rate for a combination of tractor and trailer with so many axles."""
        rate = self.rates_yuan_per_km[truck_class(axle_count) - 1]
        return rate + self.axles_above_six(axle_count) * self.above_six_yuan_per_km

    def axles_above_six(self, axle_count: int) -> int:
        """Return the axles that the add-on counts."""
        most = self.terms.most_axles_charged
        counted = axle_count if most is None else min(axle_count, most)
        return max(counted - HIGHEST_CLASS, 0)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The dated rates of one region."""

    region: str
    rows: tuple[TollRates, ...]
    lines: tuple[TariffLine, ...] = ()
    roads: TollRoads = NO_ROADS
    calendar: WorkingCalendar = NO_CALENDAR

    def on(self, day: date) -> TollRates:
        """Return the rates in force on a day; raises NoLawInForceError."""
        begun = [row for row in self.rows if row.effective <= day]
        if not begun:
            raise NoLawInForceError(f"no toll schedule of {self.region} is in force on {day}")
        valid = [(one, one.is_valid_on(day, self.calendar)) for one in self.lines]
        return replace(
            begun[-1],
            lines=tuple(one for one, is_valid in valid if is_valid),
            unsure=tuple(one for one, is_valid in valid if is_valid is None),
            roads=self.roads,
        )

    def with_calendar(self, calendar: WorkingCalendar) -> Tariff:
        """Return the tariff with the working days by which lines tell the kinds of days."""
        return replace(self, calendar=calendar)

    def with_lines(self, lines: Iterable[TariffLine]) -> Tariff:
        """Return the tariff with more lines; one with the id of another takes its place."""
        known = {one.id: one for one in (*self.lines, *lines)}
        return replace(self, lines=tuple(known.values()))


def truck_class(axle_count: int) -> int:
    """Return the truck class 1 to 6 of JT/T 489-2019 for an oversize truck or train.

    Two axles make class 2: class 1 is for vehicles under 6 m and 4.5 t only.
    """
    return min(max(axle_count, FEWEST_AXLES), HIGHEST_CLASS)


def check_axle_count(axle_count: int) -> None:
    """Raise InvalidInputError on `axles` for a number that no truck or train has."""
    if not FEWEST_AXLES <= axle_count <= MOST_AXLES:
        message = f"a truck has {FEWEST_AXLES} to {MOST_AXLES} axles, not {axle_count}"
        raise InvalidInputError([FieldFault("axles", message, "axle_count")])


def schedule_from_mapping(content: Mapping[str, object], file: str = "tolls") -> Tariff:
    """Build a tariff from a toll file's mapping; raises RegulationFileError naming the key.

    Without a stated add-on above six axles, the step from class 5 to class 6 is used.
    """
    unknown = set(content) - {"region", "description", "unit", "last_checked", "schedules"}
    if unknown:
        raise RegulationFileError(f"{file}: unknown key {min(unknown)}")
    schedules = content.get("schedules")
    if not isinstance(schedules, list) or not schedules:
        raise RegulationFileError(f"{file}: 'schedules' must be a list with at least one row")
    rows = sorted(
        (_rates(row, f"{file}: schedules[{i}]") for i, row in enumerate(schedules)),
        key=lambda row: row.effective,
    )
    for one, following in pairwise(rows):
        if one.effective == following.effective:
            raise RegulationFileError(f"{file}: two schedules begin on {one.effective}")
    return Tariff(region=str(content.get("region", "")), rows=tuple(rows))


_ROW_KEYS = {
    "effective",
    "rates_yuan_per_km",
    "above_six_axles_yuan_per_km",
    "status",
    "citation",
    "etc_discount_percent",
    "total_step_fen",
    "rounding",
    "minimum_yuan",
    "most_axles_charged",
}


def _rates(row: object, where: str) -> TollRates:
    if not isinstance(row, Mapping):
        raise RegulationFileError(f"{where}: must be a mapping")
    unknown = set(row) - _ROW_KEYS
    if unknown:
        raise RegulationFileError(f"{where}: unknown key {min(unknown)}")
    try:
        rates = row["rates_yuan_per_km"]
        by_class = tuple(_decimal(rates[number]) for number in range(1, HIGHEST_CLASS + 1))
        above = row.get("above_six_axles_yuan_per_km")
        citation = row["citation"]
        return TollRates(
            effective=date.fromisoformat(str(row["effective"])),
            rates_yuan_per_km=by_class,
            above_six_yuan_per_km=by_class[-1] - by_class[-2] if above is None else _decimal(above),
            status=TariffStatus(str(row["status"])),
            citation=Citation(
                str(citation["title"]), str(citation["article"]), str(citation.get("url", ""))
            ),
            terms=_terms(row),
        )
    except KeyError as missing:
        raise RegulationFileError(f"{where}: {missing} is missing") from None
    except (ValueError, TypeError, InvalidOperation) as wrong:
        raise RegulationFileError(f"{where}: {wrong}") from None


def _terms(row: Mapping[str, object]) -> TariffTerms:
    discount = _decimal(row.get("etc_discount_percent", 0))
    if discount > _WHOLE:
        raise ValueError(f"a discount of {discount} % is none")
    step, most = row.get("total_step_fen", 1), row.get("most_axles_charged")
    if not isinstance(step, int) or step < 1:
        raise ValueError(f"{step!r} is no step of rounding in fen")
    if most is not None and (not isinstance(most, int) or most < HIGHEST_CLASS):
        raise ValueError(f"{most!r} is no number of axles from {HIGHEST_CLASS}")
    return TariffTerms(
        etc_discount_percent=discount,
        total_step_fen=step,
        rounding=Rounding(str(row.get("rounding", Rounding.HALF_UP))),
        minimum_fen=fen_of(_decimal(row.get("minimum_yuan", 0))),
        most_axles_charged=most,
    )


def _decimal(value: object) -> Decimal:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{value!r} is no rate")
    return amount
