"""Plans of made-up parts of any size: no unlawful load, every piece once, bounds hold."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.catalogues import shipped_catalogue
from transport.delivery.families import families_of
from transport.delivery.parts import Part
from transport.delivery.ways import LoadBook
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.rules.classification import classify
from transport.services.planning_loads import PlanWishes, plan_loads
from transport.vehicles.transport import Material

CONFIG = Path(__file__).parents[2] / "config"
DAY = date(2026, 5, 11)
CASES = 24


@cache
def law() -> Law:
    return read_law(CONFIG)


def made_up(seed: int) -> list[Part]:
    chance = random.Random(seed)  # noqa: S311 - repeatable cases
    parts = []
    for number in range(chance.randint(1, 4)):
        length_m, width_m = chance.uniform(1.5, 20.0), chance.uniform(0.3, 3.8)
        height_m = chance.uniform(0.1, 3.6)
        parts.append(
            Part(
                f"P{number}",
                "板",
                Material.PRECAST,
                round(length_m, 2),
                round(width_m, 2),
                round(height_m, 2),
                round(length_m * width_m * height_m * chance.uniform(0.4, 2.0) + 0.1, 2),
                chance.randint(1, 9),
                "包头",
                "呼和浩特",
                DAY + timedelta(days=30 + chance.randint(0, 9)),
                may_turn=chance.random() < 0.5,
                may_stand=chance.random() < 0.3,
                most_layers=chance.randint(1, 4),
            )
        )
    return parts


@pytest.mark.parametrize("seed", range(CASES))
def test_plans_are_lawful_and_complete(seed: int) -> None:
    parts = made_up(seed)
    plan = plan_loads(parts, shipped_catalogue(), law(), DAY, PlanWishes(seed % 4))
    carried: Counter[str] = Counter()
    for load in plan.loads:
        carried.update(dict(load.parts))
    left = {number for one in plan.unplanned for number in one.parts}
    wanted = {one.number: one.quantity for one in parts if one.number not in left}
    assert carried == Counter(wanted)
    families = families_of(parts, shipped_catalogue().components)
    book = LoadBook(shipped_catalogue(), law(), DAY, {one.code: one.piece for one in families})
    for load in plan.loads:
        ways = book.with_pass(load.families[0][0]) if load.pass_number else ()
        way = ways[load.pieces - 1] if ways else book.load_of(load.families)
        assert way is not None
        judged = classify(way.choice.transport(), law(), DAY)
        assert not judged.refusals
        assert judged.over_limit == bool(load.pass_number)
    figures = plan.figures
    assert figures.least_loads_without_pass <= figures.loads_without_pass
    assert figures.least_passes <= figures.passes <= figures.naive_passes
