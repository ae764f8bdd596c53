"""What an over-limit trip without a permit costs (R62 art. 43)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from transport.regulations.citation import Status
from transport.regulations.law import Law
from transport.regulations.penalties import SizeFine
from transport.rules.comparing import exceeds
from transport.rules.findings import Outcome
from transport.rules.over_limit import check_size, gross_mass_limit
from transport.vehicles.transport import Transport

_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Fine:
    """Range of the fine in whole yuan; `warning` where the mass earns no more than that.

    `mass_known` is false where axles are missing, so that the mass adds an amount not counted here.
    """

    least_yuan: int
    most_yuan: int
    warning: bool
    mass_known: bool
    clause: str
    status: Status


def fine_for(transport: Transport, law: Law, day: date) -> Fine:
    """Return the fine for driving this transport without a pass; sizes and mass add up."""
    rows = law.penalties
    fines, cap = rows.size_fines.on(day), rows.fine_cap_yuan.on(day)
    least, most = 0, 0
    if any(one.outcome is Outcome.PERMIT_NEEDED for one in check_size(transport, law, day)):
        band = next(one for one in fines.value if _within(one, transport))
        least, most = band.least_yuan, band.most_yuan
    limit = gross_mass_limit(transport, law, day)
    yuan, warning, status = 0, False, fines.status
    if limit is not None and exceeds(transport.mass_t, limit.value):
        over_t = round(transport.mass_t * _STEPS - limit.value * _STEPS) / _STEPS
        warning = not exceeds(over_t, rows.mass_warning_up_to_t.on(day).value)
        if not warning:
            drops = rows.part_tonnes_are_dropped.on(day)
            tonnes = floor(over_t) if drops.value else ceil(over_t)
            yuan = tonnes * rows.mass_fine_per_tonne_yuan.on(day).value
            status = drops.status if over_t % 1 else status
    return Fine(
        least_yuan=min(least + yuan, cap.value),
        most_yuan=min(most + yuan, cap.value),
        warning=warning,
        mass_known=limit is not None,
        clause=fines.clause,
        status=status,
    )


def _within(band: SizeFine, transport: Transport) -> bool:
    pairs = (
        (transport.height_m, band.up_to_height_m),
        (transport.width_m, band.up_to_width_m),
        (transport.length_m, band.up_to_length_m),
    )
    return all(most is None or not exceeds(value, most) for value, most in pairs)
