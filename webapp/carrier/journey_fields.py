"""The fields of places, days and contact."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from transport.permits.application import Application

JOURNEY_LABELS = {
    "origin": _l("From"),
    "destination": _l("Site"),
    "via": _l("By way of"),
    "starts_on": _l("First day of travel"),
    "ends_on": _l("Last day of travel"),
    "contact_name": _l("Contact person"),
    "contact_phone": _l("Telephone"),
    "escort_vehicles": _l("Escort vehicles"),
    "remarks": _l("Remarks"),
    "plan": _l("Plan permit for several trips"),
}


def journey_values(application: Application) -> dict[str, Any]:
    """Return places, days and contact as the values of their fields."""
    way, travel = application.itinerary, application.travel
    return {
        "origin": way.origin,
        "destination": way.destination,
        "via": "，".join(way.via),
        "starts_on": travel.starts_on.isoformat(),
        "ends_on": travel.ends_on.isoformat(),
        "contact_name": application.contact.name,
        "contact_phone": application.contact.phone,
        "escort_vehicles": application.escort_vehicles,
        "remarks": application.remarks,
        "plan": "1" if application.plan else "",
    }
