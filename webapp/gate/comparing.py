"""Compare what was measured at the roadside with what a pass permits."""

from __future__ import annotations

from dataclasses import dataclass

from transport.permits.permit import Permit


@dataclass(frozen=True, slots=True)
class Measurement:
    """What an officer measured; None where something was not measured."""

    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    gross_mass_t: float | None = None
    largest_axle_load_t: float | None = None
    axle_count: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One quantity; `difference` is measured minus permitted, None where one is missing.

    `fits` is None where it cannot be told. More than the pass permits never fits; fewer or more
    axles than on the pass are another vehicle (R62 art. 21).
    """

    quantity: str
    unit: str
    measured: float | None
    permitted: float | None
    difference: float | None
    fits: bool | None


def compare(measured: Measurement, permit: Permit) -> list[Comparison]:
    """Return the quantities in the order of the form."""
    return [
        _line("height_m", "m", measured.height_m, permit.height_m),
        _line("width_m", "m", measured.width_m, permit.width_m),
        _line("length_m", "m", measured.length_m, permit.length_m),
        _line("gross_mass_t", "t", measured.gross_mass_t, permit.gross_mass_t),
        _line("largest_axle_load_t", "t", measured.largest_axle_load_t, permit.largest_axle_load_t),
        _line("axle_count", "", measured.axle_count, permit.axle_count, exactly=True),
    ]


def _line(
    quantity: str,
    unit: str,
    measured: float | None,
    permitted: float | None,
    *,
    exactly: bool = False,
) -> Comparison:
    if measured is None or permitted is None:
        return Comparison(quantity, unit, measured, permitted, None, None)
    # Millimetres and kilograms: what is written with three decimals compares without dust.
    difference = round(measured - permitted, 3)
    fits = difference == 0 if exactly else difference <= 0
    return Comparison(quantity, unit, measured, permitted, difference, fits)
