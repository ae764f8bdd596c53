"""Loads pieces of one kind on a tractor and trailer: the short way to a transport."""

from __future__ import annotations

from dataclasses import dataclass

from transport.vehicles.arranging import stack
from transport.vehicles.combination import Combination, Tractor, Trailer
from transport.vehicles.component import Component, Orientation
from transport.vehicles.placing import place
from transport.vehicles.statics import tractor_axles, trailer_supports
from transport.vehicles.transport import Transport

__all__ = ["Placement", "load", "tractor_axles", "trailer_supports"]


@dataclass(frozen=True, slots=True)
class Placement:
    """How pieces lie: orientation, number one on top of the other, and their middle.

    `middle_m` is the distance from the kingpin back to the middle of the load; None puts a load
    shorter than the deck in its middle, a longer one flush with its front.
    """

    orientation: Orientation = Orientation.AS_MADE
    pieces: int = 1
    middle_m: float | None = None


def load(
    component: Component, tractor: Tractor, trailer: Trailer, placement: Placement | None = None
) -> Transport:
    """Return the transport that results from loading a component.

    Raise InvalidInputError where an axle would be lifted, or the load is heavier than the trailer
    or tractor can take.
    """
    how = placement or Placement()
    arrangement = stack(component, how.pieces, how.orientation)
    return place(Combination(tractor, trailer), arrangement, how.middle_m).transport
