"""Two turns close together, driven as one."""

from __future__ import annotations

import numpy as np
import pytest

from transport.manoeuvres.joint import JointTurns, path_of, search_joint
from transport.manoeuvres.junction import Junction, Outlook, search_junction
from transport.manoeuvres.outlines import Arm
from transport.manoeuvres.sweeping import Unit

SEMI = (Unit(4.0, 0.3, 1.4, 1.0, 2.5, 2.5), Unit(9.0, 0.0, 1.2, 4.0, 3.0, 3.0))
GIRDER = (Unit(5.0, 0.4, 1.5, 1.0, 2.5, 2.5), Unit(24.0, 0.0, 3.0, 3.0, 2.6, 2.5))


def _junction(width_m: float, exit_deg: float) -> Junction:
    """Return a crossing of two roads, entered from the south (driving north)."""
    bearings = (180.0, exit_deg, 0.0, (exit_deg + 180.0) % 360.0)
    return Junction(tuple(Arm(one, width_m) for one in bearings), 0, 1, 12.0, widths_measured=True)


def _turns(width_m: float, apart_m: float, *, second_left: bool = True) -> JointTurns:
    """Return a left turn to the west, then one to the south (left) or north (right)."""
    first = _junction(width_m, 270.0)
    arms = (90.0, 180.0 if second_left else 0.0, 270.0, 0.0 if second_left else 180.0)
    second = Junction(tuple(Arm(one, width_m) for one in arms), 0, 1, 12.0, widths_measured=True)
    return JointTurns(first, second, apart_m, (True, second_left))


def test_far_apart_both_turns_are_as_passable_together_as_each_alone() -> None:
    turns = _turns(12.0, 120.0)
    assert search_junction(turns.first, SEMI).outlook is Outlook.FEASIBLE
    assert search_joint(turns, SEMI).outlook is Outlook.FEASIBLE


def test_close_together_a_long_train_fails_turns_it_could_drive_each_alone() -> None:
    width_m = 16.0
    alone = search_junction(_junction(width_m, 270.0), GIRDER, (0.0, 0.5, 1.0))
    apart = search_joint(_turns(width_m, 150.0, second_left=False), GIRDER, (0.0, 0.5, 1.0))
    close = search_joint(_turns(width_m, 30.0, second_left=False), GIRDER, (0.0, 0.5, 1.0))
    assert alone.outlook is apart.outlook is Outlook.FEASIBLE
    order = list(Outlook)
    assert order.index(close.outlook) > order.index(apart.outlook)


@pytest.mark.parametrize("second_left", [True, False])
def test_more_room_between_the_turns_never_leaves_less(*, second_left: bool) -> None:
    exceeds = [
        search_joint(_turns(11.0, apart_m, second_left=second_left), SEMI).ways[0].exceeds_m
        for apart_m in (35.0, 70.0, 140.0)
    ]
    assert exceeds[0] >= exceeds[1] - 0.3
    assert exceeds[1] >= exceeds[2] - 0.3


def test_the_path_runs_along_the_roads_and_bends_by_both_angles() -> None:
    headings = (0.0, np.pi / 2, np.pi)
    path = path_of(headings, np.array([0.0, 60.0]), (12.0, 15.0), (1.0, 0.0, -1.0), 20.0)
    assert path is not None
    assert path.headings[0] == 0.0
    assert path.headings[-1] == pytest.approx(np.pi)
    assert path.y_m[0] == pytest.approx(1.0, abs=0.01)
    assert path.y_m[-1] == pytest.approx(61.0, abs=0.5)
    steps = np.hypot(np.diff(path.x_m), np.diff(path.y_m))
    assert steps == pytest.approx(path.step_m)


def test_turns_too_close_for_any_path_are_left_to_a_survey() -> None:
    assert search_joint(_turns(8.0, 5.0), SEMI).outlook is Outlook.DOUBTFUL
