"""A slow second opinion on routes: its own reading of limits, its own Dijkstra, no product code.

A town is plain dictionaries; an edge is a pair of letters. The rules are those of the decision on
certainty: a known limit decides; beyond the ordinary an assumed one is a condition where it holds
and a question where it does not, and so is what nobody knows.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PASS, CONDITIONAL, UNKNOWN, FAIL = range(4)
STATUS = ("feasible", "conditional", "unknown", "infeasible")
# Up to here a truck of six axles needs no permit, and the air that the standard asks for.
ORDINARY = {"height_m": 4.0, "width_m": 2.55, "length_m": 18.1, "mass_t": 49.0, "axle_t": 11.5}
GAPS = {"height_m": (0.05, 0.10), "width_m": (0.0, 1.0)}
_ALMOST = 1e-9


@dataclass(frozen=True)
class Limit:
    """A limit on one edge: what of, sign or measured, its value, and known, assumed or unknown."""

    what: str
    measured: bool
    value: float
    how: str


@dataclass(frozen=True)
class Town:
    """Directed edges with their milliseconds, limits, bans of turns, and what is closed for now."""

    edges: Mapping[str, int]
    limits: Mapping[str, Sequence[Limit]]
    bans: frozenset[str]
    closed: frozenset[str] = frozenset()
    restricted: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def outcome(town: Town, edge: str, load: Mapping[str, float]) -> int:
    """Judge one edge for a load."""
    if edge in town.closed:
        return FAIL
    worst = PASS
    for what, value in load.items():
        if value > town.restricted.get(edge, {}).get(what, float("inf")) + _ALMOST:
            return FAIL
        for limit in town.limits.get(edge, ()):
            if limit.what == what:
                worst = max(worst, _one(limit, value, beyond=value > ORDINARY[what] + _ALMOST))
    return worst


def _one(limit: Limit, value: float, *, beyond: bool) -> int:
    must, should = GAPS[limit.what] if limit.measured else (0.0, 0.0)
    holds = value + must <= limit.value + _ALMOST
    if limit.how == "known":
        if not holds:
            return FAIL
        tight = value + should > limit.value + _ALMOST
        return CONDITIONAL if tight and beyond else PASS
    if not beyond:
        return PASS
    return CONDITIONAL if limit.how == "assumed" and holds else UNKNOWN


def answer(town: Town, load: Mapping[str, float], start: str, end: str) -> tuple[str, int | None]:
    """Return the status of the best way between two junctions and its milliseconds."""
    judged = {edge: outcome(town, edge, load) for edge in town.edges}
    for worst in (PASS, CONDITIONAL, UNKNOWN):
        found = _cheapest(town, {edge for edge, one in judged.items() if one <= worst}, start, end)
        if found is not None:
            return STATUS[worst], found
    connected = _cheapest(town, set(town.edges), start, end) is not None
    return ("infeasible" if connected else "unreachable"), None


def _cheapest(town: Town, open_: set[str], start: str, end: str) -> int | None:
    """Search over edges, so that bans of turns count; turning back is for dead ends alone."""
    leaving: dict[str, list[str]] = {}
    for edge in town.edges:
        leaving.setdefault(edge[0], []).append(edge)
    heap = [(town.edges[edge], edge) for edge in leaving.get(start, ()) if edge in open_]
    heapq.heapify(heap)
    settled: set[str] = set()
    while heap:
        spent, edge = heapq.heappop(heap)
        if edge in settled:
            continue
        settled.add(edge)
        if edge[1] == end:
            return spent
        onward = leaving.get(edge[1], ())
        for other in onward:
            back = other == edge[::-1] and len(onward) > 1
            if other in open_ and not back and edge + other[1] not in town.bans:
                heapq.heappush(heap, (spent + town.edges[other], other))
    return None
