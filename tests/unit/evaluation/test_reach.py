"""Every check of the catalogue is reached on a route by what is imported, tagged or surveyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from road_data.surveys.cells import COLUMNS, Kind
from tests.evaluation_tables import shipped_tables
from tests.maps import Standing, draw, edge
from tests.passages import (
    ROAD_RECORD,
    bridge_record,
    issue_transport,
    measured,
    route_over,
    way_with,
    with_records,
)
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.findings import Passage, PassageCheck
from transport.evaluation.passage.reach import REACHED_BY
from transport.evaluation.words import Result
from transport.network.attributes import LimitKind, RoadClass, StructureKind, Surface
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.services.evaluating_routes import evaluate_route, read_records
from transport.vehicles.transport import Transport

DAY = date(2026, 9, 1)
STRETCH = "stretch:G999:0-0"
# A load that no table grants: wide and high, on an ordinary class 2 road.
WIDE = {"width_m": 4.4, "height_m": 4.8}
LOW_BED: Mapping[str, Any] = {
    "trailer_kind": "low_bed", "axles_per_line": 1, "axle_notation": None, "axle_counts": None,
    "axle_loads_t": "8,12,12,12,12,12", "axle_spacings_m": "3.3,1.4,7,1.35,1.35",
    "length_m": 19.0, "width_m": 3.4, "height_m": 4.7,
}  # fmt: skip
CLASS_2: Mapping[str, Any] = {
    **ROAD_RECORD, "class": "class_2", "design_speed_km_h": 60, "divided": False, "lanes": 2,
    "lane_width_m": 3.5, "hard_shoulder_m": 0.75, "meets_b01": False, "min_curve_radius_m": 220.0,
    "superelevation_pct": 4.0, "sight_distance_m": 90.0, "grade_break_pct": 1.0,
    "min_crest_radius_m": 3000.0, "min_sag_radius_m": 2500.0,
}  # fmt: skip
B01: Mapping[str, Any] = {
    "record": "sections", "class": "class_2", "design_speed_km_h": 60, "meets_b01": True,
    "source": "线形资料2026",
}  # fmt: skip
GROUND: Mapping[str, Any] = {
    "special_soil": False, "retaining_undamaged": True, "fill_height_m": 6.0,
    "ground_slope_h_per_v": 4.0, "natural_zone": "III",
}  # fmt: skip
TRACTOR: Mapping[str, Any] = {
    "G_N": 900_000.0, "U": 0.85, "gamma": 60.0, "eta": 0.82, "M_max": 2600.0, "n_M": 1100.0,
    "N_max_kW": 400.0, "n_N": 1800.0, "r": 0.52, "K": 0.8, "A": 7.0, "f": 0.015,
}  # fmt: skip
CORNER: Mapping[str, Any] = {
    "record": "junctions", "arm_bearings_deg": [270.0, 90.0, 180.0],
    "arm_widths_m": [14.0, 14.0, 14.0], "corner_radius_m": 20.0, "sight_distance_m": 60.0,
    "guardrail": False, "roadside_free_m": 1.0, "source": "路口测量",
}  # fmt: skip
RAMP = {**CLASS_2, "ramp_type": "I", "meets_b01": True}


@dataclass(frozen=True)
class Case:
    """A way on which a check decides; without any one of `needs` it does not."""

    check: str
    needs: tuple[str, ...] = ()
    road: Mapping[str, Any] = field(default_factory=lambda: CLASS_2)
    bridge: Mapping[str, Any] | None = None
    other: tuple[StructureKind, Mapping[LimitKind, float], Mapping[str, Any]] | None = None
    junction: Mapping[str, Any] | None = None
    survey: Mapping[str, Any] = field(default_factory=dict)
    vehicle: Mapping[str, Any] = field(default_factory=dict)
    transport: Mapping[str, Any] = field(default_factory=lambda: WIDE)
    shape: str = "line"
    tags: Mapping[str, Any] = field(default_factory=dict)
    stop: str = ""

    def without(self, name: str) -> Case:
        """Return the case as if nobody had recorded, tagged or measured one thing."""
        where, _, fact = name.partition(".")
        part = {"sections": "road", "survey": "survey", "vehicle": "vehicle", "map": "tags"}
        if where == "junctions":
            return replace(self, junction=_without(self.junction or {}, fact))
        if where in {"structures", "stations"}:
            if self.bridge is not None:
                return replace(self, bridge=_without(self.bridge, fact))
            kind, limits, record = self.other or (StructureKind.BRIDGE, {}, {})
            kept = {one: value for one, value in limits.items() if str(one) != fact}
            assert len(kept) < len(limits) or fact in record, f"{name} is no part of the case"
            left = {one: value for one, value in record.items() if one != fact}
            return replace(self, other=(kind, kept, left))
        changed: dict[str, Any] = {part[where]: _without(getattr(self, part[where]), fact)}
        return replace(self, **changed)


def _without(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    assert name in values, f"{name} is no part of the case"
    return {one: value for one, value in values.items() if one != name}


BRIDGE = bridge_record(2) | {"lanes": 2, "natural_frequency_hz": 4.0}
TWO_SPANS = BRIDGE | {"spans_m": [20.0, 20.0], "continuous": True, "structural_form": "box"}
SIMPLE = BRIDGE | {"spans_m": [20.0, 20.0], "continuous": False, "structural_form": "box"}
TUBE = {"record": "structures", "crossfall_pct": 2.0, "special_floor": False, "source": "图"}
TUBE_LIMITS = {LimitKind.CLEAR_HEIGHT: 5.5, LimitKind.CLEAR_WIDTH: 10.0}
OVER = {LimitKind.CLEAR_HEIGHT: 5.5}
STATION = {"record": "stations", "wide_lane_m": 6.0, "weighing": True, "clear_height_m": 5.5,
           "source": "站"}  # fmt: skip
ASPHALT_LIMITS = {"temperature_factor": 1.1, "base_kind": "granular", "base_strength_mpa": 1.6,
                  "field_correction": -1.0, "base_temperature_factor": 1.2,
                  "frost_factor": 0.9}  # fmt: skip
CASES = (
    *(Case(check) for check in (
        "classify_size", "classify_mass", "scope", "method_select", "survey_mode",
        "plan_complete", "conclude",
    )),
    Case("route_lookup", ("sections.meets_b01",), road=ROAD_RECORD, transport={}),
    Case("lateral_space_rule", ("sections.lane_width_m", "sections.hard_shoulder_m")),
    Case("lateral_space", ("sections.meets_b01", "sections.design_speed_km_h"), road=B01),
    Case("max_length", ("sections.meets_b01",), road=B01),
    Case("curve_lookup", ("sections.min_curve_radius_m",), road={**CLASS_2, "lane_width_m": 4.5},
         transport={**LOW_BED, "length_m": 17.0, "width_m": 3.0, "height_m": 4.2}),
    Case("curve_calc", ("sections.min_curve_radius_m",)),
    Case("hydraulic_swept", ("sections.min_curve_radius_m",)),
    Case("lowbed_swept", ("sections.min_curve_radius_m",), transport={**LOW_BED, **WIDE},
         vehicle={"underside_m": 0.4}),
    Case("super_speed", ("sections.superelevation_pct", "sections.min_curve_radius_m")),
    Case("super_static", ("sections.superelevation_pct",)),
    Case("sight_speed", ("sections.sight_distance_m",)),
    Case("sight_need", ("sections.sight_distance_m",)),
    Case("sight_arc", ("sections.clear_offset_m",),
         road={**_without(CLASS_2, "sight_distance_m"), "clear_offset_m": 8.0}),
    Case("offset_no_spiral", ("sections.min_curve_radius_m",)),
    Case("vcurve_hydraulic", ("sections.min_crest_radius_m", "sections.min_sag_radius_m")),
    Case("crest_lowbed", ("sections.min_crest_radius_m", "vehicle.underside_m"),
         transport={**LOW_BED, **WIDE}, vehicle={"underside_m": 0.4}),
    Case("nose", ("sections.grade_break_pct", "vehicle.approach_angle_deg"),
         vehicle={"approach_angle_deg": 20.0}),
    Case("climb_needed", ("sections.max_grade_pct",)),
    Case("climb_needed", ("map.incline",), road=_without(CLASS_2, "max_grade_pct"),
         tags={"incline": 2.0}),
    Case("dyn_factor", ("sections.max_grade_pct", "sections.altitude_m", "vehicle.M_max"),
         road={**CLASS_2, "max_grade_pct": 5.0, "altitude_m": 1100.0}, vehicle=TRACTOR),
    Case("resistance", ("vehicle.K",), vehicle=TRACTOR,
         road={**ROAD_RECORD, "max_grade_pct": 5.0, "altitude_m": 1100.0}),
    Case("gap_check", ("structures.clear_width_m",),
         other=(StructureKind.BRIDGE, {LimitKind.CLEAR_WIDTH: 9.0}, {"record": "structures"})),
    Case("overbridge", ("structures.clear_height_m",),
         other=(StructureKind.OVERBRIDGE, OVER, {"record": "structures"})),
    Case("sag_loss", ("structures.clear_height_m",),
         other=(StructureKind.OVERBRIDGE, OVER,
                {"record": "structures", "min_sag_radius_m": 900.0})),
    Case("tunnel", ("structures.crossfall_pct", "structures.special_floor",
                    "structures.clear_width_m", "vehicle.underside_m"),
         other=(StructureKind.TUNNEL, TUBE_LIMITS, TUBE), vehicle={"underside_m": 0.4}),
    Case("toll", ("stations.wide_lane_m", "stations.weighing"),
         other=(StructureKind.TOLL_STATION, {}, STATION)),
    Case("rest_area", ("survey.parking_length_m", "survey.inner_width_m"), stop="红柳服务区",
         survey={"parking_length_m": 40.0, "parking_width_m": 6.0, "inner_width_m": 6.0}),
    Case("gantry", ("stations.clear_height_m",), other=(StructureKind.TOLL_STATION, {}, STATION)),
    Case("asphalt", ("sections.pavement",), road={**CLASS_2, **GROUND}),
    Case("asphalt", ("map.surface",), road={**_without(CLASS_2, "pavement"), **GROUND},
         tags={"surface": Surface.ASPHALT}),
    Case("concrete", ("sections.natural_zone", "sections.pavement"),
         road={**CLASS_2, **GROUND, "pavement": "cement concrete"}),
    Case("embankment", ("sections.fill_height_m", "sections.retaining_undamaged",
                        "sections.ground_slope_h_per_v"), road={**CLASS_2, **GROUND}),
    Case("eps_allow", ("sections.temperature_factor",),
         road={**CLASS_2, **GROUND, **ASPHALT_LIMITS}),
    Case("sigma_allow", ("sections.base_kind", "sections.base_strength_mpa"),
         road={**CLASS_2, **GROUND, **ASPHALT_LIMITS}),
    Case("slab_allow", ("sections.slab_strength_mpa", "sections.slab_thermal_mpa"),
         road={**CLASS_2, **GROUND, "pavement": "cement concrete", "slab_strength_mpa": 5.0,
               "slab_reliability": 1.2, "slab_thermal_mpa": 1.1}),
    Case("kp", ("survey.strain_microstrain",), survey={"strain_microstrain": 250.0},
         road={**CLASS_2, **GROUND, **ASPHALT_LIMITS}),
    Case("wheel_radius_m", ("vehicle.tyre_pressure_mpa",), vehicle={"tyre_pressure_mpa": 0.8},
         road={**CLASS_2, **GROUND, **ASPHALT_LIMITS}),
    Case("bridge_screening", ("structures.spans_m", "structures.design_load",
                              "structures.condition_class"), bridge=SIMPLE),
    Case("bridge", ("structures.condition_class", "structures.rated_on"), bridge=SIMPLE),
    Case("impact", ("structures.spans_m",), bridge=SIMPLE),
    *(Case(check, ("structures.lanes",), bridge=SIMPLE)
      for check in ("lateral_factor", "design_effect_factor")),
    Case("deck_position", ("structures.deck_width_m",), bridge=SIMPLE),
    *(Case(check, ("structures.spans_m",), bridge=SIMPLE)
      for check in ("longitudinal", "bridge_effects", "effect_ratio", "lane_effect",
                    "train_effect")),
    *(Case(check, ("structures.continuous",), bridge=TWO_SPANS)
      for check in ("two_span_lane", "two_span_train")),
    Case("uplift", ("survey.train_share",), bridge=SIMPLE, survey={"train_share": 0.5}),
    Case("junction", ("sections.meets_b01",), shape="turn", junction={"record": "junctions"},
         road={**CLASS_2, "class": "class_1", "design_speed_km_h": 80, "lanes": 4,
               "meets_b01": True}, transport={}),
    Case("right_turn", ("junctions.turn_lane_width_m", "junctions.corner_radius_m"), shape="turn",
         junction={**CORNER, "turn_lane_width_m": 14.0}, transport={}),
    Case("left_turn", ("junctions.turn_lane_width_m", "junctions.arm_widths_m"), shape="left",
         junction={**CORNER, "turn_lane_width_m": 14.0}, transport={}),
    Case("turn_params", ("junctions.turn_lane_width_m",), shape="turn",
         junction={**CORNER, "turn_lane_width_m": 14.0}, transport={}),
    Case("swept_path", ("junctions.arm_widths_m", "junctions.corner_radius_m"), shape="turn",
         junction=CORNER, transport={"height_m": 4.6}),
    Case("overhang", ("junctions.guardrail",), shape="turn", junction=CORNER, transport=WIDE),
    Case("approach_speed", ("junctions.sight_distance_m",), shape="turn",
         junction={**CORNER, "arm_widths_m": [7.0, 7.0, 7.0]},
         road=_without(CLASS_2, "sight_distance_m")),
    Case("sight_triangle", ("junctions.sight_distance_m",), shape="turn",
         junction={**CORNER, "arm_widths_m": [7.0, 7.0, 7.0]},
         road=_without(CLASS_2, "sight_distance_m")),
    Case("roundabout", ("junctions.circulating_width_m", "junctions.circulating_lanes"),
         shape="turn", junction={**CORNER, "central_island_radius_m": 15.0,
                                 "circulating_lanes": 1, "circulating_width_m": 14.0}),
    Case("consecutive", ("junctions.arm_widths_m", "junctions.corner_radius_m"), shape="zigzag",
         junction=CORNER, transport={}),
    Case("ramp_grade", ("sections.min_curve_radius_m", "sections.meets_b01"), road=RAMP,
         transport={}),
    Case("ramp_grade", ("map.ramp",), road=_without(RAMP, "ramp_type"), transport={},
         tags={"ramp": 1}),
    Case("ramp_matrix", ("sections.pavement_width_m",), transport={},
         road={**RAMP, "min_curve_radius_m": 60.0, "pavement_width_m": 10.0, "ramp_type": "III"}),
    Case("ramp_width", ("sections.pavement_width_m",),
         road={**RAMP, "min_curve_radius_m": 50.0, "pavement_width_m": 7.0}),
    Case("ramp_sight", ("sections.sight_distance_m",), road={**RAMP, "meets_b01": False}),
    Case("tunnel_spacing", ("sections.ramp_type",), road=RAMP,
         other=(StructureKind.TUNNEL, TUBE_LIMITS, TUBE)),
)  # fmt: skip


@cache
def _law() -> Law:
    return read_law(Path(__file__).parents[3] / "config")


def _evaluated(case: Case) -> Passage:
    network, edges = _network(case)
    rows = [measured(STRETCH, *one) for one in case.survey.items()]
    rows += [measured("bridge-1", *one) for one in case.survey.items()]
    rows += [measured(f"rest:{case.stop}", *one) for one in case.survey.items()]
    rows += [measured("vehicle", *one) for one in case.vehicle.items()]
    records = read_records({"measurements": rows})
    transport = _transport(case)
    route = route_over(network, edges)
    if case.stop:
        hold = {"place": case.stop, "chainage_km": 60.0, "at": [112.0, 41.0]}
        route["routes"][0]["holds"] = [hold]
    return evaluate_route(network, shipped_tables(), _law(), transport, DAY, route, records)


def _transport(case: Case) -> Transport:
    return issue_transport(**case.transport)


def _network(case: Case) -> tuple[RoadNetwork, list[int]]:
    if case.shape != "line":
        return _turning(case)
    bridges = [] if case.bridge is None else [{**case.bridge, "structure_id": "bridge-1"}]
    others = []
    if case.other is not None:
        kind, limits, record = case.other
        others = [(Standing("A>B", kind, limits, id="it", name="它"), {"source": "台账", **record})]
    network = way_with(bridges, others, case.road)
    network = replace(network, design_speed_km_h=np.zeros_like(network.design_speed_km_h))
    if "incline" in case.tags:
        network = replace(network, grade_pct=np.full(network.edge_count, case.tags["incline"]))
    if "surface" in case.tags:
        asphalt = np.full(network.edge_count, int(case.tags["surface"]), dtype=np.uint8)
        network = replace(network, surface=asphalt)
    if "ramp" in case.tags:
        network = replace(network, ramp=np.ones(network.edge_count, dtype=np.uint8))
    return network, [0]


# Shape -> the drawing, its roads, the way driven, where junctions stand.
_DRAWN = {
    "turn": ("A---B---C\n    |\n    D", "AB BC BD", ("AB", "BD"), ("AB",)),
    "left": ("    D\n    |\nA---B---C", "AB BC BD", ("AB", "BD"), ("AB",)),
    "zigzag": ("A---B---E\n    |\nF---C---D", "AB BE BC CD CF", ("AB", "BC", "CD"), ("AB", "BC")),
}


def _turning(case: Case) -> tuple[RoadNetwork, list[int]]:
    picture, roads, driven, junctions = _DRAWN[case.shape]
    standing = [
        Standing(f"{road[0]}>{road[1]}", StructureKind.JUNCTION, share=1.0, id=f"j-{road}")
        for road in junctions
    ]
    facts = {road: {"ref": f"G{n}", "road_class": RoadClass.CLASS_2}
             for n, road in enumerate(roads.split())}  # fmt: skip
    network = draw(
        picture, roads, facts=facts, structures=standing, network_id="reach",
        lengths_m={"BC": 60.0} if case.shape == "zigzag" else None,
    )  # fmt: skip
    network = replace(network, lanes=np.ones_like(network.lanes))
    edges = [edge(network, road) for road in driven]
    bearings = {"j-AB": [270.0, 90.0, 180.0], "j-BC": [0.0, 90.0, 270.0]}
    if case.shape == "left":
        bearings["j-AB"] = [270.0, 90.0, 0.0]
    records = {
        one.id: {**(case.junction or {}), "arm_bearings_deg": bearings[one.id]} for one in standing
    }
    return with_records(network, records, dict.fromkeys(edges, case.road)), edges


def _deciding(passage: Passage, check: str) -> list[PassageCheck]:
    """Return the findings that a check made or went into, where they ask for nothing."""
    return [
        one
        for one in passage.checks
        if check in (one.check, *one.through) and one.result is not Result.NEEDS_SURVEY
    ]


def _said(found: list[PassageCheck]) -> list[tuple[Any, ...]]:
    return [(one.check, one.result, one.values, one.inputs, one.through) for one in found]


@pytest.mark.parametrize("case", CASES, ids=[f"{c.check}-{'-'.join(c.needs)}" for c in CASES])
def test_a_check_decides_on_a_route_by_what_was_recorded_and_not_without(case: Case) -> None:
    before = _deciding(_evaluated(case), case.check)
    assert before, [(o.check, o.result, o.missing) for o in _evaluated(case).checks]
    for need in case.needs:
        after = _deciding(_evaluated(case.without(need)), case.check)
        assert _said(after) != _said(before), f"the same without {need}"


def test_the_table_of_reach_holds_every_check_and_every_case() -> None:
    assert set(REACHED_BY) == set(CHECKS) == {case.check for case in CASES}


def test_the_table_of_reach_names_columns_that_can_be_imported() -> None:
    for check, words in REACHED_BY.items():
        for word in words:
            kind, _, name = word.partition(".")
            if kind in {"sections", "structures", "junctions", "stations"}:
                assert name in COLUMNS[Kind(kind)], f"{check}: {word}"
