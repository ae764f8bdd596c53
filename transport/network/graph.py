"""RoadNetwork: one version of the road network as arrays, shared and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transport.network.attributes import Bytes, Floats, Ints, LimitColumn, LimitKind
from transport.network.closures import Restriction
from transport.network.places import Area, Place
from transport.network.surveyed import NO_SURVEYS, Surveys


@dataclass(frozen=True, slots=True)
class Structures:
    """Structures in the order of their edge: bridges, tunnels, toll stations, crossings, junctions.

    Those of edge `e` are the rows `first[e]:first[e + 1]`. `offset_m` is metres from the tail of
    the edge. A structure that stands on both directions has two rows with the same `ids` entry.
    """

    first: Ints
    edge: Ints
    kind: Bytes
    offset_m: Floats
    lon: Floats
    lat: Floats
    ids: Sequence[str]
    names: Sequence[str]
    names_en: Sequence[str]
    limits: Mapping[LimitKind, LimitColumn]


@dataclass(frozen=True, slots=True)
class RoadNetwork:
    """A directed road network in compressed rows.

    Edges leaving node `v` are `first_edge[v]:first_edge[v + 1]`; `tail` and `head` number nodes.
    `length_m` is the road length, `duration_s` the free time of a heavy goods vehicle. `reverse` is
    the number of the opposite edge of the same road or -1. Shape points of edge `e`, its ends
    included, are `shape_lon/lat[shape_start[e]:shape_start[e + 1]]`, in the direction of travel.
    `ref`, `name`, `name_en` and `admin_code` index `strings` (0 is the empty string).
    `forbidden_turns` holds pairs (edge in, edge out), sorted. Enumerations are uint8 columns, whose
    words stand in `attributes`. `surveys` are the official records laid over the network,
    `restrictions` what applies for a time. `admin_certainty` says how sure `admin_code` is; where
    it is missing the codes are assumed. `forbidden_sequences` holds rows of three or more edges,
    filled up with -1, that must not be driven one after another. `surface` (of `Surface`) and
    `grade_pct` (uphill in the direction of travel above zero, nan unknown) are None where the
    source of the network tells neither. `closed_hours` indexes `strings`: the hours at which the
    map closes or limits an edge, which stand among the `restrictions` too. `ramp` marks the edges
    that the map draws as ramps or slip roads, None where the source does not tell. `opened_turns`
    are edges whose turns at their end let any length pass: what if they were surveyed and held.
    """

    id: str
    built_at: str
    sources: Sequence[str]
    strings: Sequence[str]
    node_lon: Floats
    node_lat: Floats
    first_edge: Ints
    tail: Ints
    head: Ints
    reverse: Ints
    length_m: Floats
    duration_s: Floats
    road_class: Bytes
    owner: Bytes
    urban: Bytes
    access: Bytes
    tolled: Bytes
    lanes: Bytes
    design_speed_km_h: Bytes
    ref: Ints
    name: Ints
    name_en: Ints
    admin_code: Ints
    shape_start: Ints
    shape_lon: Floats
    shape_lat: Floats
    limits: Mapping[LimitKind, LimitColumn]
    structures: Structures
    forbidden_turns: Ints
    places: Sequence[Place]
    notes: Sequence[str]
    surveys: Surveys = NO_SURVEYS
    restrictions: Sequence[Restriction] = ()
    admin_certainty: Bytes | None = None
    areas: Sequence[Area] = ()
    forbidden_sequences: Ints | None = None
    surface: Bytes | None = None
    grade_pct: Floats | None = None
    closed_hours: Ints | None = None
    ramp: Bytes | None = None
    opened_turns: frozenset[int] = frozenset()

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return len(self.node_lon)

    @property
    def edge_count(self) -> int:
        """Number of directed edges."""
        return len(self.head)

    def text(self, index: int) -> str:
        """Return the string of a `ref`, `name` or `admin_code` entry."""
        return self.strings[index]
