"""The planned route of a case as the document that `static/map.js` draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from transport.permits.case import Case
from webapp.page_context import hours, km
from webapp.wording import say


def map_of_case(case: Case) -> dict[str, Any]:
    """Return the route with structures, survey tasks and both ends.

    Limits of structures stand in the table for those who decide, never on the map.
    """
    contract, places = case.application.route.contract, case.application.itinerary
    line = contract.get("geometry") or {}
    spots = line.get("coordinates") or []
    if not spots:
        return {"routes": [], "points": []}
    route = {
        "id": "1",
        "status": case.application.route.status,
        "label": say("route", case.application.route.status),
        "text": f"{km(contract.get('length_m'))} · {hours(contract.get('duration_s'))}",
        "geometry": line,
    }
    ends = [
        {
            "kind": "origin",
            "at": spots[0],
            "label": gettext("From %(name)s", name=places.origin),
        },
        {
            "kind": "destination",
            "at": spots[-1],
            "label": gettext("To %(name)s", name=places.destination),
        },
    ]
    structures = [_structure(one) for one in contract.get("structures", ())]
    surveys = [
        {
            "kind": "survey",
            "outcome": "unknown",
            "at": one["at"],
            "label": gettext("Survey needed"),
            "text": one.get("survey", ""),
        }
        for one in contract.get("unknowns", ())
        if one.get("at")
    ]
    return {"routes": [route], "points": [*ends, *structures, *surveys]}


def _structure(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = say("structure", one.get("kind", ""))
    outcome = str(one.get("outcome", "unknown"))
    parts = (kind, say("passability", outcome), one.get("condition", ""))
    return {
        "kind": "structure",
        "outcome": outcome,
        "at": one["at"],
        "label": one.get("name") or kind,
        "text": " · ".join(part for part in parts if part),
    }
