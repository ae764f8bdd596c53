"""A route plan as the document that `static/map.js` draws."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from transport.routing.route import Blocker, LonLat, Route, RoutePlan, StructureOnRoute
from webapp.page_context import hours, km, number
from webapp.wording import say


def map_of_plan(
    plan: RoutePlan, *, origin: tuple[str, LonLat], destination: tuple[str, LonLat]
) -> dict[str, Any]:
    """Return routes, their structures, survey tasks, blockers and both ends for the map."""
    document = map_of_routes(list(plan.routes), origin=origin, destination=destination)
    document["points"] += [_blocker(blocker) for blocker in plan.blockers]
    return document


def map_of_routes(
    routes: list[Route], *, origin: tuple[str, LonLat], destination: tuple[str, LonLat]
) -> dict[str, Any]:
    """Return routes with what lies on the first one, and both ends, for the map."""
    first = routes[:1]
    return {
        "routes": [_route(place, route) for place, route in enumerate(routes, 1)],
        "points": [
            _end("origin", *origin),
            _end("destination", *destination),
            *(_structure(one) for route in first for one in route.structures),
            *(
                {
                    "kind": "survey",
                    "outcome": "unknown",
                    "at": list(question.at),
                    "label": gettext("Survey needed"),
                    "text": question.survey,
                }
                for route in first
                for question in route.unknowns
            ),
        ],
    }


def _route(place: int, route: Route) -> dict[str, Any]:
    return {
        "id": str(place),
        "status": route.status.value,
        "label": gettext(
            "Route %(number)s: %(status)s", number=place, status=say("route", route.status)
        ),
        "text": f"{km(route.length_m)} · {hours(route.duration_s)}",
        "geometry": {"type": "LineString", "coordinates": [list(at) for at in route.geometry]},
    }


def _end(kind: str, name: str, at: LonLat) -> dict[str, Any]:
    label = (
        gettext("From %(name)s", name=name)
        if kind == "origin"
        else gettext("To %(name)s", name=name)
    )
    return {"kind": kind, "at": list(at), "label": label}


def _structure(one: StructureOnRoute) -> dict[str, Any]:
    return {
        "kind": "structure",
        "outcome": one.outcome,
        "at": list(one.at),
        "label": one.name or say("structure", one.kind),
        "text": " · ".join(
            part
            for part in (say("structure", one.kind), say("passability", one.outcome), one.condition)
            if part
        ),
    }


def _blocker(blocker: Blocker) -> dict[str, Any]:
    return {
        "kind": "blocker",
        "outcome": "fail",
        "at": list(blocker.at),
        "label": blocker.name or blocker.element,
        "text": gettext(
            "Limit %(limit)s %(unit)s, exceeded by %(excess)s %(unit)s",
            limit=number(blocker.limit),
            excess=number(blocker.exceeds_by),
            unit=blocker.unit,
        ),
    }
