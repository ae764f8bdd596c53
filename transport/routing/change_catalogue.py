"""What a carrier may change of a transport: another trailer, the load turned, less of two sizes.

The figures are choices of this product, usual in the trade, not law: the answer says by how much
each size changes, and the changed transport is judged like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transport.routing.demand import Demand, Dimension

Change = tuple[tuple[Dimension, float], ...]
# The deck that a load on a usual low-bed trailer stands on.
USUAL_DECK_M = 1.0


@dataclass(frozen=True, slots=True)
class Means:
    """A change of vehicle or position: its word, and what it does to the sizes.

    Of one family, the first that opens a way is the smallest; the others change more of the same.
    """

    word: str
    change: Change
    family: str


# Steps in which two sizes are made smaller together, smallest first.
STEPS: dict[Dimension, tuple[float, ...]] = {
    Dimension.HEIGHT: (0.05, 0.1, 0.2, 0.3, 0.5),
    Dimension.WIDTH: (0.1, 0.25, 0.5, 0.75, 1.0),
    Dimension.LENGTH: (1.0, 2.0, 4.0, 6.0),
    Dimension.MASS: (2.0, 5.0, 10.0, 20.0),
    Dimension.AXLE: (0.5, 1.0, 2.0, 4.0),
}
PAIRS = (
    (Dimension.HEIGHT, Dimension.WIDTH),
    (Dimension.HEIGHT, Dimension.MASS),
    (Dimension.WIDTH, Dimension.MASS),
    (Dimension.HEIGHT, Dimension.LENGTH),
    (Dimension.WIDTH, Dimension.LENGTH),
    (Dimension.LENGTH, Dimension.MASS),
    (Dimension.HEIGHT, Dimension.AXLE),
    (Dimension.WIDTH, Dimension.AXLE),
)


def means_for(demand: Demand) -> Iterator[Means]:
    """Yield the changes of trailer and position that apply to a transport.

    An extra-low trailer lowers the load; one more axle spreads the mass; hydraulic lines spread it
    further, but are longer and heavier; a load laid on its side swaps height and width.
    """
    yield Means("low_deck_trailer", ((Dimension.HEIGHT, -0.25),), "deck")
    extra_low: Change = ((Dimension.HEIGHT, -0.45), (Dimension.LENGTH, 1.5))
    yield Means("extra_low_deck_trailer", extra_low, "deck")
    if demand.axle_load_t is not None:
        for word, share, heavier_t, longer_m, lower_m in (
            ("one_more_axle", 0.87, 1.5, 1.3, 0.0),
            ("two_more_axles", 0.77, 3.0, 2.6, 0.0),
            ("hydraulic_lines", 0.6, 8.0, 4.0, 0.1),
        ):
            yield Means(
                word,
                (
                    (Dimension.MASS, heavier_t),
                    (Dimension.AXLE, round(demand.axle_load_t * (share - 1), 3)),
                    (Dimension.LENGTH, longer_m),
                    *(((Dimension.HEIGHT, -lower_m),) if lower_m else ()),
                ),
                "axles",
            )
    cargo_m = demand.height_m - USUAL_DECK_M
    if cargo_m > 0 and demand.width_m + USUAL_DECK_M != demand.height_m:
        yield Means(
            "laid_on_its_side",
            (
                (Dimension.HEIGHT, round(demand.width_m - cargo_m, 3)),
                (Dimension.WIDTH, round(cargo_m - demand.width_m, 3)),
            ),
            "position",
        )


def catalogue(demand: Demand) -> Iterator[Change]:
    """Yield every change in steps and by other means that is looked at for a transport."""
    for first, second in PAIRS:
        for one in STEPS[first]:
            yield from (((first, -one), (second, -other)) for other in STEPS[second])
    yield from (means.change for means in means_for(demand))


def changed(demand: Demand, change: Change) -> Demand:
    """Return the demand after a change; a smaller mass alone shrinks the axle loads with it."""
    if dict(change).get(Dimension.MASS, 0.0) < 0 and Dimension.AXLE not in dict(change):
        by = dict(change)[Dimension.MASS]
        demand = demand.with_value(Dimension.MASS, round(demand.mass_t + by, 6))
        change = tuple(one for one in change if one[0] is not Dimension.MASS)
    values = {dimension: demand.value(dimension) for dimension in Dimension}
    for dimension, by in change:
        value = values[dimension]
        if value is not None:
            values[dimension] = round(value + by, 6)
    return Demand(
        height_m=values[Dimension.HEIGHT] or 0.0,
        width_m=values[Dimension.WIDTH] or 0.0,
        length_m=values[Dimension.LENGTH] or 0.0,
        mass_t=values[Dimension.MASS] or 0.0,
        axle_load_t=values[Dimension.AXLE],
    )
