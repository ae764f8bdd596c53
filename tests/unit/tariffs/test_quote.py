"""Tolls are quoted line by line, exactly, from the schedule of the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.loads import DAY, load, planned
from tests.maps import Standing, draw, edge
from transport.errors import InvalidInputError, NoLawInForceError, RegulationFileError
from transport.network.attributes import StructureKind, Tolled
from transport.routing.answer import plan_as_json
from transport.routing.planning import RouteContext
from transport.routing.toll_way import pieces_between_stations, pieces_of_answer
from transport.tariffs.answer import quote_as_json
from transport.tariffs.quote import quote_edges
from transport.tariffs.schedule import check_axle_count, schedule_from_mapping

ROW = {
    "effective": "2020-01-01",
    "rates_yuan_per_km": {1: "0.45", 2: "0.90", 3: "1.20", 4: "1.60", 5: "1.90", 6: "2.10"},
    "status": "demonstration",
    "citation": {"title": "Demonstration", "article": "none"},
}
TARIFF = schedule_from_mapping({"region": "cn-15", "schedules": [ROW]})
RATES = TARIFF.on(DAY)
TOLLED = {"ref": "G6", "tolled": Tolled.YES}
ROADS = draw(
    "A---B---C---D",
    "AB BC CD",
    facts={"AB": TOLLED, "BC": TOLLED | {"ref": "G7"}},
    lengths_m={"AB": 12_345.6, "BC": 1000.0, "CD": 500.0},
    structures=[
        Standing("AB", StructureKind.TOLL_STATION, share=0.0, id="t1", name="西站"),
        Standing("BC", StructureKind.TOLL_STATION, share=0.5, id="t2", name="东站"),
    ],
)
WHOLE = [(edge(ROADS, "AB"), 12_345.6), (edge(ROADS, "BC"), 1000.0), (edge(ROADS, "CD"), 500.0)]


@pytest.mark.parametrize(
    ("axles", "rate"),
    [(2, "0.90"), (3, "1.20"), (4, "1.60"), (5, "1.90"), (6, "2.10"), (7, "2.30"), (10, "2.90")],
)
def test_the_rate_follows_the_axles_and_grows_above_six(axles: int, rate: str) -> None:
    assert RATES.yuan_per_km(axles) == Decimal(rate)


def test_each_road_is_a_line_and_the_total_their_sum() -> None:
    quote = quote_edges(ROADS, WHOLE, 6, RATES)
    assert [(line.section, line.length_km, line.amount_yuan) for line in quote.lines] == [
        ("G6", Decimal("12.346"), Decimal("25.93")),
        ("G7", Decimal("1.000"), Decimal("2.10")),
    ]
    assert quote.toll_yuan == Decimal("28.03")
    assert quote_as_json(quote)["toll_yuan"] == "28.03"
    assert quote_as_json(quote)["status"] == "demonstration"


def test_a_road_whose_tolling_is_unknown_leaves_the_total_open() -> None:
    roads = draw("A---B", "AB", facts={"AB": {"tolled": Tolled.UNKNOWN}})
    quote = quote_edges(roads, [(edge(roads, "AB"), 4000.0)], 6, RATES)
    assert quote_as_json(quote)["toll_yuan"] is None
    assert quote.untold_m == 4000.0


def test_a_free_road_costs_nothing() -> None:
    assert quote_as_json(quote_edges(ROADS, WHOLE[2:], 6, RATES))["toll_yuan"] == "0.00"


def test_an_oversize_load_pays_its_axles_and_no_multiplier() -> None:
    context = RouteContext(tariff=TARIFF)
    toll = planned(ROADS, "A", "D", load(), context=context).routes[0].toll_yuan
    heavy = load(mass_t=90.0, height_m=4.4)
    assert planned(ROADS, "A", "D", heavy, context=context).routes[0].toll_yuan == toll == "28.03"


def test_a_saved_route_is_quoted_like_the_plan_it_came_from() -> None:
    answer = plan_as_json(planned(ROADS, "A", "D", load()))
    assert quote_edges(ROADS, pieces_of_answer(ROADS, answer), 6, RATES).toll_yuan == Decimal(
        "28.03"
    )


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"routes": []},
        {"routes": [{"edges": [99], "start_offset_m": 0, "end_offset_m": 1}]},
        {"routes": [{"edges": [0, 0], "start_offset_m": 0, "end_offset_m": 1}]},
        {"network": {"id": "other"}, "routes": [{}]},
    ],
)
def test_a_file_that_is_no_route_of_this_network_is_refused(answer: object) -> None:
    with pytest.raises(InvalidInputError, match="route"):
        pieces_of_answer(ROADS, answer)


def test_the_way_between_two_stations_is_quoted_by_code_or_name() -> None:
    for entry, exit_ in [("t1", "t2"), ("西站", "东站")]:
        pieces = pieces_between_stations(ROADS, entry, exit_)
        assert sum(length for _, length in pieces) == pytest.approx(12_845.6)


def test_unknown_stations_are_both_named() -> None:
    with pytest.raises(InvalidInputError) as refused:
        pieces_between_stations(ROADS, "t9", "nowhere")
    assert [fault.field for fault in refused.value.faults] == ["entry", "exit"]


def test_before_the_first_schedule_there_is_no_toll() -> None:
    with pytest.raises(NoLawInForceError):
        TARIFF.on(date(2019, 12, 31))
    old = load()
    context = RouteContext(
        tariff=schedule_from_mapping({"schedules": [ROW | {"effective": "2030-01-01"}]})
    )
    assert planned(ROADS, "A", "D", old, context=context).routes[0].toll_yuan is None


@pytest.mark.parametrize("axles", [-1, 0, 1, 201])
def test_an_impossible_number_of_axles_is_refused(axles: int) -> None:
    with pytest.raises(InvalidInputError, match="axles"):
        check_axle_count(axles)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"status": "certain"}, "certain"),
        ({"rates_yuan_per_km": {1: "1"}}, "2"),
        ({"rates_yuan_per_km": dict.fromkeys(range(1, 7), "-1")}, "-1"),
        ({"effective": "someday"}, "someday"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_broken_schedule_stops_the_start_naming_the_key(
    change: dict[str, object], named: str
) -> None:
    with pytest.raises(RegulationFileError, match=named):
        schedule_from_mapping({"schedules": [ROW | change]}, "trucks.yaml")


def test_two_schedules_of_one_day_are_refused() -> None:
    with pytest.raises(RegulationFileError, match="2020-01-01"):
        schedule_from_mapping({"schedules": [ROW, ROW]})
