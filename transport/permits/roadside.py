"""A check at the roadside: what an officer measured, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from transport.permits.entry_check import Compared, Measured
from transport.permits.structures_ahead import Ahead
from transport.rules.penalties import Fine


class Occasion(StrEnum):
    """Where on the journey it was checked."""

    ENTRY = "entry"  # 入口核验
    ROADSIDE = "roadside"  # 路面检查
    EXIT = "exit"  # 出口核验


@dataclass(frozen=True, slots=True)
class Report:
    """What an officer's device says; `id` was made there, so that a report sent twice is one.

    `after_km` is how far the transport has come on its journey; what lies behind is not judged.
    """

    id: str
    number: str
    revision: int
    outcome: str
    measured_at: datetime
    measured: Measured
    place: str = ""
    road: str = ""
    on_route: bool | None = None
    occasion: Occasion = Occasion.ROADSIDE
    after_km: float = 0.0


@dataclass(frozen=True, slots=True)
class RoadsideCheck:
    """A report on file, with the comparison and the consequence by the law of its day.

    `ahead` are the structures of the route that what was measured does not fit.
    """

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
    photos: tuple[str, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    version: int = 1
