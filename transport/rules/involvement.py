"""Who beside the deciding authority decides, consents, is consulted or told of a trip."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date

from transport.regulations.authorities import league_of, province_of
from transport.regulations.citation import Status
from transport.regulations.consultations import Body, Involvement, Manner
from transport.regulations.law import Law
from transport.regulations.occasions import Occasion
from transport.rules.comparing import exceeds
from transport.rules.escort import needs_escort_plan
from transport.vehicles.transport import Transport


@dataclass(frozen=True, slots=True)
class Involved:
    """One body, what it does, on which occasion, and by which clause."""

    body: Body
    manner: Manner
    when: Occasion
    clause: str
    status: Status


def find_involved(
    transport: Transport, law: Law, day: date, occasions: Collection[Occasion]
) -> list[Involved]:
    """Return the bodies that an over-limit trip involves.

    `occasions` are what the trip meets; that the load is beyond category II is found here.
    """
    met = set(occasions)
    if needs_escort_plan(transport, law, day):
        met.add(Occasion.BEYOND_CATEGORY_2)
    found = []
    for field in fields(law.consultations):
        row = getattr(law.consultations, field.name).find(day)
        if row is not None and _applies(row.value, transport, met):
            one: Involvement = row.value
            found.append(Involved(one.body, one.manner, one.when, row.clause, row.status))
    return found


def trip_occasions(
    from_admin: str, to_admin: str, through: Sequence[str] = ()
) -> frozenset[Occasion]:
    """Return whether a trip crosses leagues or provinces, as occasions."""
    codes = (from_admin, to_admin, *through)
    if len({province_of(code) for code in codes}) > 1:
        return frozenset({Occasion.ACROSS_PROVINCES})
    if len({league_of(code) for code in codes}) > 1:
        return frozenset({Occasion.ACROSS_LEAGUES})
    return frozenset()


def _applies(one: Involvement, transport: Transport, met: Collection[Occasion]) -> bool:
    if one.when not in met:
        return False
    return one.above_height_m is None or exceeds(transport.height_m, one.above_height_m)
