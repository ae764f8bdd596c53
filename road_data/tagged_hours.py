"""Hours at which roads are closed by their tags, as restrictions for a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from road_data.osm.tags.closed_hours import SEASON
from transport.network.closures import (
    Restriction,
    RestrictionKind,
    read_weekly,
    read_yearly,
)
from transport.network.graph import RoadNetwork


def with_tagged_hours(network: RoadNetwork) -> RoadNetwork:
    """Add the closed hours of the map to the restrictions of a network, after those it has."""
    if network.closed_hours is None:
        return network
    edges: dict[tuple[str, str], list[int]] = defaultdict(list)
    for edge in np.flatnonzero(network.closed_hours).tolist():
        for line in network.text(int(network.closed_hours[edge])).splitlines():
            hours, _, source = line.partition("\t")
            edges[hours, source].append(edge)
    found = [
        _restriction(f"map-{number}", hours, source, tuple(edges[hours, source]))
        for number, (hours, source) in enumerate(sorted(edges), start=1)
    ]
    return replace(network, restrictions=(*network.restrictions, *found))


def _restriction(name: str, hours: str, source: str, edges: tuple[int, ...]) -> Restriction:
    season = hours.startswith(SEASON)
    return Restriction(
        id=name,
        kind=RestrictionKind.CLOSURE,
        edges=edges,
        reason=source,
        issued_by="",
        closed=True,
        yearly=read_yearly(hours.removeprefix(SEASON)) if season else None,
        weekly=() if season else read_weekly(hours),
    )
