"""Engineering checks by name, each by itself: what command and interface offer under `check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from transport.errors import FieldFault, InvalidInputError, TransportError
from transport.evaluation.catalogue import CHECKS as EVALUATION
from transport.evaluation.checks import Check
from transport.evaluation.tables import Tables
from transport.regulations.law import Law
from transport.selection import axle_distribution, selection_check
from transport.vehicles.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class CheckNeeds:
    """What checks may ask for beside their input."""

    catalogue: Catalogue
    law: Law
    day: date
    tables: Tables


@dataclass(frozen=True, slots=True)
class NamedCheck:
    """One check: `schema` describes its input, `answer` returns the document of the contract."""

    name: str
    clause: str
    method: str
    purpose: str
    schema: Callable[[], dict[str, Any]]
    answer: Callable[[Mapping[str, Any]], dict[str, Any]]


def offered_checks(needs: CheckNeeds) -> dict[str, NamedCheck]:
    """Return the checks that this version runs, by name."""
    evaluation = [_evaluation(check, needs.tables) for check in EVALUATION.values()]
    checks = (*evaluation, _axle_distribution(needs), _selection(needs))
    return {check.name: check for check in checks}


def find_check(name: str, offered: Mapping[str, NamedCheck]) -> NamedCheck:
    """Return a check; raise InvalidInputError with the nearest name where there is none."""
    if name in offered:
        return offered[name]
    near = get_close_matches(name, offered, n=1)
    hint = f"did you mean {near[0]}?" if near else "see 'dajian check list'"
    raise InvalidInputError([FieldFault("check", f"there is no check '{name}': {hint}", "unknown")])


def run_many(
    rows: Iterable[tuple[str, str, Any]], offered: Mapping[str, NamedCheck]
) -> Iterator[dict[str, Any]]:
    """Yield `{id, values}` or `{id, error}` for every row of id, check and input."""
    for number, name, given in rows:
        try:
            if not isinstance(given, Mapping):
                message = "must be one JSON object"
                raise InvalidInputError([FieldFault("inputs_json", message, "object")])
            values = find_check(name, offered).answer(given)["values"]
        except TransportError as wrong:
            yield {"id": number, "error": str(wrong)}
        else:
            yield {"id": number, "values": values}


def _evaluation(check: Check, tables: Tables) -> NamedCheck:
    return NamedCheck(
        check.name,
        check.clause,
        str(check.method),
        check.purpose,
        check.schema,
        lambda given: check.answer(tables, given),
    )


def _axle_distribution(needs: CheckNeeds) -> NamedCheck:
    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        values = axle_distribution.axle_distribution(
            given, catalogue=needs.catalogue, law=needs.law, day=needs.day
        )
        return {
            "check": axle_distribution.NAME,
            "clause": axle_distribution.CLAUSE,
            "method": "calculation",
            "values": values,
            "measures": [],
        }

    return NamedCheck(
        axle_distribution.NAME,
        axle_distribution.CLAUSE,
        "calculation",
        "Share a load between the axles of a combination, and say how much of each limit is used.",
        axle_distribution.schema,
        answer,
    )


def _selection(needs: CheckNeeds) -> NamedCheck:
    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        values = selection_check.choose_combinations(
            given, catalogue=needs.catalogue, law=needs.law, day=needs.day
        )
        return {
            "check": selection_check.NAME,
            "clause": selection_check.CLAUSE,
            "method": "calculation",
            "values": values,
            "measures": [],
        }

    return NamedCheck(
        selection_check.NAME,
        selection_check.CLAUSE,
        "calculation",
        "Rank the lawful combinations for a component, and say why the others are refused.",
        selection_check.schema,
        answer,
    )
