"""The vehicle a bridge was rated for: a design load by name, or axles as somebody wrote them.

`10;20;20@3.3;1.4` are axle loads in tonnes front to rear, then the distances between them in
metres; `4*25@1.2;4;1.2` repeats a load. It is compared like a trailer of the design code: alone on
the bridge, without impact, the same factor on both sides (JTG/T J21, JTG/T 2213-2023, 7.3.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from transport.structures.design_loads import DesignLoad, SingleVehicle

_KN_PER_T = 9.8
_REPEATED = re.compile(r"(\d+)\s*\*\s*([0-9.]+)")
_MOST_AXLES = 60


def rated_load(text: str | None, design_loads: Mapping[str, DesignLoad]) -> DesignLoad | None:
    """Return the load that a record names; None where there is none or nobody can read it."""
    if not text:
        return None
    plain = text.strip()
    if plain in design_loads:
        return design_loads[plain]
    try:
        return read_rated_vehicle(plain)
    except ValueError:
        return None


def read_rated_vehicle(text: str) -> SingleVehicle:
    """Read axle loads in tonnes and spacings in metres; raises ValueError saying what is wrong."""
    loads_text, _, gaps_text = text.partition("@")
    loads_t, gaps_m = _numbers(loads_text), _numbers(gaps_text) if gaps_text.strip() else []
    if not loads_t or len(gaps_m) != len(loads_t) - 1:
        message = f"'{text}': write axle loads in t, '@', and one spacing fewer in m"
        raise ValueError(message)
    return SingleVehicle(
        code="rated-vehicle",
        edition=0,
        axles_kn=tuple(_KN_PER_T * load for load in loads_t),
        gaps_m=tuple(gaps_m),
        source="rating of the bridge",
        status="recorded",
    )


def _numbers(text: str) -> list[float]:
    found: list[float] = []
    for part in text.split(";"):
        match = _REPEATED.fullmatch(part.strip())
        times, value = (int(match[1]), float(match[2])) if match else (1, float(part))
        if value <= 0 or not 1 <= times <= _MOST_AXLES:
            raise ValueError(f"'{part}' must be above zero")
        found += [value] * times
    return found
