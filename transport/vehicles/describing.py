"""Describe a transport: from what a user gave, as options or a file, to a checked Transport.

Every fault is collected with the field's name and a remedy before anything is refused. The ranges
here are limits of plausibility, wide enough for any load on a road; the law is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transport.errors import InvalidInputError
from transport.vehicles.axle_notation import (
    AxleGroup,
    counts_from_spacings,
    is_form_spacings,
    parse_axle_notation,
    parse_axle_spacings,
    split_by_counts,
)
from transport.vehicles.describing_units import derive_from_units, has_units
from transport.vehicles.reading_fields import FieldReader
from transport.vehicles.transport import ConformingKind, Material, TrailerKind, Transport

KEYS = (
    "height_m",
    "width_m",
    "length_m",
    "mass_t",
    "axle_loads_t",
    "axle_spacings_m",
    "axle_notation",
    "axle_counts",
    "drive_axles",
    "tractor_axles",
    "trailer_kind",
    "full_trailer",
    "axles_per_line",
    "tyres_per_axle",
    "standard_wide_tyres",
    "licence_mass_t",
    "conforming_kind",
    "pieces",
    "indivisible",
    "material",
    "design_top_speed_km_h",
    "component",
    "tractor",
    "trailer",
    "load_position_m",
    "travel_at",
)
_SUM_TOLERANCE = 0.01
_DUAL_TYRES = 4
_LOW_BED_FILES = 2
_STEERED_TYRES = 2


@dataclass(slots=True)
class _Axles:
    """Axles as given, on their way to a Transport."""

    loads_t: tuple[float, ...] = ()
    spacings_m: tuple[float, ...] = ()
    group_sizes: tuple[int, ...] = ()
    notation: str = ""
    line_groups: tuple[int, ...] = field(default=())


def describe_transport(given: Mapping[str, Any]) -> Transport:
    """Return the transport that the keys of the contract describe.

    A component on its tractor and trailer gives the sizes and axle loads that are not given.
    Raise InvalidInputError with one fault for every field that is missing, impossible, in the
    wrong unit or at odds with another.
    """
    if has_units(given):
        stated = {key: value for key, value in given.items() if value is not None}
        given = derive_from_units(given) | stated
    reader = FieldReader(given, KEYS)
    height_m = reader.number("height_m", 1.0, 12.0, unit="m")
    width_m = reader.number("width_m", 1.0, 12.0, unit="m")
    length_m = reader.number("length_m", 2.0, 150.0, unit="m")
    axles = _read_axles(reader)
    mass_t = reader.number("mass_t", 0.5, 1500.0, unit="t", required=not axles.loads_t)
    if mass_t is None and axles.loads_t:
        mass_t = round(sum(axles.loads_t), 6)
    kind = reader.choice("trailer_kind", TrailerKind, TrailerKind.LOW_BED)
    count = len(axles.loads_t) or 100
    per_line = reader.whole("axles_per_line", 1, 4, default=1)
    drive_axles = reader.whole("drive_axles", 1, count, default=min(2, count))
    tractor_axles = reader.whole("tractor_axles", 1, count, default=0)
    pieces = reader.whole("pieces", 1, 1000, default=1)
    indivisible = reader.flag("indivisible", default=True)
    full_trailer = reader.flag("full_trailer", default=None)
    material = reader.choice("material", Material, Material.PRECAST)
    speed = reader.number("design_top_speed_km_h", 1.0, 200.0, unit="km/h", required=False)
    tyres = _read_tyres(reader, len(axles.loads_t))
    wide_tyres = reader.flag("standard_wide_tyres", default=False)
    licence_mass_t = reader.number("licence_mass_t", 0.5, 100.0, unit="t", required=False)
    conforming = (
        reader.choice("conforming_kind", ConformingKind, ConformingKind.REFRIGERATED)
        if reader.has("conforming_kind")
        else None
    )
    _check_together(reader, height_m, width_m, length_m, mass_t, axles)
    if per_line > _LOW_BED_FILES and kind is not TrailerKind.HYDRAULIC:
        reader.fault(
            "axles_per_line",
            "three or four axles on a line belong to a hydraulic trailer: set trailer_kind",
            "axles_per_line_files",
        )
    elif per_line > 1 and kind not in (TrailerKind.HYDRAULIC, TrailerKind.LOW_BED):
        reader.fault(
            "axles_per_line",
            "two axles on a line belong to a hydraulic trailer or a low-bed: set trailer_kind, "
            "or axles_per_line to 1",
            "axles_per_line_kind",
        )
    if reader.faults or height_m is None or width_m is None or length_m is None or mass_t is None:
        raise InvalidInputError(reader.faults)
    return Transport(
        height_m=height_m,
        width_m=width_m,
        length_m=length_m,
        mass_t=mass_t,
        axle_loads_t=axles.loads_t,
        axle_spacings_m=axles.spacings_m,
        drive_axles=drive_axles,
        trailer_kind=kind,
        axles_per_line=per_line,
        tyres_per_axle=tyres,
        pieces=pieces,
        indivisible=indivisible is not False,
        material=material,
        design_top_speed_km_h=speed,
        axle_notation=axles.notation,
        axle_group_sizes=axles.group_sizes,
        tractor_axles=tractor_axles or _count_tractor_axles(axles, kind, drive_axles),
        full_trailer=full_trailer,
        standard_wide_tyres=wide_tyres is True,
        licence_mass_t=licence_mass_t,
        conforming_kind=conforming,
    )


def _read_axles(reader: FieldReader) -> _Axles:
    """Read loads from the list or from the form's notation, whichever was given."""
    axles = _Axles(
        loads_t=reader.numbers("axle_loads_t", 0.1, 60.0, unit="t"),
        spacings_m=_read_spacings(reader),
        group_sizes=reader.wholes("axle_counts", 1, 100),
        notation=reader.text("axle_notation"),
    )
    if axles.notation:
        _split_notation(reader, axles)
    elif axles.group_sizes and sum(axles.group_sizes) != len(axles.loads_t):
        reader.fault(
            "axle_counts",
            f"the counts add up to {sum(axles.group_sizes)}, but axle_loads_t has "
            f"{len(axles.loads_t)} axles: make them agree",
            "axle_counts_sum",
        )
    return axles


def _read_spacings(reader: FieldReader) -> tuple[float, ...]:
    """Read spacings as a list, or as the form writes them, `3.2-1.4-7-1.45*4`."""
    text = reader.text("axle_spacings_m")
    if not is_form_spacings(text):
        return reader.numbers("axle_spacings_m", 0.5, 60.0, unit="m")
    try:
        return parse_axle_spacings(text)
    except InvalidInputError as wrong:
        reader.faults += wrong.faults
        return ()


def _split_notation(reader: FieldReader, axles: _Axles) -> None:
    try:
        groups = parse_axle_notation(axles.notation)
        counts = _count_axles(reader, axles, groups)
        loads = split_by_counts(groups, counts) if counts else ()
    except InvalidInputError as wrong:
        reader.faults += wrong.faults
        return
    if not counts:
        return
    if axles.loads_t and not _same_groups(axles.loads_t, groups, counts):
        reader.fault(
            "axle_notation",
            "axle_loads_t and axle_notation differ: give one of them, or make them agree",
            "axle_notation_differs",
        )
    axles.loads_t, axles.group_sizes = axles.loads_t or loads, counts
    axles.line_groups = tuple(n for n, group in enumerate(groups) if group.lines)


def _count_axles(
    reader: FieldReader, axles: _Axles, groups: Sequence[AxleGroup]
) -> tuple[int, ...]:
    """Axles of every group: as given, as the lines say, or as the spacings show."""
    if axles.group_sizes:
        return axles.group_sizes
    if all(group.lines for group in groups):
        return tuple(group.lines or 1 for group in groups)
    if axles.spacings_m:
        return counts_from_spacings(groups, axles.spacings_m)
    reader.fault(
        "axle_notation",
        f"'{axles.notation}' gives tonnes per group and cannot be split into axles "
        "without axle_counts (for example 1,2,5) or axle_spacings_m",
        "axle_notation_needs_counts",
    )
    return ()


def _same_groups(
    loads_t: Sequence[float], groups: Sequence[AxleGroup], counts: Sequence[int]
) -> bool:
    """Whether single axle loads add up to the groups of the notation (1 % may differ)."""
    if sum(counts) != len(loads_t):
        return False
    first = 0
    for group, count in zip(groups, counts, strict=True):
        found = sum(loads_t[first : first + count])
        if abs(found - group.total_t) > _SUM_TOLERANCE * group.total_t:
            return False
        first += count
    return True


def _read_tyres(reader: FieldReader, axle_count: int) -> tuple[int, ...]:
    """Tyres of every axle: one number stands for all but the first, which steers on two."""
    given = reader.wholes("tyres_per_axle", 1, 16)
    if len(given) <= 1:
        tyres = given[0] if given else _DUAL_TYRES
        return tuple(min(tyres, _STEERED_TYRES) if n == 0 else tyres for n in range(axle_count))
    if len(given) != axle_count:
        reader.fault(
            "tyres_per_axle",
            f"{len(given)} numbers for {axle_count} axles: give one number, or one per axle",
            "tyres_count",
        )
    return given


def _check_together(
    reader: FieldReader,
    height_m: float | None,
    width_m: float | None,
    length_m: float | None,
    mass_t: float | None,
    axles: _Axles,
) -> None:
    """Find fields that contradict each other."""
    for name, other in (("width_m", width_m), ("height_m", height_m)):
        if length_m is not None and other is not None and length_m < other:
            reader.fault(
                "length_m",
                f"{length_m:g} m is shorter than {name} = {other:g}: were the two swapped?",
                "swapped",
            )
    loads, spacings = axles.loads_t, axles.spacings_m
    if len(loads) == 1:
        reader.fault("axle_loads_t", "a vehicle has at least two axles: list all", "one_axle")
    if loads and spacings and len(spacings) != len(loads) - 1:
        reader.fault(
            "axle_spacings_m",
            f"{len(loads)} axles need {len(loads) - 1} spacings, got {len(spacings)}: "
            "give the distance from each axle to the next, front to rear",
            "spacings_count",
        )
    if length_m is not None and sum(spacings) > length_m:
        reader.fault(
            "axle_spacings_m",
            f"the spacings add up to {sum(spacings):g} m, more than length_m = {length_m:g}",
            "spacings_sum",
        )
    if mass_t is not None and loads and abs(sum(loads) - mass_t) > _SUM_TOLERANCE * mass_t:
        reader.fault(
            "axle_loads_t",
            f"the axle loads add up to {sum(loads):.6g} t, but mass_t is {mass_t:g} "
            "(1 % may differ): correct one of them",
            "axle_loads_sum",
        )


def _count_tractor_axles(axles: _Axles, kind: TrailerKind, drive_axles: int) -> int | None:
    """How many leading axles are the tractor's, as far as the description says.

    Lines written n*t are the trailer's; otherwise the widest gap is the one behind the tractor;
    otherwise a tractor has one steered axle and its drive axles.
    """
    count = len(axles.loads_t)
    if not count or kind is TrailerKind.NONE:
        return count or None
    if axles.line_groups and axles.line_groups[0] > 0:
        return sum(axles.group_sizes[: axles.line_groups[0]])
    if len(axles.spacings_m) > 1:
        return _widest(axles.spacings_m[1:]) + 2
    return min(1 + drive_axles, count)


def _widest(gaps: Sequence[float]) -> int:
    return max(range(len(gaps)), key=gaps.__getitem__)
