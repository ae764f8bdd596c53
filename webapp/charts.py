"""Charts drawn on the server as SVG: shapes only, their numbers stand beside them as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

_WIDTH, _HEIGHT, _GAP = 100.0, 40.0, 0.25
_FULL = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its number as text, the parts it is made of, and its length."""

    name: str
    text: str
    share: Markup


def yuan_label(fen: int) -> str:
    """Write an amount beside a bar."""
    return f"¥ {Decimal(fen) / 100:,.2f}"


def bars(rows: Sequence[tuple[str, str, Sequence[int]]]) -> tuple[Bar, ...]:
    """Draw horizontal bars of one scale; every row is name, text and the sizes of its parts."""
    longest = max((sum(parts) for _, _, parts in rows), default=0) or 1
    return tuple(Bar(name, text, _bar(parts, longest)) for name, text, parts in rows)


def _bar(parts: Sequence[int], longest: int) -> Markup:
    drawn, start = "", 0.0
    for number, part in enumerate(parts, start=1):
        width = max(part, 0) * _FULL / longest
        drawn += (
            f'<rect class="chart-{number}" x="{start:.1f}" y="0" width="{width:.1f}" height="12"/>'
        )
        start += width
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="chart-bar" viewBox="0 0 {_FULL} 12" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def columns(series: Sequence[Sequence[int]]) -> Markup:
    """Draw groups of columns of one scale: `series` holds a list of sizes for each colour."""
    count = max((len(one) for one in series), default=0)
    if not count:
        return Markup()
    highest = max((max(one, default=0) for one in series), default=0) or 1
    slot = _WIDTH / count
    width = slot * (1 - _GAP) / len(series)
    drawn = ""
    for number, sizes in enumerate(series, start=1):
        for place, size in enumerate(sizes):
            height = max(size, 0) / highest * (_HEIGHT - 2)
            x = place * slot + slot * _GAP / 2 + (number - 1) * width
            drawn += (
                f'<rect class="chart-{number}" x="{x:.2f}" y="{_HEIGHT - height:.2f}" '
                f'width="{width:.2f}" height="{height:.2f}"/>'
            )
    ground = (
        f'<line class="chart-ground" x1="0" x2="{_WIDTH:g}" y1="{_HEIGHT:g}" y2="{_HEIGHT:g}"/>'
    )
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="chart-columns" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" aria-hidden="true" '
        f'preserveAspectRatio="none" focusable="false">{drawn}{ground}</svg>'
    )
