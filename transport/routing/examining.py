"""Expensive checks made late: route on what the limits leave open, examine that way, close, repeat.

An examination can only make an outcome worse, so the first way on which everything holds is the
cheapest of all that hold. Verdicts are remembered for each structure, turn and vehicle.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from transport.network.attributes import Passability
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.blockers import least_violating_path
from transport.routing.ground import NOT_EXAMINED, Examined, Ground
from transport.routing.paths import Metric, Path, Stops, cheapest_path, edges_of, structure_rows
from transport.routing.search import Turn


class Examiner(Protocol):
    """Judges single structures and turns for one vehicle, such as a bridge screening does.

    `key` names examiner and vehicle: equal keys give equal verdicts on one network.
    """

    @property
    def key(self) -> Hashable:
        """Name of the examiner and its vehicle."""

    def structure(self, network: RoadNetwork, row: int) -> Passability:
        """Judge a structure."""

    def turn(self, network: RoadNetwork, turn: Turn) -> Passability:
        """Judge a turn from edge to edge."""


@dataclass(slots=True)
class _Memory:
    """Verdicts of one examiner on one network; `worse` are those that do not simply pass.

    Verdicts are added and never changed, so `told`, what the searches are told, is out of date
    where it holds fewer.
    """

    named: dict[str, Passability] = field(default_factory=dict)
    structures: dict[int, Passability] = field(default_factory=dict)
    turns: dict[Turn, Passability] = field(default_factory=dict)
    worse: tuple[dict[int, Passability], dict[Turn, Passability]] = field(
        default_factory=lambda: ({}, {})
    )
    told: Examined = NOT_EXAMINED

    def examined(self) -> Examined:
        """Return all verdicts that do not simply pass, as they are now."""
        told, (structures, turns) = self.told, self.worse
        if len(told.structures) < len(structures) or len(told.turns) < len(turns):
            told = self.told = Examined(dict(structures), dict(turns))
        return told

    def enter_structure(self, row: int, outcome: Passability) -> None:
        """Remember a verdict on a structure."""
        if outcome > Passability.PASS:
            self.worse[0][row] = outcome
        self.structures[row] = outcome

    def enter_turn(self, turn: Turn, outcome: Passability) -> None:
        """Remember a verdict on a turn."""
        if outcome > Passability.PASS:
            self.worse[1][turn] = outcome
        self.turns[turn] = outcome


def examined_path(
    ground: Ground,
    worst: Passability,
    stops: Stops,
    examiner: Examiner | None,
    *,
    dearer: Mapping[int, int] | None = None,
) -> tuple[Ground, Path] | None:
    """Return the cheapest way no worse than `worst` after examination, and the ground as examined.

    `dearer` are edges in thousandths of their cost, for the search of other ways.
    """
    memory = _memory(ground.network, examiner)
    while True:
        ground = _as_examined(ground, memory)
        metric: Metric = ground.metric(worst)
        found = cheapest_path(ground.network, metric.dearer(dearer) if dearer else metric, stops)
        if found is None:
            return None
        if examiner is None or not _examine(ground, found[1], examiner, memory, worst):
            return _as_examined(ground, memory), found[1]


def holds_examined(
    ground: Ground, path: Path, examiner: Examiner | None, worst: Passability
) -> bool:
    """Examine a path that keeps to the limits; say whether everything on it is good enough."""
    if examiner is None:
        return True
    return not _examine(ground, path, examiner, _memory(ground.network, examiner), worst)


def least_violating_examined(
    ground: Ground, stops: Stops, examiner: Examiner | None
) -> tuple[Ground, Path | None]:
    """Return the least violating path, everything on it examined, and the ground as examined."""
    memory = _memory(ground.network, examiner)
    while True:
        ground = _as_examined(ground, memory)
        path = least_violating_path(ground, stops)
        if path is None or examiner is None:
            return ground, path
        _examine(ground, path, examiner, memory, Passability.UNKNOWN)
        before, ground = ground.examined, _as_examined(ground, memory)
        if not _shuts_more(ground.examined, before):
            return ground, path


def _shuts_more(now: Examined, before: Examined) -> bool:
    """Say whether an examination found something that fails, which counts as a violation."""
    worst = Passability.UNKNOWN
    return (
        now.shut_structures(worst) != before.shut_structures(worst)
        or now.shut_turns(worst) != before.shut_turns(worst)
    )  # fmt: skip


def examine_path(ground: Ground, path: Path, examiner: Examiner | None) -> Ground:
    """Examine everything on a path, and return the ground as examined."""
    memory = _memory(ground.network, examiner)
    if examiner is not None:
        _examine(ground, path, examiner, memory, Passability.FAIL)
    return _as_examined(ground, memory)


def as_examined(ground: Ground, examiner: Examiner | None) -> Ground:
    """Return the ground with everything that was examined so far."""
    return _as_examined(ground, _memory(ground.network, examiner))


def _memory(network: RoadNetwork, examiner: Examiner | None) -> _Memory:
    if examiner is None:
        return _Memory()
    return remembered(network, ("examined", examiner.key), _Memory)


def _as_examined(ground: Ground, memory: _Memory) -> Ground:
    return replace(ground, examined=memory.examined())


def _examine(
    ground: Ground, path: Path, examiner: Examiner, memory: _Memory, worst: Passability
) -> bool:
    """Examine what is new on a path; say whether anything on it is worse than allowed."""
    network = ground.network
    worse = False
    for _, row in structure_rows(network, path):
        if row not in memory.structures:
            # Both directions of a bridge are one structure.
            name = network.structures.ids[row]
            if name not in memory.named:
                memory.named[name] = examiner.structure(network, row)
            memory.enter_structure(row, memory.named[name])
        worse |= memory.structures[row] > worst
    for turn in pairwise(edges_of(path)):
        if turn not in memory.turns:
            memory.enter_turn(turn, examiner.turn(network, turn))
        worse |= memory.turns[turn] > worst
    return worse
