"""The largest height, width, length and mass that can travel, and the trade-off of two of them.

Only known limits and failed examinations decide, as for blockers: what nobody knows stops nothing
here, and asks for a survey when a route is planned.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, isfinite

from transport.network.attributes import Passability
from transport.routing.blockers import blockers_on
from transport.routing.demand import Demand, Dimension
from transport.routing.examining import Examiner, examined_path, least_violating_examined
from transport.routing.ground import Ground
from transport.routing.paths import Path, Stops, length_m
from transport.routing.route import Blocker
from transport.routing.unlocking import largest_value

DIMENSIONS = (Dimension.HEIGHT, Dimension.WIDTH, Dimension.LENGTH, Dimension.MASS)
# Whoever examines bridges and turns for a demand; None where nothing is to be examined.
ExaminerFor = Callable[[Demand], Examiner | None]

_STEP = 0.001
# Where an examination decides, the largest mass is found to 10 kg. Beyond these sizes no limit is
# looked for.
_MASS_STEP = 0.01
_MOST = {
    Dimension.HEIGHT: 20.0,
    Dimension.WIDTH: 50.0,
    Dimension.LENGTH: 200.0,
    Dimension.MASS: 2000.0,
}
_MOST_POINTS = 12
_SMALLEST_SIZE_M = 1.0


@dataclass(frozen=True, slots=True)
class Largest:
    """The largest value of one dimension with the others as they are, and what stops more.

    `value` is None where no known limit stops it, or, with blockers, where the other dimensions
    find no way at all.
    """

    value: float | None
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class TradeOff:
    """One height with the largest width beside it, and the length of the way for both."""

    width_m: float
    height_m: float
    length_m_of_route: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """The answer for one transport between two places."""

    largest: dict[Dimension, Largest]
    trade_off: tuple[TradeOff, ...]


def find_envelope(
    ground: Ground, stops: Stops, examiner_for: ExaminerFor | None = None
) -> Envelope:
    """Return the largest value of each dimension, and heights against widths from high to wide.

    Bridges and turns are examined for every size that is tried, where a way meets them.
    """
    search = _Search(stops, examiner_for or (lambda _: None))
    return Envelope(
        {dimension: search.largest(ground, dimension) for dimension in DIMENSIONS},
        tuple(search.trade_off(ground)),
    )


@dataclass(slots=True)
class _Search:
    """Searches for the largest values between the same stops; ways are found once a demand."""

    stops: Stops
    examiner_for: ExaminerFor
    _ways: dict[Demand, Path | None] = field(default_factory=dict)

    def largest(self, ground: Ground, dimension: Dimension) -> Largest:
        """Return the largest value of a dimension with what stops more."""
        value, over = self._value(ground, dimension)
        if value == inf:
            return Largest(None, ())
        more = ground.for_demand(ground.demand.with_value(dimension, over))
        examiner = self.examiner_for(more.demand)
        more, path = least_violating_examined(more, self.stops, examiner)
        blockers = () if path is None else blockers_on(more, path)
        return Largest(value if isfinite(value) else None, blockers)

    def _value(self, ground: Ground, dimension: Dimension) -> tuple[float, float]:
        """Return the largest value that finds a way, and one just above it that finds none.

        The first is inf where nothing stops it, -inf where no value finds a way.
        """
        value = _floored(largest_value(ground, self.stops, dimension))
        given = ground.demand.value(dimension) or 0.0
        if value == -inf:
            return value, given
        tried = min(value, _MOST[dimension])
        if self.way(ground, dimension, tried) is not None:
            return value, round(value + _STEP, 3)
        # An examination stops it. A larger load never opens a road, so the range can be halved.
        step = _MASS_STEP if dimension is Dimension.MASS else _STEP
        low, high = 0, math.ceil(tried / step)
        while high - low > 1:
            middle = (low + high) // 2
            if self.way(ground, dimension, middle * step) is None:
                high = middle
            else:
                low = middle
        return (round(low * step, 3), round(high * step, 3)) if low else (-inf, given)

    def way(self, ground: Ground, dimension: Dimension, value: float) -> Path | None:
        """Return the best way with another value of one dimension, None where there is none."""
        demand = ground.demand.with_value(dimension, round(value, 3))
        if demand not in self._ways:
            ground.patience.check()
            found = examined_path(
                ground.for_demand(demand),
                Passability.UNKNOWN,
                self.stops,
                self.examiner_for(demand),
            )
            self._ways[demand] = None if found is None else found[1]
        return self._ways[demand]

    def trade_off(self, ground: Ground) -> list[TradeOff]:
        """Walk down the staircase: the largest height, its width, the largest height for more."""
        points: list[TradeOff] = []
        at_least_m = _SMALLEST_SIZE_M
        while len(points) < _MOST_POINTS:
            narrow = ground.for_demand(ground.demand.with_value(Dimension.WIDTH, at_least_m))
            height_m, _ = self._value(narrow, Dimension.HEIGHT)
            if not isfinite(height_m) or height_m < _SMALLEST_SIZE_M:
                break
            high = narrow.for_demand(narrow.demand.with_value(Dimension.HEIGHT, round(height_m, 3)))
            width_m, _ = self._value(high, Dimension.WIDTH)
            if not isfinite(width_m) or width_m < at_least_m - _STEP:
                break
            found = self.way(high, Dimension.WIDTH, width_m)
            if found is None:
                break
            points.append(
                TradeOff(round(width_m, 3), round(height_m, 3), round(length_m(found), 1))
            )
            at_least_m = round(width_m + _STEP, 3)
        return points


def _floored(value: float) -> float:
    return math.floor(value / _STEP + 1e-6) * _STEP if isfinite(value) else value
