"""The recall in the background: every minute, changes of the roads that nobody judged yet."""

from __future__ import annotations

import time
from collections.abc import Callable

from transport.errors import ConflictError, NotFoundError
from transport.services.recalling import sweep
from webapp.access import Services

_EVERY_S = 60.0


class RecallSweeps:
    """Sweeps at most once a minute, whoever asks; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._swept_at = float("-inf")

    def maybe(self, services: Services) -> int:
        """Judge what changed, if a minute has passed; return how many runs there are."""
        if self._clock() - self._swept_at < _EVERY_S:
            return 0
        self._swept_at = self._clock()
        try:
            network = services.network()
        except NotFoundError:
            return 0  # an installation without a network has no roads that could change
        try:
            return len(sweep(services.unit_of_work, network, now=services.clock.now()))
        except ConflictError:
            return 0  # a page judges the same run: the next sweep does the rest
