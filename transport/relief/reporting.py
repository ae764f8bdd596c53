"""Monthly and yearly reports: toll and relief by league, road, scheme, component kind, and more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from transport.relief.claims import Claim, ClaimState
from transport.relief.entitlement import ReliefLine
from transport.tariffs.money import fen_of


class Grouping(StrEnum):
    """What a report is broken down by."""

    LEAGUE = "league"
    ROAD = "road"
    SCHEME = "scheme"
    COMPONENT_KIND = "component_kind"
    OPERATOR = "operator"
    CARRIER = "carrier"
    BEARER = "bearer"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a report: records that were granted, their toll and relief in fen."""

    name: str
    claims: int
    toll_fen: int
    relief_fen: int


@dataclass(frozen=True, slots=True)
class Report:
    """A period's records: by grouping, in all, and how many stand in each state.

    Only granted relief counts. The parts of every grouping sum to the whole.
    """

    first_month: str
    last_month: str
    granted: int
    toll_fen: int
    relief_fen: int
    parts: Mapping[Grouping, tuple[Part, ...]]
    states: Mapping[ClaimState, int]
    is_demonstration: bool


_OF_LINE: Mapping[Grouping, Callable[[Claim, ReliefLine], str]] = MappingProxyType(
    {
        Grouping.LEAGUE: lambda _, line: line.league,
        Grouping.ROAD: lambda _, line: line.section,
        Grouping.OPERATOR: lambda _, line: line.operator,
        Grouping.SCHEME: lambda claim, _: claim.scheme.name,
        Grouping.COMPONENT_KIND: lambda claim, _: claim.facts.component_kind,
        Grouping.CARRIER: lambda claim, _: claim.carrier_name,
        Grouping.BEARER: lambda claim, _: claim.scheme.payer,
        Grouping.MONTH: lambda claim, _: claim.month,
    }
)
_GRANTED = frozenset({ClaimState.VERIFIED, ClaimState.PAID, ClaimState.AUDITED})


def report(claims: Iterable[Claim], first_month: str, last_month: str) -> Report:
    """Gather the records of a period (`YYYY-MM`, both included)."""
    chosen = [one for one in claims if first_month <= one.month <= last_month]
    granted = [one for one in chosen if one.state in _GRANTED]
    states: dict[ClaimState, int] = defaultdict(int)
    for one in chosen:
        states[one.state] += 1
    return Report(
        first_month=first_month,
        last_month=last_month,
        granted=len(granted),
        toll_fen=sum(fen_of(one.entitlement.toll_yuan) for one in granted),
        relief_fen=sum(fen_of(one.entitlement.relief_yuan) for one in granted),
        parts=MappingProxyType({one: _parts(granted, one) for one in Grouping}),
        states=MappingProxyType(dict(states)),
        is_demonstration=any(
            "demonstration" in (one.toll_status, one.scheme.status.value) for one in chosen
        ),
    )


def _parts(claims: Iterable[Claim], grouping: Grouping) -> tuple[Part, ...]:
    tolls: dict[str, int] = defaultdict(int)
    reliefs: dict[str, int] = defaultdict(int)
    members: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for line in claim.entitlement.lines:
            name = _OF_LINE[grouping](claim, line)
            tolls[name] += fen_of(line.toll_yuan)
            reliefs[name] += fen_of(line.relief_yuan)
            members[name].add(claim.number)
    rows = [Part(one, len(members[one]), tolls[one], reliefs[one]) for one in tolls]
    if grouping is Grouping.MONTH:
        return tuple(sorted(rows, key=lambda one: one.name))
    return tuple(sorted(rows, key=lambda one: (-one.relief_fen, one.name)))
