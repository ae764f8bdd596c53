"""A way over edges cut into what is checked: stretches of road, structures, turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from math import atan2, cos, degrees, radians

import numpy as np

from transport.evaluation.passage.drawn_roads import drawn_facts
from transport.evaluation.passage.facts import (
    ASSUMED,
    DEMONSTRATION,
    KNOWN,
    Fact,
    LonLat,
    Measurements,
    Site,
    facts_of_record,
)
from transport.evaluation.words import RoadClass as Technical
from transport.network.attributes import (
    Certainty,
    LimitKind,
    RoadClass,
    StructureKind,
    Surface,
)
from transport.network.graph import RoadNetwork

TECHNICAL = {
    RoadClass.EXPRESSWAY: Technical.EXPRESSWAY,
    RoadClass.CLASS_1: Technical.CLASS1,
    RoadClass.CLASS_2: Technical.CLASS2,
    RoadClass.CLASS_3: Technical.CLASS3,
    RoadClass.CLASS_4: Technical.CLASS4,
}
_DUAL = {Technical.EXPRESSWAY, Technical.CLASS1}
_WORDS = {road_class.word: technical for road_class, technical in TECHNICAL.items()}
_CERTAINTY = {
    Certainty.KNOWN: KNOWN,
    Certainty.ASSUMED: ASSUMED,
    Certainty.DEMONSTRATION: DEMONSTRATION,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of an edge that is driven, in metres from its tail."""

    edge: int
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Metres driven on the edge."""
        return self.to_m - self.from_m


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of direction where at least three roads meet; `turn_deg` to the left above zero."""

    node: int
    into: int
    out_of: int
    turn_deg: float
    site: Site


@dataclass(frozen=True, slots=True)
class Stretch:
    """Edges driven one after another that are the same road in every respect."""

    edges: tuple[int, ...]
    site: Site


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the train waits on its way."""

    name: str
    chainage_km: float
    at: LonLat


@dataclass(frozen=True, slots=True)
class Way:
    """A way over a network on a day, with what was measured along it and where the train stops."""

    network: RoadNetwork
    pieces: tuple[Piece, ...]
    measurements: Measurements
    day: date
    stops: tuple[Stop, ...] = ()

    @property
    def length_km(self) -> float:
        """Length of the way."""
        return sum(piece.length_m for piece in self.pieces) / 1000.0

    def stretches(self) -> Iterator[Stretch]:
        """Yield the stretches of road in driving order."""
        driven_m = 0.0
        for _, group in groupby(self.pieces, key=lambda piece: self._sort(piece.edge)):
            pieces = list(group)
            edges = tuple(piece.edge for piece in pieces)
            length_m = sum(piece.length_m for piece in pieces)
            yield Stretch(edges, self._stretch(pieces, driven_m, driven_m + length_m))
            driven_m += length_m

    def structures(self) -> Iterator[Site]:
        """Yield structures in driving order, each once where it stands at the end of an edge."""
        driven_m, before = 0.0, ""
        table = self.network.structures
        for piece in self.pieces:
            for row in range(int(table.first[piece.edge]), int(table.first[piece.edge + 1])):
                offset_m = float(table.offset_m[row])
                if not piece.from_m <= offset_m <= piece.to_m:
                    continue
                if table.ids[row] != before and table.kind[row] != StructureKind.JUNCTION:
                    yield self._structure(row, driven_m + offset_m - piece.from_m)
                before = table.ids[row]
            driven_m += piece.length_m

    def rests(self) -> Iterator[Site]:
        """Yield the places where the train stops, in driving order."""
        for stop in self.stops:
            element = f"rest:{stop.name}"
            facts, expired = self.measurements.facts(element, self.day)
            yield Site(element, "rest_area", stop.name, stop.chainage_km, stop.at, facts, expired)

    def turns(self, least_deg: float) -> Iterator[Turn]:
        """Yield turns of at least an angle at nodes where three or more roads meet."""
        driven_m = 0.0
        for piece, after in pairwise(self.pieces):
            driven_m += piece.length_m
            node = int(self.network.head[piece.edge])
            turn = _apart(bearing_at(self.network, after.edge), arriving(self.network, piece.edge))
            if abs(turn) >= least_deg and len(arms_at(self.network, node)) > 2:  # noqa: PLR2004
                site = self._junction(node, piece.edge, after.edge, driven_m)
                yield Turn(node, piece.edge, after.edge, turn, site)

    def _sort(self, edge: int) -> tuple[object, ...]:
        network = self.network
        return (
            int(network.ref[edge]),
            int(network.road_class[edge]),
            int(network.design_speed_km_h[edge]),
            int(network.lanes[edge]),
            network.ramp is not None and int(network.ramp[edge]),
            tuple(sorted(map(str, self._record(edge).items()))),
        )

    def _record(self, edge: int) -> dict[str, object]:
        """Return the official record of an edge: of the longest piece where several meet."""
        pieces = list(self.network.surveys.sections(edge))
        if not pieces:
            return {}
        return dict(max(pieces, key=lambda piece: piece.to_m - piece.from_m).facts)

    def _stretch(self, pieces: Sequence[Piece], from_m: float, to_m: float) -> Site:
        network, edges = self.network, [piece.edge for piece in pieces]
        ref = network.text(network.ref[edges[0]]) or network.text(network.name[edges[0]])
        element = f"stretch:{ref}:{edges[0]}-{edges[-1]}"
        facts = _limits_of_edges(network, edges)
        sure = _sureness(network, edges[0])
        source = "network"
        road_class = TECHNICAL.get(RoadClass(int(network.road_class[edges[0]])))
        if road_class is not None:
            facts["road_class"] = Fact(road_class, sure if sure != ASSUMED else KNOWN, source)
        speed, lanes = int(network.design_speed_km_h[edges[0]]), int(network.lanes[edges[0]])
        if speed:
            facts["design_speed_km_h"] = Fact(speed, sure, source)
        if lanes:  # of one direction; records count the whole road, both carriageways
            both = int(network.reverse[edges[0]]) >= 0 or road_class in _DUAL
            facts["lanes"] = Fact(2 * lanes if both else lanes, sure, source)
        record = facts_of_record(self._record(edges[0]))
        if "class" in record and record["class"].value in _WORDS:
            record["road_class"] = Fact(
                _WORDS[record["class"].value], KNOWN, record["class"].source
            )
        measured, expired = self.measurements.facts_along(element, edges, self.day)
        drawn = {
            **_grades(network, edges),
            **_surface(network, edges),
            **drawn_facts(network, edges),
        }
        return Site(
            element,
            "stretch",
            ref,
            from_m / 1000.0,
            _place(network, edges[0], pieces[0].from_m),
            {**facts, **drawn, **record, **measured},
            expired,
            to_m / 1000.0,
        )

    def _structure(self, row: int, at_m: float) -> Site:
        table = self.network.structures
        facts = {}
        for kind, column in table.limits.items():
            certainty = Certainty(int(column.certainty[row]))
            value = float(column.value[row])
            if certainty is not Certainty.UNKNOWN and np.isfinite(value):
                source = self.network.sources[int(column.source[row])]
                facts[str(kind)] = Fact(value, _CERTAINTY[certainty], source)
        facts |= facts_of_record(self.network.surveys.structure(row))
        element = str(table.ids[row])
        measured, expired = self.measurements.facts(element, self.day)
        return Site(
            element,
            StructureKind(int(table.kind[row])).word,
            str(table.names[row]) or element,
            at_m / 1000.0,
            (float(table.lon[row]), float(table.lat[row])),
            facts | measured,
            expired,
        )

    def _junction(self, node: int, into: int, out_of: int, at_m: float) -> Site:
        network = self.network
        facts = facts_of_record(self._junction_record(into, out_of))
        element = f"junction:{node}"
        measured, expired = self.measurements.facts(element, self.day)
        roads = [
            network.text(network.ref[edge]) or network.text(network.name[edge]) or "—"
            for edge in (into, out_of)
        ]
        at = (float(network.node_lon[node]), float(network.node_lat[node]))
        name = " → ".join(roads)
        return Site(element, "junction", name, at_m / 1000.0, at, facts | measured, expired)

    def _junction_record(self, into: int, out_of: int) -> dict[str, object]:
        """Return the record of the junction that stands at the end of one edge or the next."""
        table = self.network.structures
        for edge in (into, out_of):
            for row in range(int(table.first[edge]), int(table.first[edge + 1])):
                if table.kind[row] == StructureKind.JUNCTION:
                    return dict(self.network.surveys.structure(row))
        return {}


def arms_at(network: RoadNetwork, node: int) -> dict[int, float]:
    """Return the roads that meet at a node: an edge that leaves, or arrives only, and its bearing.

    Bearings are degrees clockwise from north, away from the node.
    """
    found: dict[int, float] = {}
    met = set()
    for edge in range(int(network.first_edge[node]), int(network.first_edge[node + 1])):
        found[edge] = bearing_at(network, edge)
        met.add(int(network.reverse[edge]))
    for arrived in np.flatnonzero(network.head == node).tolist():
        if arrived not in met:
            found[arrived] = (arriving(network, arrived) + 180.0) % 360.0
    return found


def bearing_at(network: RoadNetwork, edge: int) -> float:
    """Return the bearing by which an edge leaves its tail."""
    low = int(network.shape_start[edge])
    return _bearing(network, low, low + 1)


def arriving(network: RoadNetwork, edge: int) -> float:
    """Return the bearing by which an edge arrives at its head."""
    high = int(network.shape_start[edge + 1])
    return _bearing(network, high - 2, high - 1)


def _bearing(network: RoadNetwork, one: int, other: int) -> float:
    lat = radians(float(network.shape_lat[one]))
    east = (float(network.shape_lon[other]) - float(network.shape_lon[one])) * cos(lat)
    north = float(network.shape_lat[other]) - float(network.shape_lat[one])
    return degrees(atan2(east, north)) % 360.0


def _apart(after: float, before: float) -> float:
    """Return how far a bearing turns to the left."""
    return -((after - before + 180.0) % 360.0 - 180.0)


def _limits_of_edges(network: RoadNetwork, edges: Sequence[int]) -> dict[str, Fact]:
    """Return the tightest limit of every kind; one edge that nobody knows leaves it unknown."""
    found = {}
    for kind in (LimitKind.CLEAR_HEIGHT, LimitKind.CLEAR_WIDTH, LimitKind.SIGNED_HEIGHT,
                 LimitKind.SIGNED_WIDTH, LimitKind.SIGNED_LENGTH, LimitKind.SIGNED_MASS,
                 LimitKind.SIGNED_AXLE):  # fmt: skip
        column = network.limits[kind]
        rows = [edge for edge in edges if np.isfinite(column.value[edge])]
        if not rows:
            continue
        tightest = min(rows, key=lambda edge: float(column.value[edge]))
        certainty = Certainty(int(column.certainty[tightest]))
        source = network.sources[int(column.source[tightest])]
        found[str(kind)] = Fact(float(column.value[tightest]), _CERTAINTY[certainty], source)
    return found


def _surface(network: RoadNetwork, edges: Sequence[int]) -> dict[str, Fact]:
    """Return the pavement where the map names it on every edge: asphalt, or concrete."""
    if network.surface is None:
        return {}
    words = {Surface(int(network.surface[edge])) for edge in edges}
    if words in ({Surface.ASPHALT}, {Surface.CONCRETE}):
        return {"pavement": Fact(words.pop().word, KNOWN, "network")}
    return {}


def _grades(network: RoadNetwork, edges: Sequence[int]) -> dict[str, Fact]:
    if network.grade_pct is None:
        return {}
    grades = np.asarray(network.grade_pct)[list(edges)]
    if not np.isfinite(grades).all():
        return {}
    return {"max_grade_pct": Fact(float(np.max(np.maximum(grades, 0.0))), KNOWN, "network")}


def _sureness(network: RoadNetwork, edge: int) -> str:
    """Return how sure class, lanes and speed of an edge are: as sure as its surest limit."""
    certainties = {int(column.certainty[edge]) for column in network.limits.values()}
    return DEMONSTRATION if int(Certainty.DEMONSTRATION) in certainties else ASSUMED


def _place(network: RoadNetwork, edge: int, from_m: float) -> LonLat:
    low, high = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
    share = from_m / max(float(network.length_m[edge]), 1e-9)
    places = np.linspace(0.0, 1.0, high - low)
    return (
        float(np.interp(share, places, network.shape_lon[low:high])),
        float(np.interp(share, places, network.shape_lat[low:high])),
    )
