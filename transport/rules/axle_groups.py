"""Permitted axle loads of single axles, tandems and tridems, and their sum (GB 1589)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from transport.regulations.dated import Dated, Provision
from transport.regulations.mass_limits import PermittedAxleLoads
from transport.rules.comparing import exceeds
from transport.vehicles.transport import TrailerKind, Transport

_SINGLE_TYRES = 2
_TANDEM, _TRIDEM = 2, 3


def permitted_sum_t(
    transport: Transport, loads: PermittedAxleLoads, day: date
) -> Provision[float] | None:
    """Return the sum of the permitted axle loads in tonnes.

    None where spacings are missing, an axle group is larger than three, or the trailer is of a
    kind that the standard's groups do not describe.
    """
    groups = permitted_groups_t(transport, loads, day)
    if not groups:
        return None
    return replace(groups[-1][2], value=sum(permitted.value for _, _, permitted in groups))


def permitted_groups_t(
    transport: Transport, loads: PermittedAxleLoads, day: date
) -> list[tuple[int, int, Provision[float]]] | None:
    """Return first axle, size and permitted load of every axle group, front to rear.

    None as for `permitted_sum_t`.
    """
    kinds = (TrailerKind.LOW_BED, TrailerKind.NONE)
    ordinary = transport.trailer_kind in kinds and transport.axles_per_line == 1
    if not ordinary or not transport.axle_loads_t or not transport.axle_spacings_m:
        return None
    widest = loads.group_spacing_m.find(day)
    if widest is None:
        return None
    found = []
    for first, size in _groups(transport.axle_spacings_m, widest.value):
        permitted = _permitted(transport, loads, day, first, size)
        if permitted is None:
            return None
        found.append((first, size, permitted))
    return found


def _groups(spacings_m: tuple[float, ...], widest_m: float) -> list[tuple[int, int]]:
    """Return first axle and size of every group of neighbouring axles."""
    groups = [(0, 1)]
    for number, gap in enumerate(spacings_m, start=1):
        first, size = groups[-1]
        # Twin-steered axles stand close but count as single ones: they are no tandem.
        if gap <= widest_m and first > 0:
            groups[-1] = (first, size + 1)
        else:
            groups.append((number, 1))
    return groups


def _permitted(
    transport: Transport, loads: PermittedAxleLoads, day: date, first: int, size: int
) -> Provision[float] | None:
    gaps = transport.axle_spacings_m[first : first + size - 1]
    if size == 1:
        return _single(transport, loads, first).find(day)
    if size == _TANDEM:
        return _tandem(loads, day, gaps[0])
    return _tridem(loads, day, max(gaps)) if size == _TRIDEM else None


def _single(transport: Transport, loads: PermittedAxleLoads, axle: int) -> Dated[float]:
    tractor = transport.tractor_axles or transport.axle_count
    if transport.tyres_per_axle and transport.tyres_per_axle[axle] <= _SINGLE_TYRES:
        return loads.single_axle_single_tyres_t
    driven = tractor - transport.drive_axles <= axle < tractor
    return loads.drive_axle_dual_tyres_t if driven else loads.single_axle_dual_tyres_t


def _tandem(loads: PermittedAxleLoads, day: date, gap_m: float) -> Provision[float] | None:
    steps = loads.tandem_below_spacing_t.find(day)
    if steps is None:
        return None
    for bound, load_t in steps.value.items():
        if exceeds(float(bound), gap_m):
            return _with_value(steps, load_t)
    return loads.tandem_wider_t.find(day)


def _tridem(loads: PermittedAxleLoads, day: date, gap_m: float) -> Provision[float] | None:
    steps = loads.tridem_up_to_spacing_t.find(day)
    if steps is None:
        return None
    for bound, load_t in steps.value.items():
        if not exceeds(gap_m, float(bound)):
            return _with_value(steps, load_t)
    return None


def _with_value(steps: Provision[Mapping[str, float]], load_t: float) -> Provision[Any]:
    return Provision(load_t, steps.effective, steps.citation, steps.status, steps.area)
