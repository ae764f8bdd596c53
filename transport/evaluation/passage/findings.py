"""What an evaluation says: every check with its place, conditions, surveys, the conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from transport.evaluation.passage.facts import LonLat, Site
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.plans import Conclusion
from transport.evaluation.words import Result


@dataclass(frozen=True, slots=True)
class Input:
    """What a check was given: the value with its source and how sure it is."""

    value: Any
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class PassageCheck:
    """One check at one place: `method` is the one that decided.

    `missing` names facts to survey, `expired` those measured too long ago. `conditions` are codes
    of what must be done so that the result holds, `measures` of what would change a refusal.
    `decided_by` is the engineer whose recorded decision the result is. `through` names the other
    checks of the catalogue whose answers went into this one.
    """

    check: str
    element: str
    kind: str
    name: str
    chainage_km: float
    at: LonLat
    result: Result
    method: str
    clause: str
    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    decided_by: str = ""
    to_km: float | None = None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageCondition:
    """Something to do at a place: `values` hold speed, distance or days of notice."""

    code: str
    element: str
    kind: str
    name: str
    chainage_km: float
    at: LonLat
    clause: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SurveyTask:
    """What somebody has to find out at a place, for which checks."""

    element: str
    kind: str
    name: str
    chainage_km: float
    at: LonLat
    missing: tuple[str, ...]
    expired: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """An evaluation of one transport on one way, on one day.

    `road` is the state of the road as appendix A asks for it, `unrecorded` what it asks for and
    nobody recorded, beside the surveys that checks wait for.
    """

    train: PassingTrain
    day: date
    network_id: str
    length_km: float
    checks: tuple[PassageCheck, ...]
    conditions: tuple[PassageCondition, ...]
    surveys: tuple[SurveyTask, ...]
    conclusion: Conclusion | None
    road: tuple[Site, ...] = ()
    unrecorded: tuple[SurveyTask, ...] = ()
