"""One line for each of many transports: status, time, length, and what blocks first."""

from __future__ import annotations

from dataclasses import dataclass

from transport.network.attributes import Passability
from transport.routing.blockers import blockers_on
from transport.routing.demand import Dimension
from transport.routing.examining import Examiner, examined_path, least_violating_examined
from transport.routing.ground import Ground, unlimited_metric
from transport.routing.holding import Timing, timely_path
from transport.routing.paths import Path, Stops, cheapest_path, duration_s, length_m
from transport.routing.route import Blocker, RouteStatus

_STATUS = {
    Passability.PASS: RouteStatus.FEASIBLE,
    Passability.CONDITIONAL: RouteStatus.CONDITIONAL,
    Passability.UNKNOWN: RouteStatus.UNKNOWN,
}
# The searches of this many transports alike are guided before their own metric is made.
_BEFORE_CUSTOMISING = 3


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The status with the best way's length and time, or the first blocker of the refusal."""

    status: RouteStatus
    length_m: float | None = None
    duration_s: float | None = None
    blocker: Blocker | None = None


def answer_shortly(
    ground: Ground,
    stops: Stops,
    examiner: Examiner | None = None,
    timing: Timing | None = None,
) -> ShortAnswer:
    """Return status, length and time of the best way, or what blocks the least violating one."""
    network, demand = ground.network, ground.demand
    for worst, status in _STATUS.items():
        found, waits = _way(ground, worst, stops, examiner, timing)
        if found is None:
            continue
        missing = demand.axle_load_t is None and demand.is_beyond_ordinary(
            Dimension.AXLE, ground.rules
        )
        if (missing or waits) and status is RouteStatus.FEASIBLE:
            status = RouteStatus.CONDITIONAL  # noqa: PLW2901 - axle loads or waits are asked for
        return _with_way(status, ground, found)
    if cheapest_path(network, unlimited_metric(network, ground.patience), stops) is None:
        return ShortAnswer(RouteStatus.UNREACHABLE)
    ground, least = least_violating_examined(ground, stops, examiner)
    blockers = () if least is None else blockers_on(ground, least)
    return ShortAnswer(RouteStatus.INFEASIBLE, blocker=blockers[0] if blockers else None)


def _way(
    ground: Ground,
    worst: Passability,
    stops: Stops,
    examiner: Examiner | None,
    timing: Timing | None,
) -> tuple[Path | None, bool]:
    """Return the best way, and whether it has to wait for the end of some hours."""
    if timing is None or not timing.ahead:
        found = examined_path(ground, worst, stops, examiner)
        return (None if found is None else found[1]), False
    timely = timely_path(ground, worst, stops, examiner, timing)
    return (None, False) if timely is None else (timely[1], bool(timely[2].holds))


def _with_way(status: RouteStatus, ground: Ground, path: Path) -> ShortAnswer:
    return ShortAnswer(status, round(length_m(path), 1), round(duration_s(ground.network, path), 1))


def is_many(count: int) -> bool:
    """Say whether a metric of its own pays for so many requests of one transport."""
    return count > _BEFORE_CUSTOMISING


def expect_many(
    ground: Ground, answers: list[ShortAnswer], left: int, *, taking_over: bool = False
) -> None:
    """Customise for the stage that answers of like transports had, where many more will come."""
    if len(answers) != _BEFORE_CUSTOMISING or not is_many(left):
        return
    stage_of = {status: stage for stage, status in _STATUS.items()}
    stages = [stage_of[one.status] for one in answers if one.status in stage_of]
    ground.customise(max(stages, default=Passability.UNKNOWN), taking_over=taking_over)
