"""Papers of a vehicle with their days: licence, temporary plate, insurance, inspection.

A paper's last day counts: it is still valid on that day. A temporary plate ends at the latest so
many days after its first day as the law says (90 today), whatever is printed on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from transport.errors import FieldFault

WARN_DAYS = 30


class PaperKind(StrEnum):
    """Which paper."""

    VEHICLE_LICENCE = "vehicle_licence"  # 行驶证
    TEMPORARY_PLATE = "temporary_plate"  # 临时行驶车号牌
    INSURANCE = "insurance"  # 机动车交通事故责任强制保险
    INSPECTION = "inspection"  # 检验有效期
    TRANSPORT_CERTIFICATE = "transport_certificate"  # 道路运输证
    TRANSPORT_LICENCE = "transport_licence"  # 道路运输经营许可证
    OTHER = "other_paper"


class PaperState(StrEnum):
    """How a paper stands on a day."""

    VALID = "valid"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"
    UNDATED = "undated"  # nobody entered its last day


@dataclass(frozen=True, slots=True)
class VehiclePaper:
    """A paper: its number and days; `holder` says whose it is, such as a plate."""

    kind: PaperKind
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    holder: str = ""

    def last_day(self, temporary_plate_days: int | None = None) -> date | None:
        """Return its last day, for a temporary plate never later than the law allows."""
        if self.kind is not PaperKind.TEMPORARY_PLATE or temporary_plate_days is None:
            return self.valid_until
        if self.issued_on is None:
            return self.valid_until
        lawful = self.issued_on + timedelta(days=temporary_plate_days - 1)
        return min(self.valid_until or lawful, lawful)

    def state_on(
        self, day: date, temporary_plate_days: int | None = None, warn_days: int = WARN_DAYS
    ) -> PaperState:
        """Return how it stands on a day."""
        last = self.last_day(temporary_plate_days)
        if last is None:
            return PaperState.UNDATED
        if last < day:
            return PaperState.EXPIRED
        soon = last - day < timedelta(days=warn_days)
        return PaperState.EXPIRES_SOON if soon else PaperState.VALID


def shortest_paper(
    papers: Iterable[VehiclePaper], temporary_plate_days: int | None = None
) -> tuple[VehiclePaper, date] | None:
    """Return the paper that ends first with its last day; None where no paper has one."""
    dated = [
        (last, number, one)
        for number, one in enumerate(papers)
        if (last := one.last_day(temporary_plate_days)) is not None
    ]
    if not dated:
        return None
    last, _, paper = min(dated)
    return paper, last


def expiring_papers(
    papers: Iterable[VehiclePaper],
    day: date,
    temporary_plate_days: int | None = None,
    warn_days: int = WARN_DAYS,
) -> list[tuple[VehiclePaper, date]]:
    """Return the papers that have expired or will within `warn_days`, the earliest first."""
    found = [
        (one, last)
        for one in papers
        if (last := one.last_day(temporary_plate_days)) is not None
        and last - day < timedelta(days=warn_days)
    ]
    return sorted(found, key=lambda pair: pair[1])


def paper_faults(
    papers: Iterable[VehiclePaper], temporary_plate_days: int, field: str = "papers"
) -> list[FieldFault]:
    """Return what cannot be right about papers, each fault at `field.kind`."""
    faults = []
    for one in papers:
        place = f"{field}.{one.kind}"
        if one.issued_on and one.valid_until and one.valid_until < one.issued_on:
            message = f"ends on {one.valid_until}, before it was issued on {one.issued_on}"
            faults.append(FieldFault(place, message, "paper_reversed"))
            continue
        if one.kind is not PaperKind.TEMPORARY_PLATE:
            continue
        if one.issued_on is None or one.valid_until is None:
            message = "a temporary plate needs its first and last day"
            faults.append(FieldFault(place, message, "temporary_plate_days_missing"))
        elif (one.valid_until - one.issued_on).days + 1 > temporary_plate_days:
            message = (
                f"{one.issued_on} to {one.valid_until} is longer than the {temporary_plate_days} "
                "days a temporary plate may last: correct one of the days"
            )
            params = (("most", str(temporary_plate_days)),)
            faults.append(FieldFault(place, message, "temporary_plate_long", params))
    return faults
