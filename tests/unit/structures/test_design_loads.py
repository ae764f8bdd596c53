"""Design loads and trains on simple spans, against printed tables."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from transport.errors import RegulationFileError
from transport.structures.design_loads import DesignLoad, describe_design_loads
from transport.structures.effects import Axles, extremes_of_design, extremes_of_train
from transport.structures.simple_span import effects_on_spans

FILE = Path(__file__).parents[3] / "config" / "bridges" / "cn" / "design_loads.yaml"
LOADS = describe_design_loads(yaml.safe_load(FILE.read_text(encoding="utf-8")))
NINE_AXLES = Axles((80, 120, 120, *[115] * 6), (3.3, 1.35, 8.5, *[1.5] * 5))
KIP_FT, KIP = 1.3558179, 4.4482216
FT = 0.3048

# span m: permit vehicle, I-2015, II-2015, I-2004, super20, 20, 15, trailer 120, 100, 80; kN m
MOMENTS = {
    10: (958, 831, 623, 631, 605, 546, 370, 1560, 1300, 1040),
    13: (1474, 1151, 863, 911, 815, 771, 518, 2432, 2027, 1622),
    16: (1990, 1504, 1128, 1232, 1140, 996, 666, 3315, 2762, 2210),
    20: (2679, 2025, 1519, 1725, 1647, 1296, 865, 4500, 3750, 3000),
    30: (4804, 3581, 2686, 3281, 3063, 2313, 1597, 7480, 6233, 4987),
    40: (7314, 5500, 4125, 5300, 5081, 3857, 2766, 10470, 8725, 6980),
    50: (9833, 7781, 5836, 7781, 7541, 5607, 4015, 13464, 11220, 8976),
}
CODES = (
    "highway-I-2015",
    "highway-II-2015",
    "highway-I-2004",
    "truck-super20",
    "truck-20",
    "truck-15",
    "trailer-120",
    "trailer-100",
    "trailer-80",
)
SHEARS = {10: 388.5, 13: 411.4, 16: 434.4, 20: 465.0, 25: 503.2, 30: 541.5, 40: 618.0, 50: 694.5}
# span ft: moment kip ft, shear kip of the HS20-44 truck where it governs
HS20 = {
    10: (80.0, 32.0),
    15: (120.0, 34.1),
    23: (184.0, 44.5),
    25: (207.4, 46.1),
    28: (252.0, 48.0),
    32: (312.5, 51.0),
    35: (361.2, 52.8),
    38: (414.3, 54.3),
    42: (485.3, 56.0),
    46: (556.5, 57.3),
    50: (627.9, 58.5),
    54: (699.3, 59.6),
    58: (770.8, 60.4),
    62: (842.4, 61.2),
    66: (914.0, 61.9),
    70: (985.6, 62.4),
    80: (1164.9, 63.6),
    90: (1344.4, 64.5),
    100: (1524.0, 65.3),
    120: (1883.3, 66.4),
}


@pytest.mark.parametrize("span_m", MOMENTS)
def test_a_permit_vehicle_and_every_design_load_cause_the_tabulated_moments(span_m: int) -> None:
    permit, *design = MOMENTS[span_m]
    assert round(extremes_of_train(NINE_AXLES, [span_m]).max_moment_knm) == permit
    found = [round(extremes_of_design(LOADS[code], [span_m]).max_moment_knm) for code in CODES]
    assert found == design


@pytest.mark.parametrize("span_m", SHEARS)
def test_the_lane_load_of_2015_causes_the_tabulated_end_shear(span_m: int) -> None:
    found = extremes_of_design(LOADS["highway-I-2015"], [span_m]).max_shear_kn
    assert found == pytest.approx(SHEARS[span_m], abs=0.06)


@pytest.mark.parametrize("span_ft", HS20)
def test_the_hs20_truck_causes_the_printed_moment_and_shear(span_ft: int) -> None:
    moment, shear = HS20[span_ft]
    found = extremes_of_design(LOADS["HS20-44-truck"], [span_ft * FT])
    assert found.max_moment_knm / KIP_FT == pytest.approx(moment, abs=0.15)
    assert found.max_shear_kn / KIP == pytest.approx(shear, abs=0.15)


def test_a_single_heavy_axle_governs_short_spans_where_a_printed_table_erred() -> None:
    h20 = Axles((8 * KIP, 32 * KIP), (14 * FT,))
    found = extremes_of_train(h20, [20 * FT]).max_moment_knm / KIP_FT
    assert found == pytest.approx(8 * 20, abs=0.01)  # the book's row says 147.92


def test_many_spans_at_once_give_what_each_gives_alone() -> None:
    loads, gaps = np.array(NINE_AXLES.loads_kn, dtype=float), np.array(NINE_AXLES.gaps_m)
    spans = np.linspace(4.0, 60.0, 9000)
    together = effects_on_spans(loads, gaps, spans)
    for place in (0, 4095, 4096, 8999):
        alone = effects_on_spans(loads, gaps, spans[place : place + 1])
        assert together.moment_knm[place] == alone.moment_knm[0]
        assert together.shear_kn[place] == alone.shear_kn[0]


def test_a_train_longer_than_the_span_loads_it_only_with_the_axles_that_stand_on_it() -> None:
    short = extremes_of_train(Axles((100, 100), (10.0,)), [8.0])
    assert short.max_moment_knm == pytest.approx(100 * 8 / 4)
    assert short.max_shear_kn == pytest.approx(100)


def _with(**changes: object) -> dict[str, dict[str, dict[str, object]]]:
    good = {
        "edition": 1989,
        "total_kn": 500,
        "length_m": 4.5,
        "source": "JTJ 021-89",
        "status": "unverified",
    }
    return {"tracked_vehicles": {"crawler-50": {**good, **changes}}}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"bikes": {}}, "bikes: unknown part"),
        (_with(wheels=8), "crawler-50.wheels: unknown key"),
        (_with(total_kn=-5), "crawler-50.total_kn: '-5' cannot be used here"),
        (_with(length_m="long"), "crawler-50.length_m: 'long' cannot be used here"),
    ],
)
def test_a_wrong_file_of_design_loads_names_load_and_key(
    document: dict[str, dict[str, dict[str, object]]], message: str
) -> None:
    with pytest.raises(RegulationFileError, match=message):
        describe_design_loads(document)


def test_a_design_load_without_its_source_is_refused() -> None:
    document = _with()
    del document["tracked_vehicles"]["crawler-50"]["source"]
    with pytest.raises(RegulationFileError, match=r"crawler-50\.source: is missing"):
        describe_design_loads(document)


def test_every_design_load_of_the_contract_is_there() -> None:
    wanted = ("truck-10", "crawler-50", "city-A", "city-B", "highway-II-2004", "HS20-44-truck")
    assert all(isinstance(LOADS[code], DesignLoad) for code in (*CODES, *wanted))
