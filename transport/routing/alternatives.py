"""Find distinct ways: search again with used roads made dearer, keep what a driver would call one.

A way is kept where it shares little with the others (sharing), is not much longer than the best
(stretch), and makes no needless detour: each middle part of where it leaves the others is itself
the cheapest way between its ends (local optimality).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing.paths import (
    Metric,
    Path,
    cheapest_path,
    duration_s,
    edges_of,
    length_m,
)

LARGEST_SHARED = 0.75
LARGEST_STRETCH = 2.0
# The part that must be a cheapest way by itself, as a share of the whole way's time.
LOCALLY_BEST_SHARE = 0.25
_DEARER_PERMILLE = 1600
_TRIES = 4
# A way found by rounding parts of edges may differ this much and still be as good.
_AS_GOOD = 1.01


def is_distinct(path: Path, others: Sequence[Path]) -> bool:
    """Say whether a path shares at most three quarters of its length with each other one."""
    for other in others:
        used = set(edges_of(other))
        shared_m = sum(piece.length_m for piece in path if piece.edge in used)
        if shared_m > LARGEST_SHARED * min(length_m(path), length_m(other)):
            return False
    return True


def distinct_paths(
    network: RoadNetwork,
    find: Callable[[Mapping[int, int]], tuple[Metric, Path] | None],
    found: Sequence[Path],
    wanted: int,
) -> list[Path]:
    """Return up to `wanted` further paths, at most twice as long as the best found so far.

    `find` searches with edges made dearer, in thousandths, and tells by which metric without them.
    """
    paths = list(found)
    used_often: dict[int, int] = {}
    latest = list(found)
    for _ in range(_TRIES * wanted):
        if len(paths) - len(found) >= wanted:
            break
        for path in latest:
            for edge in edges_of(path):
                for side in (edge, int(network.reverse[edge])):
                    if side >= 0:
                        used_often[side] = used_often.get(side, 1000) * _DEARER_PERMILLE // 1000
        result = find(used_often)
        if result is None:
            break
        metric, path = result
        latest = [path]
        shortest_m = min((length_m(one) for one in paths), default=length_m(path))
        if (
            is_distinct(path, paths)
            and length_m(path) <= LARGEST_STRETCH * shortest_m
            and is_locally_best(network, metric, path, paths)
        ):
            paths.append(path)
    return paths[len(found) :]


def is_locally_best(
    network: RoadNetwork, metric: Metric, path: Path, others: Sequence[Path]
) -> bool:
    """Say whether the middle of where a path leaves the others is a cheapest way by itself."""
    used = {edge for other in others for edge in edges_of(other)}
    apart = [place for place, piece in enumerate(path) if piece.edge not in used]
    if not others or not apart:
        return True
    window_s = LOCALLY_BEST_SHARE * min(duration_s(network, other) for other in others)
    first = last = (apart[0] + apart[-1]) // 2
    while duration_s(network, path[first : last + 1]) < window_s:
        if first == 0 and last == len(path) - 1:
            break
        first, last = max(first - 1, 0), min(last + 1, len(path) - 1)
    if last - first < 2:  # noqa: PLR2004 - one turn is no way of its own
        return True
    part = path[first : last + 1]
    ends = [
        [PlaceOnEdge(piece.edge, metres, 0.0, 0.0, 0.0)]
        for piece, metres in ((part[0], part[0].from_m), (part[-1], part[-1].to_m))
    ]
    best = cheapest_path(network, metric, ends)
    if best is None:
        return True
    return duration_s(network, part) <= _AS_GOOD * duration_s(network, best[1]) or (
        edges_of(best[1]) == edges_of(part)
    )
