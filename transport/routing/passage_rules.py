"""What a transport needs of a road: ordinary limits, gaps, and which posted limits are liftable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transport.network.attributes import LimitKind, RoadClass, StructureKind
from transport.network.closures import InForce
from transport.regulations.law import Law
from transport.rules.expressways import check_expressway
from transport.rules.findings import Outcome
from transport.rules.over_limit import gross_mass_limit
from transport.vehicles.transport import Transport

# The standard speaks of highways; a city road keeps the gap of the highway that it resembles, and
# what is below class 4 that of class 4.
_HIGHWAY_LIKE = {
    RoadClass.EXPRESSWAY: "expressway",
    RoadClass.CLASS_1: "class_1",
    RoadClass.CLASS_2: "class_2",
    RoadClass.CLASS_3: "class_3",
    RoadClass.URBAN_EXPRESSWAY: "class_1",
    RoadClass.URBAN_ARTERIAL: "class_2",
    RoadClass.URBAN_SECONDARY: "class_3",
}
_LOWEST = "class_4"
_SIGNED = frozenset(
    {
        LimitKind.SIGNED_HEIGHT,
        LimitKind.SIGNED_WIDTH,
        LimitKind.SIGNED_LENGTH,
        LimitKind.SIGNED_MASS,
        LimitKind.SIGNED_AXLE,
    }
)
# A bridge carries what it was assessed for; beyond that a full verification decides.
_RATED_MASS_CLAUSE = "T2213 7.3"


@dataclass(frozen=True, slots=True)
class Gap:
    """Air that a load needs on one side or above it, in metres, with its clause."""

    mandatory_m: float
    recommended_m: float
    clause: str


@dataclass(frozen=True, slots=True)
class OrdinaryLimits:
    """Sizes in metres and masses in tonnes up to which this vehicle needs no permit."""

    height_m: float
    width_m: float
    length_m: float
    mass_t: float
    axle_t: float


@dataclass(frozen=True, slots=True)
class PassageRules:
    """Everything passability needs of the law, for one day and kind of vehicle.

    Hashable, so that results can be remembered by it. `lateral` is indexed by road class. A vehicle
    that is `barred_from_expressways`, or perhaps is, is never led there without a condition.
    `restrictions` are those of the network that are in force when the transport travels.
    """

    on: date
    ordinary: OrdinaryLimits
    lateral: tuple[Gap, ...]
    lateral_tunnel: Gap
    vertical: Gap
    vertical_tunnel: Gap
    liftable: frozenset[LimitKind]
    posted_clause: str
    rated_mass_clause: str
    barred_from_expressways: bool
    expressway_clause: str
    restrictions: tuple[InForce, ...] = ()

    def beside(self, road_class: RoadClass, structure: StructureKind | None = None) -> Gap:
        """Return the gap needed on each side."""
        tunnel = structure is StructureKind.TUNNEL
        return self.lateral_tunnel if tunnel else self.lateral[road_class]

    def above(self, structure: StructureKind | None = None) -> Gap:
        """Return the gap needed above the load."""
        return self.vertical_tunnel if structure is StructureKind.TUNNEL else self.vertical


def passage_rules(law: Law, day: date, transport: Transport) -> PassageRules:
    """Take the rules of a day for a transport from the law; raises NoLawInForceError."""
    gaps = law.passage_limits
    side, tunnel = gaps.lateral_recommended_m.on(day), gaps.lateral_tunnel_mandatory_m.on(day)
    must, should = gaps.vertical_mandatory_m.on(day), gaps.vertical_recommended_m.on(day)
    roof = gaps.vertical_tunnel_mandatory_m.on(day)
    liftable = law.signed_limits.may_be_lifted_by_consent.find(day)
    barred = [
        finding
        for finding in check_expressway(transport, law, day)
        if finding.outcome is not Outcome.WITHIN_LIMIT
    ]
    return PassageRules(
        on=day,
        ordinary=_ordinary(law, day, transport),
        lateral=tuple(
            Gap(0.0, side.value[_HIGHWAY_LIKE.get(road_class, _LOWEST)], side.clause)
            for road_class in RoadClass
        ),
        lateral_tunnel=Gap(tunnel.value, tunnel.value, tunnel.clause),
        vertical=Gap(must.value, should.value, must.clause),
        vertical_tunnel=Gap(roof.value, roof.value, roof.clause),
        liftable=_SIGNED if liftable is not None and liftable.value else frozenset(),
        posted_clause=law.signed_limits.bind_ordinary_vehicles.on(day).clause,
        rated_mass_clause=_RATED_MASS_CLAUSE,
        barred_from_expressways=bool(barred),
        expressway_clause=barred[0].clause if barred else "",
    )


def _ordinary(law: Law, day: date, transport: Transport) -> OrdinaryLimits:
    # Without axles the classification says that the mass limit is unknown; for the road the
    # largest one is taken, so that missing data of the vehicle opens no question on every bridge.
    sizes, mass = law.size_limits, gross_mass_limit(transport, law, day)
    return OrdinaryLimits(
        height_m=sizes.height_m.on(day).value,
        width_m=sizes.width_m.on(day).value,
        length_m=sizes.length_m.on(day).value,
        mass_t=(law.mass_limits.train_6_axles_t.on(day) if mass is None else mass).value,
        axle_t=law.permitted_axle_loads.drive_axle_dual_tyres_t.on(day).value,
    )
