"""Money in whole fen: how yuan become fen, how fen are rounded, split and written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum

FEN_PER_YUAN = 100


class Rounding(StrEnum):
    """Which way an amount between two steps goes."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.DOWN: ROUND_DOWN,
    Rounding.UP: ROUND_UP,
}


def round_fen(amount_fen: Decimal, step_fen: int = 1, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Return an amount in fen as a whole number of steps."""
    steps = (amount_fen / step_fen).quantize(Decimal(1), _MODES[rounding])
    return int(steps) * step_fen


def fen_of(yuan: Decimal) -> int:
    """Return an amount in yuan as fen; half a fen goes up."""
    return round_fen(yuan * FEN_PER_YUAN)


def yuan_of(fen: int) -> Decimal:
    """Return fen as yuan with two places."""
    return Decimal(fen).scaleb(-2).quantize(Decimal("0.01"))


def yuan_text(fen: int) -> str:
    """Write fen as the contract's decimal string with two places."""
    return f"{yuan_of(fen):.2f}"


def share_fen(amount_fen: int, percent: Decimal) -> int:
    """Return a percentage of an amount, rounded down: a share never exceeds its part."""
    return int((amount_fen * percent / 100).quantize(Decimal(1), ROUND_DOWN))


def split_fen(amount_fen: int, weights_fen: Sequence[int]) -> tuple[int, ...]:
    """Split an amount by weights, exactly: what rounding leaves goes to the first ones.

    An amount above the sum of the weights is cut to it, so that no part exceeds its weight.
    """
    whole = sum(weights_fen)
    amount = min(amount_fen, whole)
    if whole <= 0 or amount <= 0:
        return (0,) * len(weights_fen)
    parts = [amount * weight // whole for weight in weights_fen]
    left = amount - sum(parts)
    for index, weight in enumerate(weights_fen):
        more = min(left, weight - parts[index])
        parts[index] += more
        left -= more
    return tuple(parts)
