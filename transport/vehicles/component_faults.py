"""What cannot be true of one piece: places outside it, one support alone, a tolerance too large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from transport.errors import FieldFault
from transport.vehicles.measurement import Measurement


class MeasuredPiece(Protocol):
    """A piece of the catalogue or a firm's list, as far as its measures go."""

    @property
    def length_m(self) -> float:
        """Return the length as made."""

    @property
    def width_m(self) -> float:
        """Return the width as made."""

    @property
    def height_m(self) -> float:
        """Return the height as made."""

    @property
    def mass_t(self) -> float:
        """Return the mass."""

    @property
    def supports_m(self) -> tuple[float, ...]:
        """Return where it is supported, from its front end."""

    @property
    def centre_along_m(self) -> float | None:
        """Return its centre of gravity from its front end; None where it is the middle."""

    @property
    def centre_across_m(self) -> float:
        """Return its centre of gravity right of its middle."""

    @property
    def centre_up_m(self) -> float | None:
        """Return its centre of gravity above its underside; None where it is the middle."""

    @property
    def measured(self) -> Measurement:
        """Return who measured it."""


def component_faults(piece: MeasuredPiece) -> Iterator[FieldFault]:
    """Yield what of a piece's measures cannot stand together, each at its field."""
    yield from _centre_faults(piece)
    yield from _support_faults(piece)
    measured = piece.measured
    smallest_m = min(piece.length_m, piece.width_m, piece.height_m)
    if measured.tolerance_m >= smallest_m:
        message = f"must be less than the smallest size, {smallest_m:g} m"
        yield FieldFault("tolerance_m", message, "less_than", _than(smallest_m, "m"))
    if measured.tolerance_t >= piece.mass_t:
        message = f"must be less than the mass, {piece.mass_t:g} t"
        yield FieldFault("tolerance_t", message, "less_than", _than(piece.mass_t, "t"))


def _centre_faults(piece: MeasuredPiece) -> Iterator[FieldFault]:
    half_m = piece.width_m / 2
    for field, at, least, most in (
        ("centre_along_m", piece.centre_along_m, 0.0, piece.length_m),
        ("centre_across_m", piece.centre_across_m, -half_m, half_m),
        ("centre_up_m", piece.centre_up_m, 0.0, piece.height_m),
    ):
        if at is not None and not least <= at <= most:
            message = f"the centre of gravity lies within the piece: {least:g} to {most:g} m"
            params = (("least", f"{least:g}"), ("most", f"{most:g}"))
            yield FieldFault(field, message, "out_of_range", params)


def _support_faults(piece: MeasuredPiece) -> Iterator[FieldFault]:
    places = piece.supports_m
    if not places:
        return
    if any(at > piece.length_m for at in places):
        message = f"lie within the {piece.length_m:g} m of the piece"
        params = (("least", "0"), ("most", f"{piece.length_m:g}"))
        yield FieldFault("supports_m", message, "out_of_range", params)
        return
    if len(set(places)) < 2:  # noqa: PLR2004 - a piece on one support alone falls
        message = "name at least two places, or none"
        yield FieldFault("supports_m", message, "one_support")
        return
    along_m = piece.length_m / 2 if piece.centre_along_m is None else piece.centre_along_m
    if not min(places) <= along_m <= max(places):
        message = (
            f"the centre of gravity at {along_m:g} m lies outside the supports "
            f"{min(places):g} to {max(places):g} m: the piece would tip over"
        )
        numbers = (("centre", along_m), ("first", min(places)), ("last", max(places)))
        told = tuple((name, f"{value:g}") for name, value in numbers)
        yield FieldFault("supports_m", message, "centre_outside_supports", told)


def _than(most: float, unit: str) -> tuple[tuple[str, str], ...]:
    return ("most", f"{most:g}"), ("unit", unit)
