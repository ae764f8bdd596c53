"""Notices in the background: what is due is sent at every sweep, reminders every hour."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from transport.errors import ConflictError
from transport.services.notifying import send_due
from transport.services.reminding import remind
from webapp.access import Services

_REMIND_EVERY_S = 3600.0
_LOG = logging.getLogger(__name__)


class NoticeSweeps:
    """Sends and reminds, whoever asks; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._reminded_at = float("-inf")

    def maybe(self, services: Services) -> dict[str, int]:
        """Send what is due; write reminders if an hour has passed. Return what became of notices.

        Another worker may do the same: what it was faster with is left to it.
        """
        try:
            if self._clock() - self._reminded_at >= _REMIND_EVERY_S:
                self._reminded_at = self._clock()
                now = services.clock.now()
                remind(services.unit_of_work, services.law, services.calendar, now)
            return send_due(
                services.unit_of_work,
                services.channels,
                services.notice_wording,
                services.clock.now(),
            )
        except ConflictError:
            _LOG.info("another worker was faster with the notices")
            return {}
