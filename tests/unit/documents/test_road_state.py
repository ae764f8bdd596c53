"""The road state of the report: every place, its sources, and what nobody recorded (A.2.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from tests.evaluation_tables import CONFIG, shipped_tables
from tests.passages import issue_case, issue_records, issue_transport, measured, route_over
from transport.evaluation.passage.findings import Passage
from transport.regulations.reading import read_law
from transport.services.engineering_desk import task_at
from transport.services.evaluating_routes import evaluate_route, read_records
from webapp.documents.passage_tables import Sources
from webapp.documents.road_state import (
    change_nodes,
    facilities,
    pavements,
    tightest,
    tunnels,
    unrecorded_table,
)
from webapp.documents.saying_passages import ReportDetails, describe_passage

DAY = date(2026, 9, 1)
TUNNEL = {
    "tunnel_section": "单洞双车道",
    "lining": "复合式衬砌",
    "condition_class": "2",
    "rated_on": "2026-03-01",
}
PAVEMENT = {
    "pavement_design": "BZZ-100",
    "pavement_quality": "良",
    "pavement_rated_on": "2026-04-15",
    "facilities": "K12+300门架5.20 m",
}


def _passage(*more: Mapping[str, Any], day: date = DAY) -> Passage:
    network, edges = issue_case()
    records = issue_records(edges)
    records["measurements"] += more
    return evaluate_route(
        network, shipped_tables(), read_law(CONFIG), issue_transport(), day,
        route_over(network, edges), read_records(records),
    )  # fmt: skip


@cache
def _bare() -> Passage:
    return _passage()


@cache
def _surveyed() -> Passage:
    stretch = next(one.element for one in _bare().road if one.kind == "stretch")
    rows = [measured("tunnel-1", name, value) for name, value in TUNNEL.items()]
    rows += [measured(stretch, name, value) for name, value in PAVEMENT.items()]
    return _passage(*rows)


def _said(rows: Sequence[Sequence[str]], first: str) -> Sequence[str]:
    return next(row for row in rows if first in row)


def test_what_nobody_recorded_is_unknown_and_has_its_survey_task() -> None:
    bare, sources = _bare(), Sources()
    assert _said(pavements(bare, sources), "G999")[2:6] == ["沥青混凝土", "未知", "未知", "未知"]
    assert _said(tunnels(bare, sources), "青石口隧道")[2:7] == [
        "未知", "未知", "10.50×5.00", "未知", "未知",
    ]  # fmt: skip
    told = {row[1]: row[3] for row in unrecorded_table(bare)}
    assert "路面质量评定等级" in told["G999"]
    assert "门架、限高架、架空线" in told["S888"]
    assert told["青石口隧道"].startswith("隧道横断面形式、衬砌类型")
    assert bare.conclusion is not None  # such a gap holds up no conclusion
    task = task_at(bare, "tunnel-1")
    assert task is not None  # and can be entered at the desk
    assert set(TUNNEL) <= set(task.missing)


def test_what_was_surveyed_stands_in_the_tables_with_its_source() -> None:
    passage, sources = _surveyed(), Sources()
    row = _said(pavements(passage, sources), "G999")
    assert row[3:6] == ["BZZ-100", "良", "2026-04-15"]
    tunnel = _said(tunnels(passage, sources), "青石口隧道")
    assert tunnel[2:7] == ["单洞双车道", "复合式衬砌", "10.50×5.00", "2类", "2026-03-01"]
    listed = dict(sources.rows())
    for mark in (row[-1], tunnel[-1]):
        numbers = mark.strip("[]").split("][")
        assert "勘测组 2026-05-01" in {listed[one] for one in numbers}
    assert task_at(passage, "tunnel-1") is None


def test_a_survey_that_is_too_old_is_unknown_again_and_says_so() -> None:
    late = _passage(measured("tunnel-1", "lining", "复合式衬砌", until="2026-08-01"))
    assert _said(tunnels(late, Sources()), "青石口隧道")[3] == "未知（已过期）"
    assert "衬砌类型（已过期）" in _said(unrecorded_table(late), "青石口隧道")[3]


def test_nodes_where_the_road_changes_have_chainage_name_and_place() -> None:
    (node,) = change_nodes(_bare(), Sources())
    assert node[1:5] == ["100.00", "G999 → S888", "一级公路 → 二级公路", "平面交叉转换"]
    assert node[-1] == "[1]"


def test_limiting_facilities_name_every_toll_overbridge_and_stretch() -> None:
    rows = facilities(_surveyed(), Sources())
    assert "净高 4.53 m" in _said(rows, "K61跨线桥")[3]
    toll = _said(rows, "白桦沟收费站")[3]
    assert toll == "超宽车道净宽 5.00 m；称重设备可否通行：是；棚高 未知"
    assert "K12+300门架5.20 m" in _said(rows, "G999")[3]
    assert "门架、限高架、架空线：未知" in _said(rows, "S888")[3]


def test_the_tightest_sizes_stand_with_their_place_and_what_is_unknown_beside() -> None:
    found = {row[0]: row[1:] for row in tightest(_bare(), Sources())}
    assert found["最小净高"][:3] == ["4.53 m", "61.00", "K61跨线桥"]
    assert found["最小平曲线半径"][0] == "220 m"
    assert found["最小净宽"][3] == "另有1处未知"
    nothing = replace(_bare(), road=())
    assert tightest(nothing, Sources())[0][1] == "未知"


def test_every_source_number_of_the_report_leads_to_the_list() -> None:
    content = describe_passage(_surveyed(), shipped_tables(), ReportDetails(), [])
    listed = {row[0] for row in content["sources"]}
    for part in ("changes", "tightest", "pavements", "tunnels", "facilities", "bridges", "space"):
        assert content[part]
        for row in content[part]:
            marks = row[-1].replace("*", "").strip("[]").split("][")
            assert {one for one in marks if one} <= listed, row
