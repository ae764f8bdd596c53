"""The toll of a way through the network, line by line, exact in decimal yuan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from transport.network.attributes import Floats, Tolled
from transport.network.graph import RoadNetwork
from transport.tariffs.schedule import HIGHEST_CLASS, TariffStatus, TollRates, truck_class

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class TollLine:
    """The toll of one road in one stretch; `rule` says how it was reckoned."""

    section: str
    rule: str
    length_km: Decimal
    amount_yuan: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """A toll with its lines; `untold_m` is the length of road whose tolling is not known."""

    toll_yuan: Decimal
    lines: tuple[TollLine, ...]
    status: TariffStatus
    untold_m: float

    @property
    def is_complete(self) -> bool:
        """Say whether tolling is known on the whole way."""
        return self.untold_m == 0


def quote_edges(
    network: RoadNetwork,
    pieces: Sequence[tuple[int, float]],
    axle_count: int,
    rates: TollRates,
) -> Quote:
    """Quote the toll of pieces (edge, metres driven on it) in the order of travel.

    A permitted load pays the rate of its axles; there is no multiplier for being over-limit.
    """
    rate = rates.yuan_per_km(axle_count)
    rule = _rule(axle_count, rates)
    lines: list[TollLine] = []
    untold_m = 0.0
    for section, length_m in _sections(network, pieces):
        if section is None:
            untold_m += length_m
            continue
        length_km = (Decimal(str(round(length_m, 3))) / 1000).quantize(Decimal("0.001"))
        amount = (length_km * rate).quantize(_CENT, ROUND_HALF_UP)
        lines.append(TollLine(section, rule, length_km, amount))
    total = sum((line.amount_yuan for line in lines), Decimal("0.00"))
    return Quote(total, tuple(lines), rates.status, untold_m)


def _sections(
    network: RoadNetwork, pieces: Sequence[tuple[int, float]]
) -> list[tuple[str | None, float]]:
    """Join consecutive tolled pieces of one road; section None means tolling is not known."""
    joined: list[tuple[str | None, float]] = []
    for edge, length_m in pieces:
        tolled = Tolled(int(network.tolled[edge]))
        if tolled is Tolled.NO:
            continue
        section = None
        if tolled is Tolled.YES:
            section = network.text(network.ref[edge]) or network.text(network.name[edge])
        if joined and joined[-1][0] == section:
            joined[-1] = (section, joined[-1][1] + length_m)
        else:
            joined.append((section, length_m))
    return joined


def _rule(axle_count: int, rates: TollRates) -> str:
    number = truck_class(axle_count)
    rule = f"class {number}: {rates.rates_yuan_per_km[number - 1]} yuan/km"
    if axle_count > HIGHEST_CLASS:
        more = axle_count - HIGHEST_CLASS
        rule += f" + {more} axles above six x {rates.above_six_yuan_per_km} yuan/km"
    return rule


def edge_tolls_yuan(network: RoadNetwork, axle_count: int, rates: TollRates) -> Floats:
    """Return the toll of every edge for the search, where only the order of costs matters."""
    per_m = float(rates.yuan_per_km(axle_count)) / 1000
    tolled = np.where(network.tolled == Tolled.YES, network.length_m * per_m, 0.0)
    return tolled.astype(np.float64)
