"""Open a relief record from a delivered trip, check it, and lead it through its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.people import Actor, Role
from transport.permits.manifest import TripState
from transport.relief.claims import Claim, ClaimState, ClaimStep, take_claim_step
from transport.relief.entitlement import check_entitlement
from transport.relief.monthly import MonthlyList, monthly_list
from transport.relief.schemes import SchemeRegister
from transport.relief.trip_facts import TollLine
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.relief_facts import (
    ReliefBasis,
    TripPapers,
    budget_left_fen,
    checked,
    claim_keys,
    facts_of_trip,
    gathered,
)
from transport.services.settling_relief import book_claim_step
from transport.services.stepping import day_of, open_case

_OFFICES = frozenset({Role.TOLL_OFFICE, Role.FINANCE})


def open_claim(
    unit_of_work: UnitOfWorkFactory,
    schemes: SchemeRegister,
    *,
    actor: Actor,
    trip_id: str,
    scheme_id: str,
    toll_lines: Sequence[TollLine],
    toll_status: str,
    basis: ReliefBasis,
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
        month = f"{day_of(trip.departed_at):%Y-%m}"
        # Before looking for others: two records of one month are opened one after the other.
        serial = work.next_serial(f"relief-{month}")
        papers = TripPapers(case, trip, permit, trip.departed_at)
        facts = facts_of_trip(work, basis, papers, tuple(toll_lines))
        keys = claim_keys(facts)
        facts = replace(
            facts,
            earlier_claims=tuple(work.claims.sharing(keys)),
            budget_left_fen=budget_left_fen(work, scheme),
        )
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
    basis: ReliefBasis | None = None,
) -> Claim:
    """Verify, reject, pay, audit, reclaim, appeal and answer; `relief.claims` says who may when.

    What a step means in money is booked in the same transaction. With a `basis`, approving gathers
    first what came in since the record was opened, and checks it anew.
    """
    with unit_of_work() as work:
        claim = replace(_seen(work.claims.get(number), actor), version=expected_version)
        if step is ClaimStep.VERIFY and basis is not None:
            claim = gathered(work, claim, basis)
        changed = take_claim_step(claim, step, actor, reason)
        if step is ClaimStep.REOPEN:
            changed = gathered(work, changed, basis) if basis else checked(work, changed)
        book_claim_step(work, changed, step, actor=actor, now=now)
        saved = work.claims.save(changed, changed_by=actor.name, at=now)
        _audit(work, actor, now, saved, step.value, reason)
        work.commit()
        return saved


def open_record(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str, basis: ReliefBasis | None = None
) -> Claim:
    """Return one relief record; with a `basis`, one that waits with what is on file by now."""
    with unit_of_work(read_only=True) as work:
        found = _seen(work.claims.get(number), actor)
        waits = found.state is ClaimState.PRE_REVIEW
        return gathered(work, found, basis) if waits and basis is not None else found


def list_claims(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[Claim]:
    """Return a carrier's own records, or for the toll office those that are not finished."""
    with unit_of_work(read_only=True) as work:
        if actor.role in _OFFICES:
            return work.claims.waiting()
        return work.claims.of_carrier(actor.organisation_id)


def list_months(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, first: str, last: str
) -> list[Claim]:
    """Return the records of these months (`YYYY-MM`): all for the toll office, else one's own."""
    with unit_of_work(read_only=True) as work:
        claims = work.claims.between(first, last)
    if actor.role in _OFFICES:
        return claims
    return [one for one in claims if one.carrier_id == actor.organisation_id]


def list_month(unit_of_work: UnitOfWorkFactory, *, actor: Actor, month: str) -> MonthlyList:
    """Return the monthly list (`YYYY-MM`): all of it for the toll office, else one's own."""
    with unit_of_work(read_only=True) as work:
        claims = work.claims.of_month(month)
    if actor.role not in _OFFICES:
        claims = [one for one in claims if one.carrier_id == actor.organisation_id]
    return monthly_list(claims, month)


def _seen(claim: Claim, actor: Actor) -> Claim:
    own = actor.role is Role.CARRIER and claim.carrier_id == actor.organisation_id
    if not own and actor.role not in _OFFICES:
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
