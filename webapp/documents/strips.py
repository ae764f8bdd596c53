"""Cut a planned route into strips for the road: roads and posts, line, structures, demands."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from transport.network.graph import RoadNetwork
from transport.permits.application import RouteSnapshot
from transport.regulations.law import Law
from webapp.documents.contents import LonLat, StripMap, StripMark, StripPart
from webapp.documents.typesetting import chainage

REST_AREA, RESTRICTION, CONDITION = "rest_area", "restriction", "condition"
MARK_NAMES = {
    "bridge": "桥梁",
    "tunnel": "隧道",
    "overbridge": "跨线结构",
    "toll_station": "收费站",
    "level_crossing": "铁路道口",
    "junction": "平面交叉",
    REST_AREA: "停车待命点",
    RESTRICTION: "限行路段",
    CONDITION: "通行条件",
}
_OBSTACLES = {
    "signed_height": "限高标志",
    "clear_height": "净高",
    "signed_width": "限宽标志",
    "clear_width": "净宽",
    "signed_length": "限长标志",
    "signed_mass": "限重标志",
    "signed_axle": "轴重标志",
    "rated_mass": "桥梁承载",
    "turn_length": "转弯",
}
_ACCESS_KM = 2.0  # a shorter piece without a number is a ramp or an access, told by its neighbour
_SHORT_KM = 20.0  # neighbours are put on one strip until it is as long as this
_LONGEST_KM = 200.0  # where there is next to nothing to tell
_USUAL_KM = 60.0
_FEW_LISTED, _MOST_LISTED = 10, 22
_SHORTEST_KM = 1.0
_BESIDE_M = 500.0
_M_PER_DEGREE = 111_195.0
_STAKE = re.compile(r"K\s?(\d{1,4})\+(\d{3})")


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of a route with the kilometre of the journey at each of its points."""

    points: tuple[LonLat, ...]
    km: tuple[float, ...]

    def at(self, km: float) -> LonLat:
        """Return the place at a kilometre of the journey."""
        after = min(max(bisect_left(self.km, km), 1), len(self.km) - 1)
        start, end = self.km[after - 1], self.km[after]
        share = min(max((km - start) / (end - start), 0.0), 1.0) if end > start else 0.0
        (lon, lat), (next_lon, next_lat) = self.points[after - 1], self.points[after]
        return (lon + (next_lon - lon) * share, lat + (next_lat - lat) * share)

    def between(self, from_km: float, to_km: float) -> tuple[LonLat, ...]:
        """Return the part of the line between two kilometres."""
        inside = (p for p, km in zip(self.points, self.km, strict=True) if from_km < km < to_km)
        return (self.at(from_km), *inside, self.at(to_km))

    def nearest(self, place: LonLat) -> tuple[float, float]:
        """Return how far away the line passes a place, in metres, and at which kilometre."""
        return min(
            (_to_piece(place, a, b, from_km, to_km))
            for (a, b), (from_km, to_km) in zip(
                pairwise(self.points), pairwise(self.km), strict=True
            )
        )


def strips_of(
    route: RouteSnapshot, law: Law, network: RoadNetwork | None, conditions: Iterable[str] = ()
) -> tuple[StripMap, ...]:
    """Return the strips of a route in driving order; none where the snapshot has no line or legs.

    Places to wait come from the `network` that the route was planned on. `conditions` that name a
    post stand where it is. Limits of structures are not told.
    """
    contract = route.contract
    line, parts = _line(contract), list(_parts(contract.get("legs", ())))
    if line is None or not parts:
        return ()
    marks = [*_structures(contract, law), *_restrictions(contract), *_by_post(conditions, parts)]
    if network is not None and network.id == route.network_id:
        marks += _rest_areas(network, line)
    marks.sort(key=lambda one: one.km)
    strips = []
    for group in _grouped(parts):
        strips += _split(group, marks)
    last = len(strips) - 1
    return tuple(
        StripMap(
            group,
            line.between(group[0].from_km, group[-1].to_km),
            tuple(one for one in marks if _on(one, group, last=number == last)),
        )
        for number, group in enumerate(strips)
    )


def listed(strip: StripMap) -> list[StripMark]:
    """Return the marks of a strip that have a number and a line in its list."""
    return [one for one in strip.marks if one.name or one.demand]


def _line(contract: Mapping[str, Any]) -> _Line | None:
    drawn = (contract.get("geometry") or {}).get("coordinates", ())
    points = tuple((float(one[0]), float(one[1])) for one in drawn)
    steps = [_apart(a, b) for a, b in pairwise(points)]
    total = sum(steps)
    if not total:
        return None
    scale = float(contract.get("length_m") or total) / total / 1000.0
    return _Line(points, tuple(one * scale for one in accumulate(steps, initial=0.0)))


def _parts(legs: Iterable[Mapping[str, Any]]) -> Iterator[StripPart]:
    """Yield the roads in driving order: neighbours on one road joined, accesses absorbed."""
    held: StripPart | None = None
    driven = 0.0
    for leg in legs:
        length_km = float(leg.get("length_m") or 0.0) / 1000.0
        begins = float(leg.get("from_km") or driven)
        driven = float(leg.get("to_km") or begins + length_km)
        if driven <= begins:
            continue
        ref = str(leg.get("ref") or "").replace(";", "/")
        name = str(leg.get("name") or "")
        part = StripPart(
            " ".join(one for one in (ref, name) if one) or "无编号道路",
            begins,
            driven,
            leg.get("from_chainage_km"),
            leg.get("to_chainage_km"),
        )
        if held is None:
            held = part
        elif part.road == held.road:
            held = replace(held, to_km=part.to_km, to_post_km=part.to_post_km)
        elif not ref and driven - begins < _ACCESS_KM:
            held = replace(held, to_km=part.to_km)
        else:
            yield held
            held = part
    if held is not None:
        yield held


def _grouped(parts: Sequence[StripPart]) -> Iterator[tuple[StripPart, ...]]:
    group: list[StripPart] = []
    for part in parts:
        pieces = _cut(part)
        for piece in pieces:
            long = piece.to_km - piece.from_km >= _SHORT_KM
            if group and (long or group[-1].to_km - group[0].from_km >= _SHORT_KM):
                yield tuple(group)
                group = []
            group.append(piece)
    if group:
        yield tuple(group)


def _cut(part: StripPart, pieces: int = 0) -> list[StripPart]:
    """Return a road in pieces of one length, none longer than a strip may be."""
    pieces = pieces or max(1, math.ceil((part.to_km - part.from_km) / _LONGEST_KM))
    return [
        replace(
            part,
            from_km=_between(part.from_km, part.to_km, one / pieces),
            to_km=_between(part.from_km, part.to_km, (one + 1) / pieces),
            from_post_km=_post(part, one / pieces),
            to_post_km=_post(part, (one + 1) / pieces),
        )
        for one in range(pieces)
    ]


def _split(group: tuple[StripPart, ...], marks: Sequence[StripMark]) -> list[tuple[StripPart, ...]]:
    """Halve a strip until its list is short enough to be read."""
    here = sum(1 for one in marks if (one.name or one.demand) and _on(one, group, last=False))
    length = group[-1].to_km - group[0].from_km
    most = _FEW_LISTED if length > _USUAL_KM else _MOST_LISTED
    if here <= most or length < 2 * _SHORTEST_KM:
        return [group]
    middle = group[0].from_km + length / 2
    before: list[StripPart] = []
    after: list[StripPart] = []
    for part in group:
        if part.to_km <= middle:
            before.append(part)
        elif part.from_km >= middle:
            after.append(part)
        else:
            share = (middle - part.from_km) / (part.to_km - part.from_km)
            post = _post(part, share)
            before.append(replace(part, to_km=middle, to_post_km=post))
            after.append(replace(part, from_km=middle, from_post_km=post))
    return _split(tuple(before), marks) + _split(tuple(after), marks)


def _on(mark: StripMark, group: Sequence[StripPart], *, last: bool) -> bool:
    begins, ends = group[0].from_km, group[-1].to_km
    return begins <= mark.km < ends or (last and mark.km >= ends)


def _structures(contract: Mapping[str, Any], law: Law) -> Iterator[StripMark]:
    for one in contract.get("structures", ()):
        if one.get("chainage_km") is None:
            continue
        yield StripMark(
            km=float(one["chainage_km"]),
            kind=str(one.get("kind", "")),
            name=str(one.get("name") or ""),
            post=str(one.get("stake") or ""),
            demand=_demand(str(one.get("condition") or ""), law),
        )


def _demand(code: str, law: Law) -> str:
    what, _, kind = code.partition(":")
    if not what:
        return ""
    if what not in law.condition_texts.templates:
        return "按核定条件通过"
    bare = kind.removesuffix("_m").removesuffix("_t")
    return law.condition_texts.say(what, {"what": _OBSTACLES.get(bare, "通过条件")}, language="zh")


def _restrictions(contract: Mapping[str, Any]) -> Iterator[StripMark]:
    for one in contract.get("restrictions", ()):
        reason = str(one.get("reason") or "限行")
        window = str(one.get("window") or "")
        ends = f"至全程{float(one.get('to_km') or 0.0):.1f}公里"
        demand = "，".join(text for text in (reason, window, ends) if text)
        place = str(one.get("place") or "")
        yield StripMark(float(one.get("from_km") or 0.0), RESTRICTION, place, demand=demand)


def _by_post(conditions: Iterable[str], parts: Sequence[StripPart]) -> Iterator[StripMark]:
    """Yield the conditions that name a post of a road of the route, at the first it names."""
    for text in conditions:
        stake = _STAKE.search(text)
        if stake is None:
            continue
        post = int(stake[1]) + int(stake[2]) / 1000.0
        for part in parts:
            share = _share_at(part, post)
            road = part.road.split(" ")[0].split("/")
            others = re.findall(r"[GSX]\d{1,5}", text)
            if share is not None and (not others or set(others) & set(road)):
                km = _between(part.from_km, part.to_km, share)
                yield StripMark(km, CONDITION, "", chainage(post), text)
                break


def _share_at(part: StripPart, post: float) -> float | None:
    if part.from_post_km is None or part.to_post_km is None:
        return None
    span = part.to_post_km - part.from_post_km
    if not span:
        return None
    share = (post - part.from_post_km) / span
    return share if 0.0 <= share <= 1.0 else None


def _rest_areas(network: RoadNetwork, line: _Line) -> Iterator[StripMark]:
    lons, lats = [p[0] for p in line.points], [p[1] for p in line.points]
    for place in network.places:
        near = (
            place.kind == REST_AREA
            and min(lons) - 0.02 < place.lon < max(lons) + 0.02
            and min(lats) - 0.02 < place.lat < max(lats) + 0.02
        )
        if near:
            away_m, km = line.nearest((place.lon, place.lat))
            if away_m <= _BESIDE_M:
                yield StripMark(km, REST_AREA, place.name)


def _post(part: StripPart, share: float) -> float | None:
    if part.from_post_km is None or part.to_post_km is None:
        return None
    return _between(part.from_post_km, part.to_post_km, share)


def _between(start: float, end: float, share: float) -> float:
    return start + (end - start) * share


def _to_piece(
    place: LonLat, a: LonLat, b: LonLat, from_km: float, to_km: float
) -> tuple[float, float]:
    shrink = math.cos(math.radians(place[1]))
    ax, ay = (a[0] - place[0]) * shrink, a[1] - place[1]
    dx, dy = (b[0] - a[0]) * shrink, b[1] - a[1]
    squared = dx * dx + dy * dy
    share = min(max(-(ax * dx + ay * dy) / squared, 0.0), 1.0) if squared else 0.0
    away = math.hypot(ax + dx * share, ay + dy * share)
    return away * _M_PER_DEGREE, _between(from_km, to_km, share)


def _apart(a: LonLat, b: LonLat) -> float:
    middle = math.radians((a[1] + b[1]) / 2)
    return math.hypot((b[0] - a[0]) * math.cos(middle), b[1] - a[1]) * _M_PER_DEGREE
