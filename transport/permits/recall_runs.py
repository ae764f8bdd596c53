"""One run of the recall: a change of the roads, the cases it touches, and what it does to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from transport.network.closures import Restriction
from transport.permits.recall import Effect


class RunState(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RecallRun:
    """A run for one office; `change_id` names the change by its content, `done` of `touched`."""

    id: str
    change_id: str
    restriction: Restriction
    network_id: str
    office_id: str
    started_at: datetime
    state: RunState = RunState.RUNNING
    touched: int = 0
    done: int = 0
    finished_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What a change does to one case, and whether its carrier was told.

    `wait_at` is where a truck on the road waits; `amendment` the number of the draft that was
    prepared for the carrier.
    """

    case_number: str
    effect: Effect
    reason: str
    first_day: date
    last_day: date
    pass_number: str = ""
    holder_name: str = ""
    on_the_road: bool = False
    wait_at: str = ""
    notice: str = ""
    told_at: datetime | None = None
    told_by: str = ""
    amendment: str = ""
