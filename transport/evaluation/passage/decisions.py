"""What an engineer decided on a place, and for which other trains the decision holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.passage.facts import RoadPlace, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.words import Method, Result
from transport.structures.effects import Axles

_SAME_GAP_M = 0.05
_SAME_KN = 0.05
_DECIDED = {Result.PASS, Result.PASS_WITH_MEASURES, Result.NOT_PASSABLE}
_PASSING = {Result.PASS, Result.PASS_WITH_MEASURES}
_STRICTNESS = {Result.PASS: 0, Result.PASS_WITH_MEASURES: 1, Result.NOT_PASSABLE: 2}
# What the decision on a bridge rests on: a new rating ends it.
RATING = ("condition_class", "rated_on", "posted_mass_t", "posted_axle_t")


@dataclass(frozen=True, slots=True)
class Decision:
    """A full check by an engineer: result, reason, signature, validity.

    It holds for trains within its envelope (as many axles in the same places, none heavier), and
    until `rating`, what the record said of the structure's state, changes.
    """

    element: str
    check: str
    result: Result
    reason: str
    signed_by: str
    decided_on: date
    valid_until: date
    axles: Axles | None = None
    rating: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    place: RoadPlace | None = None

    def __post_init__(self) -> None:
        """Refuse a decision without reason or signature, or one that decides nothing."""
        faults = [
            FieldFault(name, "must not be empty", "required")
            for name in ("reason", "signed_by")
            if not getattr(self, name).strip()
        ]
        if self.result not in _DECIDED:
            faults.append(FieldFault("result", f"{self.result} decides nothing", "choice"))
        if self.valid_until < self.decided_on:
            faults.append(FieldFault("valid_until", "lies before the decision", "order"))
        if faults:
            raise InvalidInputError(faults)

    def holds(self, site: Site, axles: Axles | None, day: date) -> bool:
        """Say whether the decision stands for a train on a day, with what is known today."""
        return not self.lapsed(site, axles, day)

    def lapsed(self, site: Site, axles: Axles | None, day: date) -> tuple[str, ...]:
        """Return why the decision does not stand for a train on a day, nothing where it does."""
        found = {
            "too_early": day < self.decided_on,
            "expired": day > self.valid_until,
            "rating_changed": any(
                site.assumed(name) != value for name, value in self.rating.items()
            ),
            "other_train": not self._covers(axles),
        }
        return tuple(reason for reason, is_so in found.items() if is_so)

    def _covers(self, axles: Axles | None) -> bool:
        if self.axles is None:
            return True
        if axles is None:
            return False
        # What is refused to one train is refused to a heavier one.
        if self.result is Result.NOT_PASSABLE:
            return within(self.axles, axles)
        return within(axles, self.axles)


def within(axles: Axles, envelope: Axles) -> bool:
    """Say whether a train has its axles in the places of another, none of them heavier."""
    return (
        len(axles.loads_kn) == len(envelope.loads_kn)
        and all(
            abs(gap - other) <= _SAME_GAP_M
            for gap, other in zip(axles.gaps_m, envelope.gaps_m, strict=True)
        )
        and all(
            load <= most + _SAME_KN
            for load, most in zip(axles.loads_kn, envelope.loads_kn, strict=True)
        )
    )


def rating_of(site: Site) -> dict[str, Any]:
    """Return what a decision on a structure rests on, to be kept with it."""
    return {name: site.assumed(name) for name in RATING}


def decided(
    found: PassageCheck,
    site: Site,
    axles: Axles | None,
    day: date,
    decisions: Iterable[Decision],
) -> PassageCheck:
    """Return the check with the latest decision that stands for it.

    A refusal by the standard itself (class 4 or 5, a posted limit) stays, whoever decides; a check
    that is passed is changed only by an engineer who is stricter.
    """
    standing = [
        one
        for one in decisions
        if one.element == site.element and one.check == found.check and one.holds(site, axles, day)
    ]
    if not standing or found.result in {Result.NOT_APPLICABLE, Result.NOT_PASSABLE}:
        return found
    *_, one = sorted(standing, key=lambda decision: decision.decided_on)
    if found.result in _PASSING and _STRICTNESS[one.result] <= _STRICTNESS[found.result]:
        return found
    return replace(
        found,
        result=one.result,
        method=str(Method.CALCULATION),
        missing=(),
        expired=(),
        measures=(),
        conditions=one.conditions,
        decided_by=f"{one.signed_by} {one.decided_on.isoformat()}",
        values={
            **found.values,
            "decision": one.reason,
            "decision_until": one.valid_until.isoformat(),
        },
    )
