"""Building models as parts lists: sizes whatever way a piece stands, masses with their origin."""

from __future__ import annotations

import pytest

from tests.building_models import ModelWriter
from transport.delivery.parts import Part, ValueOrigin, part_as_row, part_from_row
from transport.delivery.reading_models import ModelWay, read_model
from transport.errors import InvalidInputError
from transport.vehicles.transport import Material

WAY = ModelWay("包头", "呼和浩特", "2026-06-01")


def only(model: ModelWriter) -> Part:
    read = read_model(model.content(), WAY)
    assert len(read.parts) == 1
    return read.parts[0]


def sizes(part: Part) -> tuple[float, float, float]:
    return part.length_m, part.width_m, part.height_m


def faults_of(content: bytes) -> list[str]:
    with pytest.raises(InvalidInputError) as refused:
        read_model(content, WAY)
    return [one.message for one in refused.value.faults]


@pytest.mark.parametrize(
    ("turned_deg", "tilted_deg"), [(0, 0), (37, 0), (90, 0), (37, 4), (211, 9)]
)
def test_a_girder_is_as_long_as_it_is_however_it_lies(turned_deg: int, tilted_deg: int) -> None:
    model = ModelWriter()
    model.element("IfcBeam", "G-1", (30.0, 1.2, 1.8), turned_deg=turned_deg, tilted_deg=tilted_deg)
    part = only(model)
    assert sizes(part) == pytest.approx((30.0, 1.2, 1.8), abs=0.002)
    assert part.size_from is ValueOrigin.GEOMETRY


def test_a_stated_weight_counts_and_one_of_volume_is_marked_as_assumed() -> None:
    model = ModelWriter()
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6), weight=3700.0)
    model.element("IfcBeam", "B-2", (6.0, 0.4, 0.6))
    stated, by_volume = read_model(model.content(), WAY).parts
    assert (stated.mass_t, stated.mass_from) == (3.7, ValueOrigin.QUANTITIES)
    assert (by_volume.mass_t, by_volume.mass_from) == (3.6, ValueOrigin.VOLUME)
    assert by_volume.mass_from.is_assumed
    assert not stated.mass_from.is_assumed


@pytest.mark.parametrize(
    ("material", "read_as", "mass_t"),
    [
        ("Reinforced concrete C40", Material.PRECAST, 2.5),
        ("钢筋混凝土", Material.PRECAST, 2.5),
        ("Q355B", Material.STEEL, 7.85),
        ("Glulam GL28h", Material.TIMBER, 0.7),
    ],
)
def test_the_material_decides_the_density(material: str, read_as: Material, mass_t: float) -> None:
    model = ModelWriter()
    model.element("IfcMember", "M-1", (2.0, 1.0, 0.5), material=material)
    part = only(model)
    assert (part.material, part.mass_t) == (read_as, mass_t)


def test_feet_and_pounds_become_metres_and_tonnes() -> None:
    model = ModelWriter("foot")
    model.element("IfcBeam", "B-1", (40.0, 2.0, 4.0), turned_deg=20, weight=48_000.0)
    part = only(model)
    assert sizes(part) == pytest.approx((12.192, 0.61, 1.219), abs=0.001)
    assert part.mass_t == pytest.approx(21.772, abs=0.001)


def test_millimetres_become_metres() -> None:
    model = ModelWriter("millimetre")
    model.element("IfcSlab", "S-1", (4200.0, 2400.0, 260.0))
    assert sizes(only(model)) == (4.2, 2.4, 0.26)


def test_a_wall_stays_upright_and_a_column_is_laid_down() -> None:
    model = ModelWriter()
    model.element("IfcWall", "W-1", (2.0, 0.2, 2.9), turned_deg=30)
    model.element("IfcColumn", "C-1", (0.6, 0.5, 9.0), turned_deg=30)
    wall, column = read_model(model.content(), WAY).parts
    assert sizes(wall) == pytest.approx((2.0, 0.2, 2.9), abs=0.002)
    assert sizes(column) == pytest.approx((9.0, 0.6, 0.5), abs=0.002)


def test_without_a_body_the_quantities_tell_the_size() -> None:
    model = ModelWriter()
    told = {"Length": 6.0, "Width": 0.3, "Height": 3.0}
    model.element("IfcWall", "W-1", None, more=told, weight=9000.0)
    part = only(model)
    assert (sizes(part), part.mass_t) == ((6.0, 0.3, 3.0), 9.0)
    assert part.size_from is ValueOrigin.QUANTITIES


def test_what_a_model_does_not_say_is_a_fault_of_the_element_and_nothing_is_invented() -> None:
    model = ModelWriter()
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6))
    model.element("IfcBeam", "B-2", None)
    model.element("IfcBeam", "B-3", (6.0, 0.4, 0.6), material="")
    told = faults_of(model.content())
    assert any("B-2, length_m: the model does not say it" in one for one in told)
    assert any("B-2, mass_t" in one for one in told)
    assert any("B-3, material" in one for one in told)
    assert not any("B-1" in one for one in told)
    kept = read_model(model.content(), WAY, skip_bad_rows=True)
    assert [one.number for one in kept.parts] == ["B-1"]
    assert len(kept.bad_lines) == 2


def test_a_mass_that_no_material_has_is_refused() -> None:
    model = ModelWriter()
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6), weight=3.7)
    assert "is no building material" in faults_of(model.content())[0]


def test_an_assembly_is_one_piece_and_a_stair_put_together_on_site_is_its_flights() -> None:
    model = ModelWriter()
    sandwich = model.element("IfcElementAssembly", "A-1", None, AssemblyPlace="FACTORY")
    layers = [
        model.element("IfcWall", f"A-1-{n}", (6.0, thick, 3.0), weight=kg)
        for n, thick, kg in ((1, 0.2, 9000.0), (2, 0.06, 2700.0))
    ]
    model.whole(sandwich, layers)
    stair = model.element("IfcStair", "ST", None, material="")
    model.whole(stair, [model.element("IfcStairFlight", f"F-{n}", (4.2, 1.3, 0.3)) for n in (1, 2)])
    parts = {one.number: one for one in read_model(model.content(), WAY).parts}
    assert set(parts) == {"A-1", "F-1", "F-2"}
    assert parts["A-1"].mass_t == 11.7


def test_what_is_cast_on_site_or_bears_no_load_of_a_truck_stays_out() -> None:
    model = ModelWriter()
    cast = model.element("IfcSlab", "S-1", (8.0, 8.0, 0.2))
    model.properties(cast, "Pset_ConcreteElementGeneral", ConstructionMethod="In-Situ")
    model.element("IfcFurnishingElement", "desk", (1.6, 0.8, 0.7))
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6))
    read = read_model(model.content(), WAY)
    assert [one.number for one in read.parts] == ["B-1"]
    assert read.cast_on_site == 1


def test_the_property_set_of_the_list_gives_handling_and_order() -> None:
    model = ModelWriter()
    wall = model.element("IfcWall", "W-1", (6.0, 0.2, 3.0))
    model.properties(
        wall, "Dajian", may_turn=True, sequence=7, deliver_by="2026-07-02", most_layers=1
    )
    part = only(model)
    assert (part.may_turn, part.sequence, part.most_layers) == (True, 7, 1)
    assert str(part.deliver_by) == "2026-07-02"


def test_marks_that_two_elements_bear_are_no_numbers() -> None:
    model = ModelWriter()
    for _ in range(2):
        model.element("IfcBeam", "B", (6.0, 0.4, 0.6))
    numbers = {one.number for one in read_model(model.content(), WAY).parts}
    assert len(numbers) == 2
    assert "B" not in numbers


def test_broken_files_are_refused_with_what_to_do() -> None:
    model = ModelWriter()
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6))
    whole = model.content()
    assert "export it again" in faults_of(whole[: len(whole) // 2])[0]
    assert "export it again" in faults_of(b"%PDF-1.7")[0]
    assert "export it again" in faults_of(b"ISO-10303-21; rubbish END-ISO-10303-21;")[0]
    assert "unit of length" in faults_of(ModelWriter("none").content())[0]
    assert "no element that travels" in faults_of(ModelWriter().content())[0]


def test_a_model_of_the_older_schema_is_read() -> None:
    model = ModelWriter(schema="IFC2X3")
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6), weight=3700.0)
    assert only(model).mass_t == 3.7


def test_marks_survive_being_kept_and_older_rows_are_stated() -> None:
    model = ModelWriter()
    model.element("IfcBeam", "B-1", (6.0, 0.4, 0.6))
    part = only(model)
    assert part_from_row(part_as_row(part)) == part
    older = part_as_row(part)[:-2]
    assert part_from_row(older).mass_from is ValueOrigin.STATED
