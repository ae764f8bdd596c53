"""Closed lanes: what is said of them, and which width they leave on each edge of a restriction."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from math import nan

from transport.network.attributes import Certainty, LimitKind, RoadClass
from transport.network.closures import Restriction
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered

_CLOSED = ("closed", "blocked", "封闭", "关闭", "占用", "close")
_OPEN = ("open", "free", "开放", "保留", "通行")
_ALL = ("all", "both", "全部", "所有", "全幅")
# One lane where no number stands beside it.
_SIDES = (
    "rightmost", "leftmost", "right", "left", "inner", "outer", "middle", "inside", "outside",
    "最右", "最左", "右侧", "左侧", "内侧", "外侧", "中间", "超车", "行车", "右", "左", "内", "外",
)  # fmt: skip
_FILL = (
    "lanes", "lane", "number", "the", "is", "are", "and", "of", "hand",
    "车道", "号", "条", "个", "第", "侧", "和", "道",
)  # fmt: skip
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_NAMED = re.compile(r"(?:lanes?|第|\bno\.?)\s*\d")
_MOST = 8


@dataclass(frozen=True, slots=True)
class LaneRule:
    """How many lanes of a direction are closed, or how many stay open."""

    closed: int | None = None
    open: int | None = None

    def closed_of(self, lanes: int) -> int:
        """Return how many of a number of lanes are closed."""
        if self.closed is not None:
            return min(self.closed, lanes)
        return max(0, lanes - (self.open or 0))


ALL_CLOSED = LaneRule(open=0)


def read_lanes(text: str) -> LaneRule | None:
    """Read words: `1 closed`, `lanes 1,2 closed`, `right lane closed`, `封闭2条车道`, `1 open`.

    Digits after `lane` or `第` and several digits in a row are numbers of lanes, a single digit is
    a count. None for every other text: what the words leave of the width is then a question.
    """
    said = text.strip().casefold()
    closed, opened = (any(word in said for word in words) for words in (_CLOSED, _OPEN))
    if closed == opened:
        return None
    rest, numbers, sides = _taken_apart(said)
    if rest:
        return None
    if any(word in said for word in _ALL):
        count = None if numbers else _MOST
        return ALL_CLOSED if closed and count else None
    if numbers:
        listed = len(numbers) > 1 or _NAMED.search(said) is not None
        count = len(set(numbers)) if listed else numbers[0]
    else:
        count = sides
    if not count or count > _MOST:
        return None
    return LaneRule(closed=count) if closed else LaneRule(open=count)


def _taken_apart(said: str) -> tuple[str, list[int], int]:
    """Return what no word explains, the numbers, and how many sides are named."""
    numbers = [int(digits) for digits in re.findall(r"\d+", said)]
    rest = re.sub(r"\d+", " ", said)
    for word, number in _NUMBERS.items():
        pattern = rf"\b{word}\b" if word.isascii() else word
        numbers += [number] * len(re.findall(pattern, rest))
        rest = re.sub(pattern, " ", rest)
    sides = 0
    for word in (*_CLOSED, *_OPEN, *_ALL):
        rest = rest.replace(word, " ")
    for word in _SIDES:
        pattern = rf"\b{word}\b" if word.isascii() else word
        rest, found = re.subn(pattern, " ", rest)
        sides += found
    for word in _FILL:
        pattern = rf"\b{word}\b" if word.isascii() else word
        rest = re.sub(pattern, " ", rest)
    return re.sub(r"[\s,;、，；:：()（）/.+-]", "", rest), numbers, sides


@dataclass(frozen=True, slots=True)
class WidthLeft:
    """The width that closed lanes leave on some edges of one class of road.

    `width_m` is 0 where no lane of the direction is left, nan where it cannot be told. It is known
    where a section record gives lanes and their width, else assumed.
    """

    edges: tuple[int, ...]
    road_class: RoadClass
    width_m: float
    certainty: Certainty


def acts_on_width(restriction: Restriction) -> bool:
    """Say whether the words about lanes decide: nothing closes the road or gives the width left."""
    given = {kind for kind, _ in restriction.limits}
    widths = (LimitKind.SIGNED_WIDTH, LimitKind.CLEAR_WIDTH)
    return bool(restriction.lanes) and not restriction.closed and not given.intersection(widths)


def widths_left(network: RoadNetwork, number: int) -> tuple[WidthLeft, ...]:
    """Return what the lanes of a restriction, by its number, leave; empty without lanes."""
    restriction = network.restrictions[number]
    if not acts_on_width(restriction):
        return ()
    key = ("widths left", restriction.id, number)
    return remembered(network, key, lambda: _widths_left(network, restriction))


def _widths_left(network: RoadNetwork, restriction: Restriction) -> tuple[WidthLeft, ...]:
    rule = read_lanes(restriction.lanes)
    alike: dict[tuple[RoadClass, float | None, Certainty], list[int]] = defaultdict(list)
    for edge in restriction.edges:
        width_m, certainty = _left_on(network, rule, restriction, edge)
        kept = None if math.isnan(width_m) else width_m
        alike[RoadClass(int(network.road_class[edge])), kept, certainty].append(edge)
    return tuple(
        WidthLeft(tuple(edges), road_class, nan if width_m is None else width_m, certainty)
        for (road_class, width_m, certainty), edges in alike.items()
    )


def _left_on(
    network: RoadNetwork, rule: LaneRule | None, restriction: Restriction, edge: int
) -> tuple[float, Certainty]:
    """Return the width left on one edge, and how sure it is."""
    unknown = nan, Certainty.UNKNOWN
    if rule is None:
        return unknown
    if rule == ALL_CLOSED:
        return 0.0, Certainty.KNOWN
    width_m = float(network.limits[LimitKind.CLEAR_WIDTH].value[edge])
    recorded = _recorded(network, restriction, edge)
    lanes = recorded[0] if recorded else int(network.lanes[edge])
    if not lanes:
        return unknown
    closed = rule.closed_of(lanes)
    if closed == lanes:
        return 0.0, Certainty.KNOWN
    if not math.isfinite(width_m):
        return unknown
    if recorded:
        return max(0.1, round(width_m - closed * recorded[1], 3)), Certainty.KNOWN
    # Where the width of a lane is not recorded the lanes of this direction share what there is,
    # both directions of a road without a divider together: rather too little than too much.
    return round(width_m * (lanes - closed) / lanes, 3), Certainty.ASSUMED


def _recorded(
    network: RoadNetwork, restriction: Restriction, edge: int
) -> tuple[int, float] | None:
    """Return lanes of this direction and their width from the section records of the place."""
    found = []
    begin, end = restriction.span_on(edge) or (0.0, float(network.length_m[edge]))
    for piece in network.surveys.sections(edge):
        if piece.to_m < begin or piece.from_m > end:
            continue
        if "lanes" not in piece.facts or "lane_width_m" not in piece.facts:
            return None
        lanes, divided = int(piece.facts["lanes"]), bool(piece.facts.get("divided"))
        two_way = bool(network.reverse[edge] >= 0)
        one_way = max(1, lanes // 2) if two_way or divided else lanes
        found.append((one_way, float(piece.facts["lane_width_m"])))
    return (min(lanes for lanes, _ in found), max(wide for _, wide in found)) if found else None
