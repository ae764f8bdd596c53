"""Kilometres on the ground: start, direction, broken chains, shared sections, drawn lengths."""

from __future__ import annotations

import math

import pytest

from road_data.surveys.chainage import Anchor, chainage_of
from road_data.surveys.roads import refs_of, road_lines
from tests.maps import draw
from transport.network.graph import RoadNetwork

STEP = 1000 / (111_194.93 * math.cos(math.radians(40)))


def straight(length_km: int, ref: str = "G303") -> RoadNetwork:
    """Draw a road of some kilometres from A in the west to B in the east."""
    return draw("A" + "-" * (length_km - 1) + "B", "AB", facts={"AB": {"ref": ref}})


def anchor(km: float, east_km: float) -> Anchor:
    return Anchor(km, 110.0 + east_km * STEP, 40.0)


def positions(
    network: RoadNetwork,
    km: float,
    runs: list[tuple[float, float]],
    *anchors: Anchor,
    ref: str = "G303",
) -> list[float]:
    """Return how many kilometres from the beginning of the road a kilometre post stands."""
    found = chainage_of(network, ref, runs, anchors)
    assert found is not None
    return [round(at / 1000, 2) for at in found.positions_m(km)]


def test_an_east_west_road_counts_from_the_east() -> None:
    (line,) = road_lines(straight(10), "G303")
    assert [round(at) for at in line.tail_m.tolist()] == [10_000, 0]


def test_a_north_south_road_counts_from_the_north_and_a_radial_one_from_the_capital() -> None:
    down = draw("A\n|\n|\nB", "AB", facts={"AB": {"ref": "G242"}})
    (line,) = road_lines(down, "G242")
    assert line.tail_m[0] == 0
    (radial,) = road_lines(straight(10, "G6"), "G6")
    assert radial.tail_m.tolist()[1] == 0  # B is nearer to the capital in the east


def test_the_first_section_begins_where_the_road_does() -> None:
    assert positions(straight(10), 292.0, [(290.0, 300.0)]) == [2.0]


def test_one_place_with_a_kilometre_fixes_the_start() -> None:
    # Kilometre 50 stands 4 km east of A, that is 6 km from the beginning.
    assert positions(straight(10), 48.0, [], anchor(50.0, 4)) == [4.0]


def test_two_places_say_the_direction_against_the_convention() -> None:
    assert positions(straight(10), 2.0, [], anchor(1.0, 1), anchor(9.0, 9)) == [8.0]


def test_a_drawn_road_that_is_too_long_is_stretched_between_its_posts() -> None:
    # The drawn 10 km are 8 km by the posts.
    assert positions(straight(10), 4.0, [], anchor(0.0, 10), anchor(8.0, 0)) == [5.0]


def test_a_long_chain_has_one_kilometre_twice() -> None:
    # 0-6 and again 5-9: kilometre 5.5 stands at 5.5 and at 6.5 km.
    assert positions(straight(10), 5.5, [(0, 6), (5, 9)]) == [5.5, 6.5]
    assert positions(straight(10), 8.0, [(0, 6), (5, 9)]) == [9.0]


def test_a_short_chain_leaves_kilometres_out() -> None:
    # 0-6 and 8-12 on 10 km of road: the posts 6 to 8 do not exist.
    assert positions(straight(10), 9.0, [(0, 6), (8, 12)]) == [7.0]
    assert positions(straight(10), 7.0, [(0, 6), (8, 12)]) == []


def test_missing_records_are_no_broken_chain_where_the_road_is_long_enough() -> None:
    assert positions(straight(12), 9.0, [(0, 6), (8, 12)]) == [9.0]


def test_posts_around_a_gap_decide_whether_road_lies_in_it() -> None:
    runs = [(0.0, 6.0), (8.0, 10.0)]
    broken = anchor(1.0, 19), anchor(9.0, 13)  # 6 km of road between posts 8 km apart
    assert positions(straight(20), 9.0, runs, *broken) == [7.0]
    whole = anchor(1.0, 19), anchor(9.0, 11)
    assert positions(straight(20), 9.0, runs, *whole) == [9.0]


def test_on_a_shared_section_the_first_number_counts() -> None:
    facts = {"AB": {"ref": "G303"}, "BC": {"ref": "G242;G303"}, "CD": {"ref": "G303"}}
    shared = draw("A----B----C----D", "AB BC CD", facts=facts)
    # The kilometres of G303 stop while G242 counts: two runs of 5 km on 15 km of road.
    assert positions(shared, 6.0, [(0, 5), (5, 10)]) == [6.0]
    found = chainage_of(shared, "G303", [(0, 5), (5, 10)], [])
    assert found is not None
    assert found.line.length_m == pytest.approx(10_000, abs=5)
    # Where the official length covers the shared stretch too, it counts on.
    assert positions(shared, 12.0, [(0, 15)]) == [12.0]


def test_nothing_is_guessed_without_any_post_or_section() -> None:
    assert chainage_of(straight(10), "G303", [], []) is None
    assert chainage_of(straight(10), "G999", [(0, 5)], []) is None


def test_numbers_are_compared_as_people_write_them() -> None:
    assert refs_of("G6;G7") == refs_of("g6、G7") == refs_of("G6/G-7") == ["G6", "G7"]
    assert refs_of("G6 G7") == refs_of("G 6  G 7 ") == ["G6", "G7"]
    assert refs_of("B 14 / E  50") == ["B14", "E50"]


def test_a_road_in_two_pieces_counts_the_gap_between_them() -> None:
    pieces = draw("A--B     C--D", "AB CD", facts={"AB": {"ref": "G303"}, "CD": {"ref": "G303"}})
    (line,) = road_lines(pieces, "G303")
    assert line.length_m == pytest.approx(12_000, abs=10)
