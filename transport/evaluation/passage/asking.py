"""Run one check of the catalogue on the facts of a place, and keep where its inputs came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transport.evaluation.answer import Answer
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.facts import Fact, Site
from transport.evaluation.passage.findings import Input, PassageCheck
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result

# Results a value that was measured after an improvement turns into a pass under this condition.
_AFTER_MEASURE = {Result.PASS: Result.PASS_WITH_MEASURES}
_CONDITIONS_OF_A_PASS = ("low_speed", "guide")


def ask(
    tables: Tables,
    site: Site,
    check: str,
    given: Mapping[str, Any],
    facts: Mapping[str, str],
    optional: tuple[str, ...] = (),
) -> PassageCheck:
    """Run a check; `facts` name the fact behind an input, `given` are inputs of the transport.

    A fact that nobody knows, or that is only assumed, asks for a survey; what the check would say
    if an assumption were confirmed stands in `values` under `if_confirmed`. An `optional` input is
    left away where it is not known.
    """
    known = {name: site.value(fact) for name, fact in facts.items()}
    for name in optional:
        if known[name] is None:
            del known[name]
    found = _answer(tables, check, {**given, **known}, known, facts)
    values = dict(found.values)
    result = values.pop("result", None) or Result.PASS
    if result is Result.NEEDS_SURVEY:
        guessed = {name: site.assumed(fact) for name, fact in facts.items()}
        if None not in guessed.values():
            values["if_confirmed"] = str(CHECKS[check].run(tables, **given, **guessed).result)
    used = {
        name: site.facts[fact]
        for name, fact in facts.items()
        if fact in site.facts and site.facts[fact].counts
    }
    return settle(
        site, check, result, found, {name: facts.get(name, name) for name in found.missing}, used,
        {**given, **{name: one.value for name, one in used.items()}}, values,
    )  # fmt: skip


def settle(
    site: Site,
    check: str,
    result: Result,
    found: Answer,
    missing: Mapping[str, str],
    used: Mapping[str, Fact],
    inputs: Mapping[str, Any],
    values: Mapping[str, Any],
) -> PassageCheck:
    """Make a finding of an answer: measures that were taken become conditions of the pass."""
    one = CHECKS[check]
    taken = tuple(dict.fromkeys(fact.measure for fact in used.values() if fact.measure))
    if taken:
        result = _AFTER_MEASURE.get(result, result)
    passing = result in {Result.PASS, Result.PASS_WITH_MEASURES}
    names = tuple(missing.values())
    return PassageCheck(
        check=check,
        element=site.element,
        kind=site.kind,
        name=site.name,
        chainage_km=site.chainage_km,
        at=site.at,
        result=result,
        method=str(found.method or one.method),
        clause=one.clause,
        source=one.source,
        values=values,
        inputs={
            name: Input(
                value,
                used[name].source if name in used else "transport",
                used[name].certainty if name in used else "known",
            )
            for name, value in inputs.items()
        },
        missing=names,
        expired=tuple(name for name in names if name in site.expired),
        measures=() if passing else found.measures,
        conditions=(*taken, *(found.measures if passing else ())),
        doubts=found.doubts,
        to_km=site.to_km,
    )


def _answer(
    tables: Tables,
    check: str,
    inputs: Mapping[str, Any],
    known: Mapping[str, Any],
    facts: Mapping[str, str],
) -> Answer:
    """Run the check, or ask for a survey where it cannot be run on what is known."""
    nothing = tuple(name for name, value in known.items() if value is None)
    if nothing and not _takes_none(check, nothing):
        return Answer({"result": Result.NEEDS_SURVEY}, missing=tuple(facts[n] for n in nothing))
    return CHECKS[check].run(tables, **inputs)


def _takes_none(check: str, names: tuple[str, ...]) -> bool:
    hints = CHECKS[check].schema()["properties"]
    return all("anyOf" in hints[name] for name in names)
