from __future__ import annotations

from datetime import date

import pytest

from transport.regulations.citation import Instrument
from webapp.clauses import clause_in_chinese

_DAY = date(2016, 9, 21)
INSTRUMENTS = {
    "R62": Instrument("R62", "超限运输车辆行驶公路管理规定(令2016年第62号)", "", "", _DAY),
    "HL": Instrument("HL", "中华人民共和国公路法", "", "", _DAY),
    "T2213": Instrument("T2213", "JTG/T 2213-2023 公路大件运输安全通行评价技术规范", "", "", _DAY),
}


@pytest.mark.parametrize(
    ("clause", "chinese"),
    [
        ("R62 art. 3(1)", "《超限运输车辆行驶公路管理规定》第3条第1项"),
        ("R62 art. 3 para. 2(2)", "《超限运输车辆行驶公路管理规定》第3条第2款第2项"),
        ("R62 art. 11 last para.", "《超限运输车辆行驶公路管理规定》第11条末款"),
        ("HL art. 50", "《公路法》第50条"),
        ("T2213 4.4.2(3), 6.4.1", "JTG/T 2213-2023 第4.4.2条第3项、6.4.1"),
        ("R62 art. 12; HL art. 50", "《超限运输车辆行驶公路管理规定》第12条；《公路法》第50条"),
    ],
)
def test_a_clause_names_the_instrument_in_chinese(clause: str, chinese: str) -> None:
    assert clause_in_chinese(clause, INSTRUMENTS) == chinese


def test_an_instrument_nobody_listed_is_shown_as_it_stands() -> None:
    assert clause_in_chinese("XJ rule 7", INSTRUMENTS) == "XJ rule 7"
