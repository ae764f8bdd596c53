"""Checks of the transport and of the way as a whole: grades, scope, survey, plan, conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from transport.evaluation.answer import Answer
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.asking import settle
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result, Train

_TRANSPORT = Site("vehicle", "vehicle", "", 0.0, (0.0, 0.0), {})
# Facts that say how a structure is, beside those that say what it lets through (3.4.4).
_CONDITION = {"condition_class", "rated_on", "rating_age_years", "retaining_undamaged"}
# Items of chapter 11 that the report drafts for every way, whatever its checks say.
_DRAFTED = ("route", "escort", "monitoring", "traffic_measures", "weather")
_EMERGENCY = ("temporary_stop", "loose_cargo", "accident", "roadworks", "bad_weather")
_OPEN = {Result.NEEDS_SURVEY, Result.NEEDS_CALCULATION, Result.NEEDS_SIMULATION}


def check_transport(tables: Tables, train: PassingTrain) -> Iterator[PassageCheck]:
    """Yield grades of the transport and what has to be evaluated for it (3.1, 3.2)."""
    one = train.transport
    size = {
        "train": train.train,
        "length_m": one.length_m,
        "width_m": one.width_m,
        "height_m": one.height_m,
    }
    yield _said("classify_size", CHECKS["classify_size"].run(tables, **size), size)
    if one.axle_loads_t:
        mass = {"max_axle_t": max(one.axle_loads_t)}
        found = Answer({"grade": train.mass_grade})
        yield _said("classify_mass", found, mass)
    exceeded = {"size_over": train.size_over, "mass_over": train.mass_over}
    yield _said("scope", CHECKS["scope"].run(tables, **exceeded), exceeded)
    ways = {
        "train": train.train,
        "in_table": train.train is not Train.SPECIAL,
        "formula_applies": train.train is not Train.SPECIAL,
    }
    yield _said("method_select", CHECKS["method_select"].run(tables, **ways), ways)


def check_whole(tables: Tables, found: Sequence[PassageCheck]) -> Iterator[PassageCheck]:
    """Yield whether a survey on site is needed, and whether the plan is complete (3.4.4, 11)."""
    missing = {name for one in found if one.result in _OPEN for name in one.missing}
    known = {
        "restrictions_known": not missing - _CONDITION,
        "condition_known": not missing & _CONDITION,
    }
    yield _said("survey_mode", CHECKS["survey_mode"].run(tables, **known), known)
    results = [one.result for one in found]
    yield _said("conclude", CHECKS["conclude"].run(tables, results=results), {"checks": len(found)})
    plan: dict[str, Any] = {"items": list(_DRAFTED), "emergency": list(_EMERGENCY)}
    told = CHECKS["plan_complete"].run(tables, **plan)
    yield _said("plan_complete", told, plan)


def _said(check: str, answer: Answer, inputs: dict[str, Any]) -> PassageCheck:
    """Say what a check of the whole answers: it informs, other checks decide."""
    values = {
        name: value if isinstance(value, bool | int | float | list) else str(value)
        for name, value in answer.values.items()
        if name != "result" and value is not None
    }
    return settle(_TRANSPORT, check, Result.PASS, answer, {}, {}, inputs, values)
