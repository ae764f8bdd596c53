"""Who takes the steps of the demonstration, with what services and on which days."""

from __future__ import annotations

from collections.abc import Mapping

from transport.people import Actor
from webapp.access import Services
from webapp.demonstration.days import HistoryDays


class Cast:
    """The demonstration's people, who act through the real services."""

    def __init__(self, services: Services, people: Mapping[str, Actor], days: HistoryDays) -> None:
        self.services = services
        self.people = people
        self.days = days
