"""Pieces of ways become edges between junctions."""

from __future__ import annotations

import numpy as np

from road_data.osm.simplifying import Chains, simplify


def chains(
    ways: list[list[int]],
    carried: list[tuple[int, int]],
    keep: tuple[int, ...] = (),
) -> list[tuple[list[int], int, int]]:
    """Return (nodes, forward, backward) of every chain."""
    nodes = np.array([node for way in ways for node in way])
    start = np.concatenate([[0], np.cumsum([len(way) for way in ways])])
    kept = np.zeros(nodes.max() + 1, dtype=bool)
    kept[list(keep)] = True
    forward, backward = (np.array(column) for column in zip(*carried, strict=True))
    made: Chains = simplify(start, nodes, forward, backward, kept)
    return [
        (made.nodes[made.start[i] : made.start[i + 1]].tolist(), int(made.forward[i]),
         int(made.backward[i]))
        for i in range(len(made.forward))
    ]  # fmt: skip


def test_ways_that_carry_the_same_become_one_edge() -> None:
    assert chains([[0, 1, 2], [2, 3]], [(7, 7), (7, 7)]) == [([0, 1, 2, 3], 7, 7)]


def test_ways_that_carry_different_limits_stay_apart() -> None:
    assert len(chains([[0, 1, 2], [2, 3]], [(7, 7), (8, 7)])) == 2


def test_a_way_drawn_against_its_neighbour_is_turned_round() -> None:
    assert chains([[0, 1], [2, 1]], [(5, 6), (6, 5)]) == [([0, 1, 2], 5, 6)]


def test_one_way_streets_that_meet_head_on_are_not_joined() -> None:
    assert len(chains([[0, 1], [2, 1]], [(5, -1), (5, -1)])) == 2


def test_a_junction_cuts_the_way_that_runs_through_it() -> None:
    made = chains([[0, 1, 2], [1, 3]], [(1, 1), (1, 1)])
    assert sorted(nodes for nodes, _, _ in made) == [[0, 1], [1, 2], [1, 3]]


def test_the_via_of_a_turn_restriction_stays_a_node() -> None:
    assert len(chains([[0, 1], [1, 2]], [(1, 1), (1, 1)], keep=(1,))) == 2


def test_a_ring_without_a_junction_is_one_edge() -> None:
    assert chains([[0, 1, 2, 0]], [(1, 1)]) == [([0, 1, 2, 0], 1, 1)]
    made = chains([[0, 1, 2], [2, 3, 0]], [(1, -1), (1, -1)])
    assert made == [([0, 1, 2, 3, 0], 1, -1)]


def test_a_roundabout_is_cut_where_roads_join_it() -> None:
    made = chains([[0, 1, 2, 3, 0], [4, 0], [5, 2]], [(1, -1), (2, 2), (2, 2)])
    ring = sorted(nodes for nodes, forward, _ in made if forward == 1)
    assert ring == [[0, 1, 2], [2, 3, 0]]
