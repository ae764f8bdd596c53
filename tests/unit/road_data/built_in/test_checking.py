"""The comparison with independent facts passes, and notices when it should not."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest

from road_data.built_in import gazetteer
from road_data.built_in.checking import CheckRow, check_rows, format_rows, road_graph
from road_data.built_in.tables import Tables, read_tables
from transport.errors import NotAvailableError


@pytest.fixture(scope="module")
def rows() -> list[CheckRow]:
    return check_rows()


def failing(tables: Tables) -> set[tuple[str, str]]:
    rows = check_rows(tables=tables)
    return {(row.check, row.subject) for row in rows if row.outcome == "fail"}


def changed(name: str, old: str, new: str) -> Tables:
    texts = dict(read_tables().texts)
    assert old in texts[name]
    return Tables({**texts, name: texts[name].replace(old, new, 1)})


def test_every_comparison_holds_or_is_a_listed_exception(rows: list[CheckRow]) -> None:
    assert [row for row in rows if row.outcome not in ("ok", "exception")] == []
    assert all(row.note for row in rows if row.outcome == "exception")


def test_enough_is_compared(rows: list[CheckRow]) -> None:
    good = Counter(row.check for row in rows if row.outcome == "ok")
    assert good["place"] >= 80
    assert good["section"] >= 10
    assert good["towns"] >= 10
    assert good["expressway"] >= 15
    assert good["connection"] == good["detour"] == good["drawing"] == good["total"] == 1


def test_every_distance_names_its_source(rows: list[CheckRow]) -> None:
    assert all(row.note for row in rows if row.check in ("section", "towns"))


def test_the_table_prints_one_line_per_comparison(rows: list[CheckRow]) -> None:
    assert len(format_rows(rows).splitlines()) == len(rows) + 1


def test_a_misplaced_town_is_noticed() -> None:
    table = changed("places.csv", "119.33,41.597", "120.33,41.597")
    assert failing(table) == {("place", "宁城县")}


def test_a_town_said_to_be_missing_from_the_gazetteer_is_looked_for_under_all_its_names() -> None:
    table = changed("places.csv", ";Dolonnur,Duolun,", ";Dolonnur,,")
    listed = table.texts["place_exceptions.csv"] + "多伦县,地名库没有条目,known,geonames\n"
    texts = {**table.texts, "place_exceptions.csv": listed}
    assert failing(Tables(texts)) == {("place", "多伦县")}


def test_a_road_far_longer_than_the_straight_line_is_noticed() -> None:
    table = changed("links.csv", "expressway,13.9,", "expressway,25.0,")
    assert ("detour", "G6-001") in failing(table)


def test_a_road_shorter_than_its_line_is_noticed() -> None:
    table = changed("links.csv", "expressway,13.9,", "expressway,12.0,")
    assert ("drawing", "longest line / road") in failing(table)


def test_a_broken_expressway_needs_a_listed_gap() -> None:
    texts = dict(read_tables().texts)
    texts["links.csv"] = "\n".join(
        line for line in texts["links.csv"].splitlines() if not line.startswith("G5511-012,")
    )
    broken = failing(Tables(texts))
    assert ("expressway", "G5511") in broken
    assert ("section", "集阿通道 集宁–阿荣旗") in broken
    texts["gaps.csv"] += "G5511,G5511/星耀,G1013/桑根达来,省际大通道,在建,known,geo\n"
    assert ("expressway", "G5511") not in failing(Tables(texts))


def test_a_listed_gap_that_is_none_is_noticed() -> None:
    texts = dict(read_tables().texts)
    texts["gaps.csv"] += "G10,G10/牙克石,G10/哈克,G301,没有理由,known,geo\n"
    assert ("expressway", "G10") in failing(Tables(texts))


def test_without_the_gazetteer_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(gazetteer, "import_module", missing)
    with pytest.raises(NotAvailableError, match="pip install"):
        check_rows()


def test_figures_that_disagree_stay_in_the_table_with_their_reason(rows: list[CheckRow]) -> None:
    accepted = [row for row in rows if row.check in ("section", "towns")]
    refused = {row.subject: row.note for row in accepted if row.outcome == "exception"}
    assert "二赛高速 二连浩特–赛汉塔拉" in refused
    assert "国道304 科左后旗–通辽" in refused
    assert len(refused) <= len(accepted) / 5
    assert all(refused.values())


def test_most_ways_between_towns_were_drawn_before_their_figure_was_read(
    rows: list[CheckRow],
) -> None:
    towns = [row for row in rows if row.check == "towns" and row.outcome == "ok"]
    blind = [row for row in towns if "in view" not in row.note]
    assert len(blind) >= 20


def test_a_mileage_table_of_a_highway_is_compared_without_expressways() -> None:
    tables = read_tables()
    way = ("包·钢铁×阿尔丁", "临·胜利×新华")
    every, ordinary = road_graph(tables), road_graph(tables, ordinary=True)
    assert nx.shortest_path_length(every, *way, weight="km") < nx.shortest_path_length(
        ordinary, *way, weight="km"
    )


def test_a_road_that_nobody_may_use_is_listed(rows: list[CheckRow]) -> None:
    assert [row.outcome for row in rows if row.check == "closed"] == ["exception"]


def test_only_a_road_without_a_known_course_and_an_old_number_are_wholly_left_out(
    rows: list[CheckRow],
) -> None:
    left = {row.subject for row in rows if row.check == "coverage" and row.ours == "left out"}
    assert left == {"S22", "S27"}
