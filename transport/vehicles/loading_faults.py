"""Why a load cannot be placed: too heavy for the makers, lifting an axle, or no room."""

from __future__ import annotations

from collections.abc import Iterator

from transport.errors import FieldFault
from transport.vehicles.arranging import Arrangement
from transport.vehicles.beds import Bed
from transport.vehicles.combination import Combination, Coupling, Trailer
from transport.vehicles.statics import Reactions


def mass_faults(
    combination: Combination, arrangement: Arrangement, pulled_out_m: float = 0.0
) -> Iterator[FieldFault]:
    """Yield where the load is heavier than the makers allow."""
    cargo_t = arrangement.mass_t
    tractor, trailer = combination.tractor, combination.trailer
    if trailer is None:
        deck = tractor.deck
        if deck is not None and cargo_t > deck.payload_t:
            yield FieldFault(
                "tractor",
                f"{cargo_t:g} t is more than the {deck.payload_t:g} t that {tractor.code} "
                "carries: choose a stronger truck",
                "payload",
                _more_than(cargo_t, deck.payload_t, "t"),
            )
        return
    payload_t = trailer.payload_at_t(pulled_out_m)
    if cargo_t > payload_t:
        state = " pulled out" if payload_t < trailer.payload_t else ""
        yield FieldFault(
            "trailer",
            f"{cargo_t:g} t is more than the {payload_t:g} t that {trailer.code} "
            f"carries{state}: choose a stronger trailer",
            "payload",
            _more_than(cargo_t, payload_t, "t"),
        )
    towed_t = cargo_t + combination.kerb_mass_t - tractor.kerb_mass_t
    if tractor.towed_mass_t is not None and towed_t > tractor.towed_mass_t:
        yield FieldFault(
            "tractor",
            f"{towed_t:g} t is more than the {tractor.towed_mass_t:g} t that {tractor.code} "
            "tows: choose a stronger tractor",
            "towed_mass",
            _more_than(towed_t, tractor.towed_mass_t, "t"),
        )


def lifting_faults(reactions: Reactions) -> Iterator[FieldFault]:
    """Yield where the kingpin or an axle would be lifted."""
    if min(reactions.kingpin_t, reactions.tractor_coupling_t) < 0 or (
        min(reactions.axle_loads_t) <= 0
    ):
        yield FieldFault(
            "load_position_m",
            "the load would lift the kingpin or an axle: move it towards the middle",
            "lifts",
        )


def space_faults(
    combination: Combination, arrangement: Arrangement, bed: Bed, middle_m: float
) -> Iterator[FieldFault]:
    """Yield where the load sticks out too far, or cannot lie there at all."""
    trailer = combination.trailer
    code = (trailer or combination.tractor).code
    unit = "trailer" if trailer else "tractor"
    if trailer is not None and trailer.coupling is Coupling.BOLSTERS:
        yield from _girder_faults(trailer, arrangement, bed)
        return
    begin, end = arrangement.span_m
    rear_m = round(middle_m + end - bed.end_m, 3)
    ahead_m = round(bed.usable_from_m - middle_m - begin, 3)
    if rear_m > bed.overhang_m:
        message = (
            f"the load sticks out {rear_m:g} m behind {code}, more than "
            f"{bed.overhang_m:g} m: choose a longer or extendable deck"
        )
        yield FieldFault(unit, message, "overhang", _more_than(rear_m, bed.overhang_m, "m"))
    most_m = 0.0 if bed.usable_from_m > bed.front_m else bed.front_overhang_m
    if ahead_m > round(most_m, 3):
        message = (
            f"the load begins {ahead_m:g} m in front of the deck of {code}, more than "
            f"{most_m:g} m: move it back"
        )
        numbers = _more_than(ahead_m, most_m, "m")
        yield FieldFault("load_position_m", message, "front_overhang", numbers)
    yield from _support_faults(code, unit, arrangement, bed, middle_m)
    if trailer is None:
        return
    left_m, right_m = arrangement.sides_m
    widest_m = trailer.widest_m
    if widest_m is not None and right_m - left_m > widest_m:
        message = f"{code} takes loads up to {widest_m:g} m wide: choose a wider deck"
        numbers = _more_than(right_m - left_m, widest_m, "m")
        yield FieldFault("trailer", message, "widest", numbers)
    if trailer.inside_width_m is not None and (
        right_m - left_m > trailer.inside_width_m or arrangement.length_m > trailer.longest_deck_m
    ):
        numbers = _more_than(right_m - left_m, trailer.inside_width_m, "m")
        if right_m - left_m <= trailer.inside_width_m:
            numbers = _more_than(arrangement.length_m, trailer.longest_deck_m, "m")
        message = (
            f"{code} takes pieces up to {trailer.longest_deck_m:g} m long and "
            f"{trailer.inside_width_m:g} m wide between its frames: choose an open deck"
        )
        yield FieldFault("trailer", message, "inside_width", numbers)


def _support_faults(
    code: str, unit: str, arrangement: Arrangement, bed: Bed, middle_m: float
) -> Iterator[FieldFault]:
    """Yield where a piece would be supported outside the deck, or elsewhere than it must."""
    if arrangement.supports_m is None:
        return
    first, last = arrangement.supports_m
    ahead_m = round(bed.usable_from_m - middle_m - first, 3)
    behind_m = round(middle_m + last - bed.end_m, 3)
    if round(last - first - (bed.end_m - bed.usable_from_m), 3) > 0:
        message = (
            f"its supports are {last - first:g} m apart, more than the deck of {code} is long: "
            "choose a longer or extendable deck"
        )
        numbers = _more_than(last - first, bed.end_m - bed.usable_from_m, "m")
        yield FieldFault(unit, message, "supports", numbers)
    elif max(ahead_m, behind_m) > 0:
        message = f"a support of the piece stands outside the deck of {code}: move the load"
        yield FieldFault("load_position_m", message, "supports")


def _girder_faults(trailer: Trailer, arrangement: Arrangement, bed: Bed) -> Iterator[FieldFault]:
    """Yield why a piece cannot be the frame between two bolsters."""
    pieces = arrangement.stows
    if len(pieces) != 1 or not pieces[0].component.carries_itself:
        message = f"{trailer.code} carries one piece that is its own frame: choose a deck"
        yield FieldFault("trailer", message, "not_a_frame")
        return
    length_m = pieces[0].component.length_m
    if length_m < bed.end_m or length_m - bed.end_m > 2 * trailer.overhang_m:
        message = (
            f"{trailer.code} takes girders of {trailer.deck_length_m:g} to "
            f"{trailer.longest_deck_m + 2 * trailer.overhang_m:g} m: this one is {length_m:g} m"
        )
        most_m = trailer.longest_deck_m + 2 * trailer.overhang_m
        least_m = trailer.deck_length_m
        numbers = _more_than(length_m, most_m if length_m > most_m else least_m, "m")
        yield FieldFault("trailer", message, "girder_length", numbers)


def _more_than(value: float, limit: float, unit: str) -> tuple[tuple[str, str], ...]:
    """Return what is exceeded as parameters of a fault."""
    return ("value", f"{value:g}"), ("limit", f"{limit:g}"), ("unit", unit)
