"""Say a route plan in the contract's words: the JSON document of `dajian route`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from transport.routing.envelope import Envelope
from transport.routing.route import (
    Blocker,
    Hold,
    Leg,
    OpenQuestion,
    RestrictionOnRoute,
    Route,
    RoutePlan,
    StructureOnRoute,
    Unlocking,
)
from transport.rules.findings import Finding

_EDGE = "edge:"


def plan_as_json(plan: RoutePlan) -> dict[str, Any]:
    """Return the whole answer as JSON values."""
    return {
        "status": plan.status.value,
        "routes": [route_as_json(route) for route in plan.routes],
        "blockers": [blocker_as_json(blocker) for blocker in plan.blockers],
        "fastest_blockers": [blocker_as_json(blocker) for blocker in plan.fastest_blockers],
        "unlocking": [_unlocking(change) for change in plan.unlocking],
        "network": {"id": plan.network_id, "built_at": plan.network_built_at},
        "points": [
            {
                "given": point.given,
                "lon": round(point.lon, 7),
                "lat": round(point.lat, 7),
                "converted_from": point.converted_from or None,
            }
            for point in plan.points
        ],
        "remarks": list(plan.remarks),
        "law_as_of": plan.law_as_of,
        "travel_at": plan.travel_at,
    }


def route_as_json(route: Route) -> dict[str, Any]:
    """Return one route as JSON values; `edges` and offsets let a toll be quoted from the file."""
    return {
        "status": route.status.value,
        "length_m": route.length_m,
        "duration_s": route.duration_s,
        "toll_yuan": route.toll_yuan,
        "toll_status": route.toll_status or None,
        "geometry": {
            "type": "LineString",
            "coordinates": [list(point) for point in route.geometry],
        },
        "legs": [_leg(leg) for leg in route.legs],
        "structures": [_structure(structure) for structure in route.structures],
        "findings": [_finding(finding) for finding in route.findings],
        "jurisdictions": [
            {
                "admin_code": part.admin_code,
                "name": part.name,
                "name_en": part.name_en,
                "length_m": part.length_m,
                "authorities": list(part.authorities),
                "bodies": list(part.bodies),
            }
            for part in route.jurisdictions
        ],
        "unknowns": [_question(question) for question in route.unknowns],
        "conditions": list(route.conditions),
        "restrictions": [_restriction(one) for one in route.restrictions],
        "certainty_m": dict(route.certainty_m),
        "edges": list(route.edges),
        "holds": [_hold(one) for one in route.holds],
        "departs_at": route.departs_at or None,
        "arrives_at": route.arrives_at or None,
        "start_offset_m": route.start_offset_m,
        "end_offset_m": route.end_offset_m,
    }


def envelope_as_json(envelope: Envelope) -> dict[str, Any]:
    """Return the envelope of a transport as JSON values.

    `blocker` is the first thing that stops more, `blockers` all of them.
    """
    answer: dict[str, Any] = {}
    for dimension, largest in envelope.largest.items():
        blockers = [blocker_as_json(one) for one in largest.blockers]
        answer[dimension.value] = {
            "largest": None if largest.value is None else round(largest.value, 3),
            "blocker": blockers[0] if blockers else None,
            "blockers": blockers,
        }
    answer["trade_off"] = [
        {
            "width_m": one.width_m,
            "height_m": one.height_m,
            "length_m_of_route": one.length_m_of_route,
        }
        for one in envelope.trade_off
    ]
    return answer


def blocker_as_json(blocker: Blocker) -> dict[str, Any]:
    """Return one blocker as JSON values."""
    return {
        "kind": blocker.kind,
        "hard": blocker.hard,
        "at": list(blocker.at),
        **_element(blocker.element),
        "name": blocker.name,
        "limit": blocker.limit,
        "value": blocker.value,
        "gap_m": blocker.gap_m,
        "exceeds_by": blocker.exceeds_by,
        "unit": blocker.unit,
        "source": blocker.source,
        "certainty": blocker.certainty,
        "issued_by": blocker.issued_by,
        "place": blocker.place,
    }


def _element(element: str) -> dict[str, Any]:
    if element.startswith(_EDGE):
        return {"edge": int(element.removeprefix(_EDGE))}
    return {"structure": element}


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "ref": leg.ref,
        "name": leg.name,
        "length_m": leg.length_m,
        "class": leg.road_class,
        "owner": leg.owner,
        "admin_code": leg.admin_code,
        "urban": leg.urban,
        "instruction": leg.instruction,
        "instruction_en": leg.instruction_en,
        "at": leg.at or None,
        "from_km": leg.from_km,
        "to_km": leg.to_km,
        "from_chainage_km": leg.from_chainage_km,
        "to_chainage_km": leg.to_chainage_km,
    }


def _structure(structure: StructureOnRoute) -> dict[str, Any]:
    return {
        "id": structure.id,
        "kind": structure.kind,
        "name": structure.name,
        "at": list(structure.at),
        "chainage_km": structure.chainage_km,
        "outcome": structure.outcome,
        "limit": structure.limit,
        "value": structure.value,
        "margin": structure.margin,
        "clause": structure.clause,
        "condition": structure.condition,
        "road_ref": structure.road_ref or None,
        "road_km": structure.road_km,
        "stake": structure.stake or None,
        "certainty": structure.certainty,
        "source": structure.source,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "value": finding.value,
        "limit": finding.limit,
        "clause": finding.clause,
        "status": finding.status.value,
    }


def _question(question: OpenQuestion) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "at": list(question.at),
        **_element(question.element),
        "missing": list(question.missing),
        "survey": question.survey,
    }


def _restriction(one: RestrictionOnRoute) -> dict[str, Any]:
    return {**asdict(one), "at": list(one.at)}


def _hold(one: Hold) -> dict[str, Any]:
    return {
        "place": one.place or None,
        "at": list(one.at),
        "chainage_km": one.chainage_km,
        "arrive_at": one.arrive_at,
        "leave_at": one.leave_at,
        "wait_s": one.wait_s,
        "because": {
            "restriction": one.restriction,
            "reason": one.reason,
            "issued_by": one.issued_by,
        },
    }


def _unlocking(unlocking: Unlocking) -> dict[str, Any]:
    return {
        "change": dict(unlocking.change),
        "means": unlocking.means or None,
        "opens": {
            "length_m": round(unlocking.length_m, 1),
            "duration_s": round(unlocking.duration_s, 1),
        },
    }
