"""What is on file of a trip whose relief is asked for: pass, manifest, measurements, lists, budget.

Facts are gathered anew until a record is decided: a roadside check, an operator's file or a project
list may come in after the record was opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from transport.network.attributes import StructureKind
from transport.permits.case import Case
from transport.permits.entry_check import Measured
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.regulations.law import Law
from transport.relief.claims import Claim
from transport.relief.entitlement import check_entitlement
from transport.relief.measurements import (
    MeasuredBy,
    Measurement,
    largest_mass_t,
    largest_sizes,
)
from transport.relief.project_lists import is_listed
from transport.relief.schemes import Scheme
from transport.relief.trip_facts import TollLine, TripFacts
from transport.services.ports import UnitOfWork
from transport.services.repositories import OperatorRecord
from transport.services.stepping import CHINA_TIME, day_of
from transport.tariffs.lines import kinds_of
from transport.tariffs.roads import TollRoads
from transport.working_days import WorkingCalendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TripPapers:
    """The case of a trip, the trip, its pass, and when it left."""

    case: Case
    trip: Trip
    permit: Permit | None
    departed_at: datetime


@dataclass(frozen=True, slots=True)
class ReliefBasis:
    """What trips are judged by beside the scheme: rules, announced days off, stations on file."""

    law: Law
    calendar: WorkingCalendar
    roads: TollRoads


def gathered(work: UnitOfWork, claim: Claim, basis: ReliefBasis) -> Claim:
    """Return a record with the facts as they are on file now, checked anew."""
    trip = work.trips.get(claim.trip_id)
    case = work.cases.get(claim.case_number)
    permit = next((p for p in work.permits.of_case(case.id) if p.id == trip.permit_id), None)
    departed_at = trip.departed_at or claim.opened_at
    papers = TripPapers(case, trip, permit, departed_at)
    facts = facts_of_trip(work, basis, papers, claim.facts.toll_lines)
    return checked(work, replace(claim, facts=facts), claim_keys(claim.facts))


def checked(work: UnitOfWork, claim: Claim, also: Iterable[str] = ()) -> Claim:
    """Check a record anew against others and the budget, which may have changed since.

    `also` are keys under which it was opened.
    """
    keys = tuple({*claim_keys(claim.facts), *also})
    facts = replace(
        claim.facts,
        earlier_claims=tuple(one for one in work.claims.sharing(keys) if one != claim.number),
        budget_left_fen=budget_left_fen(work, claim.scheme),
    )
    return replace(claim, facts=facts, entitlement=check_entitlement(claim.scheme, facts))


def claim_keys(facts: TripFacts) -> tuple[str, ...]:
    """Name what a claim uses up, whatever scheme and revision: its components and its passage."""
    parts = [f"component:{facts.producer}:{one}" for one in facts.component_numbers]
    if facts.pass_number and facts.entered_at is not None:
        moment = f"{facts.entered_at.astimezone(CHINA_TIME):%Y-%m-%dT%H:%M}"
        parts.append(f"pass:{facts.pass_number}:{facts.trip_plates[0]}:{moment}")
    return tuple(parts)


def budget_left_fen(work: UnitOfWork, scheme: Scheme) -> int | None:
    """Return what is left of a scheme's budget, None without one."""
    if scheme.budget_fen is None:
        return None
    return max(scheme.budget_fen - work.ledger.spent_fen(scheme.id), 0)


def facts_of_trip(
    work: UnitOfWork, basis: ReliefBasis, papers: TripPapers, toll_lines: tuple[TollLine, ...]
) -> TripFacts:
    """Gather what is on file of a trip now; tolls are those of its quote."""
    case, trip, permit, departed_at = papers.case, papers.trip, papers.permit, papers.departed_at
    application, day = case.application, day_of(departed_at)
    bounds = basis.law.relief_checks
    longest_h = bounds.longest_under_way_h.on(day).value
    delivered = trip.delivered_at
    if delivered is not None and delivered <= departed_at:
        delivered = None  # both were typed in afterwards: nothing is known of the time between
    needs_pass = application.requirements.over_limit
    valid = permit is not None and permit.is_valid_on(day)
    until = delivered or departed_at + timedelta(hours=longest_h)
    record = _recorded(work, papers, until)
    measured = tuple(_measurements(work, papers, until, record))
    permitted = permit or application.transport
    facts = TripFacts(
        day=day,
        material=application.cargo.material.value,
        component_kind=application.cargo.kind,
        component_numbers=trip.manifest.component_numbers,
        pass_number=permit.number if permit else "",
        pass_valid=valid if needs_pass else None,
        pass_component_numbers=permit.component_numbers if permit else (),
        pass_plates=(permit.tractor_plate, permit.trailer_plate) if permit else ("", ""),
        trip_plates=(trip.tractor_plate, trip.trailer_plate),
        permitted_mass_t=permit.gross_mass_t if permit else application.transport.mass_t,
        weighed_t=largest_mass_t(measured),
        lawful=not application.requirements.refusals,
        certificate_number=trip.manifest.certificate_number,
        site_accepted=trip.manifest.site_accepted_at is not None,
        toll_lines=toll_lines,
        producer=case.factory_id or application.cargo.producer,
        project=application.itinerary.destination,
        axle_count=application.transport.axle_count,
        category=application.requirements.category or "",
        entered_at=departed_at.astimezone(CHINA_TIME),
        left_at=delivered.astimezone(CHINA_TIME) if delivered else None,
        times_recorded=False,
        entry_station=trip.entry_station,
        exit_station=trip.exit_station,
        permitted_stations=_stations_of(case.application.route.contract),
        evidence=_evidence(trip),
        pass_revision=permit.revision if permit else 0,
        mass_t=trip.manifest.weighed_t or application.transport.mass_t,
        measured_m=largest_sizes(measured),
        permitted_m=(permitted.height_m, permitted.width_m, permitted.length_m),
        measurements=measured,
        on_list=is_listed(
            work.project_lists.of_truck(trip.tractor_plate),
            plate=trip.tractor_plate,
            day=day,
            project=application.itinerary.destination,
            kind=application.cargo.kind,
        ),
        day_kinds=kinds_of(day, basis.calendar),
        fastest_km_h=bounds.fastest_km_h.on(day).value,
        longest_h=longest_h,
    )
    return facts if record is None else _with_times(facts, record, basis.roads)


def _recorded(work: UnitOfWork, papers: TripPapers, until: datetime) -> OperatorRecord | None:
    """Return the passage of a trip on file of toll stations: the one that began nearest."""
    number = papers.permit.number if papers.permit else ""
    first, last = day_of(papers.departed_at - _ONE_DAY), day_of(until)
    found = [
        (abs((entered - papers.departed_at).total_seconds()), one)
        for one in work.operator_imports.of_truck(
            papers.trip.tractor_plate, first.isoformat(), last.isoformat()
        )
        if one.pass_number == number and (entered := _moment(one.entered_at)) is not None
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _with_times(facts: TripFacts, record: OperatorRecord, roads: TollRoads) -> TripFacts:
    entered, left = _moment(record.entered_at), _moment(record.left_at)
    if entered is None or left is None:
        return facts
    return replace(
        facts,
        entered_at=entered.astimezone(CHINA_TIME),
        left_at=left.astimezone(CHINA_TIME),
        times_recorded=True,
        entry_station=roads.network_id(record.entry_station),
        exit_station=roads.network_id(record.exit_station),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _measurements(
    work: UnitOfWork, papers: TripPapers, until: datetime, record: OperatorRecord | None
) -> Iterator[Measurement]:
    """Yield what factory, entry check, roadside checks and toll stations measured of a trip."""
    trip, permit = papers.trip, papers.permit
    if trip.manifest.weighed_t is not None:
        loaded = trip.manifest.loaded_by
        at = loaded.at if loaded else None
        yield Measurement(MeasuredBy.FACTORY, "", at, mass_t=trip.manifest.weighed_t)
    for act in papers.case.acts:
        check = act.entry_check
        if check is not None and permit is not None:
            yield _of_check(
                MeasuredBy.ENTRY_CHECK,
                papers.case.number,
                check.by.at,
                check.station,
                check.measured,
            )
    if permit is not None:
        since = papers.departed_at - _ONE_DAY
        for one in work.roadside_checks.of_pass(permit.number):
            if since <= one.report.measured_at <= until + _ONE_DAY:
                said = one.report
                yield _of_check(
                    MeasuredBy.ROADSIDE_CHECK, one.id, said.measured_at, said.place, said.measured
                )
    if record is not None:
        yield Measurement(
            MeasuredBy.TOLL_STATION,
            record.record_id,
            _moment(record.entered_at),
            record.entry_station,
            *(record.height_m, record.width_m, record.length_m, record.mass_t),
        )


def _of_check(
    source: MeasuredBy, reference: str, at: datetime, place: str, found: Measured
) -> Measurement:
    sizes = (found.height_m, found.width_m, found.length_m, found.mass_t)
    return Measurement(source, reference, at, place, *sizes)


def _stations_of(route: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the stations of the permitted route in every way people write them.

    Empty where the route names fewer than two: then entry or exit lies on a way that has none.
    """
    routes = route.get("routes") or [route]
    stations = [
        one
        for one in routes[0].get("structures", ())
        if one.get("kind") == StructureKind.TOLL_STATION.name.lower()
    ]
    if len(stations) < 2:  # noqa: PLR2004 - an entry and an exit
        return ()
    written = [str(one.get(key, "")) for one in stations for key in ("id", "name")]
    short = [one.removesuffix("收费站") for one in written]
    return tuple(sorted({one for one in (*written, *short) if one}))


def _evidence(trip: Trip) -> tuple[str, ...]:
    """Name the files that prove the trip: kind, name and digest of each."""
    return tuple(
        f"{kind}: {one.filename} ({one.digest[:12]})" for kind, one in trip.manifest.files()
    )
