"""Toll schedules: yuan per kilometre by truck class and day, as dated rows with certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise

from transport.errors import FieldFault, InvalidInputError, NoLawInForceError, RegulationFileError
from transport.regulations.citation import Citation

FEWEST_AXLES = 2
MOST_AXLES = 200
HIGHEST_CLASS = 6


class TariffStatus(StrEnum):
    """How sure a schedule is; anything but verified is shown as such."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class TollRates:
    """Rates from a day on, in yuan per kilometre for the truck classes 1 to 6.

    Each axle above six adds `above_six_yuan_per_km`.
    """

    effective: date
    rates_yuan_per_km: tuple[Decimal, ...]
    above_six_yuan_per_km: Decimal
    status: TariffStatus
    citation: Citation

    def yuan_per_km(self, axle_count: int) -> Decimal:
        """Return the rate for a combination of tractor and trailer with so many axles."""
        rate = self.rates_yuan_per_km[truck_class(axle_count) - 1]
        return rate + max(axle_count - HIGHEST_CLASS, 0) * self.above_six_yuan_per_km


@dataclass(frozen=True, slots=True)
class Tariff:
    """The dated rates of one region."""

    region: str
    rows: tuple[TollRates, ...]

    def on(self, day: date) -> TollRates:
        """Return the rates in force on a day; raises NoLawInForceError."""
        begun = [row for row in self.rows if row.effective <= day]
        if not begun:
            raise NoLawInForceError(f"no toll schedule of {self.region} is in force on {day}")
        return begun[-1]


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
        )
    except KeyError as missing:
        raise RegulationFileError(f"{where}: {missing} is missing") from None
    except (ValueError, TypeError, InvalidOperation) as wrong:
        raise RegulationFileError(f"{where}: {wrong}") from None


def _decimal(value: object) -> Decimal:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{value!r} is no rate")
    return amount
