"""Planned routes, as `dajian route` prints them, as the document that `static/map.js` draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from webapp.page_context import hours, km, number
from webapp.plan_view import condition_text, obstacle_name, survey_text
from webapp.wording import say

Document = Mapping[str, Any]
Point = tuple[float, float]


def map_of_plan(
    plan: Document,
    *,
    origin: tuple[str, Point | None],
    destination: tuple[str, Point | None],
) -> dict[str, Any]:
    """Return the routes of an answer, their structures, survey tasks, blockers and both ends."""
    document = map_of_routes(plan["routes"], origin=origin, destination=destination)
    stopping = plan["blockers"] or plan.get("fastest_blockers", ())
    document["points"] += [_blocker(blocker) for blocker in stopping]
    return document


def map_of_routes(
    routes: Sequence[Document],
    *,
    origin: tuple[str, Point | None],
    destination: tuple[str, Point | None],
) -> dict[str, Any]:
    """Return routes with what lies on the first one, and both ends."""
    first = routes[:1]
    return {
        "routes": [_route(place, route) for place, route in enumerate(routes, 1)],
        "points": [
            *_end("origin", gettext("From %(name)s", name=origin[0]), origin[1]),
            *_end("destination", gettext("To %(name)s", name=destination[0]), destination[1]),
            *(_structure(one) for route in first for one in route.get("structures", ())),
            *(
                {
                    "kind": "survey",
                    "outcome": "unknown",
                    "at": list(question["at"]),
                    "label": gettext("Survey needed"),
                    "text": survey_text(question["missing"]),
                }
                for route in first
                for question in route.get("unknowns", ())
            ),
        ],
    }


def _route(place: int, route: Document) -> dict[str, Any]:
    return {
        "id": str(place),
        "status": route["status"],
        "label": gettext(
            "Route %(number)s: %(status)s", number=place, status=say("route", route["status"])
        ),
        "text": f"{km(route['length_m'])} · {hours(route['duration_s'])}",
        "geometry": route["geometry"],
    }


def _end(kind: str, label: str, at: Point | None) -> list[dict[str, Any]]:
    return [] if at is None else [{"kind": kind, "at": list(at), "label": label}]


def _structure(one: Document) -> dict[str, Any]:
    words = [say("structure", one["kind"]), say("passability", one["outcome"])]
    if one.get("condition"):
        words.append(condition_text(one["condition"]))
    return {
        "kind": "structure",
        "outcome": one["outcome"],
        "at": list(one["at"]),
        "label": one["name"] or say("structure", one["kind"]),
        "text": " · ".join(words),
    }


def _blocker(blocker: Document) -> dict[str, Any]:
    text = say("limit", obstacle_name(blocker["kind"]))
    if blocker["unit"]:
        text = gettext(
            "Limit %(limit)s %(unit)s, exceeded by %(excess)s %(unit)s",
            limit=number(blocker["limit"]),
            excess=number(blocker["exceeds_by"]),
            unit=blocker["unit"],
        )
    return {
        "kind": "blocker",
        "outcome": "fail",
        "at": list(blocker["at"]),
        "label": blocker["name"] or text,
        "text": text,
    }
