"""Say an evaluation in the contract's words: the JSON document of `dajian evaluate`."""

from __future__ import annotations

from typing import Any

from transport.evaluation.passage.findings import (
    Passage,
    PassageCheck,
    PassageCondition,
    SurveyTask,
)


def passage_as_json(passage: Passage) -> dict[str, Any]:
    """Return the whole evaluation as JSON values."""
    train = passage.train
    return {
        "conclusion": None if passage.conclusion is None else str(passage.conclusion),
        "checks": [check_as_json(one) for one in passage.checks],
        "conditions": [_condition(one) for one in passage.conditions],
        "surveys": [_survey(one) for one in passage.surveys],
        "unrecorded": [_survey(one) for one in passage.unrecorded],
        "scope": {"space": train.size_over, "structure": train.mass_over},
        "size_grade": None if train.size_grade is None else str(train.size_grade),
        "mass_grade": train.mass_grade,
        "length_km": round(passage.length_km, 3),
        "network": {"id": passage.network_id},
        "evaluated_for": passage.day.isoformat(),
    }


def check_as_json(one: PassageCheck) -> dict[str, Any]:
    """Return one check with everything that its result rests on."""
    return {
        "check": one.check,
        "element": one.element,
        "kind": one.kind,
        "name": one.name,
        "chainage_km": round(one.chainage_km, 3),
        "to_km": None if one.to_km is None else round(one.to_km, 3),
        "at": list(one.at),
        "result": str(one.result),
        "method": one.method,
        "clause": one.clause,
        "source": one.source,
        "values": dict(one.values),
        "inputs": {
            name: {"value": given.value, "source": given.source, "certainty": given.certainty}
            for name, given in one.inputs.items()
        },
        "missing": list(one.missing),
        "expired": list(one.expired),
        "measures": list(one.measures),
        "conditions": list(one.conditions),
        "doubts": list(one.doubts),
        "decided_by": one.decided_by or None,
        "through": list(one.through),
    }


def _condition(one: PassageCondition) -> dict[str, Any]:
    return {
        "condition": one.code,
        "element": one.element,
        "kind": one.kind,
        "name": one.name,
        "chainage_km": round(one.chainage_km, 3),
        "at": list(one.at),
        "clause": one.clause,
        "values": dict(one.values),
    }


def _survey(one: SurveyTask) -> dict[str, Any]:
    return {
        "element": one.element,
        "kind": one.kind,
        "name": one.name,
        "chainage_km": round(one.chainage_km, 3),
        "at": list(one.at),
        "missing": list(one.missing),
        "expired": list(one.expired),
        "checks": list(one.checks),
    }
