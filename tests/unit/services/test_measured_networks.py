"""What is measured along roads changes the answer of routing until it is too old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from tests.evaluation_tables import CONFIG, shipped_tables
from tests.maps import Standing, draw, edge
from tests.passages import issue_transport, measured, way_with
from transport.errors import InvalidInputError
from transport.network.attributes import Certainty, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.routing.route import RouteStatus
from transport.services.evaluating_routes import read_records
from transport.services.measured_networks import measured_network
from transport.services.planning_routes import RouteRequest, plan_request
from transport.vehicles.travel_time import read_travel_at

DAY = date(2026, 9, 1)
HIGH = {"height_m": 4.7}  # above the ordinary height, so that an unknown one is a question


@cache
def _law() -> Law:
    return read_law(CONFIG)


@cache
def _network() -> RoadNetwork:
    over = Standing(
        "A>B", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: Certainty.UNKNOWN}, id="over"
    )
    return way_with([], [(over, {})])


def _status(rows: Sequence[Mapping[str, Any]], day: str = "2026-09-01") -> RouteStatus:
    network = _network()
    start = f"{network.node_lon[0]},{network.node_lat[0]}"
    end = f"{network.node_lon[1]},{network.node_lat[1]}"
    travel = read_travel_at(day, datetime(2026, 9, 1, 8, tzinfo=UTC))
    return plan_request(
        RouteRequest(start, end), network, _law(), None, issue_transport(**HIGH), travel,
        tables=shipped_tables(), records=read_records({"measurements": list(rows)}),
    ).status  # fmt: skip


def test_a_measured_height_answers_an_unknown_one() -> None:
    assert _status([]) is RouteStatus.UNKNOWN
    assert _status([measured("over", "clear_height_m", 5.2)]) is not RouteStatus.UNKNOWN
    assert _status([measured("over", "clear_height_m", 4.6)]) is RouteStatus.INFEASIBLE


def test_a_measurement_counts_until_its_last_day() -> None:
    until = [measured("over", "clear_height_m", 5.2, until="2026-10-01")]
    assert _status(until, "2026-10-01") is not RouteStatus.UNKNOWN
    assert _status(until, "2026-10-02") is RouteStatus.UNKNOWN


def test_a_measured_value_says_who_measured_it_and_when() -> None:
    records = read_records({"measurements": [measured("over", "clear_height_m", 5.2)]})
    laid = measured_network(_network(), records, date(2026, 9, 1))
    column = laid.structures.limits[LimitKind.CLEAR_HEIGHT]
    row = list(laid.structures.ids).index("over")
    assert (column.value[row], column.certainty[row]) == (5.2, Certainty.KNOWN)
    assert laid.sources[column.source[row]] == "勘测组 2026-05-01"
    assert laid is measured_network(_network(), records, date(2026, 9, 1))
    before = _network().structures.limits[LimitKind.CLEAR_HEIGHT]
    assert before.certainty[row] == Certainty.UNKNOWN  # the network itself stays as it was


@pytest.mark.parametrize("value", [True, "5.2", 0, -1.0])
def test_what_is_no_size_is_refused(value: Any) -> None:
    with pytest.raises(InvalidInputError):
        read_records({"measurements": [measured("over", "clear_height_m", value)]})


def test_a_height_measured_along_several_edges_holds_on_each_of_them() -> None:
    network = draw("A---B---C", "AB BC", network_id="several")
    edges = [edge(network, road) for road in ("AB", "BC")]
    row = {**measured("stretch:G1:0-9", "clear_height_m", 4.9), "edges": edges}
    laid = measured_network(network, read_records({"measurements": [row]}), DAY)
    column = laid.limits[LimitKind.CLEAR_HEIGHT]
    assert column.value[edges].tolist() == [4.9, 4.9]
    assert set(column.certainty[edges].tolist()) == {int(Certainty.KNOWN)}
