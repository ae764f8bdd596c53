"""Loads a component on a combination: overall size, and axle loads by two-support statics.

The trailer rests on the kingpin and on the middle of its axle group, the tractor on its front axle
and on the middle of its drive axles; axles of a group share equally, as balanced suspensions do.
The piece is uniform, so its centre of mass is its middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.combination import Tractor, Trailer
from transport.vehicles.component import Component, Orientation
from transport.vehicles.transport import Transport

_HYDRAULIC_TYRES_PER_AXLE = 4


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
    cargo_t = component.mass_t * how.pieces
    width_m, height_m = component.size_m(how.orientation)
    out_m = trailer.pulled_out_m(component.length_m)
    middle_m = _middle(component, trailer, out_m, how)
    kingpin_t, trailer_axles_t = trailer_supports(trailer, cargo_t, middle_m, out_m)
    axle_loads_t = tractor_axles(tractor, kingpin_t) + trailer_axles_t
    _refuse_impossible(cargo_t, tractor, trailer, kingpin_t, axle_loads_t)
    spacings_m = (
        *tractor.spacings_m,
        tractor.kingpin_m + trailer.first_axle_m + out_m - sum(tractor.spacings_m),
        *trailer.spacings_m,
    )
    front_m = tractor.front_m + tractor.kingpin_m
    deck_end_m = trailer.deck_length_m + out_m - trailer.kingpin_m
    load_end_m = middle_m + component.length_m / 2
    _refuse_outside_deck(component, trailer, width_m, round(load_end_m - deck_end_m, 3))
    return Transport(
        height_m=round(max(tractor.height_m, trailer.deck_height_m + height_m * how.pieces), 3),
        width_m=max(tractor.width_m, trailer.width_m, width_m),
        length_m=round(front_m + max(deck_end_m, load_end_m), 3),
        mass_t=round(tractor.kerb_mass_t + trailer.kerb_mass_t + cargo_t, 6),
        axle_loads_t=tuple(round(load_t, 6) for load_t in axle_loads_t),
        axle_spacings_m=tuple(round(gap, 3) for gap in spacings_m),
        drive_axles=tractor.drive_axles,
        trailer_kind=trailer.kind,
        axles_per_line=trailer.axles_per_line,
        tyres_per_axle=_tyres(tractor, trailer),
        pieces=how.pieces,
        indivisible=True,
        material=component.material,
        axle_group_sizes=(
            tractor.axle_count - tractor.drive_axles,
            tractor.drive_axles,
            trailer.axle_count,
        ),
        tractor_axles=tractor.axle_count,
        full_trailer=False,
    )


def trailer_supports(
    trailer: Trailer, cargo_t: float, middle_m: float, pulled_out_m: float = 0.0
) -> tuple[float, tuple[float, ...]]:
    """Return the kingpin load and the load of every trailer axle, in tonnes.

    `middle_m` is measured from the kingpin back. The empty trailer's own mass sits in the middle
    of its deck.
    """
    bogie_m = trailer.first_axle_m + pulled_out_m + _middle_of(trailer.spacings_m)
    own_m = (trailer.deck_length_m + pulled_out_m) / 2 - trailer.kingpin_m
    bogie_t = (cargo_t * middle_m + trailer.kerb_mass_t * own_m) / bogie_m
    kingpin_t = cargo_t + trailer.kerb_mass_t - bogie_t
    return kingpin_t, (bogie_t / trailer.axle_count,) * trailer.axle_count


def tractor_axles(tractor: Tractor, kingpin_t: float) -> tuple[float, ...]:
    """Return the load of every tractor axle under a kingpin load, in tonnes."""
    steered = tractor.axle_count - tractor.drive_axles
    positions = (0.0, *accumulate(tractor.spacings_m))
    front_m = sum(positions[:steered]) / steered
    rear_m = sum(positions[steered:]) / tractor.drive_axles
    rear_t = kingpin_t * (tractor.kingpin_m - front_m) / (rear_m - front_m)
    front_each = (tractor.kerb_front_t + kingpin_t - rear_t) / steered
    rear_each = (tractor.kerb_rear_t + rear_t) / tractor.drive_axles
    return (front_each,) * steered + (rear_each,) * tractor.drive_axles


def _middle(component: Component, trailer: Trailer, out_m: float, how: Placement) -> float:
    """Middle of the load behind the kingpin, as asked or as `Placement` says."""
    if how.middle_m is not None:
        return how.middle_m
    deck_m = trailer.deck_length_m + out_m
    return max(deck_m, component.length_m) / 2 - trailer.kingpin_m


def _middle_of(spacings_m: tuple[float, ...]) -> float:
    positions = (0.0, *accumulate(spacings_m))
    return sum(positions) / len(positions)


def _tyres(tractor: Tractor, trailer: Trailer) -> tuple[int, ...]:
    steered = tractor.axle_count - tractor.drive_axles
    return (
        (2,) * steered
        + (4,) * tractor.drive_axles
        + (_HYDRAULIC_TYRES_PER_AXLE,) * trailer.axle_count
    )


def _refuse_impossible(
    cargo_t: float,
    tractor: Tractor,
    trailer: Trailer,
    kingpin_t: float,
    axle_loads_t: tuple[float, ...],
) -> None:
    faults = []
    if cargo_t > trailer.payload_t:
        faults.append(
            FieldFault(
                "trailer",
                f"{cargo_t:g} t is more than the {trailer.payload_t:g} t that {trailer.code} "
                "carries: choose a stronger trailer",
                "payload",
            )
        )
    towed_t = cargo_t + trailer.kerb_mass_t
    if tractor.towed_mass_t is not None and towed_t > tractor.towed_mass_t:
        faults.append(
            FieldFault(
                "tractor",
                f"{towed_t:g} t is more than the {tractor.towed_mass_t:g} t that {tractor.code} "
                "tows: choose a stronger tractor",
                "towed_mass",
            )
        )
    if kingpin_t < 0 or min(axle_loads_t) <= 0:
        faults.append(
            FieldFault(
                "load_position_m",
                "the load would lift the kingpin or an axle: move it towards the middle",
                "lifts",
            )
        )
    if faults:
        raise InvalidInputError(faults)


def _refuse_outside_deck(
    component: Component, trailer: Trailer, width_m: float, rear_m: float
) -> None:
    """Refuse what sticks out: far behind an open deck, or at all between frames."""
    if rear_m > trailer.overhang_m:
        message = (
            f"the load sticks out {rear_m:g} m behind {trailer.code}, more than "
            f"{trailer.overhang_m:g} m: choose a longer or extendable deck"
        )
        raise InvalidInputError([FieldFault("trailer", message, "overhang")])
    if trailer.inside_width_m is None:
        return
    if width_m > trailer.inside_width_m or component.length_m > trailer.longest_deck_m:
        message = (
            f"{trailer.code} takes pieces up to {trailer.longest_deck_m:g} m long and "
            f"{trailer.inside_width_m:g} m wide between its frames: choose an open deck"
        )
        raise InvalidInputError([FieldFault("trailer", message, "inside_width")])
