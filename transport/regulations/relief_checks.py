"""Bounds by which relief is examined, and what simulations assume: rules of this system, dated."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class Range:
    """A value nobody has measured, from its low to its high end."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReliefChecks:
    """What is plausible of a trip, what raises a signal, and the ranges of simulations.

    Uptake and elasticity are in percent, costs in yuan an hour and a kilometre.
    """

    fastest_km_h: Dated[float]
    longest_under_way_h: Dated[float]
    axle_sum_percent: Dated[float]
    same_weights: Dated[int]
    size_signal_m: Dated[float]
    uptake_shares: Dated[Range]
    toll_elasticities: Dated[Range]
    hourly_costs: Dated[Range]
    running_costs: Dated[Range]
