"""Tells the history of the demonstration: every step is a call of the real service.

A story yields the moment of its next step; `play` lets all stories go on in the order of time, so
that numbers and audit trail grow as they would have grown in life.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import TypeVar

from webapp.demonstration.engineer_steps import EngineerSteps
from webapp.demonstration.firm_steps import FirmSteps
from webapp.demonstration.office_steps import OfficeSteps
from webapp.demonstration.toll_steps import TollSteps
from webapp.demonstration.trip_steps import TripSteps

T = TypeVar("T")
Story = Generator[datetime, datetime, T]


def play(stories: Iterable[Story[None]]) -> None:
    """Let all stories go on, the earliest step first."""
    queue = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(queue)
    while queue:
        moment, number, story = heappop(queue)
        try:
            heappush(queue, (story.send(moment), number, story))
        except StopIteration:
            continue


class Teller(FirmSteps, OfficeSteps, EngineerSteps, TripSteps, TollSteps):
    """Takes the steps of the stories in the name of the demonstration's people."""


def later(at: datetime, minutes: int) -> datetime:
    """Return a moment so many minutes after another."""
    return at + timedelta(minutes=minutes)
