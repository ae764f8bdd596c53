from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from webapp.documents.contents import ReliefList, ReliefRow
from webapp.documents.relief_list import relief_list_xlsx
from webapp.documents.spreadsheets import Sheet, harmless, write_workbook

_ROW = ReliefRow(
    entry_number="JM-1",
    pass_number="DJ15-2026-000123",
    tractor_plate="蒙B12345",
    trailer_plate="蒙B1234挂",
    entry_station="包头东",
    exit_station="满洲里",
    entered_at="2026-11-02 08:00",
    left_at="2026-11-03 16:00",
    axle_count=6,
    vehicle_class="六类",
    toll_yuan="1234.50",
    relief_yuan="300.25",
    net_yuan="934.25",
    scheme="演示方案",
    components="=HYPERLINK(1);PC-2",
    factory="+厂",
    site="@工地",
    status="已核验",
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_excel_would_run_gets_a_quote(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_ordinary_text_and_numbers_stay_as_they_are() -> None:
    assert harmless("3.2-1.4") == "3.2-1.4"
    assert harmless(-3.5) == -3.5
    assert harmless("甲\x07") == "甲"


def test_the_same_content_makes_the_same_bytes() -> None:
    sheet = Sheet("表", ("甲", "乙"), [["一", 2.5], [None, "=x"]], (8, 8))
    assert write_workbook([sheet], date(2026, 11, 1)) == write_workbook([sheet], date(2026, 11, 1))


def test_the_relief_list_sums_to_the_cent_and_runs_nothing() -> None:
    content = ReliefList("2026年11月", "收费科", date(2026, 12, 1), (_ROW, _ROW), True)
    page = load_workbook(io.BytesIO(relief_list_xlsx(content))).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert "演示数据" in str(rows[1][0])
    assert rows[2][0] == "序号"
    assert rows[3][11:14] == (1234.5, 300.25, 934.25)
    assert rows[3][15:18] == ("'=HYPERLINK(1);PC-2", "'+厂", "'@工地")
    assert rows[-1][0] == "合计"
    assert rows[-1][11:14] == (2469, 600.5, 1868.5)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
