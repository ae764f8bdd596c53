"""Issue the pass of a granted highway act, or revoke one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from transport.errors import StepNotAllowedError
from transport.permits.acts import Act
from transport.permits.application import digest_of
from transport.permits.case import Case
from transport.permits.decision import Decision
from transport.permits.endings import EndingGround
from transport.permits.permit import Permit, roads_of, validity
from transport.permits.states import Step
from transport.regulations.law import Law
from transport.services.amending import let_old_pass_fall, replaced_pass
from transport.services.ending_acts import end_act
from transport.services.getting_consents import tell_bodies
from transport.services.ports import PassSigner, UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import CHINA_TIME, StepRequest, open_act, write_step
from transport.verification.pass_token import (
    DailyWindow,
    PassClaims,
    RoadStretch,
    route_digest,
)
from transport.working_days import WorkingCalendar

_TOKEN_DIGEST_BYTES = 16


def issue(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    signer: PassSigner,
    request: StepRequest,
    *,
    official_pass_number: str = "",
    law: Law | None = None,
) -> tuple[Case, Permit]:
    """Make the pass: number, validity that ends with the shortest paper, signed token.

    With `law`, whom the law wants told of the trip is noted as told. Raises InvalidInputError if a
    paper has ended before the travel begins.
    """
    with unit_of_work() as work:
        case, act = open_act(work, request, Step.ISSUE, calendar)
        case, permit = make_pass(
            work, signer, case, act, request, Step.ISSUE, official_number=official_pass_number
        )
        if law is not None:
            case = tell_bodies(work, law, case, request)
        work.commit()
        return case, permit


def make_pass(
    work: UnitOfWork,
    signer: PassSigner,
    case: Case,
    act: Act,
    request: StepRequest,
    step: Step,
    *,
    official_number: str = "",
    details: Mapping[str, str] | None = None,
) -> tuple[Case, Permit]:
    """Write the pass of a granted act and take the step that issues it; the old pass falls."""
    if act.decision is None:
        raise StepNotAllowedError(
            "there is no signed decision; nothing can be issued", "not_handled"
        )
    earlier = replaced_pass(work, case)
    let_old_pass_fall(work, request, case, earlier)
    permit = _new_permit(work, case, act, act.decision, request, earlier)
    permit = replace(permit, official_number=official_number.strip())
    return _write_pass(work, signer, (case, act, permit), request, step, details or {})


def revise_pass(
    work: UnitOfWork,
    signer: PassSigner,
    opened: tuple[Case, Act],
    request: StepRequest,
    earlier: Permit,
    *,
    reason: str,
    details: Mapping[str, str],
) -> tuple[Case, Permit]:
    """Write the next revision of a pass under the same decision: an examined spare takes over.

    The office that issued the pass stays its issuer, and the officer who did so is named on it.
    """
    case, act = opened
    if act.decision is None:
        raise StepNotAllowedError("there is no signed decision", "not_handled")
    permit = _new_permit(work, case, act, act.decision, request, earlier)
    permit = replace(
        permit,
        official_number=earlier.official_number,
        issued_by=earlier.issued_by,
        valid_from=max(permit.valid_from, earlier.valid_from),
        valid_until=min(permit.valid_until, earlier.valid_until),
    )
    return _write_pass(
        work, signer, (case, act, permit), request, Step.SWAP_TRACTOR, details, reason=reason
    )


def _write_pass(
    work: UnitOfWork,
    signer: PassSigner,
    made: tuple[Case, Act, Permit],
    request: StepRequest,
    step: Step,
    details: Mapping[str, str],
    *,
    reason: str = "",
) -> tuple[Case, Permit]:
    case, act, permit = made
    permit = replace(permit, content_digest=_content_digest(permit))
    signed = signer.sign(claims_of(permit, case))
    permit = replace(permit, token=signed.token, key_id=signed.key_id)
    work.permits.add(permit, changed_by=request.actor.name, at=request.now)
    changed = replace(act, valid_from=permit.valid_from, valid_until=permit.valid_until)
    told = {
        "pass": permit.number,
        "revision": str(permit.revision),
        "valid_until": permit.valid_until.isoformat(),
        "shortest_paper": permit.shortest_paper,
        "content": permit.content_digest,
        **details,
    }
    written = write_step(
        work, case, act, request, step, changed=changed, reason=reason, details=told
    )
    return written, permit


def revoke(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    request: StepRequest,
    *,
    reason: str,
) -> Case:
    """Take an issued act back because circumstances changed; its pass falls at once."""
    ground = EndingGround.CIRCUMSTANCES_CHANGED
    return end_act(unit_of_work, calendar, request, Step.REVOKE, ground=ground, reason=reason)


def claims_of(permit: Permit, case: Case) -> PassClaims:
    """Return what the token says: no structure's capacity, no person's data."""
    roads = tuple(RoadStretch(one.road, one.from_km, one.to_km) for one in permit.roads)
    line = case.application.route.contract.get("geometry") or {}
    geometry = [(float(lon), float(lat)) for lon, lat in line.get("coordinates", ())]
    return PassClaims(
        number=permit.number,
        revision=permit.revision,
        tractor_plate=permit.tractor_plate,
        trailer_plate=permit.trailer_plate,
        height_m=permit.height_m,
        width_m=permit.width_m,
        length_m=permit.length_m,
        gross_mass_t=permit.gross_mass_t,
        largest_axle_t=permit.largest_axle_load_t or permit.gross_mass_t,
        valid_from=datetime.combine(permit.valid_from, time(), CHINA_TIME),
        valid_until=datetime.combine(permit.valid_until, time(), CHINA_TIME)
        + timedelta(days=1, seconds=-1),
        roads=roads,
        route_digest=route_digest(roads, geometry),
        document_digest=bytes.fromhex(permit.content_digest)[:_TOKEN_DIGEST_BYTES],
        issuer=permit.issuer_name,
        issued_at=permit.issued_at,
        windows=tuple(DailyWindow(one.starts, one.ends) for one in permit.terms.windows),
        top_speed_km_h=permit.terms.top_speed_km_h,
        bridge_speed_km_h=permit.terms.bridge_speed_km_h,
    )


def _new_permit(
    work: UnitOfWork,
    case: Case,
    act: Act,
    decision: Decision,
    request: StepRequest,
    earlier: Permit | None,
) -> Permit:
    application, transport = case.application, case.application.transport
    first, last, shortest = validity(application)
    return Permit(
        id=work.new_id(),
        number=earlier.number if earlier else f"{case.number}-T",
        revision=earlier.revision + 1 if earlier else 1,
        case_id=case.id,
        case_number=case.number,
        holder_id=case.organisation_id,
        holder_name=case.organisation_name,
        tractor_plate=application.vehicle.tractor_plate,
        trailer_plate=application.vehicle.trailer_plate,
        cargo_name=application.cargo.name,
        component_numbers=application.cargo.component_numbers,
        height_m=transport.height_m,
        width_m=transport.width_m,
        length_m=transport.length_m,
        gross_mass_t=transport.mass_t,
        largest_axle_load_t=transport.largest_axle_load_t,
        axle_load_text=application.axle_load_text or transport.axle_notation,
        axle_spacing_text=application.axle_spacing_text
        or "-".join(f"{one:g}" for one in transport.axle_spacings_m),
        axle_count=transport.axle_count,
        origin=application.itinerary.origin,
        destination=application.itinerary.destination,
        roads=roads_of(application),
        valid_from=first,
        valid_until=last,
        shortest_paper=shortest,
        terms=decision.terms,
        issuer_id=act.authority.organisation_id,
        issuer_name=act.authority.name,
        issued_at=request.now,
        issued_by=request.actor.name,
        law_day=application.law_day,
        route_digest=application.route.digest,
    )


def _content_digest(permit: Permit) -> str:
    windows = [[str(one.starts), str(one.ends)] for one in permit.terms.windows]
    content: Mapping[str, Any] = {
        "number": permit.number,
        "revision": permit.revision,
        "official_number": permit.official_number,
        "holder": permit.holder_name,
        "plates": [permit.tractor_plate, permit.trailer_plate],
        "cargo": [permit.cargo_name, *permit.component_numbers],
        "size_m": [permit.height_m, permit.width_m, permit.length_m],
        "mass_t": [permit.gross_mass_t, permit.largest_axle_load_t],
        "axles": [permit.axle_load_text, permit.axle_spacing_text],
        "places": [permit.origin, permit.destination],
        "roads": [[one.road, one.from_km, one.to_km] for one in permit.roads],
        "valid": [permit.valid_from.isoformat(), permit.valid_until.isoformat()],
        "windows": windows,
        "speeds": [permit.terms.top_speed_km_h, permit.terms.bridge_speed_km_h],
        "conditions": [permit.terms.route_note, *permit.terms.conditions],
        "issuer": permit.issuer_name,
        "route": permit.route_digest,
    }
    return digest_of(content)
