"""When records say a truck was under way: read, plausible, and never in two places at once."""

from __future__ import annotations

from bisect import bisect
from datetime import UTC, datetime

from transport.relief.records import Fault, Known, Mismatch

_SECONDS_PER_HOUR = 3600
_DAY_LETTERS = 10
_NOON = "2026-01-01"
_MOST_KEPT = 200_000


class Moments:
    """Reads ISO moments with offset; a day and a time of day are read once each."""

    def __init__(self) -> None:
        self._days: dict[str, float | None] = {}
        self._times: dict[str, float | None] = {}

    def read(self, text: str) -> float | None:
        """Return seconds since 1970, None for what is no moment or has no offset."""
        day, time = text[:_DAY_LETTERS], text[_DAY_LETTERS:]
        try:
            begins, passed = self._days[day], self._times[time]
        except KeyError:
            begins, passed = self._keep(day, time)
        return None if begins is None or passed is None else begins + passed

    def _keep(self, day: str, time: str) -> tuple[float | None, float | None]:
        if len(self._times) > _MOST_KEPT or len(self._days) > _MOST_KEPT:
            self._days.clear()
            self._times.clear()
        begins = self._days[day] = _seconds(f"{day}T00:00:00+00:00")
        moment, start = _seconds(f"{_NOON}{time}"), _seconds(f"{_NOON}T00:00:00+00:00")
        passed = None if moment is None or start is None else moment - start
        self._times[time] = passed
        return begins, passed


def _seconds(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC).timestamp()


class Journeys:
    """Judges the times of one truck after another."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._lengths: dict[tuple[str, str], float | None] = {}
        self._of_truck: dict[str, list[tuple[float, float]]] = {}

    def check(
        self, times: tuple[float, float], entry: str, exit_: str, tractor: str
    ) -> list[Fault]:
        """Compare a journey with the way's length and with the other journeys of its truck."""
        entered, left = times
        hours = (left - entered) / _SECONDS_PER_HOUR
        if hours <= 0:
            return [Fault(Mismatch.LEFT_BEFORE_ENTRY, f"{hours:.2f} h", "> 0")]
        faults = self._pace(hours, (entry, exit_))
        trips = self._of_truck.setdefault(tractor, [])
        place = bisect(trips, times)
        before = place and entered < trips[place - 1][1]
        if before or (place < len(trips) and trips[place][0] < left):
            faults.append(Fault(Mismatch.TRIPS_OVERLAP, tractor, ""))
        else:
            trips.insert(place, times)  # in order and apart, so that neighbours are enough
        return faults

    def _pace(self, hours: float, pair: tuple[str, str]) -> list[Fault]:
        bounds = self._known.bounds
        if bounds is None:
            return []
        try:
            length_km = self._lengths[pair]
        except KeyError:
            length_km = self._lengths[pair] = self._known.length_km(*pair)
        faults = []
        if length_km is not None and length_km / hours > bounds.fastest_km_h:
            speed = f"{length_km / hours:.0f} km/h"
            faults.append(Fault(Mismatch.IMPOSSIBLE_SPEED, speed, f"{bounds.fastest_km_h:g}"))
        if hours > bounds.longest_h:
            longest = f"{bounds.longest_h:g}"
            faults.append(Fault(Mismatch.TOO_LONG_UNDER_WAY, f"{hours:.0f} h", longest))
        return faults
