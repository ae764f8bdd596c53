"""Places a load on a combination: axle loads, overall size and what sticks out.

Loading is refused where it is impossible, never where it is only unlawful; the law is judged
elsewhere.
"""

from __future__ import annotations

from transport.errors import InvalidInputError
from transport.vehicles.arranging import Arrangement
from transport.vehicles.beds import (
    Bed,
    bed_of,
    middle_of_girder_m,
    point_masses,
    pulled_out_for,
    usual_middle_m,
)
from transport.vehicles.combination import Combination, Coupling
from transport.vehicles.envelope import bed_width_m, envelope_of, overhangs_of, tractor_end_m
from transport.vehicles.loaded_transport import transport_of
from transport.vehicles.loading_faults import lifting_faults, mass_faults, space_faults
from transport.vehicles.placed_axles import placed_axles, utilisations
from transport.vehicles.placed_load import (
    Box,
    Overhangs,
    PlacedFrame,
    PlacedLoad,
    PlacedPiece,
    Point,
    UnitState,
)
from transport.vehicles.statics import Reactions, carry


def place(
    combination: Combination,
    arrangement: Arrangement,
    middle_m: float | None = None,
    pulled_out_m: float | None = None,
    deck_height_m: float | None = None,
) -> PlacedLoad:
    """Return the load as it stands; `middle_m` as in PlacedLoad, None for the usual place.

    Raise InvalidInputError where an axle or the kingpin would be lifted, the load is heavier than
    the makers allow, sticks out too far, or cannot lie there at all.
    """
    trailer = combination.trailer
    out_m = pulled_out_for(combination, arrangement) if pulled_out_m is None else pulled_out_m
    bed = bed_of(combination, out_m, deck_height_m)
    if middle_m is None:
        girder = trailer is not None and trailer.coupling is Coupling.BOLSTERS
        middle_m = (
            middle_of_girder_m(trailer, arrangement, out_m)
            if girder and trailer and arrangement.stows
            else usual_middle_m(bed, arrangement.length_m)
        )
    reactions = carry(combination, point_masses(arrangement, middle_m), out_m)
    overhangs = overhangs_of(combination, bed, arrangement, middle_m)
    faults = [
        *mass_faults(combination, arrangement, out_m),
        *lifting_faults(reactions),
        *space_faults(combination, arrangement, bed, middle_m),
    ]
    if faults:
        raise InvalidInputError(faults)
    return _placed(combination, arrangement, middle_m, out_m, bed, reactions, overhangs)


def place_empty(combination: Combination, pulled_out_m: float = 0.0) -> PlacedLoad:
    """Return the empty combination as it goes home, retracted or left pulled out."""
    bed = bed_of(combination, pulled_out_m)
    reactions = carry(combination, (), pulled_out_m)
    return _placed(combination, Arrangement(()), 0.0, pulled_out_m, bed, reactions, None)


def _placed(
    combination: Combination,
    arrangement: Arrangement,
    middle_m: float,
    out_m: float,
    bed: Bed,
    reactions: Reactions,
    overhangs: Overhangs | None,
) -> PlacedLoad:
    tractor, trailer = combination.tractor, combination.trailer
    zero_m = tractor.front_m + bed.at_m  # the kingpin behind the nose
    pieces = _pieces(arrangement, zero_m + middle_m, bed.height_m)
    frames = _frames(arrangement, zero_m + middle_m, bed.height_m)
    envelope = envelope_of(combination, bed, arrangement, zero_m, middle_m, out_m)
    girder = trailer is not None and trailer.coupling is Coupling.BOLSTERS
    half = bed_width_m(combination) / 2
    deck = Box(zero_m + bed.front_m, zero_m + bed.end_m, -half, half, 0.0, bed.height_m)
    mass_t = arrangement.mass_t
    back_m, right_m, up_m = arrangement.centre_m
    vehicle_end_m = tractor_end_m(combination)
    return PlacedLoad(
        combination=combination,
        state=UnitState.EXTENDED if out_m > 0 else UnitState.RETRACTED,
        pulled_out_m=out_m,
        middle_m=middle_m,
        pieces=pieces,
        frames=frames,
        deck=None if girder else deck,
        tractor=Box(
            0.0, vehicle_end_m, -tractor.width_m / 2, tractor.width_m / 2, 0.0, tractor.height_m
        ),
        axles=placed_axles(combination, reactions, out_m),
        kingpin_at_m=zero_m if trailer is not None else None,
        kingpin_load_t=reactions.kingpin_t,
        tractor_coupling_t=reactions.tractor_coupling_t,
        cargo_t=mass_t,
        cargo_centre=Point(zero_m + middle_m + back_m, right_m, bed.height_m + up_m)
        if mass_t
        else None,
        overhangs=overhangs,
        envelope=envelope,
        utilisations=utilisations(combination, mass_t, reactions, out_m),
        transport=transport_of(combination, arrangement, reactions, envelope, out_m),
    )


def _pieces(arrangement: Arrangement, middle_m: float, deck_m: float) -> tuple[PlacedPiece, ...]:
    found = []
    for one, under_m in zip(arrangement.stows, arrangement.undersides_m, strict=True):
        piece = one.component
        width_m, height_m = one.size_m
        front_m = middle_m + one.back_m - piece.length_m / 2
        bottom_m = deck_m + under_m
        box = Box(
            front_m,
            front_m + piece.length_m,
            one.right_m - width_m / 2,
            one.right_m + width_m / 2,
            bottom_m,
            bottom_m + height_m,
        )
        back_m, right_m, up_m = one.centre_m
        centre = Point(middle_m + back_m, right_m, bottom_m + up_m)
        places = (piece.length_m - at if one.reversed else at for at in piece.supports_m)
        supports = tuple(sorted(front_m + at for at in places))
        found.append(
            PlacedPiece(piece, one.orientation, one.layer, box, centre, supports, one.lean_deg)
        )
    return tuple(found)


def _frames(arrangement: Arrangement, middle_m: float, deck_m: float) -> tuple[PlacedFrame, ...]:
    found = []
    for one in arrangement.frames:
        frame = one.frame
        front_m = middle_m + one.back_m - frame.length_m / 2
        half = frame.width_m / 2
        box = Box(
            front_m,
            front_m + frame.length_m,
            one.right_m - half,
            one.right_m + half,
            deck_m,
            deck_m + frame.height_m,
        )
        found.append(PlacedFrame(frame, box))
    return tuple(found)
