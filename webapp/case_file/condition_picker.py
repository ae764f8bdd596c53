"""Conditions of the catalogue that an office may pick for an act, by the law and the route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transport.permits.acts import Act
from transport.permits.application import Application
from transport.permits.case import Case
from transport.permits.states import ActKind
from transport.regulations.law import Law
from transport.regulations.occasions import Occasion, met_at
from transport.rules.conditions import Condition, conditions_for
from webapp.extensions import language
from webapp.wording import say

_CITY_ACTS = frozenset({ActKind.MUNICIPAL_CONSENT, ActKind.POLICE_DESIGNATION})
_URBAN = "urban"
# No route tells these; they are offered, and the officer judges.
_NOT_TOLD = frozenset(
    {
        Occasion.OPPOSING_LANE,
        Occasion.OVERHEAD_LINES,
        Occasion.REINFORCED_STRUCTURE,
        Occasion.UPRIGHT_LOAD,
    }
)


def offered_conditions(case: Case, act: Act, law: Law) -> list[tuple[str, str]]:
    """Return each condition in Chinese, as it goes onto the paper, and as the reader sees it."""
    found = fitting_conditions(case.application, law.at(act.area), city=act.kind in _CITY_ACTS)
    return [
        (
            one.text(law),
            f"{one.text(law, language())} – {say('legal_status', one.status)}",
        )
        for one in found
    ]


def fitting_conditions(application: Application, law: Law, *, city: bool) -> list[Condition]:
    """Return the conditions for the city streets of an application's route, or for its highways."""
    contract: Mapping[str, Any] = application.route.contract
    return conditions_for(
        application.transport,
        law,
        application.law_day,
        _roads(contract.get("legs", ()), city=city),
        _occasions(contract.get("structures", ()), city=city),
        application.travel.starts_on,
    )


def _roads(legs: Sequence[Mapping[str, Any]], *, city: bool) -> set[str] | None:
    """Return the road classes of the act's stretches, None where no route is on file."""
    if city:
        return {_URBAN}
    if not legs:
        return None
    return {str(leg.get("class", "")) for leg in legs if leg.get("owner") != "municipal"}


def _occasions(structures: Sequence[Mapping[str, Any]], *, city: bool) -> set[Occasion]:
    return met_at(structures) | _NOT_TOLD | ({Occasion.CITY_STREETS} if city else set())
