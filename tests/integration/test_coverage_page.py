"""The page of what the network knows, and the names that begin with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from road_data.opening import open_network
from road_data.restrictions import RestrictionRecord
from road_data.store import save_network
from road_data.surveys.cells import Kind
from road_data.surveys.keeping import change_restrictions, import_records
from road_data.surveys.restricting import placed
from tests.built_in import built_in_network
from tests.conftest import Installation
from tests.maps import Standing, draw
from tests.pages import Visitor
from transport.network.attributes import LimitKind, StructureKind


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


def test_administrators_see_conflicts_and_restrictions(
    installation: Installation, signed_in: Callable[[str], Visitor], tmp_path: Path
) -> None:
    low = Standing("AB", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: 4.5}, id="X")
    network = draw("A--B", "AB", structures=[low])
    folder = installation.settings.data / "network"
    save_network(network, folder)
    (tmp_path / "s.csv").write_text(
        "structure_id,kind,clear_height_m,source\nX,overbridge,4.8,账\n"
    )
    import_records(folder, Kind.STRUCTURES, tmp_path / "s.csv")
    closure = RestrictionRecord("R7", "closure", {"structure": "X"}, "维修", "公路局", closed=True)
    thaw = RestrictionRecord(
        "R8", "seasonal_limit", {"structure": "X"}, "春融", "公路局",
        limits={"signed_mass_t": 20.0},
        hard=False, yearly="03-15/05-31", weekly="Mo,Tu 22:00-06:00", lanes="外侧", direction="up",
    )  # fmt: skip
    change_restrictions(
        folder,
        lambda network, bundle, _: [
            replace(
                placed(network, bundle, replace(one, direction="both")), direction=one.direction
            )
            for one in (closure, thaw)
        ],
    )
    installation.in_use = open_network(folder)
    text = signed_in("administrator").open("/admin/network").text
    assert "官方台账冲突" in text
    assert "未决定" in text
    assert "公路局" in text
    assert "R7 临时封闭 临时封闭 双向" in text
    assert "标志限重 20" in text
    assert "km ↑、外侧、主管部门可以放行" in text
    assert "03-15 – 05-31; 周一 周二 22:00–06:00" in text
