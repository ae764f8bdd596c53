"""The stretches of a planned route as the papers list them."""

from __future__ import annotations

from dataclasses import replace

from transport.permits.case import Case
from transport.regulations.law import Law
from webapp.documents.contents import StretchLine

_MANAGERS = {
    "highway": "公路",
    "municipal": "市政道路",
    "forestry": "林区道路",
    "private": "专用道路",
    "village": "村道",
}
_METRES = 1000


def stretches_of(case: Case, law: Law) -> tuple[StretchLine, ...]:
    """Return the stretches of a case's route: neighbours on one road under one manager joined."""
    found: list[StretchLine] = []
    for leg in case.application.route.contract.get("legs", ()):
        code = str(leg.get("admin_code") or "")
        line = StretchLine(
            road=str(leg.get("ref") or "").replace(";", "/"),
            name=str(leg.get("name") or ""),
            length_km=float(leg.get("length_m") or 0.0) / _METRES,
            manager=_MANAGERS.get(str(leg.get("owner")), "管理单位不明"),
            area=law.areas.name_of(code) if code else "",
        )
        last = found[-1] if found else None
        if last and (last.road, last.name, last.manager, last.area) == (
            line.road,
            line.name,
            line.manager,
            line.area,
        ):
            found[-1] = replace(last, length_km=last.length_km + line.length_km)
        else:
            found.append(line)
    return tuple(found)
