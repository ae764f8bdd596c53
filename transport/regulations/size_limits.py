"""Sizes above which a loaded vehicle is over-limit (R62 art. 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.regulations.dated import Dated


class ConformingKind(StrEnum):
    """Kinds of vehicles that conform to GB 1589 although longer or wider than art. 3."""

    REFRIGERATED = "refrigerated"
    CENTRE_AXLE_TRAIN = "centre_axle_train"
    FULL_TRAILER_TRAIN = "full_trailer_train"
    CAR_CARRIER = "car_carrier"
    AIR_SUSPENSION = "air_suspension"
    SPECIAL_OPERATION = "special_operation"


@dataclass(frozen=True, slots=True)
class ConformingSizes:
    """Sizes up to which a conforming kind is not deemed over-limit; None: not read, so unknown."""

    kind: ConformingKind
    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """Overall sizes of vehicle and load, in metres; over-limit when larger."""

    height_m: Dated[float]
    width_m: Dated[float]
    length_m: Dated[float]
    conforming_kinds: Dated[tuple[ConformingSizes, ...]]
