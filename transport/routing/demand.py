"""What one transport demands of a road: five numbers, and which of them exceed the ordinary."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from transport.network.attributes import LimitKind
from transport.routing.passage_rules import PassageRules
from transport.vehicles.transport import Transport

# Sums of decimal fractions such as 4.4 + 0.1 must still equal a posted 4.5.
TOLERANCE = 1e-9


class Dimension(StrEnum):
    """Dimensions of a transport that a road can limit; the value is the name in JSON."""

    HEIGHT = "height_m"
    WIDTH = "width_m"
    LENGTH = "length_m"
    MASS = "mass_t"
    AXLE = "axle_load_t"

    @property
    def signed(self) -> LimitKind:
        """The posted limit of this dimension."""
        return _SIGNED[self]

    @property
    def physical(self) -> LimitKind | None:
        """The measured or assessed counterpart of the posted limit, where there is one."""
        return _PHYSICAL.get(self)


_SIGNED = {
    Dimension.HEIGHT: LimitKind.SIGNED_HEIGHT,
    Dimension.WIDTH: LimitKind.SIGNED_WIDTH,
    Dimension.LENGTH: LimitKind.SIGNED_LENGTH,
    Dimension.MASS: LimitKind.SIGNED_MASS,
    Dimension.AXLE: LimitKind.SIGNED_AXLE,
}
_PHYSICAL = {
    Dimension.HEIGHT: LimitKind.CLEAR_HEIGHT,
    Dimension.WIDTH: LimitKind.CLEAR_WIDTH,
    Dimension.MASS: LimitKind.RATED_MASS,
}


@dataclass(frozen=True, slots=True)
class Demand:
    """Size in metres, mass and largest axle load in tonnes; transports alike share one demand.

    `axle_load_t` is None where axle loads are not given. A hydraulic line counts as one axle,
    as on the sign.
    """

    height_m: float
    width_m: float
    length_m: float
    mass_t: float
    axle_load_t: float | None

    def value(self, dimension: Dimension) -> float | None:
        """Return the value of one dimension."""
        return {
            Dimension.HEIGHT: self.height_m,
            Dimension.WIDTH: self.width_m,
            Dimension.LENGTH: self.length_m,
            Dimension.MASS: self.mass_t,
            Dimension.AXLE: self.axle_load_t,
        }[dimension]

    def is_beyond_ordinary(self, dimension: Dimension, rules: PassageRules) -> bool:
        """Say whether this dimension needs a permit; equal to the limit does not."""
        ordinary = rules.ordinary
        if dimension is Dimension.AXLE and self.axle_load_t is None:
            return self.mass_t > ordinary.mass_t
        limit = {
            Dimension.HEIGHT: ordinary.height_m,
            Dimension.WIDTH: ordinary.width_m,
            Dimension.LENGTH: ordinary.length_m,
            Dimension.MASS: ordinary.mass_t,
            Dimension.AXLE: ordinary.axle_t,
        }[dimension]
        value = self.value(dimension)
        return value is not None and value > limit + TOLERANCE

    def is_over_limit(self, rules: PassageRules) -> bool:
        """Say whether any dimension is beyond the ordinary."""
        return any(self.is_beyond_ordinary(dimension, rules) for dimension in Dimension)

    def with_value(self, dimension: Dimension, value: float) -> Demand:
        """Return the demand with one dimension changed; axle loads shrink with the mass."""
        if dimension is Dimension.MASS and self.axle_load_t is not None:
            axle_load_t = self.axle_load_t * value / self.mass_t
            return replace(self, mass_t=value, axle_load_t=axle_load_t)
        if dimension is Dimension.HEIGHT:
            return replace(self, height_m=value)
        if dimension is Dimension.WIDTH:
            return replace(self, width_m=value)
        if dimension is Dimension.LENGTH:
            return replace(self, length_m=value)
        if dimension is Dimension.MASS:
            return replace(self, mass_t=value)
        return replace(self, axle_load_t=value)


def demand_of(transport: Transport) -> Demand:
    """Return what a transport demands of the road."""
    return Demand(
        height_m=transport.height_m,
        width_m=transport.width_m,
        length_m=transport.length_m,
        mass_t=transport.mass_t,
        axle_load_t=transport.largest_axle_load_t,
    )
