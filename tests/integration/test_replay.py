"""Shadow replay: past decisions against the rules, by command and page."""

from __future__ import annotations

import io
from pathlib import Path

from tests.commands import Dajian
from tests.offices import Offices

_HEAD = "number,decided_on,outcome,height_m,width_m,length_m,mass_t,axle_loads_t,category\n"
_WIDE = "4.3,3.6,18,49,7;9;9;8;8;8"
PAST = (
    _HEAD
    + f"甲-1,2025-03-01,grant,{_WIDE},\n"
    + f"甲-2,2025-03-02,refuse,{_WIDE},\n"
    + "甲-3,2025-03-03,grant,3.9,2.5,16,40,6;7;7;7;7;6,\n"
    + f"甲-4,2025-03-04,grant,{_WIDE},III\n"
    + "甲-5,2025-13-04,vielleicht,hoch,3.6,18,49,7;9,\n"
)


def test_disagreements_are_listed_and_bad_rows_are_told_by_line_and_field(
    dajian: Dajian, tmp_path: Path
) -> None:
    file = tmp_path / "past.csv"
    file.write_text(PAST, encoding="gb18030")
    said = dajian("replay", str(file), "--json").answer()
    kinds = {(one["number"], one["kind"]) for one in said["differs"]}
    assert ("甲-2", "grant_but_refused") in kinds
    assert ("甲-3", "no_permit_but_decided") in kinds
    assert ("甲-4", "category") in kinds
    assert "甲-1" not in {number for number, _ in kinds}
    bad = {(one["line"], one["field"]) for one in said["bad"]}
    assert bad == {(6, "height_m"), (6, "decided_on"), (6, "outcome")}
    assert (said["rows"], said["agreed"]) == (5, 1)


def test_the_page_tells_what_it_compared_and_asks_for_missing_columns(offices: Offices) -> None:
    officer = offices.person(offices.world.handler)

    def bring(text: str, status: int) -> str:
        form = {"file": (io.BytesIO(text.encode()), "past.csv")}
        return officer.send("/transport/replay", form, status).text

    assert "axle_loads_t" in bring("number,outcome\n1,grant\n", 422)
    page = bring(PAST, 200)
    for word in ("甲-2", "规则准予、人工不予", "decided_on"):
        assert word in page
