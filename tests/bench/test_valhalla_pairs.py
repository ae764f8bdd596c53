"""Our ways and Valhalla's for 200 pairs on `rnv`: feasible or not, and why times differ.

DAJIAN_VALHALLA names the folder of the programs (tests/valhalla_truck.py). With DAJIAN_APPROVE=1
the table is written to docs/routing-compared.md.
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from road_data.building import build_network
from tests import valhalla_truck
from tests.loads import RULES, load
from tests.valhalla_truck import Drive, LonLat, ValhallaTruck
from transport.errors import InvalidInputError
from transport.network.attributes import Access, Passability
from transport.network.graph import RoadNetwork
from transport.network.snapping import distance_m, snap
from transport.routing.blockers import blockers_on, least_violating_path, middle_of
from transport.routing.checking import match_line
from transport.routing.costs import Weights
from transport.routing.demand import demand_of
from transport.routing.driven import driven, shape_of
from transport.routing.ground import Ground, ground_for, unlimited_metric
from transport.routing.paths import Path as Way
from transport.routing.paths import Stops, Stretch, cheapest_path, duration_s, length_m
from transport.routing.patience import Patience

pytestmark = [pytest.mark.bench, pytest.mark.real_data]
ROOT = Path(__file__).parents[2]
EXTRACT = ROOT.parent / "shared" / "data" / "osm" / "rnv.osm.pbf"
TABLE = ROOT / "docs" / "routing-compared.md"
TRUCK = {"height": 4.5, "width": 3.5, "length": 25.0, "weight": 60.0, "axle_load": 12.0}
# What is asked of Valhalla beside, to see what keeps its truck from a way.
OTHERWISE: dict[str, dict[str, float]] = {
    "its penalties for private, destination-only and lower roads": {
        "private_access_penalty": 0, "destination_only_penalty": 0, "low_class_penalty": 0,
        "service_penalty": 0, "service_factor": 1, "maneuver_penalty": 0, "alley_penalty": 0,
    },
    "turns that it holds forbidden": {"ignore_restrictions": True},
    "roads closed to its trucks": {"ignore_access": True, "ignore_restrictions": True},
}  # fmt: skip
NOTHING = {"height": 2.0, "width": 1.5, "length": 5.0, "weight": 2.0, "axle_load": 1.0}
TIME_ALONE = Weights(conditional=0.0, unknown=0.0, municipal=0.0, private=0.0)
PAIRS, SEED = 200, 15
NEAR, SAME_WAY, AGREEING, MOVED_M, AT_AN_END_M = 0.05, 0.95, 0.9, 30.0, 150.0


@dataclass
class Pair:
    """One pair, and what both say of it.

    `theirs` is timed by Valhalla's clock, `their_way_s` by ours. `driving_s` is what Valhalla's
    clock counts on the edges of its way, the rest are junctions.
    """

    number: int
    start: LonLat
    end: LonLat
    ours: Way | None = None
    ours_s: float = 0.0
    theirs: Drive | None = None
    their_way: Way | None = None
    their_way_s: float = 0.0
    driving_s: float = 0.0
    slower: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Both find a way, or neither does."""
        return (self.ours is None) == (self.theirs is None)

    @property
    def difference(self) -> float:
        """How much longer ours takes, as a share of theirs; nan where one has none."""
        return self.ours_s / self.theirs.duration_s - 1 if self.ours and self.theirs else math.nan

    @property
    def shared(self) -> float:
        """The share of our way that theirs drives too."""
        if not self.ours or not self.their_way:
            return math.nan
        driven = {piece.edge for piece in self.their_way}
        return sum(p.length_m for p in self.ours if p.edge in driven) / length_m(self.ours)


def _ground(network: RoadNetwork) -> Ground:
    sizes = {"height_m": 4.5, "width_m": 3.5, "length_m": 25.0, "mass_t": 60.0}
    demand = demand_of(load(**sizes, axle_loads_t=(12.0,) * 5))
    return ground_for(network, demand, RULES, TIME_ALONE, patience=Patience(None))


def _pairs(ground: Ground) -> Iterator[Pair]:
    """Draw middles of open roads by a seed."""
    network = ground.network
    chance = random.Random(SEED)  # noqa: S311 - a seed for repeatable pairs
    open_ = np.flatnonzero(network.access != Access.CLOSED).tolist()
    for number in range(1, PAIRS + 1):
        start, end = (
            middle_of(ground, Stretch(edge, 0.0, float(network.length_m[edge])))
            for edge in chance.sample(open_, 2)
        )
        yield Pair(number, start, end)


def _compare(ground: Ground, valhalla: ValhallaTruck, pair: Pair) -> Pair:
    network = ground.network
    stops = [snap(network, *point, field="test", reach_m=500) for point in (pair.start, pair.end)]
    found = cheapest_path(network, ground.metric(Passability.UNKNOWN), stops)
    pair.theirs = valhalla.route(pair.start, pair.end, TRUCK)
    if found is not None:
        pair.ours, pair.ours_s = found[1], duration_s(network, found[1])
    if pair.theirs:
        try:
            pair.their_way = match_line(network, pair.theirs.points, ground.patience).path
            pair.their_way_s = duration_s(network, pair.their_way)
        except InvalidInputError:
            pair.said.append("Valhalla's way is none in our network")
        _time_edges(valhalla, pair)
    pair.said += _reasons(ground, valhalla, pair, stops)
    return pair


def _time_edges(valhalla: ValhallaTruck, pair: Pair) -> None:
    """Take Valhalla's driving time apart from its junctions; say what it mostly drives on."""
    assert pair.theirs is not None
    shape = [{"lon": lon, "lat": lat} for lon, lat in pair.theirs.points]
    asked = {"shape": shape, "shape_match": "map_snap", **valhalla_truck.truck_costing(TRUCK)}
    status, body = valhalla.answer("/trace_attributes", asked)
    edges = json.loads(body)["edges"] if status == 200 else []
    pair.driving_s = sum(3600 * one["length"] / max(one["speed"], 1) for one in edges)
    km: Counter[str] = Counter()
    hours: Counter[str] = Counter()
    for one in edges:
        km[one["road_class"]] += one["length"]
        hours[one["road_class"]] += one["length"] / max(one["speed"], 1)
    if pair.their_way and edges:
        name, driven = km.most_common(1)[0]
        ours = 3.6 * length_m(pair.their_way) / max(pair.their_way_s, 1)
        pair.slower = f"mostly {name} at {driven / hours[name]:.0f} km/h there, {ours:.0f} here"


def _reasons(ground: Ground, valhalla: ValhallaTruck, pair: Pair, stops: Stops) -> Iterator[str]:
    if pair.agrees and (pair.theirs is None or abs(pair.difference) <= NEAR):
        return
    if pair.theirs is None:
        yield "Valhalla finds none: " + _their_limit(valhalla, pair)
    elif pair.ours is None:
        yield "we find none: " + _our_limit(ground, pair, stops)
    elif pair.shared >= SAME_WAY:
        yield f"the same way; {pair.slower}"
    else:
        yield from _why_another_way(ground, valhalla, pair)


def _why_another_way(ground: Ground, valhalla: ValhallaTruck, pair: Pair) -> Iterator[str]:
    assert pair.ours is not None
    assert pair.theirs is not None
    blockers = blockers_on(ground, pair.their_way or ())
    closed = Counter(one.kind for one in blockers)
    if closed:
        said = ", ".join(f"{kind} {n}×" for kind, n in closed.most_common(3))
        yield f"another way: theirs is closed for us ({said})"
    by_them = valhalla.along(shape_of(ground.network, driven(ground.network, pair.ours)), TRUCK)
    moved = _moved(pair)
    if by_them is None or by_them.duration_s < (1 - NEAR) * pair.theirs.duration_s:
        yield f"another way: ours is not open to Valhalla's truck ({_their_limit(valhalla, pair)})"
    elif not closed and moved:
        yield f"another way: {moved}"
    elif not closed:
        yield f"another way: by its own clock each is the faster one; {pair.slower}"


def _our_limit(ground: Ground, pair: Pair, stops: Stops) -> str:
    if cheapest_path(ground.network, unlimited_metric(ground.network), stops) is None:
        return "no open road connects the places; " + (
            _moved(pair) or "a barrier stands at the end of the road"
        )
    drawn = pair.their_way or least_violating_path(ground, stops) or ()
    kinds: dict[str, None] = {}
    for one in blockers_on(ground, drawn):
        at_an_end = min(distance_m(*one.at, *end) for end in (pair.start, pair.end)) < AT_AN_END_M
        where = " on the road at an end" if at_an_end else ""
        kinds[f"{one.kind} {one.limit:g}{where}"] = None
    return "; ".join(filter(None, (", ".join(kinds) or "a turn", _moved(pair))))


def _moved(pair: Pair) -> str:
    """Say how far Valhalla moved the ends to roads from which more of the network is reached."""
    assert pair.theirs is not None
    ends = ((pair.start, pair.theirs.points[0]), (pair.end, pair.theirs.points[-1]))
    metres = max(distance_m(*one, *other) for one, other in ends)
    return f"Valhalla moves an end by {metres:.0f} m to another road" if metres > MOVED_M else ""


def _their_limit(valhalla: ValhallaTruck, pair: Pair) -> str:
    """Say which size, made next to nothing, shortens or opens Valhalla's way."""

    def opens(changed: Mapping[str, float]) -> bool:
        way = valhalla.route(pair.start, pair.end, {**TRUCK, **changed})
        before = math.inf if pair.theirs is None else pair.theirs.duration_s
        return way is not None and way.duration_s < (1 - NEAR / 2) * before

    opened = [name for name, small in NOTHING.items() if opens({name: small})]
    if opened:
        return ", ".join(opened)
    if opens(NOTHING):
        return "several sizes together"
    return next(
        (why for why, asked in OTHERWISE.items() if opens(asked)),
        "what it counts for turns and roads",
    )


def _document(pairs: list[Pair]) -> str:
    both = [one for one in pairs if one.ours and one.theirs]
    far = [one for one in both if abs(one.difference) > NEAR]
    kinds = Counter(one.said[0].partition(";")[0].partition(" (")[0] for one in far)
    split = [one for one in pairs if not one.agrees]
    head = (Path(__file__).parent / "routing_compared.md").read_text(encoding="utf-8")
    return head.format(
        count=len(pairs),
        seed=SEED,
        both=len(both),
        only_ours=sum(one.ours is not None for one in split),
        only_theirs=sum(one.theirs is not None for one in split),
        neither=len(pairs) - len(both) - len(split),
        disagreements="\n".join(f"- pair {one.number}: {'; '.join(one.said)}" for one in split),
        near=len(both) - len(far),
        median=statistics.median(1 + one.difference for one in both),
        summary="\n".join(f"- {count}: {kind}" for kind, count in kinds.most_common()),
        rows="\n".join(_row(one) for one in far),
    )


def _row(pair: Pair) -> str:
    assert pair.theirs is not None
    junctions = pair.theirs.duration_s - pair.driving_s
    parts = (pair.ours_s - pair.their_way_s, pair.their_way_s - pair.driving_s, -junctions)
    way, speed, waiting = (f"{part:+.0f}" for part in parts)
    return (
        f"| {pair.number} | {pair.ours_s:.0f} | {pair.theirs.duration_s:.0f} | "
        f"{pair.difference:+.0%} | {way} | {speed} | {waiting} | {pair.shared:.0%} | "
        f"{'; '.join(pair.said)} |"
    )


@pytest.mark.timeout(900)
@pytest.mark.skipif(not valhalla_truck.is_there(), reason="DAJIAN_VALHALLA names no programs")
def test_every_difference_from_valhalla_has_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = build_network(EXTRACT, roads_folder=ROOT / "config" / "roads", built_at="").network
    ground = _ground(network)
    settings = valhalla_truck.build_tiles(EXTRACT, tmp_path)
    with valhalla_truck.serving(settings) as valhalla:
        pairs = [_compare(ground, valhalla, pair) for pair in _pairs(ground)]
    document = _document(pairs)
    if os.environ.get("DAJIAN_APPROVE"):
        TABLE.write_text(document, encoding="utf-8")
    with capsys.disabled():
        sys.stdout.write("\n" + document)
    assert sum(pair.agrees for pair in pairs) >= AGREEING * len(pairs)
    different = [one for one in pairs if not one.agrees or abs(one.difference) > NEAR]
    assert all(one.said for one in different)
