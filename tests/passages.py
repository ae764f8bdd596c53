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
