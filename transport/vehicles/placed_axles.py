"""Every axle of a placed load with its place and loads, and how much of its limits is used."""

from __future__ import annotations

from collections.abc import Iterator

from transport.vehicles.combination import Combination
from transport.vehicles.placed_load import PlacedAxle, Unit, Utilisation
from transport.vehicles.statics import HalfSets, Reactions, positions_of


def utilisations(
    combination: Combination, arrangement_t: float, reactions: Reactions, out_m: float = 0.0
) -> tuple[Utilisation, ...]:
    """Return how much of every limit the makers state is used."""
    tractor, trailer, jeep = combination.tractor, combination.trailer, combination.jeep
    steered = tractor.steered_axles
    towed_t = arrangement_t + combination.kerb_mass_t - tractor.kerb_mass_t
    deck = tractor.deck
    own_t = deck.payload_t if deck else None
    payload_t = trailer.payload_at_t(out_m) if trailer else own_t
    rows: list[tuple[str, float, float | None]] = [
        ("payload", arrangement_t, payload_t),
        ("front_axle", reactions.tractor_t[0], tractor.front_axle_t),
        ("drive_axle", reactions.tractor_t[steered], tractor.drive_axle_t),
    ]
    if trailer is not None:
        each_t = max(reactions.trailer_t) / trailer.axles_per_line
        rows += [
            ("towed_mass", towed_t, tractor.towed_mass_t),
            ("fifth_wheel", reactions.tractor_coupling_t, tractor.fifth_wheel_t),
            ("kingpin", reactions.kingpin_t, trailer.kingpin_t),
            ("trailer_axle", each_t, trailer.axle_t),
        ]
    if jeep is not None:
        rows += [
            ("jeep_coupling", reactions.kingpin_t, jeep.carries_t),
            ("jeep_axle", max(reactions.jeep_t), jeep.axle_t),
        ]
    return tuple(Utilisation(name, value, most) for name, value, most in rows if most)


def placed_axles(
    combination: Combination, reactions: Reactions, out_m: float
) -> tuple[PlacedAxle, ...]:
    """Return every axle with its place and its loads."""
    places = positions_of(combination, out_m)
    nose_m = combination.tractor.front_m
    return tuple(
        PlacedAxle(
            unit,
            round(nose_m + at, 3),
            load,
            tyres,
            axles,
            track_m,
            driven,
            steered,
            left_t,
            right_t,
        )
        for at, (unit, load, tyres, axles, track_m, driven, steered, left_t, right_t) in zip(
            places, _axle_facts(combination, reactions), strict=True
        )
    )


_Facts = tuple[Unit, float, int, int, float, bool, bool, float, float]


def _axle_facts(combination: Combination, reactions: Reactions) -> Iterator[_Facts]:
    tractor, jeep, trailer = combination.tractor, combination.jeep, combination.trailer
    steered = tractor.steered_axles
    for number, load in enumerate(reactions.tractor_t):
        driven = number >= steered
        tyres = tractor.tyres_per_axle[number]
        half = load / 2
        yield Unit.TRACTOR, load, tyres, 1, tractor.track_m, driven, not driven, half, half
    if jeep is not None:
        for load, tyres in zip(reactions.jeep_t, jeep.tyres_per_axle, strict=True):
            yield Unit.JEEP, load, tyres, 1, jeep.track_m, False, False, load / 2, load / 2
    if trailer is not None:
        halves: HalfSets = reactions.halves
        steers = trailer.rear_steer_factor > 0
        for number, load in enumerate(reactions.trailer_t):
            yield (
                Unit.TRAILER,
                load,
                trailer.tyres_per_axle[number] * trailer.axles_per_line,
                trailer.axles_per_line,
                trailer.half_sets_m if trailer.axles_per_line > 1 else trailer.track_m,
                False,
                steers,
                halves.left_t[number],
                halves.right_t[number],
            )
