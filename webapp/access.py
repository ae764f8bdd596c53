"""Who may use what, and the services a page, endpoint or command is given.

The one-way street: `composition` builds the services and hands a provider to this module at start;
folders and commands ask `current_services()` and never see an implementation.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from transport.network.graph import RoadNetwork
    from webapp.settings import Settings


class Services(Protocol):
    """What the shell offers its folders; each part is made when first asked for."""

    @property
    def settings(self) -> Settings:
        """Typed settings of this installation."""

    def network(self, folder: Path | None = None) -> RoadNetwork:
        """Open a network folder, by default the one in use; raises NotFoundError."""


_provider: list[Callable[[], Services]] = []


def provide(provider: Callable[[], Services]) -> None:
    """Set where services come from; called once by the entry point."""
    _provider[:] = [provider]


def current_services() -> Services:
    """Return the services of this process."""
    return _provider[0]()
