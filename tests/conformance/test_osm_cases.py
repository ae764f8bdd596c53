"""Runs the tag cases of `osm/*.yaml`: what a mapper writes, and what the network then holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from road_data.osm.defaults import read_defaults
from road_data.osm.describing import (
    Described,
    EdgeProfile,
    describe,
    read_node_hours,
    read_node_limits,
)
from road_data.osm.tags.barrier import missing_on_node, read_node_access, read_node_structure
from road_data.osm.tags.stated import ABSENT, Reading
from road_data.osm.tags.turns import read_turn_rule, unread_restriction
from transport.network.attributes import EDGE_LIMITS, STRUCTURE_LIMITS, Certainty

HERE = Path(__file__).parent
DEFAULTS = read_defaults(HERE.parents[1] / "config" / "roads")
SUBJECTS = ("tags", "node", "relation")
LIMITS = {kind.value for kind in STRUCTURE_LIMITS}


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((HERE / "osm").glob("*.yaml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        for case in document["cases"]:
            yield file.stem, case


CASES = list(cases())


def told(reading: Reading) -> str:
    """Say a reading in the words of the tables."""
    if reading.certainty is Certainty.UNKNOWN:
        return "unknown"
    if reading == ABSENT:
        return "nothing"
    if math.isinf(reading.value):
        return f"no limit {reading.certainty.word}"
    return f"{reading.value!r} {reading.certainty.word}"


def same(found: str, expected: str) -> bool:
    number, _, certainty = found.partition(" ")
    wanted, _, also = str(expected).partition(" ")
    try:
        return certainty == also and abs(float(number) - float(wanted)) < 1e-6
    except ValueError:
        return found == str(expected)


@cache
def described(items: frozenset[tuple[str, str]]) -> Described:
    tags = {"highway": "primary", **dict(items)}
    return describe({key: text for key, text in tags.items() if text}, DEFAULTS)


def facts_of_way(tags: dict[str, str], *, against: bool) -> dict[str, Any]:
    way = described(frozenset(tags.items()))
    ways = {(True, True): "both", (True, False): "along", (False, True): "against"}
    travel = ways[way.forward is not None, way.backward is not None]
    profile = way.backward if against else way.forward or way.backward
    assert isinstance(profile, EdgeProfile)
    there = zip(STRUCTURE_LIMITS, profile.structure_limits, strict=False)
    facts: dict[str, Any] = {kind.value: told(reading) for kind, reading in
                             zip(EDGE_LIMITS, profile.limits, strict=True)}  # fmt: skip
    return facts | {
        "travel": travel,
        "access": profile.access.name.lower(),
        "lanes": str(profile.lanes),
        "speed_km_h": repr(profile.truck_speed_km_h),
        "surface": profile.surface.word,
        "grade_pct": "unknown" if math.isnan(profile.grade_pct) else repr(profile.grade_pct),
        "layer": str(profile.layer),
        "toll": profile.tolled.name.lower(),
        "owner": profile.owner.word,
        "structure": profile.structure.word if profile.structure is not None else "none",
        "at structure": {kind.value: told(reading) for kind, reading in there},
        "unreadable": [tag.key for tag in way.unread],
        **facts_of_hours(profile.closed_hours),
    }


def facts_of_hours(lines: str) -> dict[str, list[str]]:
    hours = [line.split("\t") for line in lines.splitlines()]
    return {
        "closed_hours": [words[0] for words in hours if len(words) == 2],
        "at_hours": [f"{words[2]} {words[3]} at {words[0]}" for words in hours if len(words) == 4],
    }


def facts_of_node(tags: dict[str, str]) -> dict[str, Any]:
    limits, unread = read_node_limits(tags)
    kind = read_node_structure(tags)
    facts: dict[str, Any] = {limit.value: told(reading) for limit, reading in limits.items()}
    return facts | {
        "access": read_node_access(tags).name.lower(),
        "structure": kind.word if kind is not None else "none",
        "missing": [limit.value for limit in missing_on_node(tags)],
        "unreadable": [tag.key for tag in unread],
        **facts_of_hours(read_node_hours(tags, limits)),
    }


def facts_of_relation(tags: dict[str, str]) -> dict[str, Any]:
    rule = read_turn_rule(tags)
    unread = [tag.key for tag in unread_restriction(tags)]
    if rule is None:
        return {"turn": "free", "unreadable": unread}
    turn = ("mandatory" if rule.only else "banned") + (" u_turn" if rule.u_turn else "")
    return {"turn": turn, "unreadable": unread}


def check(facts: dict[str, Any], expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        if isinstance(value, dict):
            check(facts[key], value)
        elif isinstance(value, list):
            assert facts[key] == value, key
        else:
            assert same(facts[key], value), f"{key} is {facts[key]}, the table says {value}"


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{file}: {case['case']}")
                                  for file, case in CASES])  # fmt: skip
def test_the_tags_mean_what_the_table_says(case: dict[str, Any]) -> None:
    unreadable = case.get("unreadable", [])
    if "node" in case:
        facts = facts_of_node(case["node"])
    elif "relation" in case:
        facts = facts_of_relation(case["relation"])
    else:
        facts = facts_of_way(case["tags"], against=False)
        if "against" in case:
            check(facts_of_way(case["tags"], against=True), case["against"])
    check(facts, case["expect"])
    assert sorted(facts["unreadable"]) == sorted(unreadable)


def test_the_tables_hold_three_hundred_cases_and_no_case_twice() -> None:
    assert len(CASES) >= 300
    subjects = Counter(
        (subject, frozenset(case[subject].items()))
        for _, case in CASES
        for subject in SUBJECTS
        if subject in case
    )
    assert [dict(tags) for (_, tags), count in subjects.items() if count > 1] == []
    names = Counter((file, case["case"]) for file, case in CASES)
    assert [name for name, count in names.items() if count > 1] == []
    assert all(sum(subject in case for subject in SUBJECTS) == 1 for _, case in CASES)
    assert all(case["expect"] for _, case in CASES)
