"""Permitted axle loads of single axles, tandems and tridems, and their sum (GB 1589)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transport.regulations.dated import Dated, Provision
from transport.regulations.mass_limits import PermittedAxleLoads
from transport.vehicles.transport import TrailerKind, Transport

_WIDEST_TRIDEM_M = 1.4
_WIDEST_GROUP_M = 2.0
_SINGLE_TYRES = 2
_TANDEM, _TRIDEM = 2, 3


def permitted_sum_t(
    transport: Transport, loads: PermittedAxleLoads, day: date
) -> Provision[float] | None:
    """Return the sum of the permitted axle loads in tonnes.

    None where spacings are missing, an axle group is larger than three, or the trailer is of a
    kind that the standard's groups do not describe.
    """
    ordinary = transport.trailer_kind in (TrailerKind.LOW_BED, TrailerKind.NONE)
    if not ordinary or not transport.axle_loads_t or not transport.axle_spacings_m:
        return None
    total, last = 0.0, None
    for first, size in _groups(transport.axle_spacings_m):
        row = _row(transport, loads, first, size)
        last = row.find(day) if row else None
        if last is None:
            return None
        total += last.value
    return replace(last, value=total) if last else None


def _groups(spacings_m: tuple[float, ...]) -> list[tuple[int, int]]:
    """Return first axle and size of every group: neighbours at most 2 m apart belong together."""
    groups = [(0, 1)]
    for number, gap in enumerate(spacings_m, start=1):
        first, size = groups[-1]
        # Twin-steered axles stand close but count as single ones: they are no tandem.
        if gap <= _WIDEST_GROUP_M and first > 0:
            groups[-1] = (first, size + 1)
        else:
            groups.append((number, 1))
    return groups


def _row(
    transport: Transport, loads: PermittedAxleLoads, first: int, size: int
) -> Dated[float] | None:
    gaps = transport.axle_spacings_m[first : first + size - 1]
    if size == 1:
        return _single(transport, loads, first)
    if size == _TANDEM:
        return _tandem(loads, gaps[0])
    if size == _TRIDEM and max(gaps) <= _WIDEST_TRIDEM_M:
        narrow = round(max(gaps) * 1000) <= 1300  # noqa: PLR2004 - the bound is in the row's name
        return loads.tridem_up_to_1_3_m_t if narrow else loads.tridem_up_to_1_4_m_t
    return None


def _single(transport: Transport, loads: PermittedAxleLoads, axle: int) -> Dated[float]:
    tractor = transport.tractor_axles or transport.axle_count
    if transport.tyres_per_axle[axle] <= _SINGLE_TYRES:
        return loads.single_axle_single_tyres_t
    driven = tractor - transport.drive_axles <= axle < tractor
    return loads.drive_axle_dual_tyres_t if driven else loads.single_axle_dual_tyres_t


def _tandem(loads: PermittedAxleLoads, gap_m: float) -> Dated[float]:
    rows = (
        (1.0, loads.tandem_below_1_m_t),
        (1.3, loads.tandem_below_1_3_m_t),
        (1.8, loads.tandem_below_1_8_m_t),
    )
    return next((row for bound, row in rows if gap_m < bound), loads.tandem_wider_t)
