"""Whether a transport is over-limit: R62 art. 3 with its notes; only then it needs a permit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from transport.regulations.citation import Status
from transport.regulations.dated import Provision
from transport.regulations.law import Law
from transport.regulations.mass_limits import MassLimits
from transport.rules.axle_groups import permitted_sum_t
from transport.rules.comparing import exceeds, judge, unknown
from transport.rules.findings import Finding, Outcome
from transport.vehicles.transport import TrailerKind, Transport

GROSS_MASS = "gross_mass_t"
AXLE_SUM = "axle_sum_t"
_SINGLE_TYRES = 2
_MOST_TRAIN_AXLES = 6
_RIGID_ONLY = 2


def check_size(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Compare height, width and length with the sizes of art. 3."""
    sizes = law.size_limits
    found = [
        judge("height_m", transport.height_m, sizes.height_m.on(day)),
        judge("width_m", transport.width_m, sizes.width_m.on(day)),
        judge("length_m", transport.length_m, sizes.length_m.on(day)),
    ]
    if transport.conforming_kind is None:
        return found
    return [_of_conforming_kind(one, transport, law, day) for one in found]


def _of_conforming_kind(found: Finding, transport: Transport, law: Law, day: date) -> Finding:
    """Art. 3 para. 2(5): a conforming kind is not deemed over-limit up to its own sizes.

    Of kinds whose sizes were not read the answer is unknown.
    """
    kinds = law.size_limits.conforming_kinds.find(day)
    if found.outcome is not Outcome.PERMIT_NEEDED or kinds is None:
        return found
    own = next(
        (one for one in kinds.value if str(one.kind) == str(transport.conforming_kind)), None
    )
    if own is None:
        return found
    bounds = {"height_m": own.height_m, "width_m": own.width_m, "length_m": own.length_m}
    bound = bounds[found.rule]
    if bound is not None:
        return judge(found.rule, getattr(transport, found.rule), _of(kinds, bound))
    unread = all(size is None for size in bounds.values())
    return unknown(found.rule, kinds, value=found.value) if unread else found


def _of(rows: Provision[Any], bound: float) -> Provision[float]:
    return Provision(bound, rows.effective, rows.citation, rows.status, rows.area)


def check_gross_mass(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Compare the gross mass with the limit of the vehicle's kind and axle count.

    Without axles only a mass below the smallest or above the largest limit can be judged.
    """
    limit = gross_mass_limit(transport, law, day)
    if limit is not None:
        gross = judge(GROSS_MASS, transport.mass_t, limit)
        within = gross.outcome is Outcome.WITHIN_LIMIT
        return [gross, *(_check_sum(transport, law, day) if within else ())]
    limits = law.mass_limits
    smallest, largest = limits.truck_2_axles_t.on(day), limits.train_6_axles_t.on(day)
    if not exceeds(transport.mass_t, smallest.value):
        return [judge(GROSS_MASS, transport.mass_t, smallest)]
    if exceeds(transport.mass_t, largest.value):
        return [judge(GROSS_MASS, transport.mass_t, largest)]
    return [unknown(GROSS_MASS, smallest, value=transport.mass_t)]


def gross_mass_limit(transport: Transport, law: Law, day: date) -> Provision[float] | None:
    """Return the mass limit of this vehicle, less the reduction for single tyres.

    None where its axles are not given, or the law names no limit for its kind.
    """
    by_licence = law.mass_limits.farm_vehicles_by_licence.find(day)
    if transport.licence_mass_t is not None and by_licence is not None and by_licence.value:
        return _of(by_licence, transport.licence_mass_t)
    limit = _limit_by_axles(transport, law.mass_limits, day)
    if limit is None:
        return None
    singles = _single_tyre_axles(transport)
    wide = law.mass_limits.standard_wide_tyres_are_exempt.find(day)
    if not singles or (transport.standard_wide_tyres and wide is not None and wide.value):
        return limit
    reduction = law.mass_limits.single_tyre_reduction_t.on(day)
    per_axle = law.mass_limits.single_tyre_reduction_per_axle.on(day)
    times = singles if per_axle.value else 1
    return replace(
        limit,
        value=limit.value - times * reduction.value,
        citation=reduction.citation,
        status=per_axle.status,
    )


def _limit_by_axles(transport: Transport, limits: MassLimits, day: date) -> Provision[float] | None:
    axles = count_axles(transport)
    if axles < _RIGID_ONLY:
        return None
    if transport.trailer_kind is TrailerKind.NONE or axles == _RIGID_ONLY:
        trucks = {2: limits.truck_2_axles_t, 3: limits.truck_3_axles_t, 4: limits.truck_4_axles_t}
        return trucks[axles].on(day) if axles in trucks else None
    if axles >= _MOST_TRAIN_AXLES:
        single = transport.drive_axles == 1
        row = limits.train_6_axles_single_drive_t if single else limits.train_6_axles_t
        return row.on(day)
    trains = {3: limits.train_3_axles_t, 4: limits.train_4_axles_t, 5: limits.train_5_axles_t}
    return trains[axles].on(day)


def count_axles(transport: Transport) -> int:
    """Return the number of axles; a hydraulic line of two axles counts two."""
    lines = transport.axle_count - (transport.tractor_axles or transport.axle_count)
    return transport.axle_count + lines * (transport.axles_per_line - 1)


def _single_tyre_axles(transport: Transport) -> int:
    """Count axles with one tyre a side behind the steered and driven ones (art. 3 para. 2(2))."""
    tractor = transport.tractor_axles or 1 + transport.drive_axles
    return sum(tyres <= _SINGLE_TYRES for tyres in transport.tyres_per_axle[tractor:])


def _check_sum(transport: Transport, law: Law, day: date) -> list[Finding]:
    """Art. 3 para. 2(3): no more than the permitted axle loads together.

    Those loads stand in GB 1589, which was not read: above their sum the answer is unknown (weigh
    and ask), never a closed road by an unverified number.
    """
    bounds = law.mass_limits.axle_sum_bounds_gross_mass.find(day)
    if bounds is None or not bounds.value:
        return []
    permitted = permitted_sum_t(transport, law.permitted_axle_loads, day)
    if permitted is None:
        return []
    found = judge(AXLE_SUM, transport.mass_t, permitted, beyond=Outcome.UNKNOWN)
    return [replace(found, status=Status.UNVERIFIED)]
