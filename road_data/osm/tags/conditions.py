"""Read `:conditional` values: `40 @ (22:00-06:00)`, `no @ (weight>7.5 AND length>12)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from road_data.osm.tags.hours import Hours, read_hours

_CLAUSE = re.compile(r"\s*([^@;]+?)\s*@\s*(\((?:[^()]|\([^()]*\))*\)|[^;]+)\s*(?:;|$)")
_SUBJECT = (
    "maxweightrating|weightrating|weight|gcweightrating|gcweight|height|width|length|axleload|"
    "bogieweight|axles|trailers|wheels|speed"
)
_COMPARISON = re.compile(rf"({_SUBJECT})\s*(>=|<=|>|<|=)\s*(.+)")
# Whom a condition names who is not a truck with an oversize load.
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
        "minibus",
        "trolleybus",
        "tram",
        "military",
        "hazmat:water",
        "hazmat:a",
        "hazmat:b",
        "hazmat:c",
        "hazmat:d",
        "hazmat:e",
        "car_sharing",
        "light_goods",
        "ebike",
        "snowmobile",
        "atv",
        "golf_cart",
        "pilgrims",
        "staff",
        "employees",
        "maintenance",
        "garbage",
        "waste_disposal",
        "tank",
    ]
)
TRUCK_WORDS = frozenset(
    [
        "hgv",
        "hgv_articulated",
        "goods",
        "trailer",
        "articulated",
        "motor_vehicle",
        "vehicle",
        "heavy",
        "loaded",
        "tractor",
        "double_tracked_motor_vehicle",
        "road_train",
    ]
)
_PURPOSE = frozenset(
    [
        "destination",
        "delivery",
        "customers",
        "residents",
        "resident",
        "private",
        "permit",
        "permissive",
        "loading",
        "unloading",
        "forestry",
        "permit_holder",
        "permission",
    ]
)
_CIRCUMSTANCE = frozenset(
    [
        "wet",
        "dry",
        "rain",
        "snow",
        "ice",
        "fog",
        "wind",
        "winter",
        "summer",
        "daylight",
        "night",
        "flood",
        "high_water",
        "low_water",
        "thaw",
        "peak_traffic",
        "event",
        "school",
        "heavy_rain",
        "strong_wind",
        "smog",
        "avalanche",
        "fire_hazard",
        "holiday",
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
    """One value with its conditions, all of which must hold.

    `words` are vehicles, purposes and circumstances as written, `hours` when the rest holds;
    `times` are the hours as written, `text` the whole clause. `unread` are the conditions that
    nobody can read.
    """

    value: str
    comparisons: tuple[Comparison, ...]
    words: tuple[str, ...]
    hours: Hours
    unread: tuple[str, ...]
    times: tuple[str, ...] = ()
    text: str = ""

    @property
    def may_concern_truck(self) -> bool:
        """Say whether a truck with an oversize load can meet the conditions at some time."""
        return self.hours is not Hours.NEVER and not any(word in _OTHERS for word in self.words)

    @property
    def is_for_purpose(self) -> bool:
        """Say whether it is about who has business there, such as deliveries."""
        return any(word in _PURPOSE for word in self.words)

    @property
    def holds_always(self) -> bool:
        """Say whether it holds for every truck at every time, sizes apart."""
        return self.hours is Hours.ALWAYS and not self.unread and TRUCK_WORDS.issuperset(self.words)


@lru_cache(maxsize=4096)
def read_clauses(text: str) -> tuple[Clause, ...] | None:
    """Return the clauses in order, or None where the text does not follow the grammar."""
    clauses: list[Clause] = []
    position = 0
    while position < len(text):
        found = _CLAUSE.match(text, position)
        if found is None:
            return None
        clauses.append(_clause(found[1], found[2]))
        position = found.end()
    return tuple(clauses) or None


def _clause(value: str, condition: str) -> Clause:
    inner = condition.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    comparisons: list[Comparison] = []
    words: list[str] = []
    unread: list[str] = []
    times: list[str] = []
    hours = Hours.ALWAYS
    for token in re.split(r"\s+(?:AND|and)\s+", inner.strip()):
        text = token.strip().strip("()").strip()
        compared = _COMPARISON.fullmatch(text.replace("≥", ">=").replace("≤", "<="))
        if compared:
            comparisons.append(Comparison(compared[1], compared[2], compared[3]))
        elif _is_word(text.lower()):
            words.append(text.lower())
            if text.lower() in _CIRCUMSTANCE:
                hours = _both(hours, Hours.AT_TIMES)
        else:
            held = read_hours(text)
            (times if held else unread).append(text)
            hours = _both(hours, held or Hours.AT_TIMES)
    return Clause(
        value.strip(), tuple(comparisons), tuple(words), hours, tuple(unread), tuple(times),
        f"{value.strip()} @ {condition.strip()}",
    )  # fmt: skip


def _is_word(text: str) -> bool:
    return text in _OTHERS or text in TRUCK_WORDS or text in _PURPOSE or text in _CIRCUMSTANCE


def _both(one: Hours, other: Hours) -> Hours:
    return max(one, other, key=(Hours.ALWAYS, Hours.AT_TIMES, Hours.NEVER).index)
