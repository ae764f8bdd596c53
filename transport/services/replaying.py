"""Shadow replay: the rules over past decisions of people, and where the two disagree.

An authority reads the disagreements before it switches on a decision space. Nothing is written
here; `keeping_decision_space.note_replay` puts the counts on record.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from transport.errors import FieldFault, InvalidInputError, TransportError
from transport.permits.decision import DecisionOutcome
from transport.permits.decision_space import Facts, SpaceRow
from transport.regulations.law import Law
from transport.rules.classification import classify
from transport.vehicles.describing import describe_transport

NEEDED = (
    *("number", "decided_on", "outcome", "height_m", "width_m", "length_m", "mass_t"),
    "axle_loads_t",
)
COLUMNS = (*NEEDED, "axle_spacings_m", "category", "origin_admin", "destination_admin")
_NUMBERS = ("height_m", "width_m", "length_m", "mass_t")
_LISTS = ("axle_loads_t", "axle_spacings_m")
_MOST_ROWS = 100_000


class Disagreement(StrEnum):
    """How rules and people differ; the first is why a decision space stays off."""

    GRANT_BUT_REFUSED = "grant_but_refused"  # rules would grant what people refused
    REFUSE_BUT_GRANTED = "refuse_but_granted"
    NO_PERMIT_BUT_DECIDED = "no_permit_but_decided"
    UNKNOWN = "unknown"  # missing data leaves open whether a permit is needed
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Differs:
    """One past decision that the rules see differently; `rules` names what they say."""

    line: int
    number: str
    kind: Disagreement
    people: str
    rules: str


@dataclass(frozen=True, slots=True)
class BadField:
    """A field of a row that cannot be read."""

    line: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay found.

    `covered` counts the rows whose load the decision space covers (the route is not in the file),
    `covered_refused` those of them that people refused; `by_row` holds both for each row.
    """

    rows: int
    agreed: int
    differs: tuple[Differs, ...]
    bad: tuple[BadField, ...]
    covered: int = 0
    covered_refused: int = 0
    by_row: Mapping[str, tuple[int, int]] = dataclasses.field(default_factory=dict)

    @property
    def by_kind(self) -> Mapping[str, int]:
        """Count the disagreements by kind, every kind named."""
        counts = Counter(one.kind for one in self.differs)
        return {kind.value: counts[kind] for kind in Disagreement}


@dataclass(frozen=True, slots=True)
class _Past:
    line: int
    number: str
    day: date
    outcome: DecisionOutcome
    document: Mapping[str, Any]
    category: str
    origin: str
    destination: str


def replay(text: str, law: Law, space: Sequence[SpaceRow] = ()) -> Replay:
    """Run the rules of each decision's day over a CSV of past decisions.

    Raises InvalidInputError on `file` where columns are missing; a bad row is told and left out.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [one for one in NEEDED if one not in (reader.fieldnames or ())]
    if missing:
        message = f"lacks the columns {', '.join(missing)}"
        params = (("columns", ", ".join(missing)),)
        raise InvalidInputError([FieldFault("file", message, "columns_missing", params)])
    bad: list[BadField] = []
    differs: list[Differs] = []
    rows = agreed = covered = refused = 0
    by_row = {one.id: (0, 0) for one in space}
    for row in reader:
        rows += 1
        if rows > _MOST_ROWS:
            message = f"has more than {_MOST_ROWS} rows"
            raise InvalidInputError([FieldFault("file", message, "file_too_large")])
        past, faults = _read(reader.line_num, row)
        if past is None:
            bad += faults
            continue
        try:
            found, facts = _compare(past, law)
        except InvalidInputError as wrong:
            bad += [BadField(past.line, one.field, one.message) for one in wrong.faults]
            continue
        except TransportError as wrong:
            bad.append(BadField(past.line, "decided_on", str(wrong)))
            continue
        differs += found
        agreed += not found
        hits = [one.id for one in space if one.misses_load(facts) is None]
        was_refused = past.outcome is DecisionOutcome.REFUSE
        covered += bool(hits)
        refused += bool(hits) and was_refused
        for row_id in hits:
            count, against = by_row[row_id]
            by_row[row_id] = count + 1, against + was_refused
    return Replay(rows, agreed, tuple(differs), tuple(bad), covered, refused, by_row)


def _compare(past: _Past, law: Law) -> tuple[list[Differs], Facts]:
    transport = describe_transport(past.document)
    said = classify(transport, law, past.day, past.origin or None, past.destination or None)
    category = str(said.category or "")
    facts = Facts(
        category=category,
        origin_admin=past.origin,
        destination_admin=past.destination,
        height_m=transport.height_m,
        width_m=transport.width_m,
        length_m=transport.length_m,
        mass_t=transport.mass_t,
        axle_t=transport.largest_axle_load_t,
        refusals=tuple(one.rule for one in said.refusals),
        route_status="feasible",
    )
    kind, rules = None, ""
    if said.needs_permit is None:
        kind, rules = Disagreement.UNKNOWN, "unknown"
    elif not said.needs_permit:
        kind, rules = Disagreement.NO_PERMIT_BUT_DECIDED, "no permit needed"
    elif said.refusals and past.outcome is DecisionOutcome.GRANT:
        kind = Disagreement.REFUSE_BUT_GRANTED
        rules = "; ".join(f"{one.rule} {one.value} > {one.limit}" for one in said.refusals)
    elif not said.refusals and past.outcome is DecisionOutcome.REFUSE:
        kind, rules = Disagreement.GRANT_BUT_REFUSED, "grant"
    people = past.outcome.value
    found = [] if kind is None else [Differs(past.line, past.number, kind, people, rules)]
    if past.category and said.needs_permit and past.category != category:
        differs = Differs(past.line, past.number, Disagreement.CATEGORY, past.category, category)
        found.append(differs)
    return found, facts


def _read(line: int, row: Mapping[str, Any]) -> tuple[_Past | None, list[BadField]]:
    bad: list[BadField] = []
    given = {key: str(row.get(key) or "").strip() for key in COLUMNS}

    def refuse(field: str, message: str) -> None:
        bad.append(BadField(line, field, message))

    document: dict[str, Any] = {}
    for field in (*_NUMBERS, *_LISTS):
        values = [one for one in given[field].replace(",", ";").split(";") if one.strip()]
        if not values and field not in NEEDED:
            continue
        try:
            read = [float(one) for one in values]
        except ValueError:
            read = []
        if not read or (field in _NUMBERS and len(read) != 1):
            refuse(field, f"{given[field]!r} is no number; write digits, lists joined by ';'")
        else:
            document[field] = read if field in _LISTS else read[0]
    day, outcome = None, None
    try:
        day = date.fromisoformat(given["decided_on"])
    except ValueError:
        refuse("decided_on", f"{given['decided_on']!r} is no day such as 2026-03-01")
    try:
        outcome = DecisionOutcome(given["outcome"])
    except ValueError:
        refuse("outcome", f"{given['outcome']!r} is neither grant nor refuse")
    if not given["number"]:
        refuse("number", "is empty")
    if bad or day is None or outcome is None:
        return None, bad
    ends = given["origin_admin"], given["destination_admin"]
    past = _Past(line, given["number"], day, outcome, document, given["category"], *ends)
    return past, []
