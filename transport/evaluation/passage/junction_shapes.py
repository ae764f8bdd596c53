"""The junction of a turn as it stands: measured where somebody did, else from lanes and class."""

from __future__ import annotations

from collections.abc import Sequence

from transport.evaluation.passage.stretches import Turn, Way, arms_at, arriving
from transport.manoeuvres.junction import Junction
from transport.manoeuvres.outlines import Arm
from transport.network.attributes import RoadClass as NetworkClass

_LANE_M = {
    NetworkClass.EXPRESSWAY: 3.75,
    NetworkClass.CLASS_1: 3.75,
    NetworkClass.CLASS_2: 3.5,
    NetworkClass.CLASS_3: 3.25,
    NetworkClass.CLASS_4: 3.0,
    NetworkClass.URBAN_EXPRESSWAY: 3.5,
    NetworkClass.URBAN_ARTERIAL: 3.5,
}
_NARROW_LANE_M = 3.0
_SAME_ARM_DEG = 40.0


def junction_of(way: Way, turn: Turn) -> Junction:
    """Return the junction of a turn: measured where somebody did, else from lanes and classes."""
    network = way.network
    bearings = arms_at(network, turn.node)
    back = (arriving(network, turn.into) + 180.0) % 360.0
    ahead = bearings[turn.out_of]
    arms = [Arm(back, _width_m(way, turn.into)), Arm(ahead, _width_m(way, turn.out_of))]
    for edge, bearing in bearings.items():
        if all(_between(bearing, arm.bearing_deg) > 1.0 for arm in arms):
            arms.append(Arm(bearing, _width_m(way, edge)))
    measured = turn.site.value("arm_widths_m")
    measured_bearings = turn.site.value("arm_bearings_deg")
    widths_measured = bool(
        measured and measured_bearings and len(measured) == len(measured_bearings)
    )
    if widths_measured:
        pairs = list(zip(measured_bearings, measured, strict=True))
        arms = [_measured(arm, pairs) for arm in arms]
    return Junction(
        tuple(arms), 0, 1, turn.site.value("corner_radius_m"), widths_measured=widths_measured
    )


def _measured(arm: Arm, pairs: Sequence[tuple[float, float]]) -> Arm:
    bearing, width_m = min(pairs, key=lambda pair: _between(pair[0], arm.bearing_deg))
    return (
        Arm(arm.bearing_deg, width_m) if _between(bearing, arm.bearing_deg) < _SAME_ARM_DEG else arm
    )


def _between(one_deg: float, other_deg: float) -> float:
    return abs((one_deg - other_deg + 180.0) % 360.0 - 180.0)


def _width_m(way: Way, edge: int) -> float:
    """Return the width of a carriageway at a junction as lanes and class suggest it."""
    network = way.network
    road = NetworkClass(int(network.road_class[edge]))
    lanes = max(int(network.lanes[edge]), 1)  # of one direction
    count = 2 * lanes if int(network.reverse[edge]) >= 0 else lanes
    return count * _LANE_M.get(road, _NARROW_LANE_M)
