"""Customised metrics that an engine keeps, and what a search is priced by."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

from transport.network.attributes import Ints
from transport.search.customising import CustomMetric
from transport.search.pricing import Pricing


@dataclass(frozen=True, slots=True)
class Priced:
    """Costs of one search: tables, and the key by which the same ones are found again.

    `family` is the key without restrictions for a time, `wider_key` that of the same vehicle on all
    roads that are not closed to it. `floor` makes tables that are nowhere above, for a whole class
    of vehicles known by `floor_key`.
    """

    pricing: Pricing
    key: Hashable
    family: Hashable
    wider_key: Hashable
    floor_key: Hashable
    floor: Callable[[], Pricing]


@dataclass(slots=True)
class Kept:
    """A customised metric with what it was made from; nobody searches while it is repaired.

    `keys` are the searches that it answers: vehicles to which every edge and turn costs the same
    share one. Whoever has waited for the lock looks whether its key is still among them, because
    a metric may have been repaired for another, or its memory taken, meanwhile.
    """

    metric: CustomMetric
    keys: set[Hashable]
    families: set[Hashable]
    edge_ms: Ints | None = None
    turn_ms: Ints | None = None
    digest: bytes = b""
    lock: Lock = field(default_factory=Lock)

    @property
    def is_repairable(self) -> bool:
        """Say whether it may change; others are read without the lock."""
        return self.edge_ms is not None

    @property
    def byte_count(self) -> int:
        """Memory that the metric and what it was made from take."""
        made_from = (self.edge_ms, self.turn_ms)
        return self.metric.byte_count + sum(a.nbytes for a in made_from if a is not None)


def digest_of(edge_ms: Ints, turn_ms: Ints) -> bytes:
    """Return what is equal for equal costs of all edges and groups of turns."""
    found = blake2b(edge_ms.data, digest_size=16)
    found.update(turn_ms.data)
    return found.digest()
