"""Effects against limits along a bridge, as SVG: what the design load allows, the train causes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from transport.structures.verdicts import EffectLine

_WIDTH, _HEIGHT, _LEFT, _TOP = 520.0, 230.0, 66.0, 22.0
_GRID = (0.25, 0.5, 0.75, 1.0)
_TEXT = 'font-size="14" fill="#4a5568"'
_DRAWN = ("sagging_moment", "hogging_moment", "shear", "reaction")


@dataclass(frozen=True, slots=True)
class EffectPlot:
    """One drawing with its effect, its numbers where the ratio is smallest, and their unit.

    Where that is: at a support, counted from 0, else in a span, counted from 1, at a share of it.
    """

    effect: str
    unit_number: int
    unit: str
    ratio: float
    allowed: float
    caused: float
    drawing: Markup
    design_load: str
    support: int | None
    span: int
    share: float


def plots_of(lines: Sequence[EffectLine], spans_m: Sequence[float]) -> list[EffectPlot]:
    """Draw every effect along every unit."""
    return [_plot(one, spans_m) for one in lines if one.effect in _DRAWN]


def _plot(line: EffectLine, spans_m: Sequence[float]) -> EffectPlot:
    least = 0.25 * max(line.allowed)
    matter = [
        n for n, allowed in enumerate(line.allowed) if allowed >= least and line.caused[n] > 0
    ]
    worst = min(
        matter or range(len(line.at)), key=lambda n: line.allowed[n] / max(line.caused[n], 1e-6)
    )
    at = line.at[worst]
    span = min(int(at), max(int(max(line.at)) - 1, 0))
    return EffectPlot(
        line.effect,
        line.unit,
        "kN·m" if line.effect.endswith("moment") else "kN",
        line.allowed[worst] / max(line.caused[worst], 1e-6),
        line.allowed[worst],
        line.caused[worst],
        Markup(_svg(line, spans_m, worst)),  # noqa: S704 - numbers only, drawn here
        line.design_load,
        int(at) if at == int(at) else None,
        span + 1,
        at - span,
    )


def _svg(line: EffectLine, spans_m: Sequence[float], worst: int) -> str:
    ends = _ends(line, spans_m)
    most = max(*line.allowed, *line.caused, 1e-6)

    def x(at: float) -> float:
        span = min(int(at), len(ends) - 2)
        along = ends[span] + (at - span) * (ends[span + 1] - ends[span])
        return _LEFT + along / ends[-1] * (_WIDTH - 2 * _LEFT)

    def y(value: float) -> float:
        return _TOP + (1.0 - value / most) * (_HEIGHT - 2 * _TOP)

    def path(values: Iterable[float]) -> str:
        points = [(x(at), y(v)) for at, v in zip(line.at, values, strict=True)]
        if line.effect.endswith("moment"):  # nothing at both ends of a unit
            points = [(x(0.0), y(0.0)), *points, (x(float(len(ends) - 1)), y(0.0))]
        return "M" + " L".join(f"{across:.1f} {down:.1f}" for across, down in points)

    base = y(0.0)
    supports = "".join(
        f'<path d="M{x(n):.1f} {base:.1f} l-5 9 h10 z" fill="#12366b"/>' for n in range(len(ends))
    )
    mark = x(line.at[worst])
    grid = "".join(
        f'<path d="M{_LEFT} {y(part * most):.1f} H{_WIDTH - _LEFT}" stroke="#dfe5ee"/>'
        f'<text x="{_LEFT - 6}" y="{y(part * most) + 4:.1f}" text-anchor="end" {_TEXT}>'
        f"{part * most:.0f}</text>"
        for part in _GRID
    )
    spans = "".join(
        f'<text x="{(x(n) + x(n + 1)) / 2:.1f}" y="{base + 20:.1f}" text-anchor="middle" {_TEXT}>'
        f"{ends[n + 1] - ends[n]:g} m</text>"
        for n in range(len(ends) - 1)
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" aria-hidden="true" '
        f'width="100%" height="{_HEIGHT:.0f}">{grid}{spans}'
        f'<path d="M{_LEFT} {base:.1f} H{_WIDTH - _LEFT}" stroke="#7a8699"/>{supports}'
        f'<path d="M{mark:.1f} {_TOP} V{base:.1f}" stroke="#7a8699" stroke-dasharray="3 3"/>'
        f'<path d="{path(line.allowed)}" fill="none" stroke="#12366b" stroke-width="2"/>'
        f'<path d="{path(line.caused)}" fill="none" stroke="#b3261e" stroke-width="2" '
        f'stroke-dasharray="7 3"/></svg>'
    )


def _ends(line: EffectLine, spans_m: Sequence[float]) -> list[float]:
    """Return the supports of the unit: a continuous beam, or one of the different spans."""
    count = max(int(max(line.at)), 1)
    if count == 1 and len(spans_m) > 1:
        different = list(dict.fromkeys(spans_m))
        return [0.0, different[min(line.unit, len(different) - 1)]]
    return [0.0, *accumulate(spans_m[:count])]
