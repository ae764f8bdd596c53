"""Open a relief record from a delivered trip, check it, and lead it through its states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.network.attributes import StructureKind
from transport.people import Actor, Role
from transport.permits.case import Case
from transport.permits.manifest import Trip, TripState
from transport.permits.permit import Permit
from transport.relief.claims import Claim, ClaimState, ClaimStep, take_claim_step
from transport.relief.entitlement import TollLine, TripFacts, check_entitlement
from transport.relief.monthly import MonthlyList, monthly_list
from transport.relief.schemes import Scheme, SchemeRegister
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.settling_relief import book_claim_step
from transport.services.stepping import CHINA_TIME, day_of, open_case


def open_claim(
    unit_of_work: UnitOfWorkFactory,
    schemes: SchemeRegister,
    *,
    actor: Actor,
    trip_id: str,
    scheme_id: str,
    toll_lines: Sequence[TollLine],
    toll_status: str,
    now: datetime,
) -> Claim:
    """Open a relief record for a delivered trip, checked against scheme, pass and manifest.

    `toll_status` is the quote's: verified, unverified or demonstration. Raises ConflictError if the
    trip has a record already, whatever the scheme.
    """
    scheme = schemes.get(scheme_id)
    with unit_of_work() as work:
        trip = work.trips.get(trip_id)
        if actor.role is not Role.CARRIER or trip.carrier_id != actor.organisation_id:
            raise NotFoundError(f"there is no trip {trip_id!r}")
        if trip.state is not TripState.DELIVERED or trip.departed_at is None:
            message = f"the trip is {trip.state.value}; relief follows the acceptance on site"
            raise InvalidInputError([FieldFault("trip_id", message, "trip_not_delivered")])
        earlier = work.claims.of_trip(trip_id)
        if earlier is not None:
            raise ConflictError(f"this trip has the relief record {earlier.number} already")
        case = open_case(work, trip.case_number, actor)
        permit = next((p for p in work.permits.of_case(case.id) if p.id == trip.permit_id), None)
        facts = _facts(case, trip, permit, trip.departed_at, tuple(toll_lines))
        keys = claim_keys(facts)
        facts = replace(
            facts,
            earlier_claims=tuple(work.claims.sharing(keys)),
            budget_left_fen=budget_left_fen(work, scheme),
        )
        month = f"{facts.day:%Y-%m}"
        serial = work.next_serial(f"relief-{month}")
        claim = Claim(
            id=work.new_id(),
            number=f"JM-{facts.day:%Y%m}-{serial:05d}",
            trip_id=trip.id,
            case_number=case.number,
            carrier_id=case.organisation_id,
            carrier_name=case.organisation_name,
            scheme=scheme,
            facts=facts,
            entitlement=check_entitlement(scheme, facts),
            state=ClaimState.PRE_REVIEW,
            month=month,
            opened_at=now,
            toll_status=toll_status,
        )
        work.claims.add(claim, changed_by=actor.name, at=now, keys=keys)
        _audit(work, actor, now, claim, "open_claim", "")
        work.commit()
        return claim


def decide_claim(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    number: str,
    step: ClaimStep,
    expected_version: int,
    now: datetime,
    reason: str = "",
) -> Claim:
    """Verify, reject, pay, audit, reclaim, appeal and answer; `relief.claims` says who may when.

    What a step means in money is booked in the same transaction.
    """
    with unit_of_work() as work:
        claim = replace(_seen(work.claims.get(number), actor), version=expected_version)
        changed = take_claim_step(claim, step, actor, reason)
        if step is ClaimStep.REOPEN:
            changed = _checked_again(work, changed)
        book_claim_step(work, changed, step, actor=actor, now=now)
        saved = work.claims.save(changed, changed_by=actor.name, at=now)
        _audit(work, actor, now, saved, step.value, reason)
        work.commit()
        return saved


def open_record(unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str) -> Claim:
    """Return one relief record."""
    with unit_of_work(read_only=True) as work:
        return _seen(work.claims.get(number), actor)


def list_claims(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Claim]:
    """Return a carrier's own records, or for the toll office those that are not finished."""
    with unit_of_work(read_only=True) as work:
        if actor.role is Role.TOLL_OFFICE:
            return work.claims.waiting()
        return work.claims.of_carrier(actor.organisation_id)


def list_months(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, first: str, last: str
) -> list[Claim]:
    """Return the records of these months (`YYYY-MM`): all for the toll office, else one's own."""
    with unit_of_work(read_only=True) as work:
        claims = work.claims.between(first, last)
    if actor.role is Role.TOLL_OFFICE:
        return claims
    return [one for one in claims if one.carrier_id == actor.organisation_id]


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


def _checked_again(work: UnitOfWork, claim: Claim) -> Claim:
    """Check a reopened record anew: others may have been opened or closed since."""
    keys = claim_keys(claim.facts)
    facts = replace(
        claim.facts,
        earlier_claims=tuple(one for one in work.claims.sharing(keys) if one != claim.number),
        budget_left_fen=budget_left_fen(work, claim.scheme),
    )
    return replace(claim, facts=facts, entitlement=check_entitlement(claim.scheme, facts))


def list_month(unit_of_work: UnitOfWorkFactory, *, actor: Actor, month: str) -> MonthlyList:
    """Return the monthly list (`YYYY-MM`): all of it for the toll office, else one's own."""
    with unit_of_work(read_only=True) as work:
        claims = work.claims.of_month(month)
    if actor.role is not Role.TOLL_OFFICE:
        claims = [one for one in claims if one.carrier_id == actor.organisation_id]
    return monthly_list(claims, month)


def _facts(
    case: Case,
    trip: Trip,
    permit: Permit | None,
    departed_at: datetime,
    toll_lines: tuple[TollLine, ...],
) -> TripFacts:
    application, day = case.application, day_of(departed_at)
    delivered = trip.delivered_at
    if delivered is not None and delivered <= departed_at:
        delivered = None  # both were typed in afterwards: nothing is known of the time between
    needs_pass = application.requirements.over_limit
    valid = permit is not None and permit.is_valid_on(day)
    return TripFacts(
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
        weighed_t=trip.manifest.weighed_t,
        lawful=not application.requirements.refusals,
        certificate_number=trip.manifest.certificate_number,
        site_accepted=trip.manifest.site_accepted_at is not None,
        toll_lines=toll_lines,
        producer=case.factory_id or application.cargo.producer,
        project=application.itinerary.destination,
        axle_count=application.transport.axle_count,
        entered_at=departed_at.astimezone(CHINA_TIME),
        left_at=delivered.astimezone(CHINA_TIME) if delivered else None,
        times_recorded=False,
        entry_station=trip.entry_station,
        exit_station=trip.exit_station,
        permitted_stations=_stations_of(case.application.route.contract),
        evidence=_evidence(trip),
        pass_revision=permit.revision if permit else 0,
        mass_t=trip.manifest.weighed_t or application.transport.mass_t,
    )


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
    manifest = trip.manifest
    files = [("certificate", manifest.certificate)]
    files += [("photo", one) for one in manifest.photos]
    return tuple(
        f"{kind}: {one.filename} ({one.digest[:12]})" for kind, one in files if one is not None
    )


def _seen(claim: Claim, actor: Actor) -> Claim:
    own = actor.role is Role.CARRIER and claim.carrier_id == actor.organisation_id
    if not own and actor.role is not Role.TOLL_OFFICE:
        raise NotFoundError(f"there is no relief record {claim.number}")
    return claim


def _audit(
    work: UnitOfWork, actor: Actor, now: datetime, claim: Claim, step: str, reason: str
) -> None:
    details = {
        "claim": claim.number,
        "scheme": claim.scheme.id,
        "toll_yuan": str(claim.entitlement.toll_yuan),
        "relief_yuan": str(claim.entitlement.relief_yuan),
        "state": claim.state.value,
    }
    work.audit.append(
        event_by(
            actor,
            now,
            subject=claim.case_number,
            step=f"relief_{step}",
            reason=reason,
            law_day=claim.facts.day,
            details=details,
        )
    )
