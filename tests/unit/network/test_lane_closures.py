"""What words about lanes mean, and which width they leave."""

from __future__ import annotations

import pytest

from transport.network.lane_closures import ALL_CLOSED, LaneRule, read_lanes


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1 closed", LaneRule(closed=1)),
        ("closed: 2", LaneRule(closed=2)),
        ("lane 2 closed", LaneRule(closed=1)),
        ("Lanes 1, 2 closed", LaneRule(closed=2)),
        ("lanes 1 and 2 blocked", LaneRule(closed=2)),
        ("right lane closed", LaneRule(closed=1)),
        ("the two right-hand lanes are closed", LaneRule(closed=2)),
        ("one lane open", LaneRule(open=1)),
        ("all lanes closed", ALL_CLOSED),
        ("封闭2条车道", LaneRule(closed=2)),
        ("第1、2车道封闭", LaneRule(closed=2)),
        ("右侧车道封闭", LaneRule(closed=1)),
        ("超车道占用", LaneRule(closed=1)),
        ("保留一条车道", LaneRule(open=1)),
        ("全部车道封闭", ALL_CLOSED),
        # Nobody guesses:
        ("外侧", None),
        ("半幅封闭", None),
        ("hard shoulder closed", None),
        ("from K12 one lane closed", None),
        ("1 closed, 1 open", None),
        ("no lane closed", None),
        ("", None),
    ],
)
def test_words_about_lanes(text: str, rule: LaneRule | None) -> None:
    assert read_lanes(text) == rule


def test_open_lanes_leave_the_others_closed() -> None:
    assert [LaneRule(open=1).closed_of(lanes) for lanes in (1, 2, 3)] == [0, 1, 2]
    assert [LaneRule(closed=2).closed_of(lanes) for lanes in (1, 2, 3)] == [1, 2, 2]
