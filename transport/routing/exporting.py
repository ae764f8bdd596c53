"""Routes for other programs and for the road: GeoJSON, GPX, KML, and a printable road book.

All are texts that need nothing else: the road book works without a signal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import chain
from typing import Any

from transport.routing.answer import route_as_json
from transport.routing.route import LonLat, Route, RoutePlan

_SKETCH_WIDE, _SKETCH_HIGH = 680, 300
_PART_LINES = 1_000


def plan_as_geojson(plan: RoutePlan) -> str:
    """Return a feature for each route, and one for each structure and survey on it."""
    features = [
        feature
        for number, route in enumerate(plan.routes, start=1)
        for feature in _features(number, route)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _features(number: int, route: Route) -> Iterator[dict[str, Any]]:
    said = route_as_json(route)
    kept = ("status", "length_m", "duration_s", "toll_yuan", "conditions", "legs")
    yield _feature(said["geometry"], {"route": number, **{name: said[name] for name in kept}})
    for one in said["structures"]:
        yield _feature({"type": "Point", "coordinates": one["at"]}, {"route": number, **one})
    for one in said["holds"]:
        yield _feature(
            {"type": "Point", "coordinates": one["at"]}, {"route": number, "kind": "hold", **one}
        )
    for one in said["unknowns"]:
        yield _feature({"type": "Point", "coordinates": one["at"]}, {"route": number, **one})


def _feature(geometry: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": dict(geometry), "properties": dict(properties)}


def plan_as_gpx(plan: RoutePlan) -> str:
    """Return each route as a track, and structures that do not simply pass as waypoints."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<gpx version="1.1" creator="dajian" xmlns="http://www.topografix.com/GPX/1/1">')
    for route in plan.routes:
        for structure in route.structures:
            if structure.outcome != "pass":
                lon, lat = structure.at
                name = escape(f"{structure.name or structure.id} {structure.outcome}")
                said = escape(structure.condition)
                lines.append(
                    f'<wpt lat="{lat}" lon="{lon}"><name>{name}</name><desc>{said}</desc></wpt>'
                )
        for hold in route.holds:
            lon, lat = hold.at
            name, said = escape(hold.place or "hold"), escape(f"{hold.leave_at} {hold.reason}")
            lines.append(
                f'<wpt lat="{lat}" lon="{lon}"><name>{name}</name><desc>{said}</desc></wpt>'
            )
    for number, route in enumerate(plan.routes, start=1):
        points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in route.geometry)
        name = escape(f"{number} {route.status.value} {route.length_m / 1000:.1f} km")
        lines.append(f"<trk><name>{name}</name><trkseg>{points}</trkseg></trk>")
    return "\n".join([*lines, "</gpx>", ""])


def plan_as_kml(plan: RoutePlan) -> str:
    """Return each route as a line with its structures."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<kml xmlns="http://www.opengis.net/kml/2.2"><Document>')
    for number, route in enumerate(plan.routes, start=1):
        points = " ".join(f"{lon},{lat}" for lon, lat in route.geometry)
        name = escape(f"{number} {route.status.value} {route.length_m / 1000:.1f} km")
        lines.append(
            f"<Placemark><name>{name}</name><LineString><coordinates>{points}</coordinates>"
            "</LineString></Placemark>"
        )
        for structure in route.structures:
            lon, lat = structure.at
            said = escape(f"{structure.name or structure.id} {structure.outcome}")
            lines.append(
                f"<Placemark><name>{said}</name><Point><coordinates>{lon},{lat}</coordinates>"
                "</Point></Placemark>"
            )
    return "\n".join([*lines, "</Document></kml>", ""])


def road_book(plan: RoutePlan, *, english: bool = False) -> str:
    """Return the best route as one printable page: legs and structures in driving order.

    It holds its own drawing and style, so it can be read where there is no signal. Raises
    ValueError for a plan without a route.
    """
    if not plan.routes:
        raise ValueError("a road book needs a route")
    route, words = plan.routes[0], _ENGLISH if english else _CHINESE
    rows = "".join(_rows(route, words, english=english))
    conditions = "".join(f"<li>{escape(code)}</li>" for code in route.conditions)
    surveys = "".join(
        f"<li>{escape(one.kind)} {one.at[1]:.5f}, {one.at[0]:.5f}: "
        f"{escape(', '.join(one.missing))}</li>"
        for one in route.unknowns
    )
    hours, minutes = divmod(round(route.duration_s / 60), 60)
    return "\n".join(
        [
            f'<!doctype html><html lang="{"en" if english else "zh-CN"}"><meta charset="utf-8">',
            f"<title>{words['title']}</title><style>{_STYLE}</style>",
            f"<h1>{words['title']}</h1>",
            (
                f"<p>{words[route.status.value]} · {route.length_m / 1000:.1f} km · {hours} h "
                f"{minutes:02d} min · {escape(plan.travel_at)} · {words['law']} "
                f"{escape(plan.law_as_of)} · {words['network']} {escape(plan.network_id)}</p>"
            ),
            _sketch(route.geometry),
            (
                f"<table><thead><tr><th>km</th><th>{words['what']}</th><th>{words['note']}</th></tr>"
                f"</thead><tbody>{rows}</tbody></table>"
            ),
            f"<h2>{words['conditions']}</h2><ul>{conditions or '<li>—</li>'}</ul>",
            f"<h2>{words['surveys']}</h2><ul>{surveys or '<li>—</li>'}</ul></html>",
        ]
    )


def _rows(route: Route, words: Mapping[str, str], *, english: bool) -> Iterator[str]:
    legs = (
        (leg.from_km, 0, leg.instruction_en if english else leg.instruction, leg.admin_code, "")
        for leg in route.legs
    )
    structures = (
        (
            one.chainage_km,
            1,
            " ".join(
                filter(
                    None,
                    (words.get(one.kind, one.kind), one.name or one.id, one.road_ref, one.stake),
                )
            ),
            " ".join(
                filter(
                    None,
                    (
                        words[one.outcome],
                        "" if one.limit is None else f"{one.limit:g} ({one.value or 0:g})",
                        one.condition,
                    ),
                )
            ),
            one.outcome,
        )
        for one in route.structures
    )
    holds = (
        (
            one.chainage_km,
            2,
            (
                f"{words['hold']} {one.place or words['origin']} "
                f"{_clock(one.arrive_at)} – {_clock(one.leave_at)}"
            ),
            " ".join(filter(None, (one.reason, one.issued_by, one.restriction))),
            "conditional",
        )
        for one in route.holds
    )
    rows = sorted(chain(legs, structures, holds), key=lambda row: row[:2])
    for km, kind, what, note, outcome in rows:
        style = f' class="{outcome}"' if kind else ' class="leg"'
        yield (f"<tr{style}><td>{km:.1f}</td><td>{escape(what)}</td><td>{escape(note)}</td></tr>")


def _clock(instant: str) -> str:
    """Return day and time of an instant."""
    return instant[5:16].replace("T", " ")


def _sketch(points: tuple[LonLat, ...]) -> str:
    """Draw the route's line with its ends, north up."""
    step = max(1, len(points) // _PART_LINES)
    drawn = [*points[::step], points[-1]]
    west, east = min(p[0] for p in drawn), max(p[0] for p in drawn)
    south, north = min(p[1] for p in drawn), max(p[1] for p in drawn)
    shrink = 0.75  # a degree of longitude against one of latitude, about 41 degrees north
    wide, high = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
    scale = min((_SKETCH_WIDE - 20) / wide, (_SKETCH_HIGH - 20) / high)
    place: Callable[[LonLat], tuple[float, float]] = lambda p: (  # noqa: E731 - one formula
        10 + (p[0] - west) * shrink * scale,
        10 + (north - p[1]) * scale,
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(place, drawn))
    (x1, y1), (x2, y2) = place(points[0]), place(points[-1])
    return (
        f'<svg viewBox="0 0 {_SKETCH_WIDE} {_SKETCH_HIGH}" role="img">'
        f'<polyline points="{line}" fill="none" stroke="#123" stroke-width="2"/>'
        f'<circle cx="{x1:.1f}" cy="{y1:.1f}" r="5" fill="#060"/>'
        f'<circle cx="{x2:.1f}" cy="{y2:.1f}" r="5" fill="#a00"/></svg>'
    )


_STYLE = (
    "body{font:11pt sans-serif;max-width:190mm;margin:auto}table{border-collapse:collapse;"
    "width:100%}td,th{border-bottom:1px solid #999;padding:2px 4px;text-align:left;"
    "vertical-align:top}.leg td{font-weight:600}.fail td{background:#fdd}.unknown td{background:"
    "#ffd}.conditional td{background:#eef}tr{break-inside:avoid}svg{width:100%;height:60mm}"
)
_CHINESE = {
    "title": "路书", "law": "法规截至", "network": "路网", "what": "行驶与构造物", "note": "说明",
    "conditions": "通行条件", "surveys": "待勘测", "feasible": "可通行", "conditional": "有条件",
    "unknown": "待核实", "infeasible": "不可通行", "unreachable": "不连通", "pass": "通过",
    "fail": "不可通过", "hold": "停车等候", "origin": "起点",
    "bridge": "桥梁", "tunnel": "隧道", "overbridge": "上跨桥",
    "toll_station": "收费站", "level_crossing": "铁路道口", "junction": "路口",
}  # fmt: skip
_ENGLISH = {
    "title": "Road book", "law": "law as of", "network": "network", "what": "Way and structures",
    "note": "Note", "conditions": "Conditions", "surveys": "To be surveyed",
    "feasible": "feasible", "conditional": "conditional", "unknown": "unknown",
    "infeasible": "not feasible", "unreachable": "not connected", "pass": "pass", "fail": "fail",
    "hold": "Wait at", "origin": "the origin",
    "bridge": "bridge", "tunnel": "tunnel", "overbridge": "overbridge",
    "toll_station": "toll station", "level_crossing": "level crossing", "junction": "junction",
}  # fmt: skip
