"""Ways with official records for tests of the passage evaluation; all places are invented."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tests.maps import Standing, draw
from transport.network.attributes import LimitKind, RoadClass, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.surveyed import Surveys
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import Transport

BRIDGES = 55
# Names of brooks and places that nobody will find on a map.
_NAMES = ("白桦沟", "红柳", "青石口", "沙枣", "乌兰", "双井", "大青", "柳条", "石门", "芦苇",
          "黄羊")  # fmt: skip
_SPANS = ([20.0] * 3, [13.0] * 2, [30.0] * 4, [16.0], [25.0, 40.0, 25.0], [20.0] * 5, [40.0] * 3,
          [10.0] * 2, [25.0] * 4, [30.0, 45.0, 30.0], [8.0])  # fmt: skip
_FORMS = ("hollow_slab", "girder", "box", "girder", "box")
ROAD_RECORD: Mapping[str, Any] = {
    "record": "sections",
    "road_ref": "G999",
    "class": "expressway",
    "design_speed_km_h": 100,
    "lanes": 4,
    "lane_width_m": 3.75,
    "hard_shoulder_m": 3.0,
    "divided": True,
    "min_curve_radius_m": 1000.0,
    "max_grade_pct": 2.5,
    "min_crest_radius_m": 12000.0,
    "min_sag_radius_m": 8000.0,
    "meets_b01": True,
    "pavement": "沥青混凝土",
    "source": "线形资料2026",
}


def issue_transport(**changes: Any) -> Transport:
    """Return the train of 120 t: `10+20+5*18`, spacings 3.3-1.4-7-1.45x4."""
    given = {
        "height_m": 4.45,
        "width_m": 3.3,
        "length_m": 23.0,
        "axle_notation": "10+20+5*18",
        "axle_counts": "1,2,5",
        "axle_spacings_m": "3.3,1.4,7,1.45,1.45,1.45,1.45",
        "trailer_kind": "hydraulic",
        "axles_per_line": 2,
    }
    return describe_transport({**given, **changes})


def bridge_record(number: int) -> dict[str, Any]:
    """Return the record of an invented bridge: sound, of a usual form, documented."""
    spans = _SPANS[number % len(_SPANS)]
    form = _FORMS[number % len(_FORMS)]
    if form == "hollow_slab" and max(spans) > 20.0:
        spans = [16.0] * len(spans)
    modern = number % 3 != 0
    girders = {"hollow_slab": (11, 1.05), "girder": (6, 2.1), "box": (None, None)}[form]
    record = {
        "record": "structures",
        "kind": "bridge",
        "structure_id": f"bridge-{number + 1}",
        "spans_m": spans,
        "continuous": form == "box" and len(spans) > 1,
        "structural_form": form,
        "design_load": "highway-I-2015" if modern else "truck-super20+trailer-120",
        "design_code_year": 2015 if modern else 1989,
        "deck_width_m": 11.75,
        "lanes": 2,
        "girders": girders[0],
        "girder_spacing_m": girders[1],
        "skew_deg": float((0, 10, 15, 0, 5)[number % 5]),
        "natural_frequency_hz": round(90.0 / max(spans), 1),
        "condition_class": str(1 + number % 2),
        "rated_on": f"2026-{3 + number % 6:02d}-{1 + number % 27:02d}",
        "single_column_pier": False,
        "source": "桥梁技术状况评定2026",
    }
    return {name: value for name, value in record.items() if value is not None}


def way_with(
    bridges: Sequence[Mapping[str, Any]],
    others: Sequence[tuple[Standing, Mapping[str, Any]]] = (),
    road: Mapping[str, Any] = ROAD_RECORD,
    network_id: str = "passage",
) -> RoadNetwork:
    """Draw an expressway of 120 km from A to B with bridges at equal distances, and records."""
    standing = [
        Standing(
            "A>B",
            StructureKind.BRIDGE,
            share=(number + 1) / (len(bridges) + 1),
            id=str(record.get("structure_id", f"bridge-{number + 1}")),
            name=f"{_NAMES[number % len(_NAMES)]}{_kind_of(record)}{number + 1}号",
        )
        for number, record in enumerate(bridges)
    ]
    records = {one.id: record for one, record in zip(standing, bridges, strict=True)}
    for one, record in others:
        standing.append(one)
        records[one.id] = record
    network = draw(
        "A" + "-" * 119 + "B",
        "A>B",
        facts={
            "A>B": {"ref": "G999", "road_class": RoadClass.EXPRESSWAY, "speed_km_h": 80.0},
        },
        limits={"A>B": {LimitKind.CLEAR_WIDTH: 11.0}},
        structures=standing,
        network_id=network_id,
    )
    return with_records(network, records, {0: road})


def with_records(
    network: RoadNetwork,
    structures: Mapping[str, Mapping[str, Any]],
    sections: Mapping[int, Mapping[str, Any]],
) -> RoadNetwork:
    """Lay records over structures by id and over whole edges by number."""
    texts: list[str] = []
    of_structure = np.full(len(network.structures.ids), -1, dtype=np.int32)
    for name, record in structures.items():
        texts.append(json.dumps(record, ensure_ascii=False))
        for row, structure in enumerate(network.structures.ids):
            if structure == name:
                of_structure[row] = len(texts) - 1
    edges = sorted(sections)
    numbers = []
    for edge in edges:
        texts.append(json.dumps(sections[edge], ensure_ascii=False))
        numbers.append(len(texts) - 1)
    surveys = Surveys(
        records=tuple(texts),
        of_structure=of_structure,
        section_edge=np.array(edges, dtype=np.int32),
        section_from_m=np.zeros(len(edges)),
        section_to_m=np.array([float(network.length_m[edge]) for edge in edges]),
        section_record=np.array(numbers, dtype=np.int32),
    )
    return replace(network, surveys=surveys)


def route_over(network: RoadNetwork, edges: Sequence[int] = (0,)) -> dict[str, Any]:
    """Return the part of an answer of `dajian route` that an evaluation reads."""
    low = [int(network.shape_start[edge]) for edge in edges]
    high = [int(network.shape_start[edge + 1]) for edge in edges]
    line = [
        [float(network.shape_lon[at]), float(network.shape_lat[at])]
        for first, last in zip(low, high, strict=True)
        for at in range(first, last)
    ]
    route = {
        "edges": list(edges),
        "start_offset_m": 0.0,
        "end_offset_m": float(network.length_m[edges[-1]]),
        "geometry": {"type": "LineString", "coordinates": line},
        "legs": [],
    }
    return {"network": {"id": network.id}, "routes": [route]}


def _kind_of(record: Mapping[str, Any]) -> str:
    length_m = sum(record.get("spans_m", (20.0,)))
    return "大桥" if length_m >= 100.0 else "中桥" if length_m >= 30.0 else "小桥"


def measured(
    element: str, field: str, value: Any, measure: str = "", until: str = "2027-05-01"
) -> dict[str, Any]:
    """Return a row of the records file: a measurement of spring 2026."""
    return {
        "element": element,
        "field": field,
        "value": value,
        "measured_by": "勘测组",
        "measured_on": "2026-05-01",
        "valid_until": until,
        "measure": measure,
    }


SUBGRADE = [
    measured("stretch:G999:0-0", "retaining_undamaged", value=True),
    measured("stretch:G999:0-0", "fill_height_m", 6.0),
    measured("stretch:G999:0-0", "ground_slope_h_per_v", 4.0),
    measured("stretch:G999:0-0", "special_soil", value=False),
]


def issue_case() -> tuple[RoadNetwork, tuple[int, int]]:
    """Return the issue's way: 55 bridges on two roads, a turn, a tunnel, an overbridge, a toll."""
    bridges = [bridge_record(number) for number in range(BRIDGES)]
    bridges[20] |= {"single_column_pier": True, "curve_radius_m": 260.0}
    first, second = bridges[:40], bridges[40:]
    standing = [_bridge("A>B", one, (n + 1) / 41, n) for n, one in enumerate(first)]
    standing += [_bridge("B>D", one, (n + 1) / 16, 40 + n) for n, one in enumerate(second)]
    known = {"record": "structures", "source": "构造物台账2026"}
    others: dict[str, dict[str, Any]] = {
        "tunnel-1": {**known, "crossfall_pct": 1.5, "special_floor": False},
        "overbridge-1": {},
        "toll-1": {"record": "stations", "wide_lane_m": 5.0, "weighing": True,
                   "source": "收费站台账2026"},
    }  # fmt: skip
    standing += [
        Standing(
            "A>B",
            StructureKind.TUNNEL,
            {LimitKind.CLEAR_HEIGHT: 5.0, LimitKind.CLEAR_WIDTH: 10.5},
            share=0.33,
            id="tunnel-1",
            name="青石口隧道",
        ),
        Standing(
            "A>B",
            StructureKind.OVERBRIDGE,
            {LimitKind.CLEAR_HEIGHT: 4.53},
            share=0.61,
            id="overbridge-1",
            name="K61跨线桥",
        ),
        Standing("A>B", StructureKind.TOLL_STATION, share=0.97, id="toll-1", name="白桦沟收费站"),
    ]
    network = draw(
        "A" + "-" * 99 + "B---C\n" + " " * 100 + "|\n" + " " * 100 + "D",
        "A>B BC B>D",
        facts={
            "A>B": {"ref": "G999", "road_class": RoadClass.CLASS_1, "speed_km_h": 80.0},
            "BC": {"ref": "G999", "road_class": RoadClass.CLASS_1, "speed_km_h": 80.0},
            "B>D": {"ref": "S888", "road_class": RoadClass.CLASS_2, "speed_km_h": 60.0},
        },
        lengths_m={"B>D": 30_000.0},
        limits={"A>B": {LimitKind.CLEAR_WIDTH: 11.0}, "B>D": {LimitKind.CLEAR_WIDTH: 8.5}},
        structures=standing,
        network_id="issue-6",
    )
    edges = tuple(
        next(
            edge
            for edge in range(network.edge_count)
            if (int(network.tail[edge]), int(network.head[edge])) == ends
        )
        for ends in ((0, 1), (1, 3))
    )
    records = {str(one["structure_id"]): one for one in bridges} | others
    sections = {
        edges[0]: {**ROAD_RECORD, "class": "class_1"},
        edges[1]: {
            **ROAD_RECORD, "road_ref": "S888", "class": "class_2", "design_speed_km_h": 60,
            "divided": False, "lanes": 2, "lane_width_m": 3.5, "hard_shoulder_m": 0.75,
            "min_curve_radius_m": 220.0, "min_crest_radius_m": 3000.0,
            "min_sag_radius_m": 2500.0,
        },
    }  # fmt: skip
    return with_records(network, records, sections), (edges[0], edges[1])


def issue_records(edges: tuple[int, int]) -> dict[str, Any]:
    """Return what was measured and decided for the issue's way, all of it invented."""
    stretches = [
        f"stretch:{ref}:{edge}-{edge}" for ref, edge in zip(("G999", "S888"), edges, strict=True)
    ]
    ground = {
        "retaining_undamaged": True,
        "fill_height_m": 5.0,
        "ground_slope_h_per_v": 4.0,
        "special_soil": False,
    }
    found = [measured(place, name, value) for place in stretches for name, value in ground.items()]
    found += [
        measured("vehicle", "underside_m", 0.35),
        measured("junction:1", "arm_bearings_deg", [270.0, 90.0, 180.0]),
        measured("junction:1", "arm_widths_m", [23.0, 23.0, 10.0]),
        measured("junction:1", "corner_radius_m", 20.0),
    ]
    loads = [9.8 * load for load in issue_transport().axle_loads_t]
    decisions = []
    for number in range(BRIDGES):
        record = bridge_record(number)
        if record["structural_form"] != "hollow_slab" and number != 20:
            continue
        decisions.append(
            {
                "element": record["structure_id"],
                "check": "bridge_screening",
                "result": "PASS_WITH_MEASURES",
                "reason": "抗倾覆和支座脱空验算满足，居中单独通过"
                if number == 20
                else "每线两轴八轮，单轴9 t，板局部承载力验算满足",
                "signed_by": "工程师甲",
                "decided_on": "2026-08-20",
                "valid_until": "2027-02-20",
                "axle_loads_kn": loads,
                "axle_spacings_m": list(issue_transport().axle_spacings_m),
                "rating": {
                    "condition_class": record["condition_class"],
                    "rated_on": record["rated_on"],
                },
                "conditions": ["speed_5", "constant_speed", "centre_line", "close_other_lanes"],
            }
        )
    decisions.append(
        {
            "element": stretches[1],
            "check": "asphalt",
            "result": "PASS",
            "reason": "按附录E验算，路基顶面压应变比值1.31，大于1.0",
            "signed_by": "工程师乙",
            "decided_on": "2026-08-20",
            "valid_until": "2027-02-20",
            "axle_loads_kn": loads,
            "axle_spacings_m": list(issue_transport().axle_spacings_m),
        }
    )
    report = {
        "project_name": "白桦沟装配式构件运输安全通行评价",
        "organisation": "示例评价单位（演示）",
        "cargo_lwh": "16×3.3×3.35 m",
        "cargo_mass_t": "76",
    }
    return {"measurements": found, "decisions": decisions, "report": report}


def _bridge(road: str, record: Mapping[str, Any], share: float, number: int) -> Standing:
    name = f"{_NAMES[number % len(_NAMES)]}{_kind_of(record)}{number + 1}号"
    return Standing(
        road, StructureKind.BRIDGE, share=share, id=str(record["structure_id"]), name=name
    )
