"""What law and makers allow of a placed load, each as value, limit and share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from transport.regulations.citation import Status
from transport.regulations.dated import Provision
from transport.regulations.law import Law
from transport.rules.axle_groups import permitted_groups_t, permitted_sum_t
from transport.rules.axle_loads import (
    FLATBED_AVERAGE,
    FLATBED_MAXIMUM,
    LINE_AVERAGE,
    LINE_MAXIMUM,
    largest_single_axle_t,
    line_loads_t,
)
from transport.rules.over_limit import AXLE_SUM, GROSS_MASS, count_axles, gross_mass_limit
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.transport import TrailerKind, Transport

GROUP = "permitted_group_t"


class LimitSource(StrEnum):
    """Who sets a limit, and what follows above it."""

    MAKER = "maker"  # may not be exceeded
    CAP = "cap"  # R62 art. 17: no permit above it
    ORDINARY = "ordinary"  # R62 art. 3: needs a permit above it


@dataclass(frozen=True, slots=True)
class LimitUse:
    """How much of one limit is used; `axles` are the first and last axle it covers, from 0."""

    limit: str
    source: LimitSource
    value_t: float
    limit_t: float
    clause: str = ""
    status: Status | None = None
    axles: tuple[int, int] | None = None

    @property
    def share(self) -> float:
        """Share of the limit that is used, above 1 where it is exceeded."""
        return self.value_t / self.limit_t


@dataclass(frozen=True, slots=True)
class AxleCaps:
    """The axle-load caps in force on a day, in tonnes."""

    flatbed_average_t: float
    flatbed_maximum_t: float
    line_average_t: float
    line_maximum_t: float


def axle_caps_on(law: Law, day: date) -> AxleCaps:
    """Return the caps of R62 art. 17 in force on a day."""
    caps = law.axle_caps
    return AxleCaps(
        caps.flatbed_average_t.on(day).value,
        caps.flatbed_maximum_t.on(day).value,
        caps.hydraulic_line_average_t.on(day).value,
        caps.hydraulic_line_maximum_t.on(day).value,
    )


def uses_of(placed: PlacedLoad, law: Law, day: date) -> tuple[LimitUse, ...]:
    """Return the use of every limit: the makers', the caps, then the ordinary limits."""
    makers = (
        LimitUse(one.limit, LimitSource.MAKER, one.value_t, one.limit_t)
        for one in placed.utilisations
    )
    transport = placed.transport
    return (*makers, *_caps(transport, law, day), *_ordinary(transport, law, day))


def governing(uses: tuple[LimitUse, ...]) -> LimitUse | None:
    """Return the limit that may not be exceeded and is used most."""
    hard = [one for one in uses if one.source is not LimitSource.ORDINARY]
    return max(hard, key=lambda one: one.share, default=None)


def _caps(transport: Transport, law: Law, day: date) -> Iterator[LimitUse]:
    if transport.trailer_kind is TrailerKind.SPECIAL or not transport.axle_loads_t:
        return
    rows = law.axle_caps
    if transport.trailer_kind is TrailerKind.HYDRAULIC:
        lines = line_loads_t(transport)
        average, most = rows.hydraulic_line_average_t.on(day), rows.hydraulic_line_maximum_t.on(day)
        yield _use(LINE_AVERAGE, LimitSource.CAP, sum(lines) / len(lines), average)
        yield _use(LINE_MAXIMUM, LimitSource.CAP, max(lines), most)
        return
    average, most = rows.flatbed_average_t.on(day), rows.flatbed_maximum_t.on(day)
    per_axle_t = transport.mass_t / count_axles(transport)
    yield _use(FLATBED_AVERAGE, LimitSource.CAP, per_axle_t, average)
    largest_t = largest_single_axle_t(transport) or 0.0
    yield _use(FLATBED_MAXIMUM, LimitSource.CAP, largest_t, most)


def _ordinary(transport: Transport, law: Law, day: date) -> Iterator[LimitUse]:
    gross = gross_mass_limit(transport, law, day)
    if gross is not None:
        yield _use(GROSS_MASS, LimitSource.ORDINARY, transport.mass_t, gross)
    loads = law.permitted_axle_loads
    total = permitted_sum_t(transport, loads, day)
    if total is not None:
        yield _use(AXLE_SUM, LimitSource.ORDINARY, transport.mass_t, total)
    for first, size, permitted in permitted_groups_t(transport, loads, day) or ():
        value_t = sum(transport.axle_loads_t[first : first + size])
        yield _use(GROUP, LimitSource.ORDINARY, value_t, permitted, (first, first + size - 1))


def _use(
    limit: str,
    source: LimitSource,
    value_t: float,
    allowed: Provision[float],
    axles: tuple[int, int] | None = None,
) -> LimitUse:
    return LimitUse(limit, source, value_t, allowed.value, allowed.clause, allowed.status, axles)
