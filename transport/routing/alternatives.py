"""Find distinct ways: ask for other ways, keep what a driver would call one.

A way is kept where it shares little with the others (sharing), is not much longer than the best
(stretch), and makes no needless detour: the middle part of where it leaves the others is itself
the cheapest way between its ends (local optimality). Candidates are the ways over other vertices
of a customised hierarchy; where there is none, searches with used roads made dearer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from transport.network.graph import RoadNetwork
from transport.network.snapping import PlaceOnEdge
from transport.routing.paths import (
    Metric,
    OtherWays,
    Path,
    cheapest_path,
    driven_m,
    duration_s,
    durations_s,
    edge_array,
    edges_of,
    length_m,
)

LARGEST_SHARED = 0.75
LARGEST_STRETCH = 2.0
# The part that must be a cheapest way by itself, as a share of the whole way's time.
LOCALLY_BEST_SHARE = 0.25
_DEARER_PERMILLE = 1600
# Searches for each way that is wanted; fewer where a hierarchy's candidates came before.
TRIES, LAST_TRIES = 4, 2
# A way found by rounding parts of edges may differ this much and still be as good.
_AS_GOOD = 1.01


def is_distinct(path: Path, others: Sequence[Path]) -> bool:
    """Say whether a path shares at most three quarters of its length with each other one."""
    edges, metres = edge_array(path), driven_m(path)
    for other in others:
        shared_m = metres[np.isin(edges, edge_array(other))].sum()
        if shared_m > LARGEST_SHARED * min(metres.sum(), length_m(other)):
            return False
    return True


def distinct_ways(
    metric: Metric,
    ways: OtherWays,
    found: Sequence[Path],
    wanted: int,
    holds: Callable[[Path], bool],
) -> list[Path]:
    """Return up to `wanted` of some candidates, at most twice as long as the best found so far.

    `holds` examines a path that is worth driving, as searches do with theirs.
    """
    paths = list(found)
    left = list(range(len(ways.first) - 1))
    while len(paths) - len(found) < wanted:
        left = _sharing_little(ways, left, paths)
        shortest_m = min((length_m(one) for one in paths), default=np.inf)
        for place, number in enumerate(left):
            path = ways.path(number)
            if (
                is_distinct(path, paths)
                and length_m(path) <= LARGEST_STRETCH * shortest_m
                and is_locally_best(ways.network, metric, path, paths)
                and holds(path)
            ):
                paths.append(path)
                left = left[place + 1 :]
                break
        else:
            break
    return paths[len(found) :]


def _sharing_little(ways: OtherWays, numbers: Sequence[int], paths: Sequence[Path]) -> list[int]:
    """Return the candidates that may be distinct: a rough look at whole edges, at all at once."""
    metres = ways.network.length_m[ways.edges]
    own_m = np.add.reduceat(metres, ways.first[:-1]) if len(ways.edges) else metres
    ends_m = 2 * metres.max(initial=0.0)  # parts of the first and the last edge
    may = np.zeros(len(own_m), dtype=np.bool_)
    may[list(numbers)] = True
    used = np.zeros(ways.network.edge_count, dtype=np.bool_)
    for path in paths:
        edges = edge_array(path)
        used[edges] = True
        shared_m = np.add.reduceat(metres * used[ways.edges], ways.first[:-1])
        may &= shared_m <= LARGEST_SHARED * np.minimum(own_m, length_m(path)) + ends_m
        used[edges] = False
    return np.flatnonzero(may).tolist()


def distinct_paths(
    network: RoadNetwork,
    find: Callable[[Mapping[int, int]], tuple[Metric, Path] | None],
    found: Sequence[Path],
    wanted: int,
    *,
    tries: int = TRIES,
) -> list[Path]:
    """Return up to `wanted` further paths, at most twice as long as the best found so far.

    `find` searches with edges made dearer, in thousandths, and tells by which metric without them;
    it is asked `tries` times for each path.
    """
    paths = list(found)
    used_often: dict[int, int] = {}
    latest = list(found)
    for _ in range(tries * wanted):
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
    middle = (apart[0] + apart[-1]) // 2
    first, last = _window(durations_s(network, path), middle, window_s)
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


def _window(times_s: np.ndarray, middle: int, window_s: float) -> tuple[int, int]:
    """Return the least part of a path around its middle piece that takes so long, or all of it."""
    ended_s = np.concatenate(([0.0], np.cumsum(times_s)))
    last_place = len(times_s) - 1
    wide = np.arange(max(middle, last_place - middle) + 1)
    firsts, lasts = np.maximum(middle - wide, 0), np.minimum(middle + wide, last_place)
    enough = np.flatnonzero(ended_s[lasts + 1] - ended_s[firsts] >= window_s)
    at = int(enough[0]) if len(enough) else len(wide) - 1
    return int(firsts[at]), int(lasts[at])
