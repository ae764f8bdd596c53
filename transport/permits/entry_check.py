"""The check of vehicle and load at the entry (核查后发证), with the evidence that it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from transport.permits.decision import Signature
from transport.vehicles.transport import Transport

_MM = 3


class View(StrEnum):
    """The seven photographs of an entry check (practice of the network's own forms)."""

    LEFT_FRONT = "left_front"
    FRONT = "front"
    RIGHT_FRONT = "right_front"
    LEFT_REAR = "left_rear"
    REAR = "rear"
    RIGHT_REAR = "right_rear"
    PANORAMA = "panorama"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on the loaded vehicle; None where it was not."""

    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    mass_t: float | None = None
    largest_axle_load_t: float | None = None
    axle_count: int | None = None


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How much more than permitted is still taken as permitted (a dated row; by default 0)."""

    size_m: float = 0.0
    mass_t: float = 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One quantity; `fits` is None where it was not measured or the pass does not say it.

    `excess` is measured minus permitted, whatever the tolerance.
    """

    quantity: str
    measured: float | None
    permitted: float | None
    tolerance: float
    excess: float | None
    fits: bool | None


@dataclass(frozen=True, slots=True)
class EntryCheck:
    """A check at the entry; `photos` are digests of files by their view."""

    station: str
    measured: Measured
    plates_match: bool
    passed: bool
    by: Signature
    note: str = ""
    photos: tuple[tuple[str, str], ...] = ()


def permitted_of(transport: Transport) -> Measured:
    """Return what a pass for this transport permits."""
    return Measured(
        height_m=transport.height_m,
        width_m=transport.width_m,
        length_m=transport.length_m,
        mass_t=transport.mass_t,
        largest_axle_load_t=transport.largest_axle_load_t,
        axle_count=transport.axle_count,
    )


def compare(measured: Measured, permitted: Measured, tolerances: Tolerances) -> list[Compared]:
    """Compare quantity by quantity; another number of axles is another vehicle (R62 21)."""
    found = []
    for one in fields(Measured):
        tolerance = tolerances.mass_t if one.name.endswith("_t") else tolerances.size_m
        if one.name == "axle_count":
            tolerance = 0.0
        here: float | None = getattr(measured, one.name)
        allowed: float | None = getattr(permitted, one.name)
        found.append(_compared(one.name, here, allowed, tolerance))
    return found


def all_fit(found: Sequence[Compared]) -> bool:
    """Say whether nothing measured is more than permitted."""
    return all(one.fits is not False for one in found)


def _compared(
    quantity: str, measured: float | None, permitted: float | None, tolerance: float
) -> Compared:
    if measured is None or permitted is None:
        return Compared(quantity, measured, permitted, tolerance, None, None)
    # Millimetres and kilograms: what is written with three decimals compares without dust.
    excess = round(measured - permitted, _MM)
    fits = excess == 0 if quantity == "axle_count" else excess <= tolerance
    return Compared(quantity, measured, permitted, tolerance, excess, fits)
