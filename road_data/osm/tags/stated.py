"""Gather everything that tags state about one limit, in one direction; the smallest wins."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from road_data.osm.tags.conditions import Clause, read_clauses
from road_data.osm.tags.lane_access import open_lanes
from road_data.osm.tags.measures import Measure
from transport.network.attributes import Certainty

Tags = Mapping[str, str]

NAN = math.nan
NO_LIMIT_WORDS = frozenset({"none", "no", "unsigned", "no_sign", "unlimited", "no_limit"})
DEFAULT_WORDS = frozenset({"default", "legal", "implicit"})
BELOW_DEFAULT = "below_default"
_SUFFIXES = frozenset(
    [
        "hgv",
        "hgv_articulated",
        "motor_vehicle",
        "vehicle",
        "trailer",
        "forward",
        "backward",
        "both_ways",
        "lanes",
    ]
)


class Direction(StrEnum):
    """Along the way as it was drawn, or against it."""

    FORWARD = "forward"
    BACKWARD = "backward"

    @property
    def other(self) -> Direction:
        """The opposite direction."""
        return Direction.BACKWARD if self is Direction.FORWARD else Direction.FORWARD


class Reading(NamedTuple):
    """A value with its certainty and where it comes from; nan where the certainty is unknown."""

    value: float
    certainty: Certainty
    source: str


ABSENT = Reading(math.inf, Certainty.ASSUMED, "nothing recorded")


class Unread(NamedTuple):
    """A tag that could not be read: kept as text, counted and listed."""

    key: str
    value: str


@dataclass(slots=True)
class Question:
    """What is asked of the tags: the keys of one limit, how to read them, what is plausible.

    `subjects` are the words for the same dimension in conditions such as `weight>20`, `step` is
    the least difference of two values of it.
    """

    keys: Sequence[str]
    measure: Measure
    lowest: float
    highest: float
    words: frozenset[str] = field(default_factory=frozenset)
    subjects: frozenset[str] = field(default_factory=frozenset)
    step: float = 0.001


@dataclass(slots=True)
class Stated:
    """What the tags state: readable numbers, words such as `default`, texts nobody can read."""

    numbers: list[tuple[float, str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def smallest(self) -> Reading | None:
        """Return the strictest statement, None where nothing is stated."""
        if self.numbers:
            value, source = min(self.numbers)
            return Reading(value, Certainty.KNOWN, source)
        if self.unread:
            key, text = self.unread[0]
            return Reading(NAN, Certainty.UNKNOWN, f"cannot be read: {key}={text}")
        for word, source in self.words.items():
            if word in NO_LIMIT_WORDS:
                return Reading(math.inf, Certainty.KNOWN, source)
        return None


def gather(tags: Tags, direction: Direction, question: Question) -> Stated:
    """Read every key of the question that applies to trucks in this direction."""
    stated = Stated()
    for base in question.keys:
        for key, text in tags.items():
            if key != base and not key.startswith(base + ":"):
                continue
            parts = key[len(base) :].split(":")[1:]
            conditional = bool(parts) and parts[-1] == "conditional"
            if conditional:
                parts.pop()
            if not _SUFFIXES.issuperset(parts) or direction.other.value in parts:
                continue
            if conditional:
                _add_clauses(stated, question, Unread(key, text))
            elif "lanes" in parts:
                _add(stated, question, Unread(key, text), _for_trucks(tags, direction, text))
            else:
                _add(stated, question, Unread(key, text), text)
    return stated


def _for_trucks(tags: Tags, direction: Direction, text: str) -> str:
    """Leave out the lanes that are closed to trucks; the smallest of the others counts."""
    lanes, opened = text.split("|"), open_lanes(tags, direction.value)
    if len(lanes) != len(opened):
        return text
    return "|".join(lane for lane, is_open in zip(lanes, opened, strict=True) if is_open)


def _add(stated: Stated, question: Question, tag: Unread, text: str) -> None:
    word = text.strip().lower()
    source = f"OpenStreetMap {tag.key}={tag.value}"
    if word in NO_LIMIT_WORDS or word in question.words:
        stated.words[word] = source
        return
    # Lanes or a list: those without a limit say nothing about the others.
    parts = [part.strip() for part in re.split(r"[|;]", word)]
    limiting = [part for part in parts if part not in {"", *NO_LIMIT_WORDS}]
    for named in sorted(question.words.intersection(limiting)):
        stated.words[named] = source
    numbers = [part for part in limiting if part not in question.words]
    if numbers:
        _add_number(stated, question, tag, ";".join(numbers))
    elif not limiting and any(parts):
        stated.words["none"] = source


def _add_number(
    stated: Stated, question: Question, tag: Unread, number: str, at_least: float = -math.inf
) -> None:
    value = question.measure(number)
    if value is None or not question.lowest <= value <= question.highest:
        stated.unread.append(tag)
    else:
        source = f"OpenStreetMap {tag.key}={tag.value}"
        stated.numbers.append((max(value, at_least), source))


def _add_clauses(stated: Stated, question: Question, tag: Unread) -> None:
    """Take a limit that holds at times as holding always; what relaxes is ignored."""
    clauses = read_clauses(tag.value)
    if clauses is None:
        stated.unread.append(tag)
        return
    for clause in clauses:
        if not clause.may_concern_truck or clause.value.lower() in NO_LIMIT_WORDS:
            continue
        if clause.value.lower() in question.words:
            stated.words[clause.value.lower()] = f"OpenStreetMap {tag.key}={tag.value}"
            continue
        if clause.unread:
            stated.unread.append(tag)
        _add_number(stated, question, tag, clause.value, _exempt_up_to(clause, question))


def _exempt_up_to(clause: Clause, question: Question) -> float:
    """Return up to which value of its own dimension a limit spares vehicles.

    `10 @ (weight>20)` stops what weighs more than 20 t and more than 10 t: more than 20 t.
    """
    spared = -math.inf
    for comparison in clause.comparisons:
        if comparison.subject not in question.subjects or comparison.operator not in (">", ">="):
            continue
        bound = question.measure(comparison.bound)
        if bound is not None:
            spared = max(spared, bound if comparison.operator == ">" else bound - question.step)
    return spared
