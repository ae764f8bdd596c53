"""A day on the roads of one office: who may drive there, where two meet, what is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from transport.network.closures import CHINA_TIME, Restriction, Window, windows_on
from transport.permits.case import Case
from transport.permits.decision import TimeWindow, TravelTerms
from transport.permits.manifest import Trip
from transport.permits.permit import Permit, RoadOnPass
from transport.permits.states import ActKind, ActState

_DAY_MINUTES = 24 * 60
# Where a long transport can stand; the names are those of structures on a route.
HOLDING = frozenset({"toll_station", "service_area", "rest_area", "holding_place"})


@dataclass(frozen=True, slots=True)
class StretchTerms:
    """Time, speed and conditions of one stretch; `area` is empty for the highway."""

    area: str
    terms: TravelTerms


@dataclass(frozen=True, slots=True)
class HoldingPlace:
    """A place of the route to wait at; `chainage_km` counts from the start of the journey."""

    name: str
    kind: str
    chainage_km: float | None


@dataclass(frozen=True, slots=True)
class RoadUse:
    """A pass that may drive in the office's area on the day.

    `banned` says that the day is a holiday on which this transport stands still; None where nobody
    knows whether it is one. `departed` are the trips that began on the day.
    """

    case: Case
    permit: Permit
    areas: tuple[str, ...]
    stretches: tuple[StretchTerms, ...]
    holding: tuple[HoldingPlace, ...]
    departed: tuple[datetime, ...]
    on_the_road: bool
    ready: bool
    banned: bool | None = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two passes on the same stretch in the same hours; chainages None where not known.

    `hours` are the windows that both may use; `same_way` is None where the ways cannot be told.
    """

    first: str
    second: str
    road: str
    from_km: float | None
    to_km: float | None
    hours: tuple[tuple[int, int], ...]
    same_way: bool | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A restriction of the day on the route of a pass, with its hours of that day."""

    pass_number: str
    restriction: Restriction
    windows: tuple[Window, ...]


def areas_within(case: Case, area: str) -> tuple[str, ...]:
    """Return the counties of an office's area (GB/T 2260) that the route passes through."""
    prefix = area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area
    jurisdictions = case.application.route.contract.get("jurisdictions", ())
    codes = (str(one["admin_code"]) for one in jurisdictions)
    return tuple(dict.fromkeys(code for code in codes if prefix and code.startswith(prefix)))


def use_of(
    case: Case, permit: Permit, day: date, area: str, trips: Iterable[Trip]
) -> RoadUse | None:
    """Return the use of an office's roads by a pass, None where it does not drive there that day.

    `trips` are those of the case.
    """
    areas = areas_within(case, area)
    if not areas or not permit.is_valid_on(day):
        return None
    highway = case.highway_permit
    city = [one for one in case.acts if one.kind is ActKind.POLICE_DESIGNATION]
    granted = [StretchTerms(one.area, one.granted_terms) for one in city if one.granted_terms]
    begun = [one.departed_at for one in trips if one.departed_at is not None]
    return RoadUse(
        case=case,
        permit=permit,
        areas=areas,
        stretches=(StretchTerms("", permit.terms), *granted),
        holding=_holding(case),
        departed=tuple(sorted(one for one in begun if one.astimezone(CHINA_TIME).date() == day)),
        on_the_road=highway is not None and highway.state is ActState.IN_USE,
        ready=all(one.is_in_force(day) for one in city),
    )


def meetings(uses: Sequence[RoadUse]) -> list[Meeting]:
    """Return every two passes that may use the same stretch in the same hours."""
    found = []
    for one, other in combinations(uses, 2):
        hours = _common_hours(one.permit.terms.windows, other.permit.terms.windows)
        if not hours:
            continue
        numbers = one.permit.number, other.permit.number
        shared = [
            (ours.road, *span, way)
            for ours in one.permit.roads
            for theirs in other.permit.roads
            if ours.road == theirs.road and (common := _common_stretch(ours, theirs)) is not None
            for span, way in [common]
        ]
        same_edges = _share_edges(one.case, other.case)
        if not shared and same_edges:
            shared = [("", None, None, True)]
        found += [
            Meeting(*numbers, road, first, last, hours, way)
            for road, first, last, way in dict.fromkeys(shared)
        ]
    return found


def closed_for(
    uses: Iterable[RoadUse], restrictions: Iterable[Restriction], network_id: str, day: date
) -> list[Closed]:
    """Return what is closed or limited that day on the routes planned on this network version."""
    routes = [
        (one.permit.number, {int(edge) for edge in one.case.application.route.contract["edges"]})
        for one in uses
        if one.case.application.route.network_id == network_id
        and one.case.application.route.contract.get("edges")
    ]
    found = []
    for restriction in restrictions:
        windows = tuple(windows_on(restriction, day))
        if windows:
            edges = set(restriction.edges)
            found += [Closed(number, restriction, windows) for number, on in routes if on & edges]
    return found


def elsewhere(uses: Iterable[RoadUse], network_id: str) -> list[str]:
    """Return the passes planned on another version of the network: closures cannot be told."""
    return [
        one.permit.number for one in uses if one.case.application.route.network_id != network_id
    ]


def _holding(case: Case) -> tuple[HoldingPlace, ...]:
    return tuple(
        HoldingPlace(str(one["name"]), str(one["kind"]), one.get("chainage_km"))
        for one in case.application.route.contract.get("structures", ())
        if one.get("kind") in HOLDING and one.get("name")
    )


def _share_edges(one: Case, other: Case) -> bool:
    first, second = one.application.route, other.application.route
    if first.network_id != second.network_id:
        return False
    return bool(set(first.contract.get("edges") or ()) & set(second.contract.get("edges") or ()))


_Common = tuple[tuple[float | None, float | None], bool | None]


def _common_stretch(one: RoadOnPass, other: RoadOnPass) -> _Common | None:
    ends = one.from_km, one.to_km, other.from_km, other.to_km
    if any(km is None for km in ends):
        return (None, None), None  # the same road, somewhere: people look
    a, b, c, d = (float(km) for km in ends if km is not None)
    first, last = max(min(a, b), min(c, d)), min(max(a, b), max(c, d))
    if first >= last:
        return None
    return (first, last), (b > a) == (d > c)


def _common_hours(
    one: Collection[TimeWindow], other: Collection[TimeWindow]
) -> tuple[tuple[int, int], ...]:
    """Return the minutes of the day that both may use; no window means the whole day."""
    shared = {
        (max(a, c), min(b, d))
        for a, b in _minutes(one)
        for c, d in _minutes(other)
        if max(a, c) < min(b, d)
    }
    return tuple(sorted(shared))


def _minutes(windows: Collection[TimeWindow]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for one in windows:
        start = one.starts.hour * 60 + one.starts.minute
        end = one.ends.hour * 60 + one.ends.minute
        spans += [(start, end)] if start < end else [(start, _DAY_MINUTES), (0, end)]
    return [one for one in spans if one[0] < one[1]] or [(0, _DAY_MINUTES)]
