"""What an over-limit trip needs beside its pass: other bodies, city streets, crossings, escort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transport.regulations.dated import Provision
from transport.regulations.law import Law
from transport.regulations.occasions import Occasion, met_at
from transport.rules.city_streets import check_city_streets, check_level_crossing
from transport.rules.conditions import Condition, conditions_for
from transport.rules.findings import Finding, Outcome
from transport.rules.involvement import Involved, find_involved, trip_occasions
from transport.rules.over_limit import check_gross_mass, check_size
from transport.rules.penalties import Fine, fine_for
from transport.rules.time_limit import back_stop
from transport.vehicles.transport import Transport

_OTHER_OWNERS = frozenset({"forestry", "village"})
_URBAN = "urban"
# No route tells wires; they are taken to be there, so that a high load is announced.
_ALWAYS = frozenset({Occasion.OVERHEAD_LINES})


@dataclass(frozen=True, slots=True)
class BesideThePass:
    """What the law asks of one route beside the pass, and what driving without a pass costs.

    `city` and `crossings` are empty where the route has none; `longest_days` is the limit of the
    Administrative Licensing Law behind every other one, `extended_days` with its extension.
    """

    involved: tuple[Involved, ...]
    city: tuple[Finding, ...]
    crossings: tuple[Finding, ...]
    conditions: tuple[Condition, ...]
    longest_days: Provision[int]
    extended_days: Provision[int]
    fine: Fine


def beside_the_pass(
    transport: Transport,
    law: Law,
    day: date,
    ends: tuple[str, str],
    route: Mapping[str, Any] | None,
    travel_on: date | None = None,
) -> BesideThePass | None:
    """Return what a trip between two areas needs beside its pass; None for an ordinary load.

    `route` is a route of the contract, None where none is known: then only what the ends and the
    load tell is said.
    """
    over = [*check_size(transport, law, day), *check_gross_mass(transport, law, day)]
    if all(one.outcome is not Outcome.PERMIT_NEEDED for one in over):
        return None
    known = route or {}
    legs: Sequence[Mapping[str, Any]] = known.get("legs", ())
    occasions = _occasions(known.get("structures", ()), legs, ends)
    crossing = Occasion.LEVEL_CROSSING in occasions
    joint = Occasion.ACROSS_PROVINCES in occasions  # the acts of a city have clocks of their own
    return BesideThePass(
        involved=tuple(find_involved(transport, law, day, occasions)),
        city=tuple(check_city_streets(transport, law, day)) if _in_city(legs) else (),
        # whether it is electrified is nowhere on file: its gate is to be measured
        crossings=tuple(check_level_crossing(transport, law, day, electrified=True))
        if crossing
        else (),
        conditions=tuple(
            conditions_for(
                transport, law, day, _road_classes(legs), occasions if legs else None, travel_on
            )
        ),
        longest_days=back_stop(law, day, joint=joint),
        extended_days=back_stop(law, day, joint=joint, extended=True),
        fine=fine_for(transport, law, day),
    )


def _occasions(
    structures: Sequence[Mapping[str, Any]],
    legs: Sequence[Mapping[str, Any]],
    ends: tuple[str, str],
) -> set[Occasion]:
    areas = [str(leg["admin_code"]) for leg in legs if leg.get("admin_code")]
    met = met_at(structures)
    if all(ends):
        met |= trip_occasions(*ends, areas)
    if _in_city(legs):
        met.add(Occasion.CITY_STREETS)
    if any(leg.get("owner") in _OTHER_OWNERS for leg in legs):
        met.add(Occasion.FORESTRY_OR_VILLAGE_ROAD)
    return met | _ALWAYS


def _in_city(legs: Sequence[Mapping[str, Any]]) -> bool:
    return any(leg.get("owner") == "municipal" for leg in legs)


def _road_classes(legs: Sequence[Mapping[str, Any]]) -> set[str] | None:
    """Return the classes of the highways, and `urban` for streets; None where none is known."""
    if not legs:
        return None
    found = {str(leg.get("class", "")) for leg in legs if leg.get("owner") != "municipal"}
    return found | ({_URBAN} if _in_city(legs) else set())
