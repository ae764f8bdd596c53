"""Gaps and overlaps of tariff lines are found, and CSV goes both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from transport.errors import InvalidInputError
from transport.tariffs.checking import LineFault, check_lines
from transport.tariffs.line_files import (
    read_lines,
    read_sections,
    read_stations,
    write_lines,
    write_sections,
    write_stations,
)
from transport.tariffs.lines import Bound, DayKind, LineKind, TariffLine
from transport.tariffs.money import split_fen
from transport.tariffs.roads import Ownership, toll_roads

HEAD = (
    "line_id,kind,road_ref,section_id,vehicle_class,days,bound,structure_id,amount_yuan,"
    "valid_from,valid_to,status,source\n"
)
SIX = read_lines(
    HEAD
    + "".join(
        f"G6-{number},distance,G6,,{number},any,any,,{number}.00,2026-01-01,2026-06-30,"
        "demonstration,示范\n"
        for number in range(1, 7)
    )
)


def following(line: TariffLine, first: date, name: str = "next") -> TariffLine:
    return replace(line, id=name, valid_from=first, valid_to=None)


def test_a_whole_schedule_of_a_road_has_no_fault() -> None:
    later = [following(one, date(2026, 7, 1), f"{one.id}-next") for one in SIX]
    assert check_lines([*SIX, *later]) == ()


def test_days_without_a_line_are_a_gap_with_its_first_and_last_day() -> None:
    (problem,) = check_lines([*SIX, following(SIX[5], date(2026, 8, 1))])
    assert problem.fault is LineFault.GAP
    assert (problem.first, problem.last) == (date(2026, 7, 1), date(2026, 7, 31))
    assert problem.lines == ("G6-6", "next")


def test_two_lines_at_once_overlap_until_one_of_them_ends() -> None:
    (problem,) = check_lines([*SIX, following(SIX[5], date(2026, 6, 1))])
    assert problem.fault is LineFault.OVERLAP
    assert (problem.first, problem.last) == (date(2026, 6, 1), date(2026, 6, 30))


def test_a_class_without_a_line_and_a_larger_class_that_pays_less_are_told() -> None:
    (missing,) = check_lines(SIX[:5])
    assert (missing.fault, missing.vehicle_class) == (LineFault.CLASS_MISSING, 6)
    cheap = replace(SIX[5], amount_yuan=SIX[0].amount_yuan)
    assert [one.fault for one in check_lines([*SIX[:5], cheap])] == [LineFault.FALLING]


def test_weekends_and_directions_are_lines_of_their_own_and_overlap_nothing() -> None:
    weekend = replace(SIX[5], id="we", days=DayKind.WEEKEND)
    west = [replace(one, id=f"{one.id}-w", bound=Bound.WEST) for one in SIX]
    assert [one.fault for one in check_lines([*SIX, *west])] == []
    assert LineFault.OVERLAP not in {one.fault for one in check_lines([*SIX, weekend])}


def test_lines_stations_and_sections_survive_the_way_through_csv() -> None:
    bridge = replace(SIX[0], id="b", kind=LineKind.BRIDGE, structure="BR1", road="", source="a,b")
    assert read_lines(write_lines([*SIX, bridge])) == (*SIX, bridge)
    stations = read_stations(
        "national_code,station_id,name,road_ref,operator,entry_wide_lanes,exit_wide_lanes,status,"
        "source\nC1,S1,西站,G6,甲,2,,demonstration,示范\n"
    )
    assert read_stations(write_stations(stations)) == stations
    assert (stations[0].entry_wide_lanes, stations[0].exit_wide_lanes) == (2, None)
    assert toll_roads(stations).network_id("c1") == "S1"
    sections = read_sections(
        "section_id,road_ref,admin_prefix,name,ownership,operator,status,source\n"
        "A,G6,15,G6,government_loan,甲,demonstration,\n"
        "B,G6,1502,G6 包头,commercial,乙,demonstration,\n"
    )
    assert read_sections(write_sections(sections)) == sections
    roads = toll_roads((), sections)
    closest = roads.section_of("G6;G7", "150203")
    assert closest is not None
    assert closest.ownership is Ownership.COMMERCIAL
    assert roads.section_of("G65", "150203") is None


def test_every_fault_of_a_file_is_told_with_line_and_column() -> None:
    text = HEAD + (
        "a,distance,G6,,9,any,any,,-1,2026-02-30,,certain,\n"
        "a,bridge,,,6,any,any,,1,2026-02-01,2026-01-01,demonstration,\n"
    )
    with pytest.raises(InvalidInputError) as refused:
        read_lines(text)
    told = {(dict(one.params)["line"], dict(one.params)["column"]) for one in refused.value.faults}
    assert told == {
        ("2", "vehicle_class"),
        ("2", "amount_yuan"),
        ("2", "valid_from"),
        ("2", "status"),
        ("3", "line_id"),
        ("3", "structure_id"),
        ("3", "valid_to"),
    }


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_a_table_saved_by_a_spreadsheet_is_read(ends: str) -> None:
    row = "a,distance,G6,,6,any,any,,1.5,2026/3/1,2026/12/31,demonstration,\n"
    (read,) = read_lines((HEAD + row + ",,,,,,,,,,,,\n\n").replace("\n", ends))
    assert (read.valid_from, read.valid_to) == (date(2026, 3, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a/b,distance,G6,,6,any,any,,1,2026-01-01,,demonstration,", "why_no_name"),
        ("a,distance,G6,,6,any,any,,1e400,2026-01-01,,demonstration,", "why_amount"),
        ("a,distance,G6,,6,any,any,,NaN,2026-01-01,,demonstration,", "why_amount"),
        ("a,distance,G6,,6,any,any,,1,2026-01-01,,demonstration,one, more", "why_long_row"),
    ],
)
def test_what_no_tariff_line_can_be_is_refused(row: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_lines(HEAD + row + "\n")
    assert [dict(one.params)["why_code"] for one in refused.value.faults] == [code]


def test_a_cell_that_no_table_holds_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_lines(HEAD + "x" * 200_000)
    assert [one.code for one in refused.value.faults] == ["not_a_table"]


def test_a_split_is_exact_and_no_part_exceeds_its_weight() -> None:
    assert split_fen(100, [1, 1, 1]) == (1, 1, 1)
    assert split_fen(100, [100, 100, 100]) == (34, 33, 33)
    assert split_fen(0, [5]) == (0,)
