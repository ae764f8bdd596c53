"""Time, route and speed of an act as form fields: read them, and fill them in beforehand."""

from __future__ import annotations

import re
from datetime import time

from werkzeug.datastructures import MultiDict

from transport.permits.decision import NO_TERMS, TimeWindow, TravelTerms
from webapp.fields import Fields

_WINDOW = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})\s*(.*)")
_LAST_HOUR, _LAST_MINUTE, _HIGHEST_SPEED = 23, 59, 120
_LONGEST, _LONGEST_CONDITION = 2000, 200


def read_terms(fields: Fields) -> TravelTerms:
    """Read the fields of the macro `travel_terms`; faults are noted in `fields`."""
    return TravelTerms(
        windows=_windows(fields),
        top_speed_km_h=_speed(fields, "top_speed_km_h"),
        bridge_speed_km_h=_speed(fields, "bridge_speed_km_h"),
        route_note=fields.text("route_note", required=False, longest=_LONGEST),
        conditions=_conditions(fields),
    )


def _conditions(fields: Fields) -> tuple[str, ...]:
    """Read what was ticked in the catalogue, then what was written, nothing twice."""
    form = fields.form
    ticked = form.getlist("catalogue") if isinstance(form, MultiDict) else []
    picked = [one.strip()[:_LONGEST_CONDITION] for one in ticked if one.strip()]
    return tuple(dict.fromkeys([*picked, *lines(fields, "conditions")]))


def lines(fields: Fields, field: str) -> tuple[str, ...]:
    """Read a text of one entry a line."""
    text = fields.text(field, required=False, longest=_LONGEST)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def terms_values(terms: TravelTerms = NO_TERMS) -> dict[str, object]:
    """Return the values that show these terms in the form."""
    windows = [
        f"{one.starts:%H:%M}-{one.ends:%H:%M}" + (f" {one.note}" if one.note else "")
        for one in terms.windows
    ]
    return {
        "windows": "\n".join(windows),
        "top_speed_km_h": terms.top_speed_km_h,
        "bridge_speed_km_h": terms.bridge_speed_km_h,
        "route_note": terms.route_note,
        "conditions": "\n".join(terms.conditions),
    }


def _windows(fields: Fields) -> tuple[TimeWindow, ...]:
    windows = []
    for line in lines(fields, "windows"):
        found = _WINDOW.fullmatch(line.replace("：", ":"))
        hours = [int(part) for part in found.groups()[:4]] if found else []
        if not found or max(hours[::2]) > _LAST_HOUR or max(hours[1::2]) > _LAST_MINUTE:
            fields.refuse("windows", f"'{line}' is not like 09:00-16:00", "windows_form")
            return ()
        starts, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
        windows.append(TimeWindow(starts, ends, found.group(5).strip()))
    return tuple(windows)


def _speed(fields: Fields, field: str) -> int | None:
    if not fields.form.get(field, "").strip():
        return None
    return fields.whole_number(field, least=1, most=_HIGHEST_SPEED)
