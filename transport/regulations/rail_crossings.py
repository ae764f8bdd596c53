"""Railway level crossings (RTSL-IR 65)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class RailCrossings:
    """Who sets the crossing of an over-limit vehicle, and the usual gate of an electrified line."""

    railway_sets_crossing_and_time: Dated[bool]
    electrified_gate_height_m: Dated[float]
