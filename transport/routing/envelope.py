"""The largest height, width, length and mass that can travel, and the trade-off of two of them.

Only known limits decide, as for blockers: what nobody knows stops nothing here, and asks for a
survey when a route is planned.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from math import inf, isfinite

from transport.network.attributes import Passability
from transport.routing.blockers import blockers_on, least_violating_path
from transport.routing.demand import Dimension
from transport.routing.ground import Ground
from transport.routing.paths import Stops, cheapest_path, length_m
from transport.routing.route import Blocker
from transport.routing.unlocking import largest_value

DIMENSIONS = (Dimension.HEIGHT, Dimension.WIDTH, Dimension.LENGTH, Dimension.MASS)
_STEP = 0.001
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


def find_envelope(ground: Ground, stops: Stops) -> Envelope:
    """Return the largest value of each dimension, and heights against widths from high to wide."""
    return Envelope(
        {dimension: _largest(ground, stops, dimension) for dimension in DIMENSIONS},
        tuple(_trade_off(ground, stops)),
    )


def _largest(ground: Ground, stops: Stops, dimension: Dimension) -> Largest:
    value = _floored(largest_value(ground, stops, dimension))
    if value == inf:
        return Largest(None, ())
    over = ground.demand.value(dimension) if value == -inf else value + _STEP
    more = ground.for_demand(ground.demand.with_value(dimension, round(over or 0.0, 3)))
    path = least_violating_path(more, stops)
    blockers = () if path is None else blockers_on(more, path)
    return Largest(value if isfinite(value) else None, blockers)


def _floored(value: float) -> float:
    return math.floor(value / _STEP + 1e-6) * _STEP if isfinite(value) else value


def _trade_off(ground: Ground, stops: Stops) -> list[TradeOff]:
    """Walk down the staircase: the largest height, its width, the largest height for more width."""
    points: list[TradeOff] = []
    at_least_m = _SMALLEST_SIZE_M
    while len(points) < _MOST_POINTS:
        narrow = ground.for_demand(ground.demand.with_value(Dimension.WIDTH, at_least_m))
        height_m = _floored(largest_value(narrow, stops, Dimension.HEIGHT))
        if not isfinite(height_m) or height_m < _SMALLEST_SIZE_M:
            break
        high = narrow.for_demand(narrow.demand.with_value(Dimension.HEIGHT, round(height_m, 3)))
        width_m = _floored(largest_value(high, stops, Dimension.WIDTH))
        if not isfinite(width_m) or width_m < at_least_m - _STEP:
            break
        both = high.for_demand(high.demand.with_value(Dimension.WIDTH, round(width_m, 3)))
        found = cheapest_path(both.network, both.metric(Passability.UNKNOWN), stops)
        if found is None:
            break
        points.append(TradeOff(round(width_m, 3), round(height_m, 3), round(length_m(found[1]), 1)))
        at_least_m = round(width_m + _STEP, 3)
    return points
