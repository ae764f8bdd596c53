"""The page of what the network knows, and the names that begin with what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.built_in import built_in_network
from tests.conftest import Installation
from tests.pages import Visitor


@pytest.fixture
def over_the_region(installation: Installation) -> Installation:
    installation.in_use = built_in_network()
    return installation


@pytest.mark.usefixtures("over_the_region")
def test_a_visitor_sees_how_much_is_known_but_not_which_structures(visitor: Visitor) -> None:
    text = visitor.open("/coverage").text
    assert "路网数据完整度" in text
    assert "可多判定" in text
    assert "哈拉哈河大桥" not in text


@pytest.mark.usefixtures("over_the_region")
def test_officers_see_what_to_survey_first(signed_in: Callable[[str], Visitor]) -> None:
    text = signed_in("handler").open("/coverage?attribute=clear_height_m").text
    assert "哈拉哈河大桥" in text
    assert "桥梁评定总质量" in text


@pytest.mark.usefixtures("over_the_region")
def test_an_unknown_attribute_shows_the_first(visitor: Visitor) -> None:
    assert "净宽" in visitor.open("/coverage?attribute=nonsense").text


@pytest.mark.usefixtures("over_the_region")
def test_places_are_offered_by_the_beginning_of_their_name(visitor: Visitor) -> None:
    found = visitor.client.get("/places.json?q=huhe").get_json()["places"]
    assert found[0]["name"] == "呼和浩特市"
    assert visitor.client.get("/places.json").get_json() == {"places": []}
