"""The outline drawing as SVG and PDF: scale, texts, nothing our content policy blocks."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.rigs import KINDS, rig
from transport.vehicles.outline import OutlineTitle, outline_of_load
from webapp.documents.outline_drawing import text_width
from webapp.documents.outline_sheet import outline_pdf
from webapp.documents.outline_svg import SHEET_HEIGHT, SHEET_MM, SHEET_WIDTH, phone_svg, sheet_svg

TITLE = OutlineTitle(
    number="DJ150000-20260511-0001",
    goods="预制箱梁 <XL-001> & 其他",
    firm="示范物流",
    tractor="蒙K12345",
    trailer="蒙K1234挂",
    cargo_mass_t=20.0,
    axle_loads="6+16+26",
    axle_spacings="3.2-1.4-7-1.3-1.3",
    drawn_on="2026-05-11",
)
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314 - our own drawing


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_of_every_kind_fits_a4_and_is_free_of_styles_and_scripts(kind: str) -> None:
    svg = sheet_svg(outline_of_load(rig(kind)), TITLE)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert width == SHEET_WIDTH
    assert height <= SHEET_HEIGHT
    assert not {"style", "script"} & {one.tag.removeprefix(SVG) for one in root.iter()}
    assert not [name for one in root.iter() for name in one.attrib if name in {"style", "id"}]
    for one in texts(svg):
        assert 0 <= float(one.attrib["x"]) <= width
        assert 0 <= float(one.attrib["y"]) <= height


@pytest.mark.parametrize("kind", KINDS)
def test_the_side_view_is_drawn_to_the_scale_it_states(kind: str) -> None:
    outline = outline_of_load(rig(kind))
    svg = sheet_svg(outline, TITLE)
    stated = re.search(r"侧视图 Side view  1:(\d+)", svg)
    assert stated is not None
    per_metre = 1000 / int(stated[1]) * SHEET_WIDTH / SHEET_MM
    lines = ET.fromstring(svg).iter(f"{SVG}line")  # noqa: S314 - our own drawing
    lengths = [abs(float(one.attrib["x2"]) - float(one.attrib["x1"])) for one in lines]
    wanted = pytest.approx(outline.length_m * per_metre, abs=0.15)
    assert any(length == wanted for length in lengths)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone_no_writing_leaves_the_drawing_or_covers_other_writing(
    kind: str, language: str
) -> None:
    svg = phone_svg(outline_of_load(rig(kind)), language)
    boxes = []
    for one in texts(svg):
        size, text = float(one.attrib["font-size"]), one.text or ""
        width = text_width(text, size)
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        left = x - width / 2 if one.attrib["text-anchor"] == "middle" else x
        assert left >= -1, text
        assert left + width <= 352, text
        boxes.append((left + 1, y - size * 0.7, left + width - 1, y, text))
    for number, box in enumerate(boxes):
        for other in boxes[:number]:
            beside = box[2] <= other[0] or other[2] <= box[0]
            assert beside or box[3] <= other[1] or other[3] <= box[1], (box[4], other[4])


def test_what_a_firm_entered_stays_text() -> None:
    svg = sheet_svg(outline_of_load(rig("low_bed")), TITLE)
    assert "&lt;XL-001&gt; &amp; 其他" in svg


def test_the_drawing_says_that_it_was_made_from_the_data_entered() -> None:
    svg = sheet_svg(outline_of_load(rig("low_bed")), TITLE)
    assert "本图由系统按填报数据生成" in svg
    assert "推定" not in svg


def test_the_pdf_is_the_same_every_time() -> None:
    outline = outline_of_load(rig("hydraulic"))
    made = outline_pdf(outline, TITLE, date(2026, 5, 11))
    assert made.startswith(b"%PDF")
    assert made == outline_pdf(outline, TITLE, date(2026, 5, 11))
