"""Axle and coupling loads of a combination as straight lines over the place of its load.

Statics is linear, so two places give the whole line. Results of single units are kept, because a
selection meets the same trailer behind every tractor.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transport.selection.limits import AxleCaps
from transport.selection.load_position import Line
from transport.vehicles.arranging import Arrangement
from transport.vehicles.beds import point_masses
from transport.vehicles.combination import Combination, Jeep, Tractor, Trailer
from transport.vehicles.statics import jeep_axles, tractor_axles, trailer_axles, truck_axles
from transport.vehicles.transport import TrailerKind

Share = tuple[str, float, Line]  # the limit's name, the limit, the value over the place


@dataclass(frozen=True, slots=True)
class LoadLines:
    """What axles and couplings carry, over the place of the load; equal axles once.

    `trailer_mean` is the mean of all its axles or lines.
    """

    front: Line
    drive: Line
    jeep: Line | None = None
    trailer: tuple[Line, ...] = ()
    trailer_mean: Line | None = None
    kingpin: Line | None = None
    coupling: Line | None = None

    @property
    def axles(self) -> tuple[Line, ...]:
        """Lines of all axles, front to rear, equal ones once."""
        return (*self.single, *self.trailer)

    @property
    def single(self) -> tuple[Line, ...]:
        """Lines of the axles in front of the trailer, of which none stand side by side."""
        return (self.front, self.drive, *(() if self.jeep is None else (self.jeep,)))

    @property
    def couplings(self) -> tuple[Line, ...]:
        """Lines of the couplings that may not be lifted."""
        return tuple(line for line in (self.kingpin, self.coupling) if line is not None)


_TrailerLines = tuple[Line, tuple[Line, ...], Line]  # kingpin, axles, their mean


@dataclass(slots=True)
class LineMaker:
    """Makes the lines of one arrangement on one combination after the other."""

    arrangement: Arrangement
    _trailers: dict[tuple[str, float], _TrailerLines] = field(default_factory=dict)
    _tractors: dict[str, tuple[Line, Line]] = field(default_factory=dict)
    _jeeps: dict[str, tuple[Line, Line]] = field(default_factory=dict)

    def lines(self, combination: Combination, pulled_out_m: float) -> LoadLines:
        """Return the lines of a combination; place 0 is the kingpin, or a truck's first axle."""
        tractor, jeep, trailer = combination.tractor, combination.jeep, combination.trailer
        if trailer is None:
            at = [truck_axles(tractor, point_masses(self.arrangement, m)) for m in (0.0, 1.0)]
            axles = _between(*at)
            return LoadLines(axles[0], axles[-1])
        kingpin, axles, mean = self._trailer(trailer, pulled_out_m)
        coupling, jeep_line = kingpin, None
        if jeep is not None:
            share, each = self._jeep(jeep)
            coupling, jeep_line = _over(share, kingpin), _over(each, kingpin)
        front, drive = self._tractor(tractor)
        return LoadLines(
            _over(front, coupling),
            _over(drive, coupling),
            jeep_line,
            axles,
            mean,
            kingpin,
            coupling,
        )

    def _trailer(self, trailer: Trailer, out_m: float) -> _TrailerLines:
        key = (trailer.code, out_m)
        if key not in self._trailers:
            at = [
                trailer_axles(trailer, point_masses(self.arrangement, place), out_m)
                for place in (0.0, 1.0)
            ]
            kingpin = Line(at[0][0], at[1][0] - at[0][0])
            lines = _between(at[0][1], at[1][1])
            mean = Line(
                sum(line.start for line in lines) / len(lines),
                sum(line.slope for line in lines) / len(lines),
            )
            self._trailers[key] = kingpin, tuple(dict.fromkeys(lines)), mean
        return self._trailers[key]

    def _tractor(self, tractor: Tractor) -> tuple[Line, Line]:
        if tractor.code not in self._tractors:
            lines = _between(tractor_axles(tractor, 0.0), tractor_axles(tractor, 1.0))
            self._tractors[tractor.code] = lines[0], lines[-1]
        return self._tractors[tractor.code]

    def _jeep(self, jeep: Jeep) -> tuple[Line, Line]:
        if jeep.code not in self._jeeps:
            at = jeep_axles(jeep, 0.0), jeep_axles(jeep, 1.0)
            coupling = Line(at[0][0], at[1][0] - at[0][0])
            self._jeeps[jeep.code] = coupling, _between(at[0][1], at[1][1])[0]
        return self._jeeps[jeep.code]


def shares_of(combination: Combination, lines: LoadLines, caps: AxleCaps) -> list[Share]:
    """Return every limit that the place of the load bears on."""
    tractor, jeep, trailer = combination.tractor, combination.jeep, combination.trailer
    rows: list[tuple[str, float | None, Line | None]] = [
        ("front_axle", tractor.front_axle_t, lines.front),
        ("drive_axle", tractor.drive_axle_t, lines.drive),
    ]
    if jeep is not None:
        rows += [
            ("jeep_coupling", jeep.carries_t, lines.kingpin),
            ("jeep_axle", jeep.axle_t, lines.jeep),
        ]
    if trailer is not None:
        most_t = trailer.axle_t
        line_t = None if most_t is None else most_t * trailer.axles_per_line
        rows += [
            ("fifth_wheel", tractor.fifth_wheel_t, lines.coupling),
            ("kingpin", trailer.kingpin_t, lines.kingpin),
            *(("trailer_axle", line_t, line) for line in lines.trailer),
        ]
    shares = [(name, most, line) for name, most, line in rows if most and line is not None]
    kind = trailer.kind if trailer else TrailerKind.NONE
    if kind is TrailerKind.HYDRAULIC:
        shares += [
            ("hydraulic_line_maximum_t", caps.line_maximum_t, line) for line in lines.trailer
        ]
        if lines.trailer_mean is not None:
            shares.append(("hydraulic_line_average_t", caps.line_average_t, lines.trailer_mean))
    elif kind is not TrailerKind.SPECIAL:
        shares += [("flatbed_maximum_t", caps.flatbed_maximum_t, line) for line in lines.single]
        line_t = caps.flatbed_maximum_t * (trailer.axles_per_line if trailer else 1)
        shares += [("flatbed_maximum_t", line_t, line) for line in lines.trailer]
    return shares


def _between(at_zero: tuple[float, ...], at_one: tuple[float, ...]) -> tuple[Line, ...]:
    return tuple(Line(start, after - start) for start, after in zip(at_zero, at_one, strict=True))


def _over(outer: Line, inner: Line) -> Line:
    """Return a line over a load that is itself a line over the place."""
    return Line(outer.start + outer.slope * inner.start, outer.slope * inner.slope)
