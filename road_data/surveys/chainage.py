"""From a road's number and kilometre to a place: calibrated, with broken chains, shared sections.

The kilometres of section rows follow one another on the ground. Where the next row begins before
the one before ends, the kilometres between stand there twice (a long chain); where it begins later
they are missing (a short chain) or that road is not recorded: the rows with coordinates on the
road, or else its length, say which. Rows with coordinates and kilometre fix the start of the count
and take up what the drawn road is longer or shorter than the real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from road_data.surveys.roads import RoadLine, nearest_on, plain_ref, road_lines
from transport.network.attributes import Floats
from transport.network.graph import RoadNetwork

_ANCHOR_REACH_M = 300.0
_SAME_KM = 1e-6
_OUTSIDE_M = 2_000.0
_ROUNDS = 30
# A road that is drawn a little longer than it is counted still ends at its last kilometre.
_ROUNDING_KM = 0.02


@dataclass(frozen=True, slots=True)
class Anchor:
    """A kilometre of a road whose place on the map is known."""

    chainage_km: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of kilometres and how far (metres) along the count it begins."""

    from_km: float
    to_km: float
    start_m: float

    def holds(self, km: float) -> bool:
        return self.from_km - _SAME_KM <= km <= self.to_km + _SAME_KM

    def at_m(self, km: float) -> float:
        return self.start_m + (km - self.from_km) * 1000


@dataclass(frozen=True, slots=True)
class Chainage:
    """The kilometres of one road laid on its line.

    `knots_m` and `shifts_m` turn metres of the count into metres along the line. `assumed_start`
    says that no row with coordinates fixed the start.
    """

    line: RoadLine
    pieces: tuple[_Piece, ...]
    forward: bool
    knots_m: Floats
    shifts_m: Floats
    assumed_start: bool

    def positions_m(self, km: float) -> list[float]:
        """Return the positions along the line of a kilometre: none, one, or two in a long chain."""
        pieces = [piece for piece in self.pieces if piece.holds(km)]
        if not pieces:
            first, last = self.pieces[0], self.pieces[-1]
            reach_km = _OUTSIDE_M / 1000
            if first.from_km - reach_km <= km < first.from_km:
                pieces = [first]
            elif last.to_km < km <= last.to_km + reach_km:
                pieces = [last]
        found = [self.placed_m(piece.at_m(km)) for piece in pieces]
        apart = [at for index, at in enumerate(found) if index == 0 or at != found[index - 1]]
        return [at for at in apart if -_OUTSIDE_M <= at <= self.line.length_m + _OUTSIDE_M]

    def placed_m(self, counted_m: float) -> float:
        """Return the position along the line for metres of the count."""
        shift = float(np.interp(counted_m, self.knots_m, self.shifts_m))
        return (counted_m if self.forward else -counted_m) + shift

    def km_at(self, position_m: float) -> float | None:
        """Return the kilometre at a position along the line, None outside of what is counted."""
        sign = 1 if self.forward else -1
        counted_m = sign * position_m
        for _ in range(_ROUNDS):  # shifts change slowly along the road
            shift = float(np.interp(counted_m, self.knots_m, self.shifts_m))
            counted_m = sign * (position_m - shift)
        for piece in self.pieces:
            km = piece.from_km + (counted_m - piece.start_m) / 1000
            if piece.from_km - _ROUNDING_KM <= km <= piece.to_km + _ROUNDING_KM:
                return km
        return None

    def span_m(self, from_km: float, to_km: float) -> tuple[float, float]:
        """Return where a run of kilometres of one row begins and ends on the line, in order."""
        for piece in self.pieces:
            if abs(piece.from_km - from_km) < _SAME_KM and abs(piece.to_km - to_km) < _SAME_KM:
                one, other = self.placed_m(piece.at_m(from_km)), self.placed_m(piece.at_m(to_km))
                return min(one, other), max(one, other)
        ends = [self.positions_m(km) for km in (from_km, to_km)]
        if not all(ends):
            return 0.0, 0.0
        return min(min(each) for each in ends), max(max(each) for each in ends)


def chainage_of(
    network: RoadNetwork,
    ref: str,
    runs: Sequence[tuple[float, float]],
    anchors: Sequence[Anchor],
) -> Chainage | None:
    """Lay the kilometres of a road on its line.

    `runs` are the kilometres of its section rows. None where the network lacks the road, or where
    nothing says which kilometre it begins with.
    """
    best: tuple[float, Chainage] | None = None
    for line in road_lines(network, plain_ref(ref)):
        if not line.edges:
            continue
        fixed = sorted(_fixed(network, line, anchors))
        if not fixed and not runs:
            continue
        laid = _lay(line, sorted(runs), fixed)
        error = _error_m(laid, runs, fixed)
        if best is None or error < best[0] - 1.0:
            best = error, laid
    return None if best is None else best[1]


def _fixed(
    network: RoadNetwork, line: RoadLine, anchors: Sequence[Anchor]
) -> list[tuple[float, float]]:
    """Return (kilometre, position) of the anchors that lie on the line."""
    edges = list(line.edges)
    index = {edge: place for place, edge in enumerate(edges)}
    found = []
    for anchor in anchors:
        near = nearest_on(network, edges, anchor.lon, anchor.lat)
        if near is not None and near.distance_m <= _ANCHOR_REACH_M:
            length_m = float(network.length_m[near.edge])
            at_m = line.position_m(index[near.edge], near.offset_m, length_m)
            found.append((anchor.chainage_km, at_m))
    return found


def _lay(
    line: RoadLine, runs: Sequence[tuple[float, float]], fixed: Sequence[tuple[float, float]]
) -> Chainage:
    forward = _runs_forward(fixed)
    pieces = _pieces(line, runs, fixed, forward=forward)
    counted = [
        (piece.at_m(km), at_m) for km, at_m in fixed for piece in pieces if piece.holds(km)
    ] or [(pieces[0].at_m(km), at_m) for km, at_m in fixed]
    if not counted:
        counted = [(0.0, 0.0)]
    sign = 1 if forward else -1
    shifts: dict[float, list[float]] = {}
    for count_m, at_m in counted:
        shifts.setdefault(count_m, []).append(at_m - sign * count_m)
    knots = sorted(shifts)
    return Chainage(
        line=line,
        pieces=tuple(pieces),
        forward=forward,
        knots_m=np.array(knots),
        shifts_m=np.array([median(shifts[knot]) for knot in knots]),
        assumed_start=not fixed,
    )


def _runs_forward(fixed: Sequence[tuple[float, float]]) -> bool:
    """Say whether kilometres grow along the line; by convention they do."""
    (low, first), (high, last) = (fixed[0], fixed[-1]) if fixed else ((0.0, 0.0), (0.0, 0.0))
    return high - low < _SAME_KM or last >= first


def _pieces(
    line: RoadLine,
    runs: Sequence[tuple[float, float]],
    fixed: Sequence[tuple[float, float]],
    *,
    forward: bool,
) -> list[_Piece]:
    if not runs:
        low = fixed[0][0] - line.length_m / 1000
        return [_Piece(low, fixed[-1][0] + line.length_m / 1000, low * 1000)]
    recorded_m = sum(to_km - from_km for from_km, to_km in runs) * 1000
    gaps_m = sum(max(0.0, b[0] - a[1]) for a, b in pairwise(runs)) * 1000
    gaps_are_road = abs(line.length_m - recorded_m - gaps_m) < abs(line.length_m - recorded_m)
    pieces: list[_Piece] = []
    for from_km, to_km in runs:
        if not pieces:
            pieces.append(_Piece(from_km, to_km, 0.0))
            continue
        end_m = pieces[-1].at_m(pieces[-1].to_km)
        gap_m = max(0.0, from_km - pieces[-1].to_km) * 1000
        is_road = gaps_are_road
        if gap_m > 0:
            said = _gap_is_road(pieces, (from_km, to_km), fixed, forward=forward)
            is_road = gaps_are_road if said is None else said
        pieces.append(_Piece(from_km, to_km, end_m + (gap_m if is_road else 0.0)))
    return pieces


def _gap_is_road(
    pieces: Sequence[_Piece],
    run: tuple[float, float],
    fixed: Sequence[tuple[float, float]],
    *,
    forward: bool,
) -> bool | None:
    """Say whether missing kilometres are road, by the anchors around them; None if they cannot."""
    before = [(piece.at_m(km), at_m) for km, at_m in fixed for piece in pieces if piece.holds(km)]
    after = [(km, at_m) for km, at_m in fixed if run[0] - _SAME_KM <= km <= run[1] + _SAME_KM]
    if not before or not after:
        return None
    end_m = pieces[-1].at_m(pieces[-1].to_km)
    gap_m = (run[0] - pieces[-1].to_km) * 1000
    sign = 1 if forward else -1
    seen_m = sign * (after[0][1] - before[-1][1])
    counted_m = end_m + (after[0][0] - run[0]) * 1000 - before[-1][0]
    return abs(seen_m - counted_m - gap_m) < abs(seen_m - counted_m)


def _error_m(
    laid: Chainage, runs: Sequence[tuple[float, float]], fixed: Sequence[tuple[float, float]]
) -> float:
    """Return how badly the kilometres fit the line: spread of anchors, or difference of lengths."""
    if len(fixed) > 1:
        return float(np.ptp(laid.shifts_m))
    recorded_m = sum(to_km - from_km for from_km, to_km in runs) * 1000
    return abs(laid.line.length_m - recorded_m) if runs else 0.0
