"""Turn restrictions that concern trucks."""

from __future__ import annotations

from typing import NamedTuple

from road_data.osm.tags.conditions import read_clauses
from road_data.osm.tags.stated import Tags, Unread

_TRUCKS = frozenset({"hgv", "hgv_articulated", "motor_vehicle", "vehicle"})
_WORDS = frozenset(
    [
        "no_left_turn",
        "no_right_turn",
        "no_straight_on",
        "no_u_turn",
        "no_entry",
        "no_exit",
        "only_left_turn",
        "only_right_turn",
        "only_straight_on",
        "only_u_turn",
    ]
)
_KEYS = (
    "restriction:hgv",
    "restriction:hgv_articulated",
    "restriction:motor_vehicle",
    "restriction:vehicle",
    "restriction",
)


class TurnRule(NamedTuple):
    """A restriction that concerns trucks: `only` allows nothing else, else the turn is banned."""

    only: bool
    u_turn: bool


def read_turn_rule(tags: Tags) -> TurnRule | None:
    """Return the rule, None where it does not concern trucks.

    A restriction at certain times is taken as holding always; one of several (an exit for all,
    a turn for trucks) that forbids more counts first.
    """
    if _TRUCKS & {part.strip() for part in tags.get("except", "").split(";")}:
        return None
    old_style = tags.get("type", "restriction").partition(":")[2]
    if old_style and old_style not in _TRUCKS:
        return None
    for key in _KEYS:
        for word in (tags.get(key, "").strip(), *_conditional(tags.get(f"{key}:conditional", ""))):
            if word in _WORDS:
                return TurnRule(only=word.startswith("only_"), u_turn=word.endswith("u_turn"))
    return None


def unread_restriction(tags: Tags) -> list[Unread]:
    """Return the restrictions for trucks whose kind nobody can read."""
    found = []
    for key in _KEYS:
        words = [tags.get(key, "").strip(), *_conditional(tags.get(f"{key}:conditional", ""))]
        found += [Unread(key, word) for word in words if word and word not in _WORDS]
    return found


def _conditional(text: str) -> list[str]:
    """Return the restrictions that some truck may meet at some time."""
    clauses = read_clauses(text)
    if clauses is None:
        return [text.partition("@")[0].strip()]
    return [
        clause.value
        for clause in clauses
        if clause.may_concern_truck
        and not any(comparison.operator in ("<", "<=") for comparison in clause.comparisons)
    ]
