"""What a file holds, before anything is interpreted: ways, tagged nodes, turn restrictions."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from road_data.osm.tags.stated import Tags, Unread
from road_data.osm.tags.turns import TurnRule

Ids = npt.NDArray[np.int64]
Degrees = npt.NDArray[np.float64]
Progress = Callable[[str, int], None]

KEPT_KEYS = frozenset(
    [
        "highway",
        "route",
        "junction",
        "oneway",
        "lanes",
        "width",
        "est_width",
        "maxheight",
        "maxwidth",
        "maxlength",
        "maxweight",
        "maxweightrating",
        "maxgcweight",
        "maxgcweightrating",
        "maxaxleload",
        "maxbogieweight",
        "access",
        "vehicle",
        "motor_vehicle",
        "hgv",
        "hgv_articulated",
        "bridge",
        "tunnel",
        "covered",
        "toll",
        "ownership",
        "operator",
        "maxspeed",
        "ref",
        "name",
        "barrier",
        "bollard",
        "railway",
        "place",
        "restriction",
        "except",
        "int_ref",
        "alt_name",
        "traffic_sign",
        "narrow",
        "indoor",
        "location",
        "winter_road",
        "ice_road",
        "ford",
        "layer",
        "incline",
        "tracktype",
        "smoothness",
        "surface",
    ]
)


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A turn restriction for trucks: way ids from and to, node id of the via.

    A restriction over ways has them in `via_ways`, in the order of travel, and no via node.
    """

    rule: TurnRule
    from_ways: tuple[int, ...]
    via: int
    to_ways: tuple[int, ...]
    via_ways: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AboveRecord:
    """A bridge that is no road for trucks: a railway, a footbridge, a canal."""

    way_id: int
    layer: int
    name: str
    name_en: str
    node_ids: tuple[int, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A named place node."""

    tags: Tags
    lon: float
    lat: float


@dataclass(slots=True)
class RawRoads:
    """Ways one after another: the nodes of way `w` are `start[w]:start[w + 1]`.

    Ways with the same tags share one object.
    """

    way_ids: array[int] = field(default_factory=lambda: array("q"))
    way_tags: list[Tags] = field(default_factory=list)
    start: array[int] = field(default_factory=lambda: array("q", [0]))
    node_ids: array[int] = field(default_factory=lambda: array("q"))
    lon: array[float] = field(default_factory=lambda: array("d"))
    lat: array[float] = field(default_factory=lambda: array("d"))
    node_tags: dict[int, Tags] = field(default_factory=dict)
    turns: list[TurnRecord] = field(default_factory=list)
    places: list[PlaceRecord] = field(default_factory=list)
    above: list[AboveRecord] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    unread: Counter[Unread] = field(default_factory=Counter)
    unplaced: int = 0
    as_of: str = ""
    _alike: dict[int, Tags] = field(default_factory=dict)

    def add_way(self, way_id: int, tags: Tags, nodes: list[tuple[int, float, float]]) -> None:
        """Add a way; consecutive repetitions of a node are dropped, a way of one node is none."""
        clean = [
            node
            for number, node in enumerate(nodes)
            if number == 0 or nodes[number - 1][0] != node[0]
        ]
        if len(clean) < 2:  # noqa: PLR2004 - a line needs two points
            return
        self.way_ids.append(way_id)
        self.way_tags.append(self._shared(tags))
        ids, lon, lat = zip(*clean, strict=True)
        self.node_ids.extend(ids)
        self.lon.extend(lon)
        self.lat.extend(lat)
        self.start.append(len(self.node_ids))

    def _shared(self, tags: Tags) -> Tags:
        """Return tags told before where they are the same: most ways repeat others."""
        known = self._alike.setdefault(hash(frozenset(tags.items())), tags)
        return known if known == tags else tags

    def skip(self, why: str) -> None:
        """Count something that is left out."""
        self.skipped[why] = self.skipped.get(why, 0) + 1


def kept_tags(tags: dict[str, str]) -> dict[str, str]:
    """Return the tags that some parser may read."""
    return {key: value for key, value in tags.items() if key.partition(":")[0] in KEPT_KEYS}
