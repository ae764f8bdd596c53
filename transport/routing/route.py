"""Results of planning: routes with legs, structures, open questions; blockers and what unlocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
    """A stretch of one road under one owner in one county."""

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


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A county on the route and which kinds of authority act there."""

    admin_code: str
    name: str
    length_m: float
    authorities: tuple[str, ...]


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
    """A limit that stops this transport on the least-violating route."""

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


@dataclass(frozen=True, slots=True)
class Unlocking:
    """A change of the load that opens a route, with that route's length and time."""

    change: tuple[tuple[str, float], ...]
    length_m: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class Route:
    """One route from origin to destination; `edges` are edge numbers of the network."""

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


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """The whole answer: status, routes best first, blockers, unlocking changes."""

    status: RouteStatus
    routes: tuple[Route, ...]
    blockers: tuple[Blocker, ...]
    unlocking: tuple[Unlocking, ...]
    network_id: str
    network_built_at: str
    law_as_of: str
    travel_at: str
