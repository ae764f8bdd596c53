"""Wires the shell: the only place that chooses implementations."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transport.errors import NotFoundError
from transport.network.graph import RoadNetwork
from webapp.settings import Settings, read_settings


class Composition:
    """The services of one process, each part made when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def network(self, folder: Path | None = None) -> RoadNetwork:
        """Open a network folder, by default the one in use."""
        raise NotFoundError(f"no network at {folder}")


@cache
def services() -> Composition:
    """Return the services of this process, reading the settings on first use."""
    return Composition(read_settings())
