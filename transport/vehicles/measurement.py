"""Who measured a piece or a load, how, when, and how far off the numbers may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MeasuringMethod(StrEnum):
    """How sizes and masses were found."""

    DRAWING = "drawing"
    TAPE = "tape"
    LASER = "laser"
    WEIGHBRIDGE = "weighbridge"
    LOAD_CELL = "load_cell"
    CALCULATION = "calculation"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Measurement:
    """Where numbers come from: the true size lies within `tolerance_m` of what is written.

    `measured_by` names an office or a role (gate of the factory), never a person's data.
    """

    measured_by: str = ""
    method: MeasuringMethod = MeasuringMethod.DRAWING
    measured_on: date | None = None
    tolerance_m: float = 0.0
    tolerance_t: float = 0.0


AS_DRAWN = Measurement()
