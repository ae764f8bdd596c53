"""A delivery plan as an iCalendar file (RFC 5545): an entry a trip, for phones and offices."""

from __future__ import annotations

from datetime import UTC, datetime

from flask_babel import gettext

from transport.scheduling.delivery_plan import DeliveryPlan

_LINE_BYTES = 73


def calendar_of(plan: DeliveryPlan) -> str:
    """Return the file; an entry keeps its number through every version of the plan."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dajian//delivery plan//ZH"]
    for one in plan.trips:
        told = gettext(
            "Load %(load)s: %(origin)s → %(destination)s",
            load=one.load,
            origin=one.origin,
            destination=one.destination,
        )
        lines += [
            "BEGIN:VEVENT",
            f"UID:{plan.project_id}-{one.load}@dajian",
            f"SEQUENCE:{plan.number}",
            f"DTSTAMP:{_moment(plan.made_at)}",
            f"DTSTART:{_moment(one.loads_at)}",
            f"DTEND:{_moment(one.returns_at)}",
            f"SUMMARY:{_escaped(told)}",
            f"LOCATION:{_escaped(one.destination)}",
            f"DESCRIPTION:{_escaped(one.truck)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a long line between characters, as the format asks."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > _LINE_BYTES:
            parts.append(part)
            part = " "
        part += sign
    return "\r\n".join((*parts, part))
