from __future__ import annotations

import io
import json

from openpyxl import load_workbook

from tests.papers import form
from webapp.documents.application_form import (
    application_form_json,
    application_form_xlsx,
    axle_spacing_text,
    form_fields,
)


def test_axle_spacings_read_as_on_the_official_form() -> None:
    assert axle_spacing_text((3.2, 1.4, 7.0, 1.2, 1.2)) == "3.2-1.4-7-1.2-1.2"


def test_the_form_has_the_official_sections_and_fields_in_their_order() -> None:
    sections = dict(form_fields(form()))
    assert list(sections) == ["基础信息", "业户信息", "经办人信息", "牵引车", "挂车", "护送方案"]
    assert [name for name, _ in sections["基础信息"]] == [
        *("申请编号", "货物名称", "通行开始时间", "通行结束时间", "起运省", "沿线省", "出发地"),
        *("目的地", "通行路线（内蒙古自治区）", "货物质量", "车货总质量", "轴数", "轮胎数", "轴距"),
        *("轴荷分布", "货物外廓尺寸", "车货总体外廓尺寸", "轮廓图"),
    ]


def test_an_application_without_trailer_or_escort_says_so() -> None:
    sections = dict(form_fields(form(trailer=None, escort=None)))
    assert sections["挂车"] == [("挂车", "无")]
    assert sections["护送方案"] == [("护送方案", "不需要")]


def test_json_and_excel_hold_the_same_fields_as_the_print() -> None:
    expected = [
        (title, name, value) for title, fields in form_fields(form()) for name, value in fields
    ]
    document = json.loads(application_form_json(form()))
    told = [(t, n, v) for t, fields in document.items() for n, v in fields.items()]
    page = load_workbook(io.BytesIO(application_form_xlsx(form()))).active
    assert page is not None
    rows = [tuple(row) for row in page.iter_rows(min_row=2, values_only=True)]
    assert told == expected
    assert rows == expected
