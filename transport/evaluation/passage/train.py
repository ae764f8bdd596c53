"""The transport as the checks see it: grades, axles on a bridge, units in a turn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from transport.evaluation.grades import classify_mass, classify_size
from transport.evaluation.tables import Tables
from transport.evaluation.words import Grade, Train
from transport.manoeuvres.sweeping import Unit
from transport.structures.effects import Axles
from transport.vehicles.transport import TrailerKind, Transport

_KN_PER_T = 9.8
_NOSE_M = 1.4  # the tractor ahead of its front axle
_HITCH_M = 0.3  # kingpin ahead of the middle of the drive axles
_TRACTOR_WIDTH_M = 2.5
_WIDEST_TRACK_M = 3.0
_DECK_AHEAD_M = 1.2  # the trailer ahead of its kingpin
_LEAST_OVERHANG_M = 0.5
_LONG_GAP_M = 4.0  # longer than between the axles of one unit
_TRAINS = {
    TrailerKind.LOW_BED: Train.LOW_BED,
    TrailerKind.HYDRAULIC: Train.HYDRAULIC,
    TrailerKind.SPECIAL: Train.SPECIAL,
    TrailerKind.NONE: Train.LOW_BED,
}
# How much the last unit's rear axles may steer with the bend: a search tries them.
_STEERING = {
    Train.LOW_BED: (0.0,),
    Train.HYDRAULIC: (0.0, 0.5, 1.0),
    Train.SPECIAL: (0.0, 0.5, 1.0),
}


@dataclass(frozen=True, slots=True)
class PassingTrain:
    """A transport with its grades (None: no grade, or no axle loads).

    `axles` and `units` are None where loads or spacings are not given. `lines` counts axle lines of
    the trailer, `files` the axles side by side; `wheelbase_m` is from the kingpin to the middle of
    the trailer's axles, `axle_base_m` from its first to its last line.
    """

    transport: Transport
    train: Train
    size_grade: Grade | None
    mass_grade: str | None
    axles: Axles | None
    units: tuple[Unit, ...] | None
    rear_steer: tuple[float, ...]
    files: int
    lines: int
    line_spacing_m: float | None
    wheelbase_m: float | None
    axle_base_m: float | None
    size_over: bool
    mass_over: bool
    speed_km_h: float


def describe_train(
    transport: Transport,
    tables: Tables,
    *,
    size_over: bool,
    mass_over: bool,
    speed_km_h: float = 20.0,
) -> PassingTrain:
    """Describe a transport; `speed_km_h` is the speed proposed for bridges and turns (4.1.2)."""
    train = _TRAINS[transport.trailer_kind]
    size = classify_size(
        tables,
        train=train,
        length_m=transport.length_m,
        width_m=transport.width_m,
        height_m=transport.height_m,
    ).values["grade"]
    tractor = _tractor_axles(transport)
    gaps = transport.axle_spacings_m
    units = _units(transport, tractor) if tractor else None
    trailer_gaps = gaps[tractor:] if tractor else ()
    return PassingTrain(
        transport,
        train,
        size,
        _mass_grade(transport, tables),
        _axles(transport),
        units,
        _STEERING[train],
        files=transport.axles_per_line,
        lines=max(transport.axle_count - tractor, 0),
        line_spacing_m=sum(trailer_gaps) / len(trailer_gaps) if trailer_gaps else None,
        wheelbase_m=units[-1].wheelbase_m if units and len(units) > 1 else None,
        axle_base_m=sum(trailer_gaps) if trailer_gaps else None,
        size_over=size_over,
        mass_over=mass_over,
        speed_km_h=speed_km_h,
    )


def _mass_grade(transport: Transport, tables: Tables) -> str | None:
    """Grade the largest load of one axle; a hydraulic line shares its load between its axles."""
    if not transport.axle_loads_t:
        return None
    tractor = _tractor_axles(transport) or len(transport.axle_loads_t)
    loads = [
        load / (transport.axles_per_line if number >= tractor else 1)
        for number, load in enumerate(transport.axle_loads_t)
    ]
    return str(classify_mass(tables, max_axle_t=max(loads)).values["grade"])


def _axles(transport: Transport) -> Axles | None:
    if not transport.axle_loads_t or len(transport.axle_spacings_m) != transport.axle_count - 1:
        return None
    return Axles(
        tuple(load * _KN_PER_T for load in transport.axle_loads_t), transport.axle_spacings_m
    )


def _tractor_axles(transport: Transport) -> int:
    """Return how many leading axles the tractor has, 0 where nothing tells."""
    if transport.tractor_axles is not None:
        return transport.tractor_axles
    gaps = transport.axle_spacings_m
    if transport.trailer_kind is TrailerKind.NONE or len(gaps) < transport.axle_count - 1:
        return 0
    beyond = [number for number, gap in enumerate(gaps) if number > 0 and gap >= _LONG_GAP_M]
    return beyond[0] + 1 if beyond else 0


def _units(transport: Transport, tractor: int) -> tuple[Unit, ...] | None:
    places = [0.0, *accumulate(transport.axle_spacings_m)]
    if tractor < 2 or len(places) <= tractor:  # noqa: PLR2004 - a tractor has at least two axles
        return None
    drive = sum(places[1:tractor]) / (tractor - 1)
    middle = sum(places[tractor:]) / (len(places) - tractor)
    kingpin = drive - _HITCH_M
    track_m = min(transport.width_m, _WIDEST_TRACK_M)
    behind = max(transport.length_m - _NOSE_M - middle, places[-1] - middle + _LEAST_OVERHANG_M)
    return (
        Unit(
            drive,
            _HITCH_M,
            _NOSE_M,
            places[tractor - 1] - drive + _LEAST_OVERHANG_M,
            _TRACTOR_WIDTH_M,
            _TRACTOR_WIDTH_M,
        ),
        Unit(
            middle - kingpin,
            0.0,
            _DECK_AHEAD_M,
            behind,
            max(transport.width_m, track_m),
            track_m,
        ),
    )
