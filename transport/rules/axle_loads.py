"""Axle-load caps of R62 art. 17: above them the permit is refused."""

from __future__ import annotations

from datetime import date

from transport.regulations.law import Law
from transport.rules.comparing import judge, unknown
from transport.rules.findings import Finding, Outcome
from transport.rules.over_limit import count_axles
from transport.vehicles.transport import TrailerKind, Transport

FLATBED_AVERAGE = "flatbed_average_t"
FLATBED_MAXIMUM = "flatbed_maximum_t"
LINE_AVERAGE = "hydraulic_line_average_t"
LINE_MAXIMUM = "hydraulic_line_maximum_t"
SPECIAL = "special_axle_load"
_AXLES_OF_A_LINE = 2


def check_axle_caps(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Compare axle or line loads with the caps of the trailer's kind.

    Of a special combination the law says nothing; the answer is unknown, an expert's task.
    """
    if transport.trailer_kind is TrailerKind.HYDRAULIC:
        return _check_lines(transport, law, day)
    average, maximum = (
        law.axle_caps.flatbed_average_t.on(day),
        law.axle_caps.flatbed_maximum_t.on(day),
    )
    largest = largest_single_axle_t(transport)
    if transport.trailer_kind is TrailerKind.SPECIAL:
        return [unknown(SPECIAL, average, value=largest)]
    if largest is None:
        return [unknown(FLATBED_AVERAGE, average), unknown(FLATBED_MAXIMUM, maximum)]
    # art. 17(1): the average over all axles of the vehicle, as the municipal forms count it.
    per_axle = transport.mass_t / count_axles(transport)
    return [
        judge(FLATBED_AVERAGE, round(per_axle, 3), average, Outcome.NOT_ALLOWED),
        judge(FLATBED_MAXIMUM, largest, maximum, Outcome.NOT_ALLOWED),
    ]


def _check_lines(transport: Transport, law: Law, day: date) -> list[Finding]:
    caps = law.axle_caps
    average, maximum = caps.hydraulic_line_average_t.on(day), caps.hydraulic_line_maximum_t.on(day)
    lines = line_loads_t(transport)
    if not lines:
        return [unknown(LINE_AVERAGE, average), unknown(LINE_MAXIMUM, maximum)]
    per_line = sum(lines) / len(lines)
    found = [
        judge(LINE_AVERAGE, round(per_line, 3), average, Outcome.NOT_ALLOWED),
        judge(LINE_MAXIMUM, max(lines), maximum, Outcome.NOT_ALLOWED),
    ]
    if transport.axles_per_line <= _AXLES_OF_A_LINE:
        return found
    # art. 17(2) speaks of lines of two axles and eight tyres: more than its figure on a wider
    # line is neither granted nor refused by it.
    return [
        unknown(one.rule, cap, value=one.value) if one.outcome is Outcome.NOT_ALLOWED else one
        for one, cap in zip(found, (average, maximum), strict=True)
    ]


def line_loads_t(transport: Transport) -> tuple[float, ...]:
    """Return the load of every axle line of the trailer, in tonnes."""
    return transport.axle_loads_t[_tractor_axles(transport) :]


def largest_single_axle_t(transport: Transport) -> float | None:
    """Return the largest load of a single axle, a line of two axles shared between them."""
    if not transport.axle_loads_t:
        return None
    tractor = _tractor_axles(transport)
    axles = transport.axle_loads_t[:tractor] + tuple(
        load / transport.axles_per_line for load in line_loads_t(transport)
    )
    return max(axles)


def _tractor_axles(transport: Transport) -> int:
    """Leading axles of the tractor; by default one steered axle and the driven ones."""
    return transport.tractor_axles or 1 + transport.drive_axles
