"""Decisions and surveys of engineers in the search for routes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.evaluation_tables import CONFIG, shipped_tables
from tests.passages import bridge_record, issue_transport, measured, way_with
from transport.regulations.reading import read_law
from transport.routing.route import RouteStatus
from transport.services.evaluating_routes import read_records
from transport.services.planning_routes import RouteRequest, plan_request
from transport.vehicles.travel_time import read_travel_at

# 18 t lines on a hollow slab are a case for an engineer; the girder passes under conditions.
SLAB, GIRDER = bridge_record(0), {**bridge_record(1), "structure_id": "bridge-1"}
RATING = ("condition_class", "rated_on")


def signed(record: Mapping[str, Any], result: str = "PASS_WITH_MEASURES") -> dict[str, Any]:
    train = issue_transport()
    decision = {
        "element": "bridge-1",
        "check": "bridge_screening",
        "result": result,
        "reason": "专项验算",
        "signed_by": "结构工程师",
        "decided_on": "2026-08-28",
        "valid_until": "2027-02-01",
        "axle_loads_kn": [9.8 * load for load in train.axle_loads_t],
        "axle_spacings_m": list(train.axle_spacings_m),
        "rating": {name: record[name] for name in RATING},
    }
    return {"decisions": [decision]}


def planned(record: Mapping[str, Any], records: Mapping[str, Any] | None = None) -> RouteStatus:
    network = way_with([record])
    start = f"{network.node_lon[0]},{network.node_lat[0]}"
    end = f"{network.node_lon[1]},{network.node_lat[1]}"
    travel = read_travel_at("2026-09-01", datetime(2026, 9, 1, 8, tzinfo=UTC))
    return plan_request(
        RouteRequest(start, end), network, read_law(CONFIG), None, issue_transport(), travel,
        tables=shipped_tables(), records=read_records(records or {}),
    ).status  # fmt: skip


def test_a_signed_decision_reopens_a_bridge_for_routing_until_its_rating_changes() -> None:
    assert planned(SLAB) is RouteStatus.UNKNOWN
    assert planned(SLAB, signed(SLAB)) is RouteStatus.CONDITIONAL
    rated_again = {**SLAB, "rated_on": "2026-08-30"}
    assert planned(rated_again, signed(SLAB)) is RouteStatus.UNKNOWN


def test_an_engineer_may_close_a_bridge_that_its_record_passes() -> None:
    assert planned(GIRDER) is RouteStatus.CONDITIONAL
    assert planned(GIRDER, signed(GIRDER, "NOT_PASSABLE")) is RouteStatus.INFEASIBLE


def test_nobody_reopens_a_bridge_of_class_4_by_a_signature() -> None:
    worn = {**GIRDER, "condition_class": "4"}
    assert planned(worn, signed(worn)) is RouteStatus.INFEASIBLE


def test_a_survey_of_a_bridge_without_record_counts_for_routing() -> None:
    facts = {name: GIRDER[name] for name in GIRDER if name not in {"record", "kind", "source"}}
    found = [measured("bridge-1", *one) for one in facts.items()]
    worn = [*found, {**measured("bridge-1", "condition_class", "4"), "measured_on": "2026-06-01"}]
    bare = {"record": "structures", "structure_id": "bridge-1", "source": "台账"}
    assert planned(bare, {"measurements": found}) is RouteStatus.CONDITIONAL
    assert planned(bare, {"measurements": worn}) is RouteStatus.INFEASIBLE
