"""Decisions by rule in the background, for authorities that switched them on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from transport.services.deciding_by_rule import decide_everywhere
from webapp.access import Services

_DECIDE_EVERY_S = 60.0
_LOG = logging.getLogger(__name__)


class DecisionSweeps:
    """Takes once a minute what the rules may take; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._decided_at = float("-inf")

    def maybe(self, services: Services) -> int:
        """Decide if a minute has passed; return how many decisions were taken."""
        if self._clock() - self._decided_at < _DECIDE_EVERY_S:
            return 0
        self._decided_at = self._clock()
        done = decide_everywhere(
            services.unit_of_work, services.law, services.calendar, now=services.clock.now()
        )
        taken = [one.case_number for one in done if one.row]
        for number in taken:
            _LOG.info("case %s was decided by rule", number)
        return len(taken)
