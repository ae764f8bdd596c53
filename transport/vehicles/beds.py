"""What a load rests on, and where it goes when nobody says where."""

from __future__ import annotations

from dataclasses import dataclass

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.arranging import Arrangement
from transport.vehicles.combination import Combination, Coupling, Trailer
from transport.vehicles.statics import PointMass

_CAB_GAP_M = 0.3  # between the cab and a load that sticks out in front of the deck
_CAB_LENGTH_M = 2.3


@dataclass(frozen=True, slots=True)
class Bed:
    """What a load rests on: from the kingpin (a truck's first axle) back, in metres."""

    front_m: float
    end_m: float
    usable_from_m: float
    height_m: float
    front_overhang_m: float
    overhang_m: float
    at_m: float  # the kingpin behind the first axle of the vehicle


def bed_of(
    combination: Combination, pulled_out_m: float = 0.0, deck_height_m: float | None = None
) -> Bed:
    """Return the bed of a combination, retracted or pulled out."""
    trailer, tractor = combination.trailer, combination.tractor
    if trailer is None:
        deck = tractor.deck
        if deck is None:
            message = "a tractor without a trailer carries nothing: add a trailer"
            raise InvalidInputError([FieldFault("trailer", message, "required")])
        return Bed(deck.front_m, deck.end_m, deck.front_m, deck.height_m, 0.0, deck.overhang_m, 0.0)
    begin_m, end_m = trailer.deck_span_m(pulled_out_m)
    height_m = trailer.deck_height_m if deck_height_m is None else deck_height_m
    ahead_m = trailer.front_overhang_m
    if ahead_m is None:
        cab_end_m = _CAB_LENGTH_M - tractor.front_m + _CAB_GAP_M
        ahead_m = max(combination.kingpin_m + begin_m - cab_end_m, 0.0)
    return Bed(
        begin_m,
        end_m,
        begin_m + trailer.gooseneck_m,
        height_m,
        ahead_m,
        trailer.overhang_m,
        combination.kingpin_m,
    )


def pulled_out_for(combination: Combination, arrangement: Arrangement) -> float:
    """Return how far the trailer is pulled out for a load."""
    trailer = combination.trailer
    if trailer is None:
        return 0.0
    if trailer.coupling is Coupling.BOLSTERS and arrangement.stows:
        supports = arrangement.stows[0].component.supports_m
        if len(supports) > 1:
            wanted = supports[-1] - supports[0] - trailer.deck_length_m
            return min(max(wanted, 0.0), trailer.longest_deck_m - trailer.deck_length_m)
    return trailer.pulled_out_m(arrangement.length_m)


def usual_middle_m(bed: Bed, length_m: float) -> float:
    """Middle of a load: of the deck where it fits, else flush with its front."""
    return bed.usable_from_m + max(bed.end_m - bed.usable_from_m, length_m) / 2


def middle_of_girder_m(trailer: Trailer, arrangement: Arrangement, pulled_out_m: float) -> float:
    """Middle of a piece between bolsters: its front support stands on the front bolster."""
    piece = arrangement.stows[0].component
    supports = piece.supports_m
    if len(supports) > 1:
        return piece.length_m / 2 - supports[0]
    return trailer.bogie_m(pulled_out_m) / 2


def point_masses(arrangement: Arrangement, middle_m: float) -> tuple[PointMass, ...]:
    """Return the load as one mass at its centre of gravity; none where nothing is loaded."""
    mass_t = arrangement.mass_t
    if not mass_t:
        return ()
    back_m, right_m, _ = arrangement.centre_m
    return (PointMass(mass_t, middle_m + back_m, right_m),)
