"""Who is free when: units that are in one place at a time, and crews that rest between duties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from transport.scheduling.ways import STEP_MIN

Span = tuple[int, int]


class UnitPool:
    """Named units of one kind over the time of the plan, in steps."""

    def __init__(self, names: Sequence[str], minutes: int) -> None:
        self.names = tuple(names)
        self._cells = minutes // STEP_MIN + 2
        self._taken = np.zeros((len(names), self._cells), dtype=np.int16)

    def free(self, span: Span, only: Sequence[int] | None = None) -> int | None:
        """Return the first unit that is free for all of a time, None where none is."""
        found = self.all_free(span, only)
        return found[0] if found else None

    def all_free(self, span: Span, only: Sequence[int] | None = None) -> list[int]:
        """Return every unit that is free for all of a time."""
        first, last = self._range(span)
        if first < 0 or last > self._cells:
            return []
        busy = np.asarray(self._taken[:, first:last].any(axis=1))
        return [one for one in (range(len(self.names)) if only is None else only) if not busy[one]]

    def take(self, unit: int, span: Span) -> None:
        """Mark a unit as used."""
        first, last = self._range(span)
        self._taken[unit, max(first, 0) : last] += 1

    def give_back(self, unit: int, span: Span) -> None:
        """Take a mark back."""
        first, last = self._range(span)
        self._taken[unit, max(first, 0) : last] -= 1

    def _range(self, span: Span) -> Span:
        return span[0] // STEP_MIN, -(-span[1] // STEP_MIN)


class CrewPool(UnitPool):
    """Crews: one trip at a time, and a rest after every duty that has lasted long enough."""

    def __init__(self, names: Sequence[str], minutes: int, duty_min: int, rest_min: int) -> None:
        super().__init__(names, minutes)
        self.duty_min, self._rest_min = duty_min, rest_min
        self._spans: list[list[Span]] = [[] for _ in names]

    def rested(self, span: Span, work: Sequence[Span]) -> int | None:
        """Return a crew that is free for a trip and may do its work; `work` is without rests."""
        return next((one for one in self.all_free(span) if self.may(one, work)), None)

    def duties(self, work: Sequence[Span]) -> list[Span]:
        """Return spans of work joined to duties: what no rest lies between."""
        joined: list[Span] = []
        for start, end in sorted(work):
            if joined and start - joined[-1][1] < self._rest_min:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined

    def within_duty(self, work: Sequence[Span]) -> bool:
        """Whether no duty of this work is too long."""
        return all(end - start <= self.duty_min for start, end in self.duties(work))

    def begin(self, crew: int, work: Sequence[Span]) -> None:
        """Note work of a crew."""
        self._spans[crew] = sorted((*self._spans[crew], *work))

    def forget(self, crew: int, work: Sequence[Span]) -> None:
        """Take a note back."""
        for one in work:
            self._spans[crew].remove(one)

    def may(self, crew: int, work: Sequence[Span]) -> bool:
        """Whether a crew may do work beside what it does already."""
        reach = 2 * (self.duty_min + self._rest_min)
        first, last = work[0][0] - reach, work[-1][1] + reach
        near = [one for one in self._spans[crew] if one[1] > first and one[0] < last]
        return self.within_duty((*near, *work))
