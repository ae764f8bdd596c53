"""The pass that was issued: what it allows, until when, and whether it still does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application, AttachedDocument
from transport.permits.decision import TravelTerms
from transport.rules.pass_term import TermRules, earliest_end


class PermitState(StrEnum):
    """Whether a pass counts; expired follows from the day and is never stored."""

    IN_FORCE = "in_force"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class RoadOnPass:
    """A stretch of the permitted route, in the order of travel."""

    road: str
    from_km: float | None
    to_km: float | None


@dataclass(frozen=True, slots=True)
class Permit:
    """An issued pass; `token` is the signed text of its QR code.

    `official_number` is the official platform's; ours is clearly another one. `content_digest` is
    the SHA-256 of what the pass says. `shortest_paper` names what ends the validity.
    """

    id: str
    number: str
    revision: int
    case_id: str
    case_number: str
    holder_id: str
    holder_name: str
    tractor_plate: str
    trailer_plate: str
    cargo_name: str
    component_numbers: tuple[str, ...]
    height_m: float
    width_m: float
    length_m: float
    gross_mass_t: float
    largest_axle_load_t: float | None
    axle_load_text: str
    axle_spacing_text: str
    axle_count: int
    origin: str
    destination: str
    roads: tuple[RoadOnPass, ...]
    valid_from: date
    valid_until: date
    shortest_paper: str
    terms: TravelTerms
    issuer_id: str
    issuer_name: str
    issued_at: datetime
    issued_by: str
    law_day: date
    route_digest: str
    content_digest: str = ""
    official_number: str = ""
    token: str = ""
    key_id: str = ""
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    version: int = 1

    def state_on(self, day: date) -> PermitState:
        """Return the state on a day."""
        if self.revoked_at is not None:
            return PermitState.REVOKED
        return PermitState.EXPIRED if day > self.valid_until else PermitState.IN_FORCE

    def is_valid_on(self, day: date) -> bool:
        """Say whether the pass allows travel on this day."""
        return self.state_on(day) is PermitState.IN_FORCE and day >= self.valid_from


def validity(application: Application) -> tuple[date, date, str]:
    """Return first day, last day, and the code of the paper that ends it (empty: the window).

    The pass ends with the shortest paper in it and never lasts longer than a plan permit (R62 19).
    Raises InvalidInputError if a paper ends before the travel begins.
    """
    first, last = application.travel.starts_on, application.travel.ends_on
    shortest = ""
    asked = application.requirements
    rules = TermRules(
        plan_permit_months=asked.plan_permit_months,
        temporary_plate_days=asked.temporary_plate_days,
        ends_with_shortest_paper=asked.ends_with_shortest_paper,
    )
    found = earliest_end(rules, first, _papers_of(application), plan=True)
    if found is not None and found[0] < last:
        last, shortest = found
    if last < first:
        message = (
            f"the document '{shortest}' ends on {last}, before the travel begins on {first}; "
            "attach a valid one"
        )
        params = (("paper", shortest), ("ends", str(last)), ("starts", str(first)))
        raise InvalidInputError([FieldFault("documents", message, "paper_expired", params)])
    return first, last, shortest


def roads_of(application: Application) -> tuple[RoadOnPass, ...]:
    """Return the road list of the route: number or name, chainage where known.

    A leg's `from_km` counts from the start of the journey and is no chainage of the road: a plan
    states chainages as `from_chainage_km` and `to_chainage_km`, where the network knows them.
    """
    roads: list[RoadOnPass] = []
    for leg in application.route.contract.get("legs", ()):
        name = str(leg.get("ref") or leg.get("name") or "")
        if not name:
            continue
        start, end = leg.get("from_chainage_km"), leg.get("to_chainage_km")
        if roads and roads[-1].road == name:
            roads[-1] = RoadOnPass(name, roads[-1].from_km, end)
        else:
            roads.append(RoadOnPass(name, start, end))
    return tuple(roads)


def _papers_of(application: Application) -> dict[str, date]:
    """Return the last day of each kind of paper, of several the earliest."""
    plate_days = application.requirements.temporary_plate_days
    ends = [(one.code, one.valid_until) for one in _newest_of_each(application.documents)]
    ends += [(str(one.kind), one.last_day(plate_days)) for one in application.vehicle.papers]
    papers: dict[str, date] = {}
    for code, last in ends:
        if last is not None:
            papers[code] = min(last, papers.get(code, last))
    return papers


def _newest_of_each(documents: tuple[AttachedDocument, ...]) -> list[AttachedDocument]:
    # A renewed paper replaces the older one of the same code.
    newest: dict[str, AttachedDocument] = {}
    for one in documents:
        newest[one.code] = one
    return list(newest.values())
