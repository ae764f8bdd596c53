"""Names that begin with what somebody types, for fields that ask for a place."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from transport.network.gazetteer import gazetteer_of
from webapp.access import Role, current_services, for_role

blueprint = Blueprint("places", __name__)
_MOST = 20


@blueprint.get("/places.json")
@for_role(Role.ANYONE)
def beginning() -> dict[str, list[dict[str, Any]]]:
    """Answer with the places whose Chinese, pinyin or English name begins with `q`."""
    found = gazetteer_of(current_services().network()).beginning_with(
        request.args.get("q", "")[:100], _MOST
    )
    return {
        "places": [
            {
                "name": place.name,
                "name_en": place.name_en,
                "pinyin": place.pinyin,
                "kind": place.kind,
                "admin_code": place.admin_code,
                "lon": place.lon,
                "lat": place.lat,
            }
            for place in found
        ]
    }
