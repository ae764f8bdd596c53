"""Access of trucks: the hierarchy of tags, and conditions on size turned into limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from road_data.osm.tags.access_words import ACCESS_WORDS, better, worse
from road_data.osm.tags.closed_hours import hours_of_clause, other_hours
from road_data.osm.tags.conditions import TRUCK_WORDS, Clause, Comparison, read_clauses
from road_data.osm.tags.lane_access import lane_words
from road_data.osm.tags.measures import Measure, read_length_m, read_mass_t
from road_data.osm.tags.stated import Direction, Reading, Tags, Unread
from transport.network.attributes import Access, Certainty, LimitKind

_HIERARCHY = ("access", "vehicle", "motor_vehicle", "hgv", "hgv_articulated")
_STEP = 0.001
_LIMITS: dict[str, tuple[LimitKind, Measure]] = {
    "weight": (LimitKind.SIGNED_MASS, read_mass_t),
    "weightrating": (LimitKind.SIGNED_MASS, read_mass_t),
    "maxweightrating": (LimitKind.SIGNED_MASS, read_mass_t),
    "gcweight": (LimitKind.SIGNED_MASS, read_mass_t),
    "gcweightrating": (LimitKind.SIGNED_MASS, read_mass_t),
    "axleload": (LimitKind.SIGNED_AXLE, read_mass_t),
    "height": (LimitKind.SIGNED_HEIGHT, read_length_m),
    "width": (LimitKind.SIGNED_WIDTH, read_length_m),
    "length": (LimitKind.SIGNED_LENGTH, read_length_m),
}
_BELOW = ("<", "<=")


@dataclass(slots=True)
class TruckAccess:
    """Access of a truck, the limits that conditions set, and what nobody can read.

    `level` is the place in the hierarchy of the tag that decided; `closed_hours` are (hours,
    source) of bans at plain hours, which leave the access as it is; `limits_at_hours` are (hours,
    kind, reading) of those that ban above a size.
    """

    access: Access
    limits: list[tuple[LimitKind, Reading]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    level: int = -1
    closed_hours: list[tuple[str, str]] = field(default_factory=list)
    limits_at_hours: list[tuple[str, LimitKind, Reading]] = field(default_factory=list)


def read_access(tags: Tags, direction: Direction, *, untagged: Access = Access.OPEN) -> TruckAccess:
    """Return what trucks may do: the most specific key wins, then conditions are added.

    A ban at plain hours is kept as closed hours, and an opening at such hours of a closed road as
    closed at all others; times that nobody can foresee make the access unknown. A ban above a mass
    or size is a signed limit.
    """
    result = TruckAccess(untagged)
    for level, mode in enumerate(_HIERARCHY):
        for key in (mode, f"{mode}:{direction.value}"):
            text = tags.get(key)
            if text is not None:
                result.access, result.level = _read_words(key, text, result.unread), level
    _add_lanes(result, tags, direction)
    for level, mode in enumerate(_HIERARCHY):
        for key in (f"{mode}:conditional", f"{mode}:{direction.value}:conditional"):
            text = tags.get(key)
            if text is not None:
                _add_conditions(result, Unread(key, text), level)
    return result


def _read_words(key: str, text: str, unread: list[Unread]) -> Access:
    words = [part.strip().lower() for part in text.split(";") if part.strip()]
    if not words or not all(word in ACCESS_WORDS for word in words):
        unread.append(Unread(key, text))
        return Access.UNKNOWN
    result = Access.CLOSED
    for word in words:
        result = better(result, ACCESS_WORDS[word])
    return result


def _add_lanes(result: TruckAccess, tags: Tags, direction: Direction) -> None:
    """Close a road all of whose lanes are closed to trucks; a lane without a word is open."""
    words = lane_words(tags, direction.value)
    if not words or not all(words):
        return
    best = Access.CLOSED
    for word in words:
        best = better(best, ACCESS_WORDS.get(word, Access.UNKNOWN))
    result.access = worse(result.access, best)


def _add_conditions(result: TruckAccess, tag: Unread, level: int) -> None:
    clauses = read_clauses(tag.value)
    if clauses is None:
        result.unread.append(tag)
        result.access = worse(result.access, Access.UNKNOWN)
        return
    base = result.access
    alone = len(clauses) == 1
    for clause in clauses:
        value = ACCESS_WORDS.get(clause.value.lower(), Access.UNKNOWN)
        if not clause.may_concern_truck:
            continue
        if clause.unread or clause.value.lower() not in ACCESS_WORDS:
            result.unread.append(tag)
        if better(value, base) is value and value is not base:
            if base is Access.CLOSED and level >= result.level:
                if alone and _open_at_hours(result, clause, value, tag):
                    continue
                _open(result, clause, value, tag)
        elif value is not Access.OPEN:
            _close(result, clause, value, tag)


def _open_at_hours(result: TruckAccess, clause: Clause, value: Access, tag: Unread) -> bool:
    """Open a closed road at plain hours: it is then closed at all others."""
    hours = None if clause.comparisons or clause.is_for_purpose else _plain_hours(clause)
    closed = other_hours(hours) if hours is not None else None
    if closed is None or value not in (Access.OPEN, Access.PRIVATE):
        return False
    result.access = value
    if closed:
        result.closed_hours.append((closed, f"OpenStreetMap {tag.key}={tag.value}"))
    return True


def _open(result: TruckAccess, clause: Clause, value: Access, tag: Unread) -> None:
    """Open a closed road as far as the clause says so."""
    above = [c for c in clause.comparisons if c.operator not in _BELOW]
    limits = [_limit(comparison, tag) for comparison in clause.comparisons]
    read = [limit for limit in limits if limit is not None]
    if above or len(read) < len(limits):
        return
    if clause.is_for_purpose:
        value = worse(value, Access.PRIVATE)
    elif not clause.holds_always:
        value = worse(value, Access.UNKNOWN)
    result.access = better(result.access, value)
    result.limits += read


def _close(result: TruckAccess, clause: Clause, value: Access, tag: Unread) -> None:
    if not clause.comparisons:
        hours = _plain_hours(clause) if value is Access.CLOSED else None
        if hours is not None:
            result.closed_hours.append((hours, f"OpenStreetMap {tag.key}={tag.value}"))
            return
        at_times = value is Access.CLOSED and not clause.holds_always
        result.access = worse(result.access, Access.UNKNOWN if at_times else value)
        return
    if any(comparison.operator in _BELOW for comparison in clause.comparisons):
        return  # a ban of small vehicles
    if value is not Access.CLOSED:
        result.access = worse(result.access, value)
        return
    limit = _limit(clause.comparisons[0], tag) if len(clause.comparisons) == 1 else None
    hours = _plain_hours(clause)
    if limit is not None and hours is not None:
        result.limits_at_hours.append((hours, *limit))
        return
    if limit is not None:
        result.limits.append(limit)
        return
    # Conditions that must meet are no limit each: whoever judges needs to see the sign.
    if tag not in result.unread:
        result.unread.append(tag)
    result.access = worse(result.access, Access.UNKNOWN)


def _plain_hours(clause: Clause) -> str | None:
    """Return the hours of a ban on all trucks that has no other condition."""
    return hours_of_clause(clause) if TRUCK_WORDS.issuperset(clause.words) else None


def _limit(comparison: Comparison, tag: Unread) -> tuple[LimitKind, Reading] | None:
    """Return the limit that stands where the comparison begins or ceases to hold."""
    known = _LIMITS.get(comparison.subject)
    value = known[1](comparison.bound) if known else None
    if known is None or value is None or comparison.operator == "=":
        return None
    # "no @ (weight>=40)" and "yes @ (weight<40)" let less than 40 t pass.
    allowed = value if comparison.operator in (">", "<=") else value - _STEP
    return known[0], Reading(allowed, Certainty.KNOWN, f"OpenStreetMap {tag.key}={tag.value}")
