"""Compare the built-in network with independent facts; every comparison is one row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import networkx as nx
import numpy as np

from road_data.built_in.gazetteer import GREATEST_M, compare_places
from road_data.built_in.loading import build_built_in, distance_m
from road_data.built_in.tables import Row, Tables, read_tables
from transport.network.graph import RoadNetwork

SMALLEST_DETOUR, LARGEST_DETOUR = 1.02, 1.6
_LEFT_OUT, _PART_LEFT_OUT = "left out", "a part left out"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One comparison: `outcome` is ok, exception (listed with its reason) or fail."""

    check: str
    subject: str
    ours: str
    fact: str
    outcome: str
    note: str


def check_rows(network: RoadNetwork | None = None, tables: Tables | None = None) -> list[CheckRow]:
    """Return all comparisons; places, distances, detours, connection, expressways.

    Raises NotAvailableError where the gazetteer (a test dependency) is not installed.
    """
    tables = tables or read_tables()
    network = network or build_built_in(tables=tables)
    return [
        *_place_rows(tables),
        *_distance_rows(tables),
        *_total_rows(tables),
        *_detour_rows(network, tables),
        _drawing_row(network),
        _connection_row(network),
        *_closed_rows(tables),
        *_expressway_rows(tables),
        *_left_out_rows(tables),
    ]


def format_rows(rows: list[CheckRow]) -> str:
    """Return the rows as a table in plain text."""
    lines = [f"{'outcome':10}{'check':14}{'ours':>22}  {'fact':32}subject"]
    for row in rows:
        note = f" ({row.note})" if row.note else ""
        start = f"{row.outcome:10}{row.check:14}{row.ours:>22}  {row.fact:32}"
        lines.append(f"{start}{row.subject}{note}")
    return "\n".join(lines)


def _verdict(*, good: bool) -> str:
    return "ok" if good else "fail"


def _place_rows(tables: Tables) -> Iterator[CheckRow]:
    row_of = partial(CheckRow, "place")
    for place in compare_places(tables):
        far = "no entry" if place.distance_m is None else f"{place.distance_m / 1000:.1f} km away"
        outcome = _verdict(good=place.agrees)
        if place.exception and not place.overlooked:
            outcome = "exception"
        fact = f"GeoNames {place.entry}" if place.entry else f"<= {GREATEST_M / 1000:.0f} km"
        if place.overlooked:
            fact = f"GeoNames {place.overlooked} is near"
        note = place.exception or ("position taken from GeoNames" if place.taken else "")
        yield row_of(place.name, far, fact, outcome, note)


def road_graph(tables: Tables, ref: str = "", *, ordinary: bool = False) -> nx.Graph[str]:
    """Return the links as a graph with `km`; with `ref` only expressway links of that number.

    `ordinary` leaves the expressways out.
    """
    graph: nx.Graph[str] = nx.Graph()
    for link in tables.rows("links.csv"):
        express = link["road_class"] == "expressway"
        if (ref and not (express and ref in link["ref"].split(";"))) or (ordinary and express):
            continue
        graph.add_edge(link["from_node"], link["to_node"], km=float(link["length_km"]))
    return graph


def _distance_rows(tables: Tables) -> Iterator[CheckRow]:
    """Compare with published lengths: sections as built, and the ways between towns."""
    graphs = {"any": road_graph(tables), "ordinary": road_graph(tables, ordinary=True)}
    for row in tables.rows("road_distances.csv"):
        if row["roads"] not in graphs:
            graphs[row["roads"]] = road_graph(tables, row["roads"])
        ends = row["from_node"], row["to_node"]
        try:
            ours = nx.shortest_path_length(graphs[row["roads"]], *ends, weight="km")
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            published = f"{float(row['published_km']):g} km"
            yield CheckRow(row["kind"], row["name"], "no way", published, "fail", row["source"])
            continue
        compared = _length_row(row["kind"], row, ours)
        seen = "" if row["drawn_before"] == "yes" else "; drawn or mended with the figure in view"
        if compared.outcome == "fail" and row["exception"]:
            compared = replace(compared, outcome="exception", note=row["exception"])
        yield replace(compared, note=f"{compared.note}{seen}")


def _total_rows(tables: Tables) -> Iterator[CheckRow]:
    """Compare the sum of all links of a class with its published length."""
    links = tables.rows("links.csv")
    for row in tables.rows("totals.csv"):
        own = [link for link in links if link["road_class"] == row["road_class"]]
        yield _length_row("total", row, sum(float(link["length_km"]) for link in own))


def _length_row(check: str, row: Row, ours_km: float) -> CheckRow:
    published, tolerance = float(row["published_km"]), float(row["tolerance_pct"])
    difference = 100 * (ours_km / published - 1)
    return CheckRow(
        check,
        row["name"],
        f"{ours_km:.1f} km ({difference:+.1f} %)",
        f"{published:g} km +-{tolerance:g} %",
        _verdict(good=abs(difference) <= tolerance),
        row["source"],
    )


def _detour_rows(network: RoadNetwork, tables: Tables) -> Iterator[CheckRow]:
    """Compare the road length of every link with the straight line; list those that fail."""
    ratios = []
    position = {
        row["node"]: (float(row["lon"]), float(row["lat"])) for row in tables.rows("nodes.csv")
    }
    limits = f"{SMALLEST_DETOUR} to {LARGEST_DETOUR} x straight line"
    for link in tables.rows("links.csv"):
        straight = distance_m(position[link["from_node"]], position[link["to_node"]])
        ratio = float(link["length_km"]) * 1000 / straight
        ratios.append(ratio)
        if not SMALLEST_DETOUR <= ratio <= LARGEST_DETOUR:
            yield CheckRow("detour", link["link_id"], f"{ratio:.2f}", limits, "fail", "")
    good = min(ratios) >= SMALLEST_DETOUR and max(ratios) <= LARGEST_DETOUR
    subject = f"{len(ratios)} links, {network.edge_count} directed"
    ours = f"{min(ratios):.2f} to {max(ratios):.2f}"
    yield CheckRow("detour", subject, ours, limits, _verdict(good=good), "")


def _drawing_row(network: RoadNetwork) -> CheckRow:
    """No edge may be drawn longer than its road is."""
    worst = 0.0
    for edge in range(network.edge_count):
        part = slice(int(network.shape_start[edge]), int(network.shape_start[edge + 1]))
        line = list(zip(network.shape_lon[part], network.shape_lat[part], strict=True))
        drawn = sum(distance_m(a, b) for a, b in pairwise(line))
        worst = max(worst, drawn / float(network.length_m[edge]))
    good = worst <= 1.0
    return CheckRow(
        "drawing", "longest line / road", f"{worst:.3f}", "<= 1", _verdict(good=good), ""
    )


def _connection_row(network: RoadNetwork) -> CheckRow:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(network.node_count))
    graph.add_edges_from(zip(network.tail.tolist(), np.asarray(network.head).tolist(), strict=True))
    count = nx.number_strongly_connected_components(graph)
    ours = f"{count} component(s)"
    subject = f"{network.node_count} junctions"
    return CheckRow(
        "connection", subject, ours, "strongly connected", _verdict(good=count == 1), ""
    )


def _closed_rows(tables: Tables) -> Iterator[CheckRow]:
    """List the roads that count as connected above though nobody may use them today."""
    for link in tables.rows("links.csv"):
        if link["access"] == "closed":
            subject = f"{link['from_node']} – {link['to_node']}"
            yield CheckRow("closed", subject, "no traffic", "listed", "exception", link["name"])


def _expressway_rows(tables: Tables) -> Iterator[CheckRow]:
    """Every expressway is one piece once its listed gaps are closed; a needless gap fails too."""
    gaps = tables.rows("gaps.csv")
    refs = {
        ref
        for link in tables.rows("links.csv")
        if link["road_class"] == "expressway"
        for ref in link["ref"].split(";")
    }
    for ref in sorted(refs):
        own = [gap for gap in gaps if gap["ref"] == ref and gap["from_node"]]
        graph = road_graph(tables, ref)
        kilometres = float(graph.size(weight="km"))
        pieces = nx.number_connected_components(graph)
        graph.add_edges_from((gap["from_node"], gap["to_node"]) for gap in own)
        joined = nx.number_connected_components(graph)
        good = joined == 1 and _all_needed(tables, ref, own)
        outcome = "exception" if good and own else _verdict(good=good)
        yield CheckRow(
            "expressway",
            ref,
            f"{pieces} piece(s), {kilometres:.0f} km",
            "continuous" if not own else f"{len(own)} listed gap(s)",
            outcome,
            "; ".join(gap["reason"] for gap in own),
        )


def _left_out_rows(tables: Tables) -> Iterator[CheckRow]:
    """List the roads or parts of roads that the network leaves out."""
    there = {ref for link in tables.rows("links.csv") for ref in link["ref"].split(";")}
    for gap in tables.rows("gaps.csv"):
        if not gap["from_node"]:
            ours = _PART_LEFT_OUT if gap["ref"] in there else _LEFT_OUT
            yield CheckRow("coverage", gap["ref"], ours, "listed", "exception", gap["reason"])


def _all_needed(tables: Tables, ref: str, gaps: list[Row]) -> bool:
    """Tell whether leaving out any one listed gap would break the expressway."""
    for omitted in gaps:
        graph = road_graph(tables, ref)
        graph.add_nodes_from(node for gap in gaps for node in (gap["from_node"], gap["to_node"]))
        graph.add_edges_from((g["from_node"], g["to_node"]) for g in gaps if g is not omitted)
        if nx.is_connected(graph):
            return False
    return True
