"""The title block of a drawing that a factory looks at, before any case has a number."""

from __future__ import annotations

from datetime import date

from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from transport.vehicles.outline import OutlineTitle
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.transport import Transport


def title_of_load(
    placed: PlacedLoad, *, number: str, goods: str, firm: str, drawn_on: date
) -> OutlineTitle:
    """Return the title block of a placed load; the units have models but no plates yet."""
    combination = placed.combination
    towed = [unit.name_zh for unit in (combination.jeep, combination.trailer) if unit]
    return title_of(
        placed.transport,
        number=number,
        goods=goods,
        firm=firm,
        units=(combination.tractor.name_zh, " + ".join(towed)),
        cargo_mass_t=placed.cargo_t,
        drawn_on=drawn_on,
    )


def title_of(
    transport: Transport,
    *,
    number: str,
    goods: str,
    firm: str,
    units: tuple[str, str],
    cargo_mass_t: float,
    drawn_on: date,
) -> OutlineTitle:
    """Return the title block of a transport."""
    return OutlineTitle(
        number=number,
        goods=goods,
        firm=firm,
        tractor=units[0] or "—",
        trailer=units[1] or "—",
        cargo_mass_t=round(cargo_mass_t, 3),
        axle_loads=axle_load_string(transport) or "—",
        axle_spacings=axle_spacing_string(transport) or "—",
        drawn_on=drawn_on.isoformat(),
    )
