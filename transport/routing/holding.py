"""When a way is driven: the windows of restrictions that it meets, and where to wait for their end.

A journey with an hour of departure meets a restriction at the hour it gets there. Where that falls
into the hours of the restriction, the transport waits at the last holding place before: a rest
area on the way, a place that the carrier named, or the origin, which it then leaves later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from transport.network.attributes import Passability
from transport.network.closures import (
    CHINA_TIME,
    InForce,
    Restriction,
    Window,
    touches,
    windows_on,
)
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint
from transport.network.remembering import remembered
from transport.network.snapping import distance_m
from transport.routing.blockers import along_shape
from transport.routing.examining import Examiner, examined_path
from transport.routing.ground import Ground
from transport.routing.paths import Path, Stops, Stretch, share
from transport.routing.route import Hold, Leg, LonLat, Route, RouteStatus
from transport.routing.timed import Violation, violations

# Restrictions are looked at for this long after the departure.
AHEAD = timedelta(days=7)
REST_AREA = "rest_area"
# A rest area this near to the way stands beside it.
_BESIDE_M = 400.0


@dataclass(frozen=True, slots=True)
class Timing:
    """When a journey begins, which restrictions it may meet for some hours, where it can wait."""

    departs: datetime
    ahead: tuple[InForce, ...] = ()
    holding: tuple[NamedPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a way ends, with its waits; `met` are the edges of what it waits for."""

    arrives: datetime
    holds: tuple[Hold, ...] = ()
    met: frozenset[int] = frozenset()


def restrictions_ahead(
    restrictions: Sequence[Restriction], departs: datetime
) -> tuple[tuple[InForce, ...], tuple[InForce, ...]]:
    """Return the restrictions for all of the days ahead, and those for some hours of them."""
    whole: list[InForce] = []
    ahead: list[InForce] = []
    for number, restriction in enumerate(restrictions):
        windows = _windows(restriction, departs)
        if windows == [(departs, departs + AHEAD)]:
            whole.append(InForce(number))
        elif windows:
            said = ((s.isoformat(timespec="minutes"), e.isoformat(timespec="minutes"))
                    for s, e in windows)  # fmt: skip
            ahead.append(InForce(number, tuple(said)))
    return tuple(whole), tuple(ahead)


def _windows(restriction: Restriction, departs: datetime) -> list[Window]:
    """Return the hours of a restriction within the days ahead, in order, merged."""
    first = departs.astimezone(CHINA_TIME).date()
    merged: list[Window] = []
    for day in range(AHEAD.days + 1):
        for start, end in windows_on(restriction, first + timedelta(days=day)):
            begins, ends = max(start, departs), min(end, departs + AHEAD)
            if begins >= ends:
                continue
            if merged and begins <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], ends)
            else:
                merged.append((begins, ends))
    return merged


def timely_path(
    ground: Ground, worst: Passability, stops: Stops, examiner: Examiner | None, timing: Timing
) -> tuple[Ground, Path, Timetable] | None:
    """Return the way that arrives first: waiting for the end of hours, or going around.

    The way without any restriction for some hours is driven by its timetable; what makes it wait
    is then closed and the way searched again, as long as that can still be sooner.
    """
    best: tuple[Ground, Path, Timetable] | None = None
    closed: frozenset[int] = frozenset()
    while True:
        asked = replace(ground, avoided=ground.avoided | closed)
        found = examined_path(asked, worst, stops, examiner)
        if found is None:
            return best
        judged, path = replace(found[0], avoided=ground.avoided), found[1]
        table = timetable(judged, path, timing)
        if best is None or table.arrives < best[2].arrives:
            best = judged, path, table
        driven = timing.departs + timedelta(seconds=sum(_seconds(ground.network, path)))
        if not table.holds or driven >= best[2].arrives or table.met <= closed:
            return best
        closed |= table.met


def timetable(ground: Ground, path: Path, timing: Timing) -> Timetable:
    """Drive a way by the clock, waiting where the hours of a restriction ask for it."""
    network = ground.network
    seconds = _seconds(network, path)
    hours = _hours_on(ground, path, timing)
    places = list(_places_on(network, path, timing, {place for place, _, _ in hours}))
    not_before: dict[int, tuple[datetime, Violation]] = {}
    met: set[int] = set()
    while True:
        times, waits = _drive(seconds, places, not_before, timing.departs)
        hit = _first_hit(hours, times)
        if hit is None:
            break
        place, violation, until = hit
        met.update(violation.edges)
        at = max((n for n, one in enumerate(places) if one.before <= place), default=0)
        not_before[at] = waits[at][1] + (until - times[place]), violation
    holds = tuple(
        _hold(places[at], waits[at], violation) for at, (_, violation) in sorted(not_before.items())
    )
    return Timetable(times[-1], holds, frozenset(met))


def with_timetable(route: Route, table: Timetable, departs: datetime) -> Route:
    """Return a route with its hours and waits; a wait is a condition and stands in its leg."""
    route = replace(
        route,
        departs_at=departs.isoformat(timespec="minutes"),
        arrives_at=table.arrives.isoformat(timespec="minutes"),
    )
    if not table.holds:
        return route
    codes = (f"hold:{one.place or 'origin'}:{one.leave_at}" for one in table.holds)
    order = list(RouteStatus)
    worse = max(route.status, RouteStatus.CONDITIONAL, key=order.index)
    return replace(
        route,
        status=worse,
        holds=table.holds,
        conditions=tuple(sorted({*route.conditions, *codes})),
        legs=tuple(_waiting(leg, table.holds, last=leg is route.legs[-1]) for leg in route.legs),
    )


def _waiting(leg: Leg, holds: Sequence[Hold], *, last: bool) -> Leg:
    """Say in a leg where it waits and until when."""
    zh, en = leg.instruction, leg.instruction_en
    for one in holds:
        if leg.from_km <= one.chainage_km < leg.to_km or (last and one.chainage_km == leg.to_km):
            clock = one.leave_at[5:16].replace("T", " ")
            zh += f"；在{one.place or '起点'}停车等候至 {clock}"
            en += f"; wait at {one.place or 'the origin'} until {clock}"
    return replace(leg, instruction=zh, instruction_en=en)


def _seconds(network: RoadNetwork, path: Path) -> list[float]:
    return [share(network, piece) * float(network.duration_s[piece.edge]) for piece in path]


_Hours = tuple[int, Violation, tuple[Window, ...]]


def _hours_on(ground: Ground, path: Path, timing: Timing) -> list[_Hours]:
    """Return what a way meets for some hours: the place on it, the violation, and its hours."""
    if not timing.ahead:
        return []
    rules = replace(ground.rules, restrictions=timing.ahead)
    windows = {one.number: one.windows for one in timing.ahead}
    found: list[_Hours] = []
    for violation in violations(ground.network, ground.demand, rules):
        edges = frozenset(violation.edges)
        times = tuple(
            (datetime.fromisoformat(start), datetime.fromisoformat(end))
            for start, end in windows[violation.number]
        )
        found += [
            (place, violation, times)
            for place, piece in enumerate(path)
            if piece.edge in edges and _drives_into(violation.restriction, piece)
        ]
    return sorted(found, key=lambda one: one[0])


def _drives_into(restriction: Restriction, piece: Stretch) -> bool:
    span = restriction.span_on(piece.edge)
    return span is None or touches(span, (piece.from_m, piece.to_m))


@dataclass(frozen=True, slots=True)
class _Holding:
    """A place to wait: before which piece of the way it counts, how far along it is, and where.

    `ahead_s` is driven from the place to the end of the piece that it stands on.
    """

    before: int
    name: str
    at: LonLat
    chainage_m: float
    ahead_s: float = 0.0


def _places_on(
    network: RoadNetwork, path: Path, timing: Timing, restricted: set[int]
) -> Iterator[_Holding]:
    """Yield the origin and then the holding places beside a way, in the order of travel.

    A place counts for the pieces after the one that it stands on, and not on a restricted one.
    """
    first = path[0]
    start = int(network.shape_start[first.edge])
    origin = float(network.shape_lon[start]), float(network.shape_lat[start])
    yield _Holding(0, "", origin, 0.0)
    known = remembered(
        network,
        "rest areas",
        lambda: [
            NamedPoint(place.lon, place.lat, place)
            for place in network.places
            if place.kind == REST_AREA
        ],
    )
    ends_m = np.cumsum([piece.length_m for piece in path])
    found: list[_Holding] = []
    for point in (*timing.holding, *known):
        beside = _beside(network, path, point)
        if beside is None or beside[0] in restricted:
            continue
        number, left = beside
        piece = path[number]
        name = point.place.name if point.place else point.given
        chainage_m = float(ends_m[number]) - left * piece.length_m
        ahead_s = left * share(network, piece) * float(network.duration_s[piece.edge])
        found.append(_Holding(number + 1, name, (point.lon, point.lat), chainage_m, ahead_s))
    yield from sorted(found, key=lambda one: one.before)


def _beside(network: RoadNetwork, path: Path, point: NamedPoint) -> tuple[int, float] | None:
    """Return the piece that passes a point most closely, and the share of it that lies ahead."""
    best: tuple[float, int, float] | None = None
    reach_deg = 2 * _BESIDE_M / 111_000 / max(math.cos(math.radians(point.lat)), 0.01)
    for number, piece in enumerate(path):
        low, high = int(network.shape_start[piece.edge]), int(network.shape_start[piece.edge + 1])
        lon, lat = network.shape_lon[low:high], network.shape_lat[low:high]
        if not (lon.min() - reach_deg <= point.lon <= lon.max() + reach_deg):
            continue
        if not (lat.min() - reach_deg <= point.lat <= lat.max() + reach_deg):
            continue
        along = along_shape(lon, lat).tolist()
        whole_m = float(network.length_m[piece.edge]) or 1.0
        shape = list(zip(lon.tolist(), lat.tolist(), strict=True))
        for (a, b), (begins, ends) in zip(pairwise(shape), pairwise(along), strict=True):
            away, part = _to_straight((point.lon, point.lat), a, b)
            at_m = (begins + part * (ends - begins)) * whole_m
            inside = piece.from_m <= at_m <= piece.to_m
            if inside and away <= _BESIDE_M and (best is None or away < best[0]):
                best = away, number, (piece.to_m - at_m) / (piece.length_m or 1.0)
    return None if best is None else best[1:]


def _to_straight(point: LonLat, a: LonLat, b: LonLat) -> tuple[float, float]:
    """Return metres to a straight piece of road, and the share along it of the nearest point."""
    shrink = math.cos(math.radians(point[1]))
    dx, dy = (b[0] - a[0]) * shrink, b[1] - a[1]
    square = dx * dx + dy * dy
    along = ((point[0] - a[0]) * shrink * dx + (point[1] - a[1]) * dy) / square if square else 0.0
    part = min(max(along, 0.0), 1.0)
    nearest = a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
    return distance_m(*point, *nearest), part


_Wait = tuple[datetime, datetime]


def _drive(
    seconds: Sequence[float],
    places: Sequence[_Holding],
    not_before: dict[int, tuple[datetime, Violation]],
    departs: datetime,
) -> tuple[list[datetime], list[_Wait]]:
    """Return when each piece begins, the end last, and when each place is reached and left."""
    times: list[datetime] = []
    waits: list[_Wait] = []
    now, place = departs, 0
    for number in range(len(seconds) + 1):
        while place < len(places) and places[place].before <= number:
            leaves = max(now, not_before[place][0]) if place in not_before else now
            waits.append((now, leaves))
            now, place = leaves, place + 1
        times.append(now)
        if number < len(seconds):
            now += timedelta(seconds=seconds[number])
    return times, waits


def _first_hit(
    hours: Sequence[_Hours], times: Sequence[datetime]
) -> tuple[int, Violation, datetime] | None:
    """Return the first piece that is driven in the hours of its restriction, and when they end.

    Pieces of one restriction that follow one another are one: nobody waits within it.
    """
    of_restriction: dict[int, set[int]] = {}
    for place, violation, _ in hours:
        of_restriction.setdefault(violation.number, set()).add(place)
    for place, violation, windows in hours:
        for start, end in windows:
            if times[place] < end and times[place + 1] > start:
                run = place
                while run - 1 in of_restriction[violation.number]:
                    run -= 1
                return run, violation, end
    return None


def _hold(place: _Holding, wait: _Wait, violation: Violation) -> Hold:
    arrive, leave = (one - timedelta(seconds=place.ahead_s) for one in wait)
    return Hold(
        place=place.name,
        at=place.at,
        chainage_km=round(place.chainage_m / 1000, 3),
        arrive_at=arrive.isoformat(timespec="minutes"),
        leave_at=leave.isoformat(timespec="minutes"),
        wait_s=round((leave - arrive).total_seconds(), 1),
        restriction=violation.restriction.id,
        reason=violation.restriction.reason,
        issued_by=violation.restriction.issued_by,
    )
