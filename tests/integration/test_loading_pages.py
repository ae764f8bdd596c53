"""From a component to a combination on the factory's pages: ranked, drawn, asked about."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.built_in import built_in_network
from tests.conftest import Installation
from tests.pages import Page, Visitor
from tests.rigs import rig
from transport.vehicles.measurement import Measurement, MeasuringMethod
from transport.vehicles.outline import outline_of_load
from webapp.storage.snapshots import from_document, to_document

SignedIn = Callable[[str], Visitor]
WAY = {"origin": "包头", "destination": "呼和浩特", "travel_on": "2026-05-20"}


@pytest.fixture
def factory(installation: Installation, signed_in: SignedIn) -> Visitor:
    """Return a planner of the factory in front of the built-in network."""
    installation.in_use = built_in_network()
    return signed_in("factory")


def values_of(page: Page) -> dict[str, str]:
    """Return what the page's form holds, boxes only where they are ticked."""
    return {
        one.get("name", ""): one.get("value", "")
        for one in page.fields
        if one.get("type") not in {"checkbox", "radio"} or "checked" in one
    }


def enter(factory: Visitor, piece: str, status: int = 302, **changes: str) -> Page:
    """Enter a piece of the catalogue as a component and go on to its combinations."""
    filled = values_of(factory.open(f"/factory/components/new?piece={piece}"))
    del filled["csrf_token"], filled["piece"]
    form = {**filled, "number": "GJ-1", "action": "load", "material": "precast", **changes}
    return factory.send("/factory/components/new", form, status)


def component_id(installation: Installation) -> str:
    """Return the id of the component that was entered last."""
    with installation.unit_of_work(read_only=True) as work:
        firm = next(one for one in work.organisations.listed() if "包头示范" in one.name)
        kept = work.components.of_organisation(firm.id)
    return next(one.id for one in kept if one.number == "GJ-1")


def test_a_component_keeps_how_it_may_lie_and_who_measured_it(
    factory: Visitor, installation: Installation
) -> None:
    enter(
        factory,
        "external_wall_panel",
        measured_by="出厂检验岗",
        method="tape",
        measured_on="2026-05-08",
        tolerance_m="0.01",
        supports_m="1，5",
        centre_along_m="2.9",
    )
    address = f"/factory/components/{component_id(installation)}"
    page = factory.open(address)
    kept = values_of(page)
    assert (kept["may_stand"], kept["supports_m"]) == ("1", "1, 5")
    assert "may_turn" not in kept
    with installation.unit_of_work(read_only=True) as work:
        component = work.components.get(address.rsplit("/", 1)[1])
    assert component.measured == Measurement(
        "出厂检验岗", MeasuringMethod.TAPE, component.measured.measured_on, 0.01
    )
    assert component.centre_along_m == 2.9


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("centre_along_m", "7"),
        ("tolerance_m", "9"),
        ("tolerance_m", "0.4"),  # thicker than the panel
        ("tolerance_t", "15"),  # heavier than the panel
        ("supports_m", "1, 60"),
        ("supports_m", "2"),
        ("supports_m", "0.5, 2.5"),  # both in front of the centre of gravity
        ("most_layers", "1.5"),
        ("measured_on", "2199-01-01"),
    ],
)
def test_measures_that_cannot_be_are_named_at_their_field(
    factory: Visitor, field: str, given: str
) -> None:
    page = enter(factory, "external_wall_panel", 422, **{field: given})
    assert f'href="#{field}"' in page.source


def test_saving_leads_to_the_ranked_combinations_with_drawing_and_limits(
    factory: Visitor,
) -> None:
    page = enter(factory, "volumetric_module")
    assert "<h1>GJ-1 的运输车组</h1>" in page.source
    assert "<svg" in page.source
    assert page.source.count("<meter") > 5
    for words in ("控制因素", "空车返程", "二类", "其他车辆不可用的原因", "侧视图", "装载稳定性"):
        assert words in page.text, words


def test_another_combination_of_the_list_is_drawn_when_asked_for(factory: Visitor) -> None:
    page = enter(factory, "volumetric_module")
    other = next(one for one in page.links if "show=" in one)
    drawn = factory.open(other.partition("#")[0])
    heading = re.search(r'<h2 id="drawn">(.*?)</h2>', drawn.source)
    assert heading is not None
    assert heading[1] not in re.findall(r'<h2 id="drawn">(.*?)</h2>', page.source)


def test_tolerances_are_added_before_the_law_judges(factory: Visitor) -> None:
    page = enter(factory, "volumetric_module", tolerance_m="0.02")
    assert "计入偏差后的判定尺寸" in page.text
    assert "3.52" in page.text


def test_too_many_pieces_are_refused_with_the_reasons_open(
    factory: Visitor, installation: Installation
) -> None:
    enter(factory, "volumetric_module")
    address = f"/factory/loadings?component={component_id(installation)}"
    page = factory.open(f"{address}&pieces=6")
    assert "目录中没有可合法承运的车组" in page.text
    assert "<details open>" in page.source
    assert "每车 1 件时可以承运" in page.text
    assert "pieces=1" in page.source
    assert 'href="#pieces"' in factory.open(f"{address}&pieces=99", 422).source


def test_a_piece_that_nothing_carries_says_what_would_change_it(factory: Visitor) -> None:
    page = enter(factory, "volumetric_module", mass_t="300")
    assert "最接近的是十二轴线液压全挂车" in page.text
    assert "300 t，限值 230 t" in page.text
    assert "须减少 70 t" in page.text


def test_a_hydraulic_trailer_without_a_top_speed_is_no_open_way_to_expressways(
    factory: Visitor,
) -> None:
    page = enter(factory, "steel_girder_segment_wide")
    assert "设计最高车速不低于 70 km/h 方可上高速公路" in page.text
    assert "台面降至最低、升至最高时的总高" in page.text


def test_a_piece_that_can_be_taken_apart_is_told_so(factory: Visitor) -> None:
    page = enter(factory, "volumetric_module", divisibility="bolted")
    assert "应拆开后分别运输" in page.text


def test_a_component_of_another_factory_is_not_loaded(
    factory: Visitor, installation: Installation, signed_in: SignedIn
) -> None:
    enter(factory, "volumetric_module")
    page = signed_in("factory.ordos").open(
        f"/factory/loadings?component={component_id(installation)}"
    )
    assert 'href="#component"' in page.source


def asked(factory: Visitor, status: int = 302, **changes: str) -> Page:
    """Ask for a way with the best combination of a module."""
    page = enter(factory, "volumetric_module")
    address = next(one for one in page.links if one.startswith("/factory/enquiries/new"))
    form = values_of(factory.open(address))
    assert form["loading"]
    del form["csrf_token"]
    chosen = re.search(r'<option value="([^"]+)" selected', factory.open(address).source)
    assert chosen is not None
    return factory.send(
        "/factory/enquiries/new", {**form, "component_id": chosen[1], **WAY, **changes}, status
    )


def test_an_enquiry_keeps_the_chosen_combination_and_its_drawing(
    factory: Visitor, installation: Installation
) -> None:
    page = asked(factory)
    assert "轮廓图" in page.text
    assert "空车返程" in page.text
    address = next(one for one in page.links if one.endswith("/outline.pdf"))
    assert factory.client.get(address).data.startswith(b"%PDF")
    with installation.unit_of_work(read_only=True) as work:
        enquiry = work.enquiries.get(address.split("/")[2])
    assert enquiry.outline is not None
    assert enquiry.outline.length_m == enquiry.transport.length_m
    assert enquiry.asked is not None
    assert "+".join(enquiry.asked["units"]) == str(enquiry.asked["loading"]).split("/")[0]


def test_a_combination_for_one_piece_is_not_loaded_with_two(factory: Visitor) -> None:
    page = asked(factory, 422, more_numbers="GJ-2")
    assert 'href="#more_numbers"' in page.source


def test_a_combination_that_is_made_up_is_refused(factory: Visitor) -> None:
    page = asked(factory, 422, loading="tractor_4x2+nothing/as_made/stacked/-/1")
    assert 'href="#loading"' in page.source


def test_a_drawing_is_stored_and_read_back_the_same() -> None:
    for kind in ("upright", "girder", "extended"):
        outline = outline_of_load(rig(kind))
        assert from_document(type(outline), to_document(outline)) == outline
