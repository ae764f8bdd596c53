"""A supervised crossing of a bridge: planned, started, observed, finished or denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.permits.decision import Signature


class CrossingOutcome(StrEnum):
    """How a crossing ended."""

    FINISHED = "finished"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class PlannedCrossing:
    """A bridge of the route in the order of travel; no capacity and no clearance."""

    structure: str
    name: str
    chainage_km: float | None
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class Observations:
    """What the supervisor saw; None where nobody looked."""

    on_the_line: bool | None = None  # 居中行驶
    uniform_speed: bool | None = None  # 匀速, 不制动不变速
    alone_on_bridge: bool | None = None  # 桥上无其他重车
    speed_km_h: float | None = None
    movement: str = ""  # 异响, 振动, 下挠
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One crossing as the device of the supervisor reports it; `id` was made there."""

    id: str
    pass_number: str
    case_number: str
    structure: str
    structure_name: str
    outcome: CrossingOutcome
    started_at: datetime
    ended_at: datetime
    observed: Observations
    supervisor: Signature
    office_id: str
    received_at: datetime
    reason: str = ""
    photos: tuple[str, ...] = ()
    version: int = 1


def planned_crossings(
    contract: Mapping[str, Any], bridge_speed_km_h: int | None
) -> tuple[PlannedCrossing, ...]:
    """Return the bridges of a planned route, with what the pass asks of the driver."""
    told = f"≤ {bridge_speed_km_h} km/h" if bridge_speed_km_h else ""
    return tuple(
        PlannedCrossing(
            structure=str(one.get("id") or one.get("name") or ""),
            name=str(one.get("name") or one.get("id") or ""),
            chainage_km=one.get("chainage_km"),
            instruction=told,
        )
        for one in contract.get("structures", ())
        if one.get("kind") == "bridge" and (one.get("id") or one.get("name"))
    )


def check_crossing(crossing: Crossing) -> None:
    """Refuse a crossing that cannot be: raises InvalidInputError."""
    faults = []
    if crossing.ended_at < crossing.started_at:
        faults.append(FieldFault("ended_at", "lies before the start", "ends_before_start"))
    if crossing.outcome is CrossingOutcome.DENIED and not crossing.reason.strip():
        faults.append(FieldFault("reason", "a crossing is denied with a reason", "reason_missing"))
    if not crossing.structure:
        faults.append(FieldFault("structure", "must name the bridge", "required"))
    if faults:
        raise InvalidInputError(faults)
