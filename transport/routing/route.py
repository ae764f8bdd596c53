"""Results of planning: routes with legs, structures, open questions; blockers and what unlocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.network.naming import NamedPoint
from transport.rules.findings import Finding

LonLat = tuple[float, float]


class RouteStatus(StrEnum):
    """Words for routes, best first."""

    FEASIBLE = "feasible"
    CONDITIONAL = "conditional"
    UNKNOWN = "unknown"
    INFEASIBLE = "infeasible"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of one road under one owner in one county.

    `at` names the junction or toll station where it begins, where one is on record there.
    `from_km` counts from the origin, `from_chainage_km` along the road by its posts, where known.
    """

    ref: str
    name: str
    length_m: float
    road_class: str
    owner: str
    admin_code: str
    urban: bool
    instruction: str
    from_km: float
    to_km: float
    instruction_en: str = ""
    at: str = ""
    from_chainage_km: float | None = None
    to_chainage_km: float | None = None


@dataclass(frozen=True, slots=True)
class StructureOnRoute:
    """A structure in the order of travel, with its outcome for this transport."""

    id: str
    kind: str
    name: str
    at: LonLat
    chainage_km: float
    outcome: str
    limit: float | None
    value: float | None
    margin: float | None
    clause: str
    condition: str
    certainty: str
    source: str
    road_ref: str = ""
    road_km: float | None = None
    stake: str = ""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A county on the route and which kinds of authority act there."""

    admin_code: str
    name: str
    length_m: float
    authorities: tuple[str, ...]
    name_en: str = ""
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something unknown on the route: a survey task."""

    kind: str
    at: LonLat
    element: str
    missing: tuple[str, ...]
    survey: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """A limit that stops this transport on the least-violating route.

    `exceeds_by` is how much smaller the value has to be: it includes the gap that must remain,
    `gap_m`. A restriction for a time has its reason as `source`, who ordered it as `issued_by` and
    where it applies, in words, as `place`; `at` is then the middle of the part that is driven.
    `element` is a structure's id or `edge:` with its number.
    """

    kind: str
    hard: bool
    at: LonLat
    element: str
    name: str
    limit: float
    value: float
    exceeds_by: float
    unit: str
    source: str
    certainty: str
    gap_m: float = 0.0
    issued_by: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class RestrictionOnRoute:
    """A restriction for a time that does not simply let the transport pass on a route.

    `from_km` and `to_km` are where the route drives through it, `place` is where it applies in
    words; `window` are its hours where the day has others.
    """

    id: str
    kind: str
    outcome: str
    at: LonLat
    from_km: float
    to_km: float
    place: str
    reason: str
    issued_by: str
    lanes: str
    window: str


@dataclass(frozen=True, slots=True)
class Unlocking:
    """A change of the load that opens a route, with that route's length and time.

    `means` is a word for another trailer or position of the load; empty where sizes just shrink.
    """

    change: tuple[tuple[str, float], ...]
    length_m: float
    duration_s: float
    means: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A wait for the end of a restriction's hours; without `place` it is at the origin.

    Times are ISO 8601 with offset; `chainage_km` counts from the origin.
    """

    place: str
    at: LonLat
    chainage_km: float
    arrive_at: str
    leave_at: str
    wait_s: float
    restriction: str
    reason: str
    issued_by: str


@dataclass(frozen=True, slots=True)
class Route:
    """One route from origin to destination; `edges` are edge numbers of the network.

    The first edge is driven from `start_offset_m`, the last one up to `end_offset_m`. `conditions`
    are codes such as `verify:clear_height_m`, `small_gap:clear_width_m`, `axle_loads_missing`.
    """

    status: RouteStatus
    length_m: float
    duration_s: float
    toll_yuan: str | None
    edges: tuple[int, ...]
    geometry: tuple[LonLat, ...]
    legs: tuple[Leg, ...]
    structures: tuple[StructureOnRoute, ...]
    findings: tuple[Finding, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    unknowns: tuple[OpenQuestion, ...]
    conditions: tuple[str, ...]
    certainty_m: tuple[tuple[str, float], ...]
    start_offset_m: float = 0.0
    end_offset_m: float = 0.0
    toll_status: str = ""
    restrictions: tuple[RestrictionOnRoute, ...] = ()
    holds: tuple[Hold, ...] = ()
    departs_at: str = ""
    arrives_at: str = ""


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """The whole answer: status, routes best first, blockers, unlocking changes.

    `fastest_blockers` is what keeps the transport from the fastest road, where a way was found.
    `points` are the origin, the stops and the destination as they were understood.
    """

    status: RouteStatus
    routes: tuple[Route, ...]
    blockers: tuple[Blocker, ...]
    unlocking: tuple[Unlocking, ...]
    network_id: str
    network_built_at: str
    law_as_of: str
    travel_at: str
    fastest_blockers: tuple[Blocker, ...] = ()
    points: tuple[NamedPoint, ...] = ()
    remarks: tuple[str, ...] = ()
