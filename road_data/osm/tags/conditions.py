"""Read `:conditional` values: `40 @ (22:00-06:00)`, `no @ (weight>7.5 AND length>12)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLAUSE = re.compile(r"\s*([^@;]+?)\s*@\s*(\((?:[^()]|\([^()]*\))*\)|[^;]+)\s*(?:;|$)")
_COMPARISON = re.compile(
    r"(weight|weightrating|gcweight|height|width|length|axleload)\s*(>=|<=|>|<|=)\s*(.+)"
)
_OTHERS = frozenset(
    [
        "bus",
        "psv",
        "taxi",
        "tourist_bus",
        "coach",
        "motorcycle",
        "moped",
        "mofa",
        "bicycle",
        "foot",
        "horse",
        "caravan",
        "motorhome",
        "motorcar",
        "agricultural",
        "emergency",
        "carriage",
        "hazmat",
        "disabled",
        "school_bus",
        "share_taxi",
        "hov",
        "electric",
    ]
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition on the vehicle: `weight` `>` `7.5`."""

    subject: str
    operator: str
    bound: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One value with its conditions, all of which must hold."""

    value: str
    comparisons: tuple[Comparison, ...]
    words: tuple[str, ...]

    @property
    def may_concern_truck(self) -> bool:
        """Say whether a truck with an oversize load can meet the conditions at some time."""
        return not any(word.lower() in _OTHERS for word in self.words)


def read_clauses(text: str) -> list[Clause] | None:
    """Return the clauses in order, or None where the text does not follow the grammar."""
    clauses: list[Clause] = []
    position = 0
    while position < len(text):
        found = _CLAUSE.match(text, position)
        if found is None:
            return None
        clauses.append(_clause(found[1], found[2]))
        position = found.end()
    return clauses or None


def _clause(value: str, condition: str) -> Clause:
    inner = condition.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    comparisons: list[Comparison] = []
    words: list[str] = []
    for token in re.split(r"\s+(?:AND|and)\s+", inner.strip()):
        compared = _COMPARISON.fullmatch(token.strip())
        if compared:
            comparisons.append(Comparison(compared[1], compared[2], compared[3]))
        else:
            words.append(token.strip())
    return Clause(value.strip(), tuple(comparisons), tuple(words))
