"""The passage evaluation report as PDF, a draft until an engineer signs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transport.evaluation.passage.findings import Passage
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.permits.application import RouteSnapshot
from transport.permits.report_sheet import ReportSheet
from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from transport.vehicles.outline import CargoMeasures, OutlineTitle, outline_of_transport
from webapp.documents.junction_drawing import turn_svg
from webapp.documents.outline_svg import sheet_svg
from webapp.documents.route_map import map_drawing
from webapp.documents.saying_passages import ReportDetails, describe_passage
from webapp.documents.surroundings import map_around
from webapp.documents.typesetting import typeset

_MOST_TURNS = 12
_CARGO_ABOVE_M, _DECK_M = 0.4, 1.1


def evaluation_report_pdf(
    passage: Passage,
    tables: Tables,
    network: RoadNetwork,
    route: Any,
    details: Mapping[str, str] | None = None,
    sheet: ReportSheet | None = None,
) -> bytes:
    """Print the report; `route` is the answer that was evaluated, with its legs and line.

    It is a draft until `sheet` signs it.
    """
    given = ReportDetails(details or {}, sheet)
    chosen: Mapping[str, Any] = route.get("routes", [route])[0]
    content = describe_passage(passage, tables, given, chosen.get("legs", []))
    drawings = {"outline": _outline(passage, given)}
    drawn = _map(passage, network, chosen)
    if drawn:
        drawings["map"] = drawn
    turns: list[str] = []
    units = passage.train.units
    for one in passage.checks:
        if (
            one.check == "swept_path"
            and "turn_deg" in one.values
            and units
            and len(turns) < _MOST_TURNS
        ):
            drawings[f"turn{len(turns)}"] = turn_svg(one, units)
            turns.append(
                f"{one.name}（{one.chainage_km:.2f} km），转角"
                f"{abs(one.values['turn_deg']):.0f}°，{_scenario(one.values['scenario'])}路面，"
                f"轨迹半径{one.values['path_radius_m']:.0f} m，"
                f"剩余间隙{one.values['room_left_m']:.2f} m"
            )
    content |= {"has_map": "map" in drawings, "turns": turns}
    return typeset("evaluation_report.typ", content, passage.day, drawings)


def _scenario(name: str) -> str:
    return {"pessimistic": "最不利", "nominal": "一般", "optimistic": "最有利"}[name]


def _outline(passage: Passage, details: ReportDetails) -> str:
    transport = passage.train.transport
    cargo = CargoMeasures(
        length_m=max(transport.length_m - 7.0, 2.0),
        width_m=transport.width_m,
        height_m=max(transport.height_m - _DECK_M, _CARGO_ABOVE_M),
    )
    title = OutlineTitle(
        number=details.text("project_name"),
        goods="大件构件",
        firm=details.text("organisation"),
        tractor=details.text("tractor_make_model"),
        trailer=details.text("trailer_type"),
        cargo_mass_t=details.number("cargo_mass_t"),
        axle_loads=axle_load_string(transport) or "—",
        axle_spacings=axle_spacing_string(transport) or "—",
        drawn_on=passage.day.isoformat(),
    )
    return sheet_svg(outline_of_transport(transport, cargo), title)


def _map(passage: Passage, network: RoadNetwork, chosen: Mapping[str, Any]) -> str | None:
    snapshot = RouteSnapshot(chosen, "", network.id, network.built_at, passage.day)
    around = map_around(snapshot, network)
    if around is None:
        return None
    bridges = [one.at for one in passage.checks if one.check == "bridge_screening"]
    return map_drawing(around, "起点", "终点", bridges)
