"""Hours at which roads are closed or limited by their tags, as restrictions for a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from road_data.osm.tags.closed_hours import SEASON
from transport.network.attributes import LimitKind
from transport.network.closures import (
    Restriction,
    RestrictionKind,
    read_weekly,
    read_yearly,
)
from transport.network.graph import RoadNetwork


def with_tagged_hours(network: RoadNetwork) -> RoadNetwork:
    """Add the hours of the map to the restrictions of a network, after those it has."""
    if network.closed_hours is None:
        return network
    edges: dict[str, list[int]] = defaultdict(list)
    for edge in np.flatnonzero(network.closed_hours).tolist():
        for line in network.text(int(network.closed_hours[edge])).splitlines():
            edges[line].append(edge)
    found = [
        _restriction(f"map-{number}", line, tuple(edges[line]))
        for number, line in enumerate(sorted(edges), start=1)
    ]
    return replace(network, restrictions=(*network.restrictions, *found))


def _restriction(name: str, line: str, edges: tuple[int, ...]) -> Restriction:
    hours, source, *limit = line.split("\t")
    season = hours.startswith(SEASON)
    limited = RestrictionKind.SEASONAL_LIMIT if season else RestrictionKind.TEMPORARY_LIMIT
    return Restriction(
        id=name,
        kind=limited if limit else RestrictionKind.CLOSURE,
        edges=edges,
        reason=source,
        issued_by="",
        closed=not limit,
        limits=((LimitKind(limit[0]), float(limit[1])),) if limit else (),
        # A posted limit may be lifted by consent, as one that is posted for all hours.
        hard=not limit,
        yearly=read_yearly(hours.removeprefix(SEASON)) if season else None,
        weekly=() if season else read_weekly(hours),
    )
