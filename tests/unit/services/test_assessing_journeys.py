"""A journey assessed as a whole: the loading, the law of today, the road of the travel day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.catalogues import shipped_catalogue
from tests.evaluation_tables import shipped_tables
from tests.factories import CALENDAR, law
from tests.maps import draw
from tests.passages import issue_transport, way_with
from transport.errors import InvalidInputError
from transport.evaluation.tables import Tables
from transport.network.places import Place
from transport.services.assessing_journeys import (
    Assessment,
    Journey,
    LoadingWish,
    assess_journey,
    better_loadings,
    load_as_wished,
)
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.component import Component, Orientation
from transport.vehicles.transport import Material

DAY = date(2026, 5, 11)
WALL = Component("wall", "墙板", "wall", Material.PRECAST, 6.0, 3.4, 0.25, 9.0, may_turn=True)
ROAD = draw(
    "A---B---C",
    "AB BC",
    facts={"AB": {"admin_code": "150203"}, "BC": {"admin_code": "150105"}},
    places=(
        Place("包头市", "baotou", "Baotou", "seat", 110.0, 40.0, "150203"),
        Place("呼和浩特市", "huhehaote", "Hohhot", "seat", 110.09, 40.0, "150105"),
    ),
)


def catalogue() -> Catalogue:
    return shipped_catalogue()


def assess(
    destination: str = "呼和浩特", origin: str = "包头", avoid: tuple[str, ...] = ()
) -> Assessment:
    loading = load_as_wished(WALL, catalogue(), law(), DAY, LoadingWish())
    journey = Journey(origin, destination, date(2026, 5, 20), avoid=avoid)
    return assess_journey(
        loading.transport,
        journey,
        network=ROAD,
        law=law(),
        tariff=None,
        calendar=CALENDAR,
        today=DAY,
    )


def test_the_law_is_todays_and_the_road_that_of_the_travel_day() -> None:
    assessed = assess()
    assert assessed.classification["law_as_of"] == "2026-05-11"
    assert assessed.plan["travel_at"] == "2026-05-20"


def test_the_counties_of_both_ends_decide_which_authority_it_is() -> None:
    assessed = assess()
    assert assessed.itinerary.origin_admin == "150203"
    assert assessed.itinerary.destination == "呼和浩特市"
    assert assessed.classification["authority"]["level"] == "region"


def test_a_bridge_on_record_is_screened_for_the_web_enquiry_too() -> None:
    weak = {"record": "structures", "kind": "bridge", "structure_id": "b1", "spans_m": [30.0],
            "structural_form": "girder", "design_load": "truck-10", "lanes": 2, "girders": 5,
            "girder_spacing_m": 2.1, "deck_width_m": 9.0, "condition_class": "2",
            "rated_on": "2026-01-01", "continuous": False}  # fmt: skip
    road = way_with([weak])

    def status(tables: Tables | None) -> str:
        journey = Journey("A", "B", DAY)
        assessed = assess_journey(
            issue_transport(),
            journey,
            network=road,
            law=law(),
            tariff=None,
            calendar=CALENDAR,
            today=DAY,
            tables=tables,
        )
        return str(assessed.plan["status"])

    assert status(None) != "infeasible"
    assert status(shipped_tables()) == "infeasible"


def test_an_unknown_place_is_named_with_its_end() -> None:
    with pytest.raises(InvalidInputError) as refused:
        assess(destination="不存在的地方")
    assert [one.field for one in refused.value.faults] == ["to"]


@pytest.mark.parametrize("origin", ["不存在的工厂", "0,0", "40,110"])
@pytest.mark.parametrize("destination", ["不存在的工地", "0.1,0", "40,110.1"])
def test_a_wrong_origin_hides_no_wrong_site_and_no_wrong_wish(
    origin: str, destination: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        assess(destination, origin, avoid=("不存在的路",))
    assert sorted(one.field for one in refused.value.faults) == ["avoid", "from", "to"]


def test_open_units_are_filled_with_the_best_lawful_ones() -> None:
    loading = load_as_wished(WALL, catalogue(), law(), DAY, LoadingWish(trailer="flatbed_3"))
    assert loading.trailer == "flatbed_3"
    assert loading.tractor in catalogue().tractors


def test_a_wall_that_stands_up_needs_no_pass_where_lying_flat_it_does() -> None:
    wish = LoadingWish("tractor_4x2", "flatbed_3")
    flat = load_as_wished(WALL, catalogue(), law(), DAY, wish)
    ways = better_loadings(WALL, catalogue(), law(), DAY, flat.transport)
    assert ways[0].needs_no_pass
    assert ways[0].placement.orientation is Orientation.ON_EDGE
    keys = [(one.trailer and one.trailer.code, one.placement) for one in ways]
    assert len(keys) == len(set(keys)), "each way is offered once"


def test_units_that_are_not_there_and_forbidden_turns_are_refused_together() -> None:
    stiff = replace(WALL, may_turn=False)
    wish = LoadingWish("no_such", "flatbed_3", Orientation.ON_EDGE)
    with pytest.raises(InvalidInputError) as refused:
        load_as_wished(stiff, catalogue(), law(), DAY, wish)
    assert {one.field for one in refused.value.faults} == {"tractor", "orientation"}


def test_what_no_unit_can_carry_is_refused_with_a_remedy() -> None:
    mountain = replace(WALL, mass_t=400.0)
    with pytest.raises(InvalidInputError) as refused:
        load_as_wished(mountain, catalogue(), law(), DAY, LoadingWish())
    assert refused.value.faults[0].code == "no_lawful_loading"
