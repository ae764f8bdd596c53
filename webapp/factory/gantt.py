"""A week of a delivery plan drawn on the server as SVG: a line a truck, a bar for what it does.

The table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from markupsafe import Markup, escape

from transport.scheduling.delivery_plan import DeliveryPlan, DeliveryTrip
from transport.vehicles.travel_time import CHINA_TIME

# What a truck does, in the order of the legend; the class of its bar.
LOADING, DRIVING, STANDING, UNLOADING, HOME = "loading", "driving", "standing", "unloading", "home"
DOINGS = (LOADING, DRIVING, STANDING, UNLOADING, HOME)
_DAYS = 7
_NAMES, _DAY, _HEAD, _LINE = 170.0, 126.0, 34.0, 30.0
_LONGEST_NAME = 12


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def trips_in_week(plan: DeliveryPlan, monday: date) -> tuple[DeliveryTrip, ...]:
    """Return the trips that are under way in a week, by the moment they load."""
    start = datetime.combine(monday, time(), CHINA_TIME)
    end = start + timedelta(days=_DAYS)
    found = [one for one in plan.trips if one.loads_at < end and one.returns_at > start]
    return tuple(sorted(found, key=lambda one: (one.loads_at, one.load)))


def draw_week(
    trips: Sequence[DeliveryTrip], trucks: Sequence[str], monday: date, days: Sequence[str]
) -> Markup:
    """Draw trips of a week, `trucks` from top to bottom; `days` are the names of its days."""
    used = {one.truck for one in trips}
    shown = [name for name in trucks if name in used]
    width, height = _NAMES + _DAYS * _DAY, _HEAD + len(shown) * _LINE + 4
    drawn = "".join((*_ground(shown, days, height), *_bars(trips, shown, monday)))
    return Markup(  # noqa: S704 - names are escaped, all else are numbers
        f'<svg class="gantt" viewBox="0 0 {width:g} {height:g}" aria-hidden="true" '
        f'focusable="false">{drawn}</svg>'
    )


def _ground(shown: Sequence[str], days: Sequence[str], height: float) -> Iterator[str]:
    for number in range(_DAYS + 1):
        x = _NAMES + number * _DAY
        yield f'<line class="gantt-line" x1="{x:g}" x2="{x:g}" y1="4" y2="{height:g}"/>'
    for number, name in enumerate(days):
        x = _NAMES + (number + 0.5) * _DAY
        yield f'<text class="gantt-day" x="{x:g}" y="22">{escape(name)}</text>'
    for number, name in enumerate(shown):
        y = _HEAD + number * _LINE
        end = _NAMES + _DAYS * _DAY
        short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        yield f'<line class="gantt-line" x1="0" x2="{end:g}" y1="{y:g}" y2="{y:g}"/>'
        yield f'<text class="gantt-name" x="2" y="{y + 20:g}">{escape(short)}</text>'


def _bars(trips: Sequence[DeliveryTrip], shown: Sequence[str], monday: date) -> Iterator[str]:
    start = datetime.combine(monday, time(), CHINA_TIME)
    for one in trips:
        y = _HEAD + shown.index(one.truck) * _LINE + 6
        for doing, from_at, to_at in doings_of(one):
            first, last = _x(from_at, start), _x(to_at, start)
            if last > first:
                yield (
                    f'<rect class="gantt-{doing}" x="{first:.1f}" y="{y:g}" '
                    f'width="{last - first:.1f}" height="18"/>'
                )
        if one.is_pinned:
            x = _x(one.departs_at, start)
            yield f'<circle class="gantt-pin" cx="{x:.1f}" cy="{y + 9:g}" r="4"/>'


def doings_of(trip: DeliveryTrip) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield what a truck does from the bay until it is home, without gaps."""
    yield LOADING, trip.loads_at, trip.loaded_at
    yield STANDING, trip.loaded_at, trip.departs_at
    at = trip.departs_at
    for hold in trip.holds:
        yield DRIVING, at, hold.from_at
        yield STANDING, hold.from_at, hold.to_at
        at = hold.to_at
    yield DRIVING, at, trip.arrives_at
    yield STANDING, trip.arrives_at, trip.unloads_at
    yield UNLOADING, trip.unloads_at, trip.unloaded_at
    yield STANDING, trip.unloaded_at, trip.leaves_at
    yield HOME, trip.leaves_at, trip.returns_at


def _x(moment: datetime, start: datetime) -> float:
    share = (moment - start) / timedelta(days=1)
    return _NAMES + min(max(share, 0.0), float(_DAYS)) * _DAY
