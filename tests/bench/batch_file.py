"""Write a batch of 10,000 transports of 60 kinds between random junctions of a network.

Usage: python -m tests.bench.batch_file NETWORK OUT.csv
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from road_data.opening import open_network

ROWS, KINDS = 10_000, 60
SEED = 21


def main(folder: str, out: str) -> None:
    """Write the rows, the same ones every time."""
    network = open_network(Path(folder))
    chance = random.Random(SEED)  # noqa: S311 - a seed for repeatable rows
    kinds = [
        (
            round(chance.uniform(3.8, 4.6), 1),
            round(chance.uniform(2.5, 3.6), 1),
            round(chance.uniform(16, 28)),
            round(chance.uniform(40, 70)),
        )
        for _ in range(KINDS)
    ]
    with Path(out).open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(["id", "from", "to", "height_m", "width_m", "length_m", "mass_t",
                        "axle_loads_t", "travel_at"])  # fmt: skip
        for number in range(ROWS):
            height, width, length, mass = chance.choice(kinds)
            ends = [chance.randrange(network.node_count) for _ in range(2)]
            places = [f"{network.node_lon[v]:.7f},{network.node_lat[v]:.7f}" for v in ends]
            axles = ";".join([f"{mass / 6:.3f}"] * 6)
            row = [number, *places, height, width, length, round(6 * round(mass / 6, 3), 3), axles]
            table.writerow([*row, "2026-05-11"])


if __name__ == "__main__":
    main(*sys.argv[1:])
