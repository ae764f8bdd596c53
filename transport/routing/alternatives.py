"""Find distinct ways: search again with used roads made dearer, keep what differs enough."""

from __future__ import annotations

from collections.abc import Sequence

from transport.network.graph import RoadNetwork
from transport.routing.paths import Metric, Path, Stops, cheapest_path, edges_of, length_m

LARGEST_SHARED = 0.75
LARGEST_STRETCH = 2.0
_DEARER_PERMILLE = 1600
_TRIES = 4


def is_distinct(path: Path, others: Sequence[Path]) -> bool:
    """Say whether a path shares at most three quarters of its length with each other one."""
    for other in others:
        used = set(edges_of(other))
        shared_m = sum(piece.length_m for piece in path if piece.edge in used)
        if shared_m > LARGEST_SHARED * min(length_m(path), length_m(other)):
            return False
    return True


def distinct_paths(
    network: RoadNetwork, metric: Metric, stops: Stops, found: Sequence[Path], wanted: int
) -> list[Path]:
    """Return up to `wanted` further paths, at most twice as long as the best found so far."""
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
        result = cheapest_path(network, metric.dearer(used_often), stops)
        if result is None:
            break
        latest = [result[1]]
        shortest_m = min((length_m(path) for path in paths), default=length_m(result[1]))
        if is_distinct(result[1], paths) and length_m(result[1]) <= LARGEST_STRETCH * shortest_m:
            paths.append(result[1])
    return paths[len(found) :]
