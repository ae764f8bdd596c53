"""The state of the road as appendix A asks for it, and what nobody has recorded of it (A.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from transport.evaluation.passage.facts import KNOWN, Fact, Site
from transport.evaluation.passage.findings import SurveyTask
from transport.evaluation.passage.stretches import TECHNICAL, Way, arms_at
from transport.network.attributes import RoadClass
from transport.network.graph import RoadNetwork

CHANGE = "change"
# What appendix A asks of each kind of place, whether a check needs it or not.
ASKED = {
    "stretch": (
        "pavement",
        "pavement_design",
        "pavement_quality",
        "pavement_rated_on",
        "facilities",
    ),
    "bridge": (
        "structural_form",
        "design_load",
        "condition_class",
        "rated_on",
        "single_column_pier",
    ),
    "tunnel": (
        "tunnel_section",
        "lining",
        "clear_height_m",
        "clear_width_m",
        "condition_class",
        "rated_on",
    ),
    "overbridge": ("clear_height_m",),
    "toll_station": ("wide_lane_m", "clear_height_m"),
    "level_crossing": ("clear_height_m",),
}
_LEAST_ARMS = 3


def road_state(way: Way) -> tuple[Site, ...]:
    """Return stretches, structures and the nodes where the road changes, in driving order."""
    found = [stretch.site for stretch in way.stretches()]
    found += [*way.structures(), *changes(way)]
    return tuple(sorted(found, key=lambda site: site.chainage_km))


def changes(way: Way) -> Iterator[Site]:
    """Yield the nodes where number, class or kind of the road change, with how the way goes on."""
    network, driven_m = way.network, 0.0
    for piece, after in pairwise(way.pieces):
        driven_m += piece.length_m
        before, then = _road(network, piece.edge), _road(network, after.edge)
        if before == then:
            continue
        node = int(network.head[piece.edge])
        if before[2] or then[2]:
            by = "ramp"
        else:
            by = "junction" if len(arms_at(network, node)) >= _LEAST_ARMS else "straight"
        yield Site(
            f"junction:{node}",
            CHANGE,
            f"{before[0] or '—'} → {then[0] or '—'}",
            driven_m / 1000.0,
            (float(network.node_lon[node]), float(network.node_lat[node])),
            {
                name: Fact(value, KNOWN, "network")
                for name, value in (("from_class", before[1]), ("to_class", then[1]), ("by", by))
            },
        )


def _road(network: RoadNetwork, edge: int) -> tuple[str, str, bool]:
    ref = network.text(network.ref[edge]) or network.text(network.name[edge])
    technical = TECHNICAL.get(RoadClass(int(network.road_class[edge])), "")
    return ref, str(technical), network.ramp is not None and bool(network.ramp[edge])


def unrecorded(sites: Iterable[Site], surveys: Sequence[SurveyTask]) -> Iterator[SurveyTask]:
    """Yield what nobody recorded of a place and no check asks for: it holds up no conclusion."""
    asked = {one.element: set(one.missing) for one in surveys}
    seen = set()
    for site in sites:
        if site.element in seen or site.kind not in ASKED:
            continue
        seen.add(site.element)
        missing = tuple(
            name
            for name in ASKED[site.kind]
            if site.value(name) is None and name not in asked.get(site.element, set())
        )
        if missing:
            expired = tuple(name for name in missing if name in site.expired)
            place = (site.element, site.kind, site.name, site.chainage_km, site.at)
            yield SurveyTask(*place, missing, expired, ())
