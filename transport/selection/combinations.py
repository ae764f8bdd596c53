"""The combinations that a catalogue's units can be coupled to."""

from __future__ import annotations

from collections.abc import Iterator

from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination, Coupling


def combinations_of(catalogue: Catalogue) -> Iterator[Combination]:
    """Yield rigid trucks, then every tractor with every trailer, without and with each jeep.

    A drawbar trailer has no kingpin that a jeep could carry.
    """
    for truck in catalogue.trucks.values():
        yield Combination(truck)
    for trailer in catalogue.trailers.values():
        coupled = trailer.coupling is not Coupling.DRAWBAR
        for tractor in catalogue.tractors.values():
            yield Combination(tractor, trailer)
            if coupled:
                for jeep in catalogue.jeeps.values():
                    yield Combination(tractor, trailer, jeep)
