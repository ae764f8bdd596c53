"""Join the pieces of ways between junctions; stop where anything an edge carries changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chains:
    """Roads between junctions. The nodes of chain `c` are `nodes[start[c]:start[c + 1]]`.

    `forward` and `backward` number what the chain carries in each direction, -1 where trucks do not
    travel; `first_way` and `last_way` are the ways at its ends, `name_way` the first in the file.
    """

    start: Array
    nodes: Array
    forward: Array
    backward: Array
    first_way: Array
    last_way: Array
    name_way: Array


@dataclass(frozen=True, slots=True)
class _Segments:
    from_place: Array
    to_place: Array
    way: Array
    tail: Array
    head: Array
    forward: Array
    backward: Array


def simplify(
    way_start: Array, nodes: Array, forward: Array, backward: Array, keep: Flags
) -> Chains:
    """Cut ways at junctions, then join what meets at a node of two ends and carries the same.

    `nodes` numbers the points of all ways one after another, `forward` and `backward` have one
    entry per way, `keep` marks nodes that must stay ends.
    """
    segments = _cut(way_start, nodes, forward, backward, keep)
    joined = _joined_ends(segments, keep)
    return _assemble(segments, nodes, _follow(joined, len(segments.way)))


def _cut(way_start: Array, nodes: Array, forward: Array, backward: Array, keep: Flags) -> _Segments:
    uses = np.bincount(nodes, minlength=len(keep))
    is_break = (uses[nodes] > 1) | keep[nodes]
    is_break[way_start[:-1]] = True
    is_break[way_start[1:] - 1] = True
    breaks = np.flatnonzero(is_break)
    way_of = np.repeat(np.arange(len(way_start) - 1), np.diff(way_start))
    same_way = way_of[breaks[:-1]] == way_of[breaks[1:]]
    from_place, to_place = breaks[:-1][same_way], breaks[1:][same_way]
    way = way_of[from_place]
    return _Segments(
        from_place, to_place, way, nodes[from_place], nodes[to_place], forward[way], backward[way]
    )


def _joined_ends(segments: _Segments, keep: Flags) -> list[int]:
    """Return, for each end of a segment (tails first, then heads), the end joined to it or -1."""
    count = len(segments.way)
    node = np.concatenate([segments.tail, segments.head])
    leaving = np.concatenate([segments.forward, segments.backward])
    arriving = np.concatenate([segments.backward, segments.forward])
    order = np.argsort(node, kind="stable")
    degree = np.bincount(node, minlength=len(keep))
    first = np.concatenate([[0], np.cumsum(degree)[:-1]])
    candidates = np.flatnonzero((degree == 2) & ~keep)  # noqa: PLR2004 - two ends meet
    one, other = order[first[candidates]], order[first[candidates] + 1]
    fits = (
        (one % count != other % count)
        & (arriving[one] == leaving[other])
        & (arriving[other] == leaving[one])
    )
    joined = np.full(2 * count, -1, dtype=np.int64)
    joined[one[fits]] = other[fits]
    joined[other[fits]] = one[fits]
    return [int(end) for end in joined]


def _follow(joined: list[int], count: int) -> list[list[int]]:
    """Return chains of ends entered: `s` runs segment s as drawn, `s + count` against it."""
    seen = bytearray(count)
    chains: list[list[int]] = []

    def run(entered: int) -> None:
        chain = []
        while entered != -1 and not seen[entered % count]:
            seen[entered % count] = 1
            chain.append(entered)
            entered = joined[entered + count if entered < count else entered - count]
        chains.append(chain)

    for segment in range(count):
        if seen[segment]:
            continue
        if joined[segment] == -1:
            run(segment)
        elif joined[segment + count] == -1:
            run(segment + count)
    for segment in range(count):  # rings without any junction
        if not seen[segment]:
            run(segment)
    return chains


def _assemble(segments: _Segments, nodes: Array, chains: list[list[int]]) -> Chains:
    count = len(segments.way)
    pieces: list[Array] = []
    lengths = np.zeros(len(chains), dtype=np.int64)
    from_place, to_place = segments.from_place.tolist(), segments.to_place.tolist()
    for number, chain in enumerate(chains):
        for place, entered in enumerate(chain):
            segment = entered % count
            piece = nodes[from_place[segment] : to_place[segment] + 1]
            if entered >= count:
                piece = piece[::-1]
            if place:
                piece = piece[1:]
            pieces.append(piece)
            lengths[number] += len(piece)
    first = np.array([chain[0] for chain in chains], dtype=np.int64)
    last = np.array([chain[-1] for chain in chains], dtype=np.int64)
    as_drawn = first < count
    first_segment, last_segment = first % count, last % count
    lowest = np.array([min(end % count for end in chain) for chain in chains], dtype=np.int64)
    forward, backward = segments.forward[first_segment], segments.backward[first_segment]
    return Chains(
        start=np.concatenate([[0], np.cumsum(lengths)]),
        nodes=np.concatenate(pieces),
        forward=np.where(as_drawn, forward, backward),
        backward=np.where(as_drawn, backward, forward),
        first_way=segments.way[first_segment],
        last_way=segments.way[last_segment],
        name_way=segments.way[lowest],
    )
