"""How long a search may take, and a way to cancel it from another thread."""

from __future__ import annotations

from threading import Timer
from types import TracebackType
from typing import Self

import numpy as np

from transport.errors import SearchStoppedError
from transport.network.attributes import Bytes

USUAL_SECONDS = 30.0


class Patience:
    """A stop sign that the compiled searches look at, raised by a clock or by `cancel`.

    The clock runs from the first search that needs it until the `with` block ends; without
    seconds there is none.
    """

    def __init__(self, seconds: float | None = USUAL_SECONDS) -> None:
        self.seconds = seconds
        self.sign: Bytes = np.zeros(1, dtype=np.uint8)
        self._cancelled = False
        self._timer: Timer | None = None

    def cancel(self) -> None:
        """End the search; it raises SearchStoppedError where it runs."""
        self._cancelled = True
        self.sign[0] = 1

    def watch(self) -> Bytes:
        """Start the clock if it does not run yet, and return the stop sign."""
        if self._timer is None and self.seconds is not None:
            self._timer = Timer(self.seconds, self._ring)
            self._timer.daemon = True
            self._timer.start()
        return self.sign

    def check(self) -> None:
        """Raise SearchStoppedError where the sign is up."""
        if not self.sign[0]:
            return
        if self._cancelled:
            raise SearchStoppedError("the search was cancelled; nothing was decided")
        raise SearchStoppedError(
            f"the search did not end within {self.seconds:g} s, so nothing is known of this way; "
            "ask again, with more time or a point in between"
        )

    def _ring(self) -> None:
        self.sign[0] = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
