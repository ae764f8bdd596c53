"""Make the networks of the route benchmarks once, outside the project.

Usage: python -m tests.bench.route_networks SOURCE.osm.pbf FOLDER [--bans]

With --bans three of a hundred turns are forbidden, by a seed.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from road_data.building import build_network
from road_data.hierarchies import prepare_version
from road_data.opening import open_network
from road_data.store import save_network
from transport.network.graph import RoadNetwork
from webapp.settings import shipped_config

BANNED_SHARE = 0.03
SEED = 7


def with_bans(network: RoadNetwork) -> RoadNetwork:
    """Forbid a share of all turns, drawn by a seed, beside those that are forbidden already."""
    chance = np.random.default_rng(SEED)
    fan = np.diff(network.first_edge)[network.head]
    edge_in = np.repeat(np.arange(network.edge_count), fan)
    within = np.arange(len(edge_in)) - np.repeat(np.cumsum(fan) - fan, fan)
    edge_out = np.repeat(network.first_edge[network.head], fan) + within
    kept = (edge_out != network.reverse[edge_in]) & (chance.random(len(edge_in)) < BANNED_SHARE)
    pairs = np.stack([edge_in[kept], edge_out[kept]], axis=1).astype(np.int32)
    given = np.asarray(network.forbidden_turns, dtype=np.int32).reshape(-1, 2)
    return replace(network, forbidden_turns=np.unique(np.concatenate([given, pairs]), axis=0))


def main(source: str, folder: str, *flags: str) -> None:
    """Build, prepare, and tell what that took."""
    place = Path(folder)
    started = time.perf_counter()
    if Path(source).is_dir():
        network = open_network(Path(source))
    else:
        network = build_network(
            Path(source), roads_folder=shipped_config() / "roads", built_at="2026-01-01T00:00:00Z"
        ).network
    built_s = time.perf_counter() - started
    save_network(with_bans(network) if "--bans" in flags else network, place)
    del network
    started, used = time.perf_counter(), time.process_time()
    prepare_version(place)
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    sys.stdout.write(
        f"{folder}: built in {built_s:.0f} s; prepared in {time.perf_counter() - started:.0f} s "
        f"({time.process_time() - used:.0f} s of one core), peak {peak_gb:.2f} GB\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
