"""Is this trip entitled under this scheme? Every check and every line says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from transport.relief.calculators import LineMoney, LineRelief, relieve
from transport.relief.checks import CheckResult, run_checks
from transport.relief.schemes import Scheme
from transport.relief.trip_facts import TollLine, TripFacts
from transport.tariffs.money import yuan_of, yuan_text

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """The relief on one section, with the reason."""

    section: str
    toll_yuan: Decimal
    relief_yuan: Decimal
    reason: str
    operator: str = ""
    league: str = ""
    tariff_line: str = ""
    scheme_rule: str = ""
    refund_yuan: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The answer: checks, lines and sums in yuan; relief is zero unless every check holds.

    `refund_yuan` is the part of the relief that the carrier pays first and gets back.
    """

    entitled: bool
    checks: tuple[CheckResult, ...]
    lines: tuple[ReliefLine, ...]
    toll_yuan: Decimal
    relief_yuan: Decimal
    refund_yuan: Decimal = _ZERO

    @property
    def net_yuan(self) -> Decimal:
        """What is left to pay."""
        return self.toll_yuan - self.relief_yuan


def check_entitlement(scheme: Scheme, facts: TripFacts) -> Entitlement:
    """Check a trip against a scheme; relief never exceeds the toll and is never negative."""
    checks = run_checks(scheme, facts)
    entitled = all(one.holds for one in checks)
    lines = tuple(_lines(scheme, facts, entitled=entitled))
    return Entitlement(
        entitled=entitled,
        checks=checks,
        lines=lines,
        toll_yuan=sum((one.toll_yuan for one in lines), _ZERO),
        relief_yuan=sum((one.relief_yuan for one in lines), _ZERO),
        refund_yuan=sum((one.refund_yuan for one in lines), _ZERO),
    )


def _lines(scheme: Scheme, facts: TripFacts, *, entitled: bool) -> Iterator[ReliefLine]:
    reached = [
        entitled and scheme.reaches(one.ownership, one.section, one.league)
        for one in facts.toll_lines
    ]
    money = [
        LineMoney(
            one.amount_fen if inside else 0,
            one.class_fen if inside else (),
            one.above_six_fen if inside else 0,
        )
        for one, inside in zip(facts.toll_lines, reached, strict=True)
    ]
    cap = _least(scheme.cap_per_trip_fen, facts.budget_left_fen)
    found = relieve(scheme.steps, money, cap)
    for toll, inside, relief in zip(facts.toll_lines, reached, found, strict=True):
        yield ReliefLine(
            section=toll.section,
            toll_yuan=toll.amount_yuan,
            relief_yuan=yuan_of(relief.relief_fen),
            reason=_reason(scheme, toll, relief, entitled=entitled, inside=inside),
            operator=toll.operator,
            league=toll.league,
            tariff_line=toll.tariff_line or toll.rule,
            scheme_rule=scheme.rule if relief.relief_fen else "",
            refund_yuan=yuan_of(relief.refund_fen),
        )


def _reason(
    scheme: Scheme, toll: TollLine, relief: LineRelief, *, entitled: bool, inside: bool
) -> str:
    if not entitled:
        return "a check does not hold"
    if not inside and toll.ownership not in scheme.ownership:
        return f"{toll.ownership.value} roads are not in the scheme"
    if not inside:
        return f"{toll.section} is not in the scheme"
    if not scheme.calculators:
        share = f"{scheme.percent.normalize():f} %"
        return f"{share} of {toll.amount_yuan} ({scheme.document_number})"
    amount = yuan_text(relief.relief_fen)
    return f"{scheme.rule}: {amount} of {toll.amount_yuan} ({scheme.document_number})"


def _least(*amounts: int | None) -> int | None:
    return min((one for one in amounts if one is not None), default=None)
