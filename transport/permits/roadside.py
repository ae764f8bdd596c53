"""A check at the roadside: what an officer measured, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from transport.permits.entry_check import Compared, Measured
from transport.rules.penalties import Fine


@dataclass(frozen=True, slots=True)
class Report:
    """What an officer's device says; `id` was made there, so that a report sent twice is one."""

    id: str
    number: str
    revision: int
    outcome: str
    measured_at: datetime
    measured: Measured
    place: str = ""
    road: str = ""
    on_route: bool | None = None


@dataclass(frozen=True, slots=True)
class RoadsideCheck:
    """A report on file, with the comparison and the consequence by the law of its day."""

    id: str
    report: Report
    officer_id: str
    officer_name: str
    office_id: str
    office_name: str
    received_at: datetime
    compared: tuple[Compared, ...]
    fits: bool
    case_number: str = ""
    holder_name: str = ""
    fine: Fine | None = None
    version: int = 1
