"""The corridor board: which sizes offices have reviewed between two places and are open today.

An envelope is the transport of one pass in force: sizes of different passes are never mixed, for
nobody reviewed the mixture. Holders, plates and structures are not named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from transport.network.closures import Restriction, windows_on
from transport.network.graph import RoadNetwork
from transport.permits.case import Case
from transport.permits.permit import Permit
from transport.permits.recall import Effect, effect_on
from transport.services.ports import UnitOfWorkFactory
from transport.services.recalling import journey_of

_CITY_DIGITS = 4
_SHUT = frozenset({Effect.MUST_REROUTE, Effect.DECISION_NEEDED})


@dataclass(frozen=True, slots=True)
class Envelope:
    """Sizes that were reviewed together, with the roads they were reviewed on.

    `until` is the last day of the pass that lasts longest, `reviews` how many passes carry it.
    `is_open` is None where the route was planned on another version of the network, so that what
    is closed today cannot be told. `reasons` say what closes it, or limits its hours.
    """

    height_m: float
    width_m: float
    length_m: float
    mass_t: float
    axle_t: float | None
    roads: tuple[str, ...]
    until: date
    reviews: int = 1
    is_open: bool | None = True
    reasons: tuple[str, ...] = ()

    def covers(self, other: Envelope) -> bool:
        """Say whether everything in the other fits into this one on the same roads."""
        if self.roads != other.roads or self.is_open != other.is_open:
            return False
        axles = self.axle_t is not None and other.axle_t is not None
        return (
            self.reasons == other.reasons
            and all(
                mine >= theirs
                for mine, theirs in (
                    (self.height_m, other.height_m),
                    (self.width_m, other.width_m),
                    (self.length_m, other.length_m),
                    (self.mass_t, other.mass_t),
                    (self.axle_t or 0.0, other.axle_t or 0.0) if axles else (0.0, 0.0),
                )
            )
            and (axles or self.axle_t == other.axle_t)
        )


@dataclass(frozen=True, slots=True)
class Corridor:
    """From one league or city to another (GB/T 2260), with its envelopes, the open ones first."""

    origin: str
    destination: str
    envelopes: tuple[Envelope, ...]


def board(
    unit_of_work: UnitOfWorkFactory, network: RoadNetwork | None, day: date
) -> list[Corridor]:
    """Return the corridors of a day: passes in force, less what closures shut."""
    with unit_of_work(read_only=True) as work:
        numbers = dict.fromkeys(one.case_number for one in work.permits.valid_within(day, day))
        journeys = work.recalls.journeys(list(numbers))
    found: dict[tuple[str, str], list[Envelope]] = {}
    for case, permit in journeys:
        if permit is not None and permit.is_valid_on(day):
            places = case.application.itinerary
            key = _city(places.origin_admin), _city(places.destination_admin)
            found.setdefault(key, []).append(_envelope(case, permit, network, day))
    return [
        Corridor(*key, _largest(envelopes)) for key, envelopes in sorted(found.items()) if all(key)
    ]


def _envelope(case: Case, permit: Permit, network: RoadNetwork | None, day: date) -> Envelope:
    envelope = Envelope(
        height_m=permit.height_m,
        width_m=permit.width_m,
        length_m=permit.length_m,
        mass_t=permit.gross_mass_t,
        axle_t=permit.largest_axle_load_t,
        roads=tuple(dict.fromkeys(one.road for one in permit.roads)),
        until=permit.valid_until,
    )
    route = case.application.route
    if network is None or route.network_id != network.id or not route.contract.get("edges"):
        return replace(envelope, is_open=None)
    edges = {int(one) for one in route.contract["edges"]}
    journey = replace(journey_of(case, permit), first_day=day, last_day=day)
    effects = [
        (one, effect_on(journey, one, day).effect) for one in _on(network.restrictions, edges, day)
    ]
    shut = any(effect in _SHUT for _, effect in effects)
    reasons = [one.reason or one.id for one, effect in effects if effect is not Effect.UNAFFECTED]
    return replace(envelope, is_open=not shut, reasons=tuple(sorted(set(reasons))))


def _on(restrictions: Iterable[Restriction], edges: set[int], day: date) -> list[Restriction]:
    return [one for one in restrictions if not edges.isdisjoint(one.edges) and windows_on(one, day)]


def _largest(envelopes: Sequence[Envelope]) -> tuple[Envelope, ...]:
    """Leave out what fits into another, and count it there."""
    kept: list[Envelope] = []
    for one in sorted(envelopes, key=lambda e: e.width_m * e.height_m * e.length_m, reverse=True):
        place = next((n for n, other in enumerate(kept) if other.covers(one)), None)
        if place is None:
            kept.append(one)
        else:
            other = kept[place]
            kept[place] = replace(other, reviews=other.reviews + 1)
    order = {True: 0, None: 1, False: 2}
    return tuple(sorted(kept, key=lambda one: order[one.is_open]))


def _city(code: str) -> str:
    return f"{code[:_CITY_DIGITS]}00" if len(code) >= _CITY_DIGITS else ""
