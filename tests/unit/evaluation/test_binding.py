"""Surveys and decisions go with their place into another version of the network, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.maps import draw, edge
from tests.passages import measured
from transport.evaluation.passage.binding import junction_place, place_on, stretch_place
from transport.evaluation.passage.facts import RoadPlace
from transport.network.attributes import Certainty, LimitKind
from transport.network.graph import RoadNetwork
from transport.services.evaluating_routes import read_records, records_on
from transport.services.measured_networks import measured_network

DAY = date(2026, 9, 1)
G1 = {"ref": "G1"}
UNKNOWN = Certainty.UNKNOWN


def _old() -> RoadNetwork:
    return draw("B---C---E\n    |\n    F", "BC CE CF", facts={"BC": G1, "CE": G1},
                otherwise=UNKNOWN, network_id="first")  # fmt: skip


def _new(**changes: Any) -> RoadNetwork:
    """Draw the same roads a year later: others before them, one edge more, all numbers new."""
    shown = {
        "picture": "B-D-C---E\n    |\n    F\n\nA---G",
        "roads": "AG BD DC CE CF",
        "facts": {"AG": {"ref": "S9"}, "BD": G1, "DC": G1, "CE": G1},
        "otherwise": UNKNOWN,
        "network_id": "second",
    }
    return draw(**{**shown, **changes})


def _row(place: RoadPlace | None, edges: list[int], element: str) -> dict[str, Any]:
    told: Mapping[str, Any] | None = (
        None
        if place is None
        else {
            "network": place.network,
            "road": place.road,
            "line": [list(one) for one in place.line],
            "bearings": list(place.bearings),
        }
    )
    return {**measured(element, "clear_height_m", 4.9), "edges": edges, "place": told}


def _height_edges(network: RoadNetwork, row: Mapping[str, Any]) -> list[int]:
    laid = measured_network(network, read_records({"measurements": [row]}), DAY)
    column = laid.limits[LimitKind.CLEAR_HEIGHT]
    return np.flatnonzero(column.certainty == int(Certainty.KNOWN)).tolist()


def _surveyed(*roads: str) -> dict[str, Any]:
    old = _old()
    edges = [edge(old, road) for road in roads]
    return _row(stretch_place(old, edges), edges, f"stretch:G1:{edges[0]}-{edges[-1]}")


def test_a_height_is_found_on_the_edges_that_took_the_place_of_the_measured_one() -> None:
    row, new = _surveyed("BC"), _new()
    assert _height_edges(_old(), row) == [edge(_old(), "BC")]
    assert _height_edges(new, row) == sorted([edge(new, "BD"), edge(new, "DC")])


def test_a_measured_stretch_over_several_edges_is_found_whole_and_takes_its_new_name() -> None:
    new = _new()
    held = records_on(new, read_records({"measurements": [_surveyed("BC", "CE")]}))
    (one,) = held.measurements.every
    chain = tuple(edge(new, road) for road in ("BD", "DC", "CE"))
    assert one.edges == chain
    assert one.element == f"stretch:G1:{chain[0]}-{chain[-1]}"
    assert records_on(new, held).measurements.every == held.measurements.every  # and stays so


def test_the_opposite_direction_of_a_measured_stretch_stays_unknown() -> None:
    new = _new()
    found = _height_edges(new, _surveyed("BC"))
    assert not {edge(new, "DB"), edge(new, "CD")} & set(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"picture": "H\nB-D-C---E\n    |\n    F\n\nA---G"},  # rebuilt a kilometre to the south
        {"facts": {"BD": {"ref": "S1"}, "DC": {"ref": "S1"}}},  # another road lies there now
    ],
)
def test_a_place_that_the_new_network_lacks_lends_its_value_to_no_other_edge(
    changes: Mapping[str, Any],
) -> None:
    assert _height_edges(_new(**changes), _surveyed("BC")) == []


def test_two_places_that_had_the_same_number_in_two_versions_keep_their_own_values() -> None:
    old, new = _old(), _new()
    number = edge(old, "BC")
    here = edge(new, "AG")
    name = f"stretch:G1:{number}-{number}"
    other = _row(stretch_place(new, [here]), [here], name)
    rows = [_surveyed("BC"), {**other, "value": 5.3, "measured_on": "2026-06-01"}]
    laid = measured_network(new, read_records({"measurements": rows}), DAY)
    heights = laid.limits[LimitKind.CLEAR_HEIGHT].value
    assert (heights[here], heights[edge(new, "BD")], heights[edge(new, "DC")]) == (5.3, 4.9, 4.9)


def test_a_junction_is_found_by_its_place_and_its_arms() -> None:
    old, new = _old(), _new()
    node = int(old.head[edge(old, "BC")])
    place = junction_place(old, node)
    assert place.bearings == (90.0, 180.0, 270.0)
    row = {**_row(place, [], f"junction:{node}"), "field": "corner_radius_m", "value": 12.0}
    (one,) = records_on(new, read_records({"measurements": [row]})).measurements.every
    assert one.element == f"junction:{int(new.head[edge(new, 'DC')])}"
    assert one.element != f"junction:{node}"
    rebuilt = _new(roads="AG BD DC CE", facts={})  # an arm is gone: another junction
    assert not records_on(rebuilt, read_records({"measurements": [row]})).measurements.every


def test_a_decision_goes_with_its_place_too() -> None:
    old, new = _old(), _new()
    node = int(old.head[edge(old, "BC")])
    told = _row(place_on(old, f"junction:{node}", ()), [], "")["place"]
    row = {
        "element": f"junction:{node}", "check": "swept_path", "result": "PASS",
        "reason": "仿真复核满足", "signed_by": "工程师甲", "decided_on": "2026-05-01",
        "valid_until": "2027-05-01", "place": told,
    }  # fmt: skip
    (one,) = records_on(new, read_records({"decisions": [row]})).decisions
    assert one.element == f"junction:{int(new.head[edge(new, 'DC')])}"
    nowhere = {**row, "place": {"network": "first"}}
    assert not records_on(new, read_records({"decisions": [nowhere]})).decisions


def test_a_row_without_its_network_counts_only_where_the_network_is_older_than_it() -> None:
    old = _old()
    number = edge(old, "BC")
    row = _row(None, [number], f"stretch:G1:{number}-{number}")
    assert _height_edges(old, row) == [number]
    assert _height_edges(replace(old, built_at="2026-06-01T00:00:00+08:00"), row) == []
    assert _height_edges(replace(old, built_at=""), row) == []


def test_structures_keep_their_names_in_every_version() -> None:
    row = measured("bridge-7", "condition_class", 2)
    newer = replace(_new(), built_at="2027-01-01T00:00:00+08:00")
    (one,) = records_on(newer, read_records({"measurements": [row]})).measurements.every
    assert one.element == "bridge-7"


def test_a_kept_course_has_no_more_points_than_its_bends() -> None:
    old = _old()
    place = stretch_place(old, [edge(old, "BC"), edge(old, "CE")])
    assert len(place.line) == 2  # straight through C
    assert place.network == "first"
