"""How long a factory waits for its list, its plan, and the answers of parts and sites.

Measured is the time of the processor: what it needs itself, not what else ran meanwhile.
"""

from __future__ import annotations

import io
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.built_in import built_in_network
from tests.catalogues import shipped_catalogue
from tests.evaluation_tables import shipped_tables
from tests.parts_lists import as_csv, building
from transport.delivery.families import families_of
from transport.delivery.reading_parts import read_parts
from transport.delivery.tables import read_table
from transport.regulations.reading import read_law
from transport.services.checking_parts import PartChecker
from transport.services.planning_loads import plan_loads

CONFIG = Path(__file__).parents[2] / "config"
DAY = date(2026, 5, 11)
SITES = ("呼和浩特", "赤峰", "通辽", "海拉尔", "鄂尔多斯")


def say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{text}\n")


@pytest.mark.bench
def test_twenty_thousand_rows_are_read_in_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    text = as_csv(building(20_000))
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in text.splitlines():
        sheet.append(line.split(","))
    made = io.BytesIO()
    book.save(made)
    took = {}
    for name, content in (("a.csv", text.encode("gb18030")), ("a.xlsx", made.getvalue())):
        start = time.process_time()
        read = read_parts(read_table(name, content), shipped_catalogue().components)
        families = families_of(read.parts, shipped_catalogue().components)
        took[name] = time.process_time() - start
        assert (len(read.parts), len(families)) == (20_000, 15)
    say(capsys, f"20,000 rows: CSV {took['a.csv']:.1f} s, Excel {took['a.xlsx']:.1f} s")
    assert max(took.values()) < 10


@pytest.mark.bench
def test_two_thousand_pieces_become_loads_and_passes_in_a_minute(
    capsys: pytest.CaptureFixture[str],
) -> None:
    law, catalogue, parts = read_law(CONFIG), shipped_catalogue(), building(2000)
    start = time.process_time()
    figures = plan_loads(parts, catalogue, law, DAY).figures
    took = time.process_time() - start
    say(
        capsys,
        f"2,000 pieces in {took:.1f} s: {figures.loads_without_pass} loads without a pass "
        f"(at least {figures.least_loads_without_pass}), {figures.loads_with_pass} under "
        f"{figures.passes} passes (at least {figures.least_passes}); one piece a load: "
        f"{figures.naive_loads} loads, {figures.naive_passes} passes",
    )
    assert took < 60


@pytest.mark.bench
def test_ten_thousand_parts_and_sites_are_answered_in_two_minutes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    law, catalogue, network = read_law(CONFIG), shipped_catalogue(), built_in_network()
    parts = [
        replace(one, length_m=one.length_m + number % 4 * 0.1)
        for number, one in enumerate(building(2000))
    ]
    families = families_of(parts, catalogue.components)
    # As the installation answers: bridges on record and measured turns are examined.
    checker = PartChecker(catalogue, law, network, DAY, DAY, tables=shipped_tables())
    start, wall = time.process_time(), time.perf_counter()
    answered = 0
    for family in families:
        for part in family.parts:
            for site in SITES:
                checker.answer(family.piece, part.origin, site)
                answered += 1
    took, waited = time.process_time() - start, time.perf_counter() - wall
    say(
        capsys,
        f"{answered} parts and sites ({len(families)} families): {took:.1f} s of processor time, "
        f"{waited:.1f} s on the clock",
    )
    assert answered == 10_000
    assert took < 120


@pytest.mark.bench
def test_ten_thousand_answers_of_which_no_two_are_alike_take_two_minutes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    law, catalogue, network = read_law(CONFIG), shipped_catalogue(), built_in_network()
    parts = [
        replace(one, length_m=round(one.length_m + number * 0.001, 3))
        for number, one in enumerate(building(2000))
    ]
    checker = PartChecker(catalogue, law, network, DAY, DAY, tables=shipped_tables())
    families = families_of(parts, catalogue.components)
    start, wall = time.process_time(), time.perf_counter()
    for family in families:
        for site in SITES:
            checker.answer(family.piece, family.parts[0].origin, site)
    took, waited = time.process_time() - start, time.perf_counter() - wall
    say(
        capsys,
        f"{len(families) * len(SITES)} different parts and sites: {took:.1f} s of processor time, "
        f"{waited:.1f} s on the clock",
    )
    assert len(families) == 2000
    assert took < 120
