"""The factory's pages: components, enquiries and their answers, hand-over to a carrier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.built_in import built_in_network
from tests.conftest import Installation
from tests.maps import draw
from tests.pages import Page, Visitor
from transport.network.attributes import LimitKind

SignedIn = Callable[[str], Visitor]

MODULE = {
    "number": "MK-1",
    "name": "模块化箱体",
    "kind": "volumetric_module",
    "material": "precast",
    "length_m": "9",
    "width_m": "3.5",
    "height_m": "3.2",
    "mass_t": "20",
}
TRUSS = {**MODULE, "number": "HJ-1", "name": "钢桁架", "kind": "steel_truss", "material": "steel"}
TRUSS |= {"length_m": "16", "width_m": "0.8", "height_m": "3.3", "mass_t": "15"}
WAY = {"origin": "包头", "destination": "海拉尔", "travel_on": "2026-05-20"}


@pytest.fixture
def factory(installation: Installation, signed_in: SignedIn) -> Visitor:
    """Return a planner of the factory in front of the built-in network."""
    installation.in_use = built_in_network()
    return signed_in("factory")


def enter(factory: Visitor, **changes: str) -> str:
    """Enter a component and return its id."""
    form = {**MODULE, **changes}
    page = factory.send("/factory/components/new", form)
    assert form["number"] in page.text
    new = factory.open("/factory/enquiries/new").source
    option = new.split(f">{form['number']} {form['name']}<")[0]
    return option.rsplit('value="', 1)[1].split('"')[0]


def ask(factory: Visitor, status: int = 302, **changes: str) -> Page:
    """Ask how the module comes to a site."""
    component = changes.pop("component_id", "") or enter(factory)
    return factory.send(
        "/factory/enquiries/new", {"component_id": component, **WAY, **changes}, status
    )


def test_a_piece_of_the_catalogue_fills_the_form_with_values_to_change(factory: Visitor) -> None:
    page = factory.open("/factory/components/new?piece=volumetric_module")
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert (values["length_m"], values["mass_t"]) == ("9.0", "20.0")


def test_a_new_component_stands_in_the_factorys_list(factory: Visitor) -> None:
    enter(factory)
    assert "MK-1" in factory.open("/factory").text


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("length_m", "900", "是否应为 9 m"),
        ("mass_t", "20000", "是否应为 20 t"),
        ("height_m", "-3", "不可能"),
        ("width_m", "wide", "不是数字"),
        ("number", "", "请填写"),
    ],
)
def test_impossible_and_swapped_units_are_named_at_the_field(
    factory: Visitor, field: str, given: str, says: str
) -> None:
    page = factory.send("/factory/components/new", {**MODULE, field: given}, 422)
    assert f'href="#{field}"' in page.source
    assert says in page.text
    assert "MK-1" not in factory.open("/factory").text


def test_a_component_number_is_used_once(factory: Visitor) -> None:
    enter(factory)
    page = factory.send("/factory/components/new", MODULE, 409)
    assert 'href="#number"' in page.source


def test_a_component_changed_in_two_tabs_keeps_what_was_typed_second(factory: Visitor) -> None:
    address = f"/factory/components/{enter(factory)}"
    factory.send(address, {**MODULE, "expected_version": "1", "name": "改名一"})
    page = factory.send(address, {**MODULE, "expected_version": "1", "name": "改名二"}, 409)
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert (values["name"], values["expected_version"]) == ("改名二", "2")
    assert "改名一" in factory.open("/factory").text


def test_another_factorys_component_does_not_exist(factory: Visitor, signed_in: SignedIn) -> None:
    component = enter(factory)
    signed_in("factory.ordos").open(f"/factory/components/{component}", 404)


def test_the_answer_names_limits_category_authority_time_and_documents(factory: Visitor) -> None:
    page = ask(factory)
    for words in ("超限", "自治区交通运输厅", "个工作日", "公路超限运输申请表", "第3条", "2.55"):
        assert words in page.text, words
    assert "示范数据" in page.text


def test_the_answer_names_what_else_the_trip_needs(factory: Visitor) -> None:
    page = ask(factory)
    for words in ("此行还须办理", "沿线盟市", "通行证可能附带的条件", "无证行驶的罚款"):
        assert words in page.text, words


def test_the_answer_has_an_address_of_its_own_and_stays_as_it_was(
    factory: Visitor, installation: Installation
) -> None:
    asked = ask(factory)
    address = next(one for one in factory.open("/factory").links if one.startswith("/enquiries/"))
    installation.steady_clock.move(days=30)
    factory.sign_in("factory")
    again = factory.open(address)
    assert again.text == asked.text


def test_the_map_shows_the_routes_and_both_ends(factory: Visitor) -> None:
    ask(factory)
    address = next(one for one in factory.open("/factory").links if one.startswith("/enquiries/"))
    drawn: Any = factory.client.get(f"{address}/map.json").json
    assert drawn["routes"][0]["geometry"]["type"] == "LineString"
    assert {"origin", "destination"} <= {one["kind"] for one in drawn["points"]}


def test_a_truss_that_stands_upright_is_told_how_to_lie_without_a_pass(factory: Visitor) -> None:
    standing = enter(factory, **TRUSS)
    page = ask(factory, component_id=standing, tractor="tractor_6x4", trailer="flatbed_3")
    assert "不需要办证" in page.text or "降低" in page.text


def test_an_unknown_place_offers_the_nearest_names(factory: Visitor) -> None:
    page = ask(factory, 422, destination="呼和浩持")
    assert 'href="#destination"' in page.source
    assert "呼和浩特" in page.text


def test_an_origin_in_the_sea_is_refused_at_its_field(factory: Visitor) -> None:
    page = ask(factory, 422, origin="125.0,30.0")
    assert 'href="#origin"' in page.source


def test_roads_to_avoid_are_avoided(factory: Visitor) -> None:
    component = enter(factory)
    page = ask(factory, component_id=component, destination="呼和浩特", avoid="G6")
    roads = page.source.split("<article", 1)[1].split("</article>", 1)[0]
    assert "<td>G6 " not in roads
    assert "<td>G6<" not in roads


def test_a_piece_too_heavy_for_the_chosen_trailer_is_refused_there(factory: Visitor) -> None:
    heavy = enter(factory, number="XL-1", mass_t="95", length_m="12")
    page = ask(factory, 422, component_id=heavy, tractor="tractor_6x4", trailer="flatbed_3")
    assert 'href="#trailer"' in page.source


def test_a_component_of_another_factory_cannot_be_asked_about(
    factory: Visitor, signed_in: SignedIn
) -> None:
    component = enter(factory)
    other = signed_in("factory.ordos")
    page = ask(other, 422, component_id=component)
    assert 'href="#component_id"' in page.source


def test_the_carrier_sees_an_enquiry_once_it_is_handed_over(
    factory: Visitor, signed_in: SignedIn
) -> None:
    ask(factory)
    address = next(one for one in factory.open("/factory").links if one.startswith("/enquiries/"))
    carrier = signed_in("carrier")
    carrier.open(address, 404)
    page = factory.open(address)
    firm = page.source.split("鄂尔多斯示范大件物流有限公司</option>")[0]
    firm = firm.rsplit('value="', 1)[1].split('"')[0]
    form = {"carrier_id": firm, "expected_version": "1"}
    factory.send(f"{address}/hand-over", form)
    assert address in carrier.open("/carrier").links
    shown = carrier.open(address).text
    assert "据此提出申请" in shown
    assert "本单位可承运的车辆 车辆 长 × 宽 × 高" in shown
    assert "蒙KSF001" in shown
    factory.send(f"{address}/hand-over", form, 409)


def test_handing_over_to_nobody_names_the_field(factory: Visitor) -> None:
    ask(factory)
    address = next(one for one in factory.open("/factory").links if one.startswith("/enquiries/"))
    form = {"carrier_id": "nobody", "expected_version": "1"}
    page = factory.send(f"{address}/hand-over", form, 422)
    assert 'href="#carrier_id"' in page.source


def test_an_enquiry_can_be_asked_again_with_changes(factory: Visitor) -> None:
    ask(factory, avoid="G6")
    address = next(one for one in factory.open("/factory").links if one.startswith("/enquiries/"))
    number = address.rsplit("/", 1)[1]
    page = factory.open(f"/factory/enquiries/new?like={number}")
    values = {one.get("name"): one.get("value") for one in page.fields}
    assert (values["origin"], values["avoid"]) == ("包头", "G6")


@pytest.mark.parametrize("login", ["carrier", "handler", "administrator"])
def test_only_factories_open_the_factorys_pages(signed_in: SignedIn, login: str) -> None:
    signed_in(login).open("/factory", 403)


def test_what_blocks_and_the_smallest_change_that_opens_a_route_are_named(
    factory: Visitor, installation: Installation
) -> None:
    low = {LimitKind.SIGNED_HEIGHT: 4.0}
    installation.in_use = draw("A---B---C", "AB BC", limits={"AB": low})
    page = ask(factory, origin="A", destination="C", trailer="low_bed_3")
    assert "不可通行" in page.text
    assert "标志限高 主管部门可以放行 4 m 4.15 m 0.15 m 已知 drawn" in page.text
    assert "总高度减少 0.15 m" in page.text
