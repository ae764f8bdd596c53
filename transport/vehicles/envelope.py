"""Overall size on the road: the outermost of tractor, trailer and load."""

from __future__ import annotations

from dataclasses import dataclass

from transport.vehicles.arranging import Arrangement
from transport.vehicles.beds import Bed
from transport.vehicles.combination import Combination, Coupling
from transport.vehicles.placed_load import Envelope, Overhangs
from transport.vehicles.statics import positions_of


@dataclass(frozen=True, slots=True)
class Hull:
    """The overall size but for the place of the load, which only bears on the length."""

    vehicle_end_m: float
    width_m: float
    height_m: float
    tolerance_m: float
    load_span_m: tuple[float, float] | None

    def at(self, middle_m: float) -> Envelope:
        """Return the overall size with the middle of the load so far behind the nose."""
        front_m, end_m = 0.0, self.vehicle_end_m
        if self.load_span_m is not None:
            front_m = min(front_m, middle_m + self.load_span_m[0])
            end_m = max(end_m, middle_m + self.load_span_m[1])
        return Envelope(
            length_m=round(end_m - front_m, 3),
            width_m=self.width_m,
            height_m=self.height_m,
            tolerance_m=self.tolerance_m,
            front_projection_m=round(-front_m, 3),
            rear_projection_m=round(end_m - self.vehicle_end_m, 3),
        )


def hull_of(
    combination: Combination, bed: Bed, arrangement: Arrangement, zero_m: float, out_m: float
) -> Hull:
    """Return the hull of tractor, trailer and load; `zero_m` is the kingpin behind the nose."""
    left, right = arrangement.sides_m
    loaded = bool(arrangement.stows)
    half = combination.width_m / 2
    top_m = bed.height_m + (arrangement.height_m if loaded else 0.0)
    return Hull(
        max(tractor_end_m(combination), zero_m + _rear_of_units(combination, out_m)),
        round(max(half, -left) + max(half, right), 3),
        round(max(combination.tractor.height_m, top_m), 3),
        arrangement.tolerance_m,
        arrangement.span_m if loaded else None,
    )


def envelope_of(
    combination: Combination,
    bed: Bed,
    arrangement: Arrangement,
    zero_m: float,
    middle_m: float,
    out_m: float,
) -> Envelope:
    """Return the overall size of tractor, trailer and load; distances as in `bed_of`."""
    return hull_of(combination, bed, arrangement, zero_m, out_m).at(zero_m + middle_m)


def _rear_of_units(combination: Combination, out_m: float) -> float:
    """Where the trailer ends behind the kingpin: its deck, or its last axle between bolsters."""
    trailer = combination.trailer
    if trailer is None:
        return combination.tractor.deck.end_m if combination.tractor.deck else 0.0
    if trailer.coupling is Coupling.BOLSTERS:
        last_m = positions_of(combination, out_m)[-1] - combination.kingpin_m
        return last_m + combination.tractor.rear_m
    return trailer.deck_span_m(out_m)[1]


def overhangs_of(
    combination: Combination, bed: Bed, arrangement: Arrangement, middle_m: float
) -> Overhangs | None:
    """Return how far the load sticks out of its bed, None where nothing is loaded."""
    if not arrangement.stows:
        return None
    begin, end = arrangement.span_m
    left, right = arrangement.sides_m
    half = bed_width_m(combination) / 2
    return Overhangs(
        front_m=round(bed.front_m - middle_m - begin, 3),
        rear_m=round(middle_m + end - bed.end_m, 3),
        left_m=round(-left - half, 3),
        right_m=round(right - half, 3),
    )


def bed_width_m(combination: Combination) -> float:
    """Return the width of what the load rests on."""
    if combination.trailer is not None:
        return combination.trailer.width_m
    deck = combination.tractor.deck
    return deck.width_m if deck else combination.tractor.width_m


def tractor_end_m(combination: Combination) -> float:
    """Return where the tractor or rigid truck ends behind its nose."""
    tractor = combination.tractor
    if tractor.deck is not None:
        return tractor.front_m + tractor.deck.end_m
    return tractor.front_m + tractor.positions_m[-1] + tractor.rear_m
