"""Access of trucks: the hierarchy of tags, and conditions on size turned into limits."""

from __future__ import annotations

from dataclasses import dataclass, field

from road_data.osm.tags.conditions import Clause, read_clauses
from road_data.osm.tags.measures import Measure, read_length_m, read_mass_t
from road_data.osm.tags.stated import Direction, Reading, Tags, Unread
from transport.network.attributes import Access, Certainty, LimitKind

_HIERARCHY = ("access", "vehicle", "motor_vehicle", "hgv", "hgv_articulated")
_WORDS = {
    word: access
    for access, words in {
        Access.OPEN: "yes permissive designated official public discouraged",
        Access.PRIVATE: "private destination delivery customers permit residents unloading",
        Access.CLOSED: "no agricultural forestry bus psv emergency military foot bicycle "
        "use_sidepath",
        Access.UNKNOWN: "unknown variable",
    }.items()
    for word in words.split()
}
# From open to closed: what a stretch allows is the worst of what its parts allow.
_RANK = (Access.OPEN, Access.PRIVATE, Access.UNKNOWN, Access.CLOSED)
_LIMITS: dict[str, tuple[LimitKind, Measure, float]] = {
    "weight": (LimitKind.SIGNED_MASS, read_mass_t, 0.001),
    "weightrating": (LimitKind.SIGNED_MASS, read_mass_t, 0.001),
    "gcweight": (LimitKind.SIGNED_MASS, read_mass_t, 0.001),
    "axleload": (LimitKind.SIGNED_AXLE, read_mass_t, 0.001),
    "height": (LimitKind.SIGNED_HEIGHT, read_length_m, 0.001),
    "width": (LimitKind.SIGNED_WIDTH, read_length_m, 0.001),
    "length": (LimitKind.SIGNED_LENGTH, read_length_m, 0.001),
}


@dataclass(slots=True)
class TruckAccess:
    """Access of a truck, the limits that conditions set, and what nobody can read."""

    access: Access
    limits: list[tuple[LimitKind, Reading]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def worse(one: Access, other: Access) -> Access:
    """Return the stricter of two; unknown stands between private and closed."""
    return max(one, other, key=_RANK.index)


def read_access(tags: Tags, direction: Direction, *, untagged: Access = Access.OPEN) -> TruckAccess:
    """Return what trucks may do: the most specific key wins, then conditions are added.

    A ban at certain times makes the access unknown (the journey may keep clear of them); a ban
    above a mass or size is a signed limit; conditions that open a closed road are ignored.
    """
    result = TruckAccess(untagged)
    for mode in _HIERARCHY:
        for key in (mode, f"{mode}:{direction.value}"):
            text = tags.get(key)
            if text is not None:
                result.access = _read_words(key, text, result.unread)
    for mode in _HIERARCHY:
        for key in (f"{mode}:conditional", f"{mode}:{direction.value}:conditional"):
            text = tags.get(key)
            if text is not None:
                _add_conditions(result, key, text)
    return result


def _read_words(key: str, text: str, unread: list[Unread]) -> Access:
    words = [part.strip().lower() for part in text.split(";") if part.strip()]
    if not words or not all(word in _WORDS for word in words):
        unread.append(Unread(key, text))
        return Access.UNKNOWN
    return min((_WORDS[word] for word in words), key=_RANK.index)


def _add_conditions(result: TruckAccess, key: str, text: str) -> None:
    clauses = read_clauses(text)
    if clauses is None:
        result.unread.append(Unread(key, text))
        result.access = worse(result.access, Access.UNKNOWN)
        return
    for clause in clauses:
        value = _WORDS.get(clause.value.lower(), Access.UNKNOWN)
        if value is Access.OPEN or not clause.may_concern_truck:
            continue
        _add_clause(result, clause, value, Unread(key, text))


def _add_clause(result: TruckAccess, clause: Clause, value: Access, tag: Unread) -> None:
    if not clause.comparisons:
        closed = Access.UNKNOWN if value is Access.CLOSED else value
        result.access = worse(result.access, closed)
        return
    if any(comparison.operator in ("<", "<=") for comparison in clause.comparisons):
        return  # a ban of small vehicles
    if value is not Access.CLOSED:
        result.access = worse(result.access, value)
        return
    limits = [_limit(comparison.subject, comparison.operator, comparison.bound, tag)
              for comparison in clause.comparisons]  # fmt: skip
    read = [limit for limit in limits if limit is not None]
    # Two conditions that must meet are no limit each: whoever judges needs to see the sign.
    if len(limits) == 1 and read:
        result.limits.extend(read)
    else:
        result.unread.append(tag)
        result.access = worse(result.access, Access.UNKNOWN)


def _limit(
    subject: str, operator: str, bound: str, tag: Unread
) -> tuple[LimitKind, Reading] | None:
    kind, measure, step = _LIMITS[subject]
    value = measure(bound)
    if value is None:
        return None
    # "no @ (weight>=40)" lets less than 40 t pass.
    allowed = value if operator == ">" else value - step
    return kind, Reading(allowed, Certainty.KNOWN, f"OpenStreetMap {tag.key}={tag.value}")
