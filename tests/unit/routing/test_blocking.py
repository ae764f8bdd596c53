"""Blockers come from the least-violating way; unlocking changes are exactly large enough."""

from __future__ import annotations

import pytest

from tests.loads import load, planned
from tests.maps import Standing, draw
from transport.network.attributes import LimitKind, StructureKind
from transport.routing.route import RoutePlan, RouteStatus, Unlocking

TOWN = """
    A---B---C
    |       |
    D-------E
"""
ROADS = "AB BC AD DE CE"
HARD, SOFT = LimitKind.CLEAR_HEIGHT, LimitKind.SIGNED_HEIGHT


def _plan(limits: dict[str, dict[LimitKind, float]], **changes: object) -> RoutePlan:
    return planned(draw(TOWN, ROADS, limits=limits), "A", "C", load(**changes))


def _blocked(plan: RoutePlan) -> list[tuple[str, float]]:
    assert plan.status is RouteStatus.INFEASIBLE
    return [(blocker.kind, blocker.limit) for blocker in plan.blockers]


def test_two_soft_blockers_are_better_than_one_hard() -> None:
    limits = {"AB": {HARD: 4.2}, "AD": {SOFT: 4.2}, "DE": {SOFT: 4.1}}
    assert _blocked(_plan(limits, height_m=4.5)) == [(SOFT, 4.2), (SOFT, 4.1)]


def test_one_hard_blocker_is_better_than_two() -> None:
    limits = {"AB": {HARD: 4.4}, "BC": {HARD: 4.4}, "DE": {HARD: 4.1}}
    assert _blocked(_plan(limits, height_m=4.5)) == [(HARD, 4.1)]


def test_of_equally_many_blockers_the_smaller_excess_counts() -> None:
    assert _blocked(_plan({"AB": {HARD: 4.2}, "DE": {HARD: 4.4}}, height_m=4.5)) == [(HARD, 4.4)]


def test_of_equal_excess_the_shorter_way_counts() -> None:
    limits = {"AB": {SOFT: 4.2}, "DE": {SOFT: 4.2}}
    plan = _plan(limits, height_m=4.5)
    assert _blocked(plan) == [(SOFT, 4.2)]
    assert plan.blockers[0].hard is False


def test_a_junction_too_tight_for_the_load_blocks_hard() -> None:
    tight = Standing("A>B", StructureKind.JUNCTION, {LimitKind.TURN_LENGTH: 20.0}, 1.0, id="j1")
    corner = draw("A---B---D\n    |\n    C", "AB BC BD", structures=[tight])
    plan = planned(corner, "A", "C", load(length_m=25.0))
    [blocker] = plan.blockers
    assert (blocker.kind, blocker.element, blocker.hard) == ("turn_length_m", "j1", True)
    assert blocker.exceeds_by == 5.0
    assert [dict(u.change) for u in plan.unlocking] == [{"length_m": -5.0}]


def test_the_unlocking_change_opens_and_a_millimetre_less_does_not() -> None:
    limits = {"BC": {HARD: 4.5}, "DE": {HARD: 4.43}}
    plan = _plan(limits, height_m=4.6)
    [unlocking] = _smallest(plan)
    change = dict(unlocking.change)["height_m"]
    assert change == -0.15
    assert _plan(limits, height_m=4.6 + change).status is not RouteStatus.INFEASIBLE
    assert _plan(limits, height_m=4.6 + change + 0.001).status is RouteStatus.INFEASIBLE


def test_the_smallest_steps_of_two_sizes_are_offered_where_two_dimensions_block() -> None:
    limits = {"AB": {HARD: 4.2, LimitKind.SIGNED_MASS: 40.0}, "DE": {HARD: 4.2}}
    plan = _plan(limits | {"AD": {LimitKind.SIGNED_MASS: 40.0}}, height_m=4.5)
    assert _smallest(plan) == []
    pairs = [dict(one.change) for one in plan.unlocking if not one.means]
    assert pairs == [{"height_m": -0.5, "mass_t": -10.0}]


def test_a_lower_trailer_and_a_load_on_its_side_open_a_low_bridge() -> None:
    plan = _plan({"AB": {HARD: 4.3}, "DE": {HARD: 4.3}}, height_m=4.4)
    by_means = {one.means: dict(one.change) for one in plan.unlocking if one.means}
    assert by_means["low_deck_trailer"] == {"height_m": -0.25}
    assert by_means["laid_on_its_side"] == {"height_m": -0.9, "width_m": 0.9}
    for change in by_means.values():
        sizes = {name: change.get(name, 0.0) for name in ("height_m", "width_m", "length_m")}
        changed = load(
            height_m=4.4 + sizes["height_m"],
            width_m=2.5 + sizes["width_m"],
            length_m=16.0 + sizes["length_m"],
        )
        limits = {"AB": {HARD: 4.3}, "DE": {HARD: 4.3}}
        assert planned(draw(TOWN, ROADS, limits=limits), "A", "C", changed).routes


def test_more_axles_open_a_road_for_lighter_axles() -> None:
    road = draw("A---B", "AB", limits={"AB": {LimitKind.SIGNED_AXLE: 8.0}})
    words = [one.means for one in planned(road, "A", "B", load()).unlocking]
    assert "one_more_axle" in words


def test_each_dimension_that_opens_a_way_is_offered_smallest_share_first() -> None:
    limits = {"AB": {LimitKind.SIGNED_WIDTH: 2.4}, "DE": {LimitKind.SIGNED_MASS: 40.0}}
    changes = [dict(unlocking.change) for unlocking in _smallest(_plan(limits))]
    assert changes == [{"width_m": -0.1}, {"mass_t": -8.0}]


def test_less_mass_means_less_on_every_axle() -> None:
    road = draw("A---B", "AB", limits={"AB": {LimitKind.SIGNED_AXLE: 6.0}})
    plan = planned(road, "A", "B", load())
    assert [dict(u.change) for u in _smallest(plan)] == [{"mass_t": -16.0}, {"axle_load_t": -3.0}]


def test_the_opened_way_is_the_one_of_the_changed_load() -> None:
    limits = {"AB": {HARD: 4.2}, "DE": {HARD: 4.4}}
    [unlocking] = _smallest(_plan(limits, height_m=4.5))
    assert dict(unlocking.change)["height_m"] == pytest.approx(-0.15)
    assert unlocking.length_m == pytest.approx(12_000, abs=2)


def _smallest(plan: RoutePlan) -> list[Unlocking]:
    """Changes of one size alone, exact to a millimetre or kilogram."""
    return [one for one in plan.unlocking if not one.means and len(one.change) == 1]
