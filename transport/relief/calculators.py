"""How a scheme turns a toll into relief: steps taken one after another, in whole fen.

Every step looks at what is still to pay of a line and never leaves less than nothing. Shares are
rounded down; amounts for the whole trip are used up line by line in the order of travel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

PERCENT_PARTS = 1_000_000  # a percentage has at most four places, so parts are whole numbers
_HIGHEST_CLASS = 6


class CalculatorKind(StrEnum):
    """The kinds of steps."""

    PERCENTAGE = "percentage"
    CAPPED_CLASS = "capped_class"  # charged as a lower class
    WAIVED_ADD_ON = "waived_add_on"  # axles above six cost nothing
    REFUND = "refund"  # paid first, a percentage given back after the trip (先征后返)
    FIXED = "fixed"  # so many yuan for a trip
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Calculator:
    """One step; `percent`, `vehicle_class` or `amount_fen` where its kind needs it."""

    kind: CalculatorKind
    percent: Decimal = Decimal(0)
    vehicle_class: int = 0
    amount_fen: int = 0

    @property
    def parts(self) -> int:
        """The percentage in parts of a million."""
        return int(self.percent * (PERCENT_PARTS // 100))

    @property
    def rule(self) -> str:
        """Name the step as lines and ledger quote it."""
        match self.kind:
            case CalculatorKind.PERCENTAGE | CalculatorKind.REFUND:
                return f"{self.kind.value} {self.percent.normalize():f} %"
            case CalculatorKind.CAPPED_CLASS:
                return f"{self.kind.value} {self.vehicle_class}"
            case CalculatorKind.FIXED:
                return f"{self.kind.value} {Decimal(self.amount_fen) / 100:.2f} yuan"
        return self.kind.value


@dataclass(frozen=True, slots=True)
class LineMoney:
    """What the steps need of one line; `class_fen` is empty where the classes are not known."""

    amount_fen: int
    class_fen: tuple[int, ...] = ()
    above_six_fen: int = 0


@dataclass(frozen=True, slots=True)
class LineRelief:
    """Relief of one line in fen: in all, and the part that is refunded after the trip."""

    relief_fen: int
    refund_fen: int


def relieve(
    steps: Sequence[Calculator], lines: Sequence[LineMoney], cap_fen: int | None = None
) -> tuple[LineRelief, ...]:
    """Take the steps on the lines of one trip; relief is between nothing and the line's toll.

    `cap_fen` limits the relief of the trip, line by line in the order of travel.
    """
    charged = [max(one.amount_fen, 0) for one in lines]
    open_fen, refund = list(charged), [0] * len(lines)
    for step in steps:
        if step.kind is CalculatorKind.FIXED:
            left = step.amount_fen
            for index, still in enumerate(open_fen):
                used = min(left, still)
                open_fen[index] = still - used
                left -= used
            continue
        for index, line in enumerate(lines):
            still = open_fen[index]
            after = _after(step, still, line)
            open_fen[index] = after
            if step.kind is CalculatorKind.REFUND:
                refund[index] += still - after
    relief = [one - still for one, still in zip(charged, open_fen, strict=True)]
    if cap_fen is not None:
        left = max(cap_fen, 0)
        for index, one in enumerate(relief):
            relief[index] = min(one, left)
            left -= relief[index]
    return tuple(LineRelief(one, min(back, one)) for one, back in zip(relief, refund, strict=True))


def _after(step: Calculator, still: int, line: LineMoney) -> int:
    match step.kind:
        case CalculatorKind.PERCENTAGE | CalculatorKind.REFUND:
            return still - still * step.parts // PERCENT_PARTS
        case CalculatorKind.CAPPED_CLASS:
            if len(line.class_fen) < step.vehicle_class:
                return still
            return min(still, line.class_fen[step.vehicle_class - 1])
        case CalculatorKind.WAIVED_ADD_ON:
            return max(still - max(line.above_six_fen, 0), 0)
    return 0


def read_calculator(given: Mapping[str, Any]) -> Calculator:
    """Build a step from a scheme file; raises ValueError saying what is wrong."""
    unknown = sorted(set(given) - {"kind", "percent", "vehicle_class", "amount_yuan"})
    if unknown:
        raise ValueError(f"a calculator has no {', '.join(unknown)}")
    made = Calculator(
        kind=CalculatorKind(str(given.get("kind", ""))),
        percent=Decimal(str(given.get("percent", 0))),
        vehicle_class=int(given.get("vehicle_class", 0)),
        amount_fen=int(Decimal(str(given.get("amount_yuan", 0))) * 100),
    )
    return checked(made)


def checked(step: Calculator) -> Calculator:
    """Return the step; raises ValueError where it lacks its number or has one out of range."""
    if step.kind in {CalculatorKind.PERCENTAGE, CalculatorKind.REFUND}:
        exact = step.percent * (PERCENT_PARTS // 100)
        if not 0 <= step.percent <= 100 or exact != int(exact):  # noqa: PLR2004 - per cent
            raise ValueError(
                f"percent must be from 0 to 100, with at most 4 places: {step.percent}"
            )
    if step.kind is CalculatorKind.CAPPED_CLASS and not 1 <= step.vehicle_class <= _HIGHEST_CLASS:
        raise ValueError(f"capped_class needs a vehicle_class from 1 to 6: {step.vehicle_class}")
    if step.kind is CalculatorKind.FIXED and step.amount_fen <= 0:
        raise ValueError("fixed needs an amount_yuan above zero")
    return step
