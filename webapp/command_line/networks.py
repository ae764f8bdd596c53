"""The `--network` option: a folder, `built-in`, or the network in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.access import current_services

if TYPE_CHECKING:
    from transport.network.graph import RoadNetwork

BUILT_IN = "built-in"
network_option = click.option(
    "--network",
    "network_place",
    metavar="DIR",
    help="Folder of a network, or 'built-in'; the one in use by default.",
)


def chosen_network(place: str | None) -> RoadNetwork:
    """Open the network that the option names; raises NotFoundError."""
    services = current_services()
    if place != BUILT_IN:
        return services.network(Path(place) if place else None)
    from road_data.built_in.loading import build_built_in  # noqa: PLC0415 - only needed here

    built_at = services.clock.now().isoformat(timespec="seconds")
    network: RoadNetwork = build_built_in(built_at=built_at)
    return network
