"""Recall: which passes in force and open cases a closure, limit or rating touches, and how.

The index answers by edge and time, without looking at the passes one by one. Edges are numbers of
one version of the network: what was planned on another version cannot be told by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from math import inf

import numpy as np

from transport.network.attributes import Ints, LimitKind
from transport.network.closures import CHINA_TIME, Restriction, touches, windows_on
from transport.network.lane_closures import acts_on_width
from transport.permits.decision import TimeWindow
from transport.vehicles.transport import Transport

_DAY_MINUTES = 24 * 60


class Effect(StrEnum):
    """What a restriction does to a journey."""

    UNAFFECTED = "unaffected"
    NEW_CONDITION = "new_condition"
    MUST_REROUTE = "must_reroute"
    DECISION_NEEDED = "decision_needed"


@dataclass(frozen=True, slots=True)
class Journey:
    """A permitted or asked journey; `edges` are those of the network version `network_id`.

    The first edge is driven from `start_m`, the last one up to `end_m`. `on_the_road` says whether
    a truck drives on it now.
    """

    case_number: str
    network_id: str
    edges: tuple[int, ...]
    first_day: date
    last_day: date
    transport: Transport
    windows: tuple[TimeWindow, ...] = ()
    pass_number: str = ""
    on_the_road: bool = False
    start_m: float = 0.0
    end_m: float = inf

    def drives_into(self, restriction: Restriction) -> bool:
        """Say whether it comes into the restricted part of an edge, not only onto the edge."""
        spans = dict(zip(restriction.edges, restriction.spans, strict=False))
        if not spans:
            return True
        last = len(self.edges) - 1
        for place, edge in enumerate(self.edges):
            driven = self.start_m if place == 0 else 0.0, self.end_m if place == last else inf
            if edge in spans and touches(spans[edge], driven):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Touched:
    """A journey that a restriction touches: what it does, why, and on which days."""

    journey: Journey
    effect: Effect
    reason: str
    first_day: date
    last_day: date


class RecallIndex:
    """Journeys by edge and day; made once, asked often."""

    def __init__(self, journeys: Sequence[Journey]) -> None:
        self.journeys = journeys
        lengths = np.fromiter((len(one.edges) for one in journeys), np.int64, len(journeys))
        rows = np.repeat(np.arange(len(journeys), dtype=np.int32), lengths)
        total = int(lengths.sum())
        edges = np.fromiter((edge for one in journeys for edge in one.edges), np.int32, total)
        order = np.argsort(edges, kind="stable")
        self._edges: Ints = edges[order]
        self._rows: Ints = rows[order]
        self._first = np.fromiter((one.first_day.toordinal() for one in journeys), np.int32)
        self._last = np.fromiter((one.last_day.toordinal() for one in journeys), np.int32)

    def touched_by(self, restriction: Restriction, today: date) -> list[Journey]:
        """Return the journeys through its places whose days, from today on, meet its time."""
        edges = np.unique(np.asarray(restriction.edges, np.int32))
        starts = np.searchsorted(self._edges, edges, "left")
        ends = np.searchsorted(self._edges, edges, "right")
        parts = [self._rows[start:end] for start, end in zip(starts, ends, strict=True)]
        rows = np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int32)
        first, last = _days_of(restriction, today)
        meets = (self._last[rows] >= first) & (self._first[rows] <= last)
        found = (self.journeys[row] for row in rows[meets].tolist())
        return [journey for journey in found if journey.drives_into(restriction)]


def effect_on(journey: Journey, restriction: Restriction, today: date) -> Touched:
    """Say what a restriction does to a journey that drives over one of its edges."""
    days = _days_together(journey, restriction, today)
    if not days:
        return _touched(journey, Effect.UNAFFECTED, "other_days", (today, today))
    span = days[0], days[-1]
    exceeded = _exceeded(journey.transport, restriction)
    if not restriction.closed and exceeded is False:
        return _touched(journey, Effect.UNAFFECTED, "within_limits", span)
    if not restriction.closed and exceeded is None:
        return _touched(journey, Effect.DECISION_NEEDED, "limit_cannot_be_told", span)
    if journey.on_the_road and days[0] <= today:
        return _touched(journey, Effect.DECISION_NEEDED, "truck_on_the_road", span)
    if not restriction.hard:
        return _touched(journey, Effect.DECISION_NEEDED, "consent_may_lift_it", span)
    allowed = (journey.last_day - max(today, journey.first_day)).days + 1
    if len(days) < allowed or _hours_left(journey, restriction, days):
        return _touched(journey, Effect.NEW_CONDITION, "drive_at_other_times", span)
    return _touched(journey, Effect.MUST_REROUTE, "closed_for_the_whole_term", span)


def classify(journeys: Iterable[Journey], restriction: Restriction, today: date) -> list[Touched]:
    """Say of every journey what the restriction does to it, the gravest first."""
    order = list(Effect)[::-1]
    found = (effect_on(one, restriction, today) for one in journeys)
    return sorted(found, key=lambda one: (order.index(one.effect), one.first_day))


def _touched(journey: Journey, effect: Effect, reason: str, span: tuple[date, date]) -> Touched:
    return Touched(journey, effect, reason, *span)


def _days_of(restriction: Restriction, today: date) -> tuple[int, int]:
    start, end = restriction.from_at, restriction.to_at
    first = start.astimezone(CHINA_TIME).date() if start else date.min
    last = end.astimezone(CHINA_TIME).date() if end else date.max
    return max(first, today).toordinal(), last.toordinal()


def _days_together(journey: Journey, restriction: Restriction, today: date) -> list[date]:
    """Return the days of the journey, from today on, on which the restriction meets its hours."""
    first, last = _days_of(restriction, today)
    first = max(first, journey.first_day.toordinal())
    last = min(last, journey.last_day.toordinal())
    days = (date.fromordinal(number) for number in range(first, last + 1))
    return [day for day in days if _meets_hours(journey, restriction, day)]


def _meets_hours(journey: Journey, restriction: Restriction, day: date) -> bool:
    closed = windows_on(restriction, day)
    if not closed or not journey.windows:
        return bool(closed)
    spans = [span for one in journey.windows for span in _minutes(one)]
    for start, end in closed:
        begins = start.hour * 60 + start.minute
        lasts = begins + int((end - start).total_seconds() // 60)
        if any(begins < until and since < lasts for since, until in spans):
            return True
    return False


def _hours_left(journey: Journey, restriction: Restriction, days: Sequence[date]) -> bool:
    """Say whether on one of the days some permitted hours lie outside the restriction."""
    wanted = journey.windows or (TimeWindow(time(), time()),)
    for day in days:
        shut = windows_on(restriction, day)
        if sum(((end - start) for start, end in shut), timedelta()) >= timedelta(days=1):
            continue
        for since, until in (span for one in wanted for span in _minutes(one)):
            begins = [start.hour * 60 + start.minute for start, _ in shut]
            whole = any(
                begin <= since and until <= begin + (end - start).total_seconds() / 60
                for begin, (start, end) in zip(begins, shut, strict=True)
            )
            if not whole:
                return True
    return False


def _minutes(window: TimeWindow) -> list[tuple[int, int]]:
    starts = window.starts.hour * 60 + window.starts.minute
    ends = window.ends.hour * 60 + window.ends.minute
    if starts < ends:
        return [(starts, ends)]
    return [(starts, _DAY_MINUTES), (0, ends)] if ends else [(starts, _DAY_MINUTES)]


def _exceeded(transport: Transport, restriction: Restriction) -> bool | None:
    """Say whether the transport exceeds a limit; None where that cannot be told."""
    unknown = acts_on_width(restriction)  # the width that closed lanes leave depends on the place
    for kind, most in restriction.limits:
        value = _value(transport, kind)
        if value is None:
            unknown = True
        elif value > most:
            return True
    return None if unknown else False


def _value(transport: Transport, kind: LimitKind) -> float | None:
    return {
        LimitKind.SIGNED_HEIGHT: transport.height_m,
        LimitKind.CLEAR_HEIGHT: transport.height_m,
        LimitKind.SIGNED_WIDTH: transport.width_m,
        LimitKind.CLEAR_WIDTH: transport.width_m,
        LimitKind.SIGNED_LENGTH: transport.length_m,
        LimitKind.TURN_LENGTH: transport.length_m,
        LimitKind.SIGNED_MASS: transport.mass_t,
        LimitKind.RATED_MASS: transport.mass_t,
        LimitKind.SIGNED_AXLE: transport.largest_axle_load_t,
    }[kind]
