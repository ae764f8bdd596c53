"""Put a coordinate on the roads of a pass, for who has the network at hand.

Joints and roads of the pass are followed along the network: the place is on the route when it
lies on the piece of road between two joints.
"""

from __future__ import annotations

import heapq

import numpy as np

from transport.errors import InvalidInputError
from transport.network.attributes import Ints, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.snapping import distance_m, snap
from transport.verification.locating import Place, road_numbers
from transport.verification.pass_token import LonLat, PassClaims, RoadStretch

_REACH_M = 200.0  # a vehicle farther from every road than this is somewhere the map does not know
_JOINT_REACH_M = 2_000.0
_JOINT_GRAIN_M = 120.0  # how exactly a token keeps a joint


def place_on_network(claims: PassClaims, network: RoadNetwork, lon: float, lat: float) -> Place:
    """Say on which road a coordinate lies, and whether between the joints of the pass."""
    try:
        near = snap(network, lon, lat, field="place", reach_m=_REACH_M)
    except InvalidInputError:
        return Place("")
    edges = [place.edge for place in near]
    answer: Place | None = None
    for number, stretch in enumerate(claims.roads):
        here = [edge for edge in edges if road_numbers(stretch.road) & _labels(network, edge)]
        if not here or not stretch.road:
            continue
        along = _edges_between_joints(claims, number, stretch, network)
        on_stretch = None if along is None else any(edge in along for edge in here)
        if on_stretch:
            return Place(stretch.road, on_stretch=True)
        if answer is None or on_stretch is None:
            answer = Place(stretch.road, on_stretch=on_stretch)
    if answer is not None:
        return answer
    names = sorted(set().union(*(_labels(network, edge) for edge in edges)))
    return Place(names[0] if names else "")


def describe_route(
    network: RoadNetwork, edges: tuple[int, ...], geometry: tuple[LonLat, ...]
) -> tuple[tuple[RoadStretch, ...], tuple[LonLat, ...]]:
    """Make the road list of a pass and its joints from the edges of a route.

    Chainage stays open: the network does not hold kilometre posts. Stations are the identifiers of
    the first and last toll station on a stretch.
    """
    stretches: list[RoadStretch] = []
    joints: list[LonLat] = [geometry[0]]
    for edge in edges:
        road = network.text(network.ref[edge]) or network.text(network.name[edge])
        if not stretches or stretches[-1].road != road:
            if stretches:
                node = network.tail[edge]
                joints.append((float(network.node_lon[node]), float(network.node_lat[node])))
            stretches.append(RoadStretch(road))
        for station in _stations(network, edge):
            last = stretches[-1]
            stretches[-1] = RoadStretch(
                road,
                entry_station=last.entry_station or station,
                exit_station=station if last.entry_station else "",
            )
    return tuple(stretches), (*joints, geometry[-1])


def _stations(network: RoadNetwork, edge: int) -> list[str]:
    structures = network.structures
    rows = range(structures.first[edge], structures.first[edge + 1])
    return [structures.ids[r] for r in rows if structures.kind[r] == StructureKind.TOLL_STATION]


def _labels(network: RoadNetwork, edge: int) -> frozenset[str]:
    texts = (network.text(network.ref[edge]), network.text(network.name[edge]))
    return frozenset().union(*(road_numbers(text) for text in texts))


def _edges_between_joints(
    claims: PassClaims, number: int, stretch: RoadStretch, network: RoadNetwork
) -> set[int] | None:
    """Return the edges of a stretch, None where the network cannot follow it."""
    if not claims.joints:
        return None
    start, end = claims.joints[number], claims.joints[number + 1]
    wanted = road_numbers(stretch.road)
    texts = [i for i, text in enumerate(network.strings) if wanted & road_numbers(text)]
    of_road = np.isin(network.ref, texts) | np.isin(network.name, texts)
    edges: Ints = np.flatnonzero(of_road).astype(np.int32)
    first, last = _nearest_node(network, edges, start), _nearest_node(network, edges, end)
    if first is None or last is None:
        return None
    path = _path(network, of_road.tolist(), first, last)
    if path is None:
        return None
    # A journey may begin or end in the middle of an edge; roads change at its ends.
    if number == 0:
        path |= {edge for edge in _edges_around(network, start) if of_road[edge]}
    if number == len(claims.roads) - 1:
        path |= {edge for edge in _edges_around(network, end) if of_road[edge]}
    return path


def _edges_around(network: RoadNetwork, joint: LonLat) -> list[int]:
    """Return the edges in whose middle a joint lies."""
    try:
        found = snap(network, *joint, field="place", reach_m=_JOINT_REACH_M)
    except InvalidInputError:
        return []
    return [
        place.edge
        for place in found
        if _JOINT_GRAIN_M < place.offset_m < network.length_m[place.edge] - _JOINT_GRAIN_M
    ]


def _nearest_node(network: RoadNetwork, edges: Ints, place: LonLat) -> int | None:
    nodes = np.unique(np.concatenate([network.tail[edges], network.head[edges]]))
    best, best_m = None, _JOINT_REACH_M
    if not len(nodes):
        return None
    # Degrees rank the nodes well enough; metres decide for the few that are left.
    rough = np.hypot(network.node_lon[nodes] - place[0], network.node_lat[nodes] - place[1])
    for node in nodes[np.argsort(rough)[:8]]:
        away_m = distance_m(*place, float(network.node_lon[node]), float(network.node_lat[node]))
        if away_m <= best_m:
            best, best_m = int(node), away_m
    return best


def _path(network: RoadNetwork, of_road: list[bool], first: int, last: int) -> set[int] | None:
    """Find the shortest way along one road; return its edges, both directions of each."""
    came: dict[int, int] = {}
    best = {first: 0.0}
    queue = [(0.0, first)]
    while queue:
        length, node = heapq.heappop(queue)
        if node == last:
            break
        if length > best[node]:
            continue
        for edge in range(network.first_edge[node], network.first_edge[node + 1]):
            head, further = int(network.head[edge]), length + float(network.length_m[edge])
            if of_road[edge] and further < best.get(head, np.inf):
                best[head], came[head] = further, edge
                heapq.heappush(queue, (further, head))
    if last not in best:
        return None
    path: set[int] = set()
    node = last
    while node != first:
        edge = came[node]
        path |= {edge, int(network.reverse[edge])} - {-1}
        node = int(network.tail[edge])
    return path
