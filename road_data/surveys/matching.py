"""Find the structure that a record speaks of: by id, by road and kilometre, by distance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from road_data.surveys.cells import Kind
from road_data.surveys.chainage import Anchor, Chainage, chainage_of
from road_data.surveys.roads import edges_by_ref, edges_near, nearest_on, refs_of
from road_data.surveys.rows import Bundle
from transport.network.attributes import StructureKind
from transport.network.graph import RoadNetwork
from transport.network.snapping import distance_m

# A kilometre post is read to some hundred metres; a coordinate lies on its structure.
WITHIN_KM_M = 300.0
WITHIN_M = 100.0
_BESIDE_ROAD_M = 60.0
_AT_NODE_M = 60.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on one directed edge."""

    edge: int
    offset_m: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Match:
    """Where a record belongs: rows that exist, or spots for new ones; `how` in one word."""

    how: str
    rows: tuple[int, ...] = ()
    spots: tuple[Spot, ...] = ()
    note: str = ""


class Matcher:
    """Looks up structures and kilometres of one network."""

    def __init__(self, network: RoadNetwork, bundle: Bundle) -> None:
        self._network = network
        self._by_id: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(network.structures.ids):
            self._by_id[name].append(row)
        self._kind = np.asarray(network.structures.kind)
        self._runs, self._anchors = _kilometres(bundle)
        self._chainages: dict[str, Chainage | None] = {}

    def chainage(self, ref: str) -> Chainage | None:
        """Return the kilometres of a road laid on the network, None where nothing fixes them."""
        if ref not in self._chainages:
            self._chainages[ref] = chainage_of(
                self._network, ref, self._runs[ref], self._anchors[ref]
            )
        return self._chainages[ref]

    def posts(self) -> list[tuple[int, float, float]]:
        """Return (edge, kilometre at its tail, at its head) where posts fix the count of its road.

        On a section of several roads the first one counts.
        """
        found: dict[int, tuple[float, float]] = {}
        for ref in {*self._runs, *self._anchors}:
            chainage = self.chainage(ref)
            if chainage is None or chainage.assumed_start:
                continue
            line = chainage.line
            for index, edge in enumerate(line.edges):
                if refs_of(self._network.text(self._network.ref[edge]))[0] != ref:
                    continue
                tail, head = (
                    chainage.km_at(float(one[index])) for one in (line.tail_m, line.head_m)
                )
                if tail is not None and head is not None:
                    found[edge] = tail, head
        return [(edge, *kilometres) for edge, kilometres in sorted(found.items())]

    def structure(self, kind: StructureKind, values: dict[str, Any], key: str) -> Match:
        """Match a structure or station; the first way that finds something is taken."""
        by_id = self._by_id.get(str(values.get(key, "")))
        if by_id:
            kinds = {int(self._kind[row]) for row in by_id}
            note = "" if kind in kinds else f"is a {StructureKind(kinds.pop()).word} in the network"
            return Match("id", tuple(by_id), note=note)
        for way in (self._by_chainage, self._by_distance):
            found = way(kind, values)
            if found is not None:
                return found
        if kind is StructureKind.TOLL_STATION and values.get("name"):
            named = [
                row
                for row in np.flatnonzero(self._kind == kind).tolist()
                if self._network.structures.names[row] == values["name"]
            ]
            if named:
                return Match("name", tuple(named))
        return self._new(values)

    def junction(self, lon: float, lat: float) -> Match:
        """Match a junction record to a junction structure or to the nearest node."""
        found = self._by_distance(StructureKind.JUNCTION, {"lon": lon, "lat": lat})
        if found is not None:
            return found
        network = self._network
        if not network.node_count:
            return Match("unplaced", note="the network has no junctions")
        east = (network.node_lon - lon) * np.cos(np.radians(lat))
        node = int(np.argmin(np.hypot(east, network.node_lat - lat)))
        at = float(network.node_lon[node]), float(network.node_lat[node])
        far_m = distance_m(lon, lat, *at)
        if far_m > _AT_NODE_M:
            return Match("unplaced", note=f"the nearest junction is {far_m:.0f} m away")
        arriving = np.flatnonzero(network.head == node).tolist()
        spots = (Spot(edge, float(network.length_m[edge]), *at) for edge in arriving)
        return Match("added", spots=tuple(spots))

    def _by_chainage(self, kind: StructureKind, values: dict[str, Any]) -> Match | None:
        network, structures = self._network, self._network.structures
        best: tuple[float, str] | None = None
        for chainage, wanted in self._positions(values):
            for index, edge in enumerate(chainage.line.edges):
                length_m = float(network.length_m[edge])
                for row in range(int(structures.first[edge]), int(structures.first[edge + 1])):
                    if self._kind[row] != kind:
                        continue
                    offset_m = float(structures.offset_m[row])
                    at_m = chainage.line.position_m(index, offset_m, length_m)
                    off_m = abs(at_m - wanted)
                    if off_m <= WITHIN_KM_M and (best is None or off_m < best[0] - 1e-6):
                        best = off_m, structures.ids[row]
        if best is None:
            return None
        note = self._disagreement(best[1], values)
        return Match("chainage", tuple(self._by_id[best[1]]), note=note)

    def _positions(self, values: dict[str, Any]) -> Iterable[tuple[Chainage, float]]:
        if "chainage_km" not in values:
            return
        for ref in refs_of(values["road_ref"]):
            chainage = self.chainage(ref)
            if chainage is not None:
                for at_m in chainage.positions_m(values["chainage_km"]):
                    yield chainage, at_m

    def _disagreement(self, name: str, values: dict[str, Any]) -> str:
        """Say where coordinate and kilometre name two places."""
        if "lon" not in values:
            return ""
        row, structures = self._by_id[name][0], self._network.structures
        there = float(structures.lon[row]), float(structures.lat[row])
        far_m = distance_m(values["lon"], values["lat"], *there)
        return f"the coordinate lies {far_m:.0f} m from it" if far_m > 2 * WITHIN_KM_M else ""

    def _by_distance(self, kind: StructureKind, values: dict[str, Any]) -> Match | None:
        if "lon" not in values:
            return None
        structures = self._network.structures
        lon, lat = values["lon"], values["lat"]
        near = (self._kind == kind) & (np.abs(structures.lat - lat) < WITHIN_M / 100_000)
        rows = np.flatnonzero(near).tolist()
        far = [(distance_m(lon, lat, float(structures.lon[row]), float(structures.lat[row])), row)
               for row in rows]  # fmt: skip
        best = min(far, default=None)
        if best is None or best[0] > WITHIN_M:
            return None
        return Match("distance", tuple(self._by_id[structures.ids[best[1]]]))

    def _new(self, values: dict[str, Any]) -> Match:
        """Find the place of a structure that the network lacks."""
        network = self._network
        edges = [e for ref in refs_of(values.get("road_ref", ""))
                 for e in edges_by_ref(network).get(ref, [])]  # fmt: skip
        if "lon" in values:
            lon, lat = values["lon"], values["lat"]
            reach_m = WITHIN_M if edges else _BESIDE_ROAD_M
            near = nearest_on(network, edges or edges_near(network, lon, lat, reach_m), lon, lat)
            if near is not None and near.distance_m <= reach_m:
                return Match("added", spots=self._both(near.edge, near.offset_m))
            if "chainage_km" not in values:
                return Match("unplaced", note=f"no road within {reach_m:.0f} m of the coordinate")
        for chainage, at_m in self._positions(values):
            for index, edge in enumerate(chainage.line.edges):
                tail_m, head_m = chainage.line.tail_m[index], chainage.line.head_m[index]
                if min(tail_m, head_m) <= at_m <= max(tail_m, head_m) and tail_m != head_m:
                    share = float((at_m - tail_m) / (head_m - tail_m))
                    spots = self._both(edge, share * float(network.length_m[edge]))
                    return Match("added", spots=spots)
        if "chainage_km" in values:
            return Match("unplaced", note="no kilometre of this road is fixed in the network: "
                         "give a coordinate of one structure on it, or its sections")  # fmt: skip
        return Match("unplaced", note="neither coordinate nor road and kilometre are given")

    def _both(self, edge: int, offset_m: float) -> tuple[Spot, ...]:
        """Return a spot on an edge and on its other direction."""
        network = self._network
        low, high = int(network.shape_start[edge]), int(network.shape_start[edge + 1])
        lon, lat = network.shape_lon[low:high], network.shape_lat[low:high]
        steps = np.hypot(np.diff(lon) * np.cos(np.radians(lat[:-1])), np.diff(lat))
        along = np.concatenate(([0.0], np.cumsum(steps)))
        length_m = float(network.length_m[edge])
        at = offset_m / length_m * along[-1] if length_m else 0.0
        point = float(np.interp(at, along, lon)), float(np.interp(at, along, lat))
        spots = [Spot(edge, offset_m, *point)]
        back = int(network.reverse[edge])
        if back >= 0:
            spots.append(Spot(back, length_m - offset_m, *point))
        return tuple(spots)


def _kilometres(
    bundle: Bundle,
) -> tuple[dict[str, list[tuple[float, float]]], dict[str, list[Anchor]]]:
    """Return per road the runs of its sections and the rows whose place is known."""
    runs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    anchors: dict[str, list[Anchor]] = defaultdict(list)
    for row in bundle.of(Kind.SECTIONS):
        values = row.values(Kind.SECTIONS)
        for ref in refs_of(values["road_ref"]):
            runs[ref].append((values["from_km"], values["to_km"]))
    for row in bundle.of(Kind.STRUCTURES):
        values = row.values(Kind.STRUCTURES)
        if "chainage_km" in values and "lon" in values:
            for ref in refs_of(values["road_ref"]):
                anchors[ref].append(Anchor(values["chainage_km"], values["lon"], values["lat"]))
    return runs, anchors
