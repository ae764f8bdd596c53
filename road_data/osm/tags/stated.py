"""Gather everything that tags state about one limit, in one direction; the smallest wins."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from road_data.osm.tags.conditions import read_clauses
from road_data.osm.tags.measures import Measure
from transport.network.attributes import Certainty

Tags = Mapping[str, str]

NAN = math.nan
NO_LIMIT_WORDS = frozenset({"none", "no", "unsigned", "no_sign", "unlimited", "no_limit"})
DEFAULT_WORDS = frozenset({"default", "legal", "implicit"})
BELOW_DEFAULT = "below_default"
_SUFFIXES = frozenset({"hgv", "hgv_articulated", "forward", "backward", "both_ways", "lanes"})


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
    """What is asked of the tags: the keys of one limit, how to read them, what is plausible."""

    keys: Sequence[str]
    measure: Measure
    lowest: float
    highest: float
    words: frozenset[str] = field(default_factory=frozenset)


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
                _add_clauses(stated, question, key, text)
            else:
                _add(stated, question, key, text)
    return stated


def _add(stated: Stated, question: Question, key: str, text: str) -> None:
    word = text.strip().lower()
    source = f"OpenStreetMap {key}={text}"
    if word in NO_LIMIT_WORDS or word in question.words:
        stated.words[word] = source
        return
    # Lanes or a list: those without a limit say nothing about the others.
    parts = [part for part in re.split(r"[|;]", word) if part.strip() not in {"", *NO_LIMIT_WORDS}]
    if not parts:
        stated.words["none"] = source
        return
    _add_number(stated, question, Unread(key, text), ";".join(parts))


def _add_number(stated: Stated, question: Question, tag: Unread, number: str) -> None:
    value = question.measure(number)
    if value is None or not question.lowest <= value <= question.highest:
        stated.unread.append(tag)
    else:
        stated.numbers.append((value, f"OpenStreetMap {tag.key}={tag.value}"))


def _add_clauses(stated: Stated, question: Question, key: str, text: str) -> None:
    """Take a limit that holds at times as holding always; what relaxes is ignored."""
    clauses = read_clauses(text)
    if clauses is None:
        stated.unread.append(Unread(key, text))
        return
    for clause in clauses:
        if not clause.may_concern_truck or clause.value.lower() in NO_LIMIT_WORDS:
            continue
        _add_number(stated, question, Unread(key, text), clause.value)
