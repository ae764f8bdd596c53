"""Draw up the transport annex of a league's year, sign it, and correct it by a further version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from transport.delivery.drawing_up_annex import CaseFile, LeagueRecords, draw_up
from transport.delivery.league_annex import Annex, Obstacle, ObstacleKind, SignedAnnex
from transport.delivery.projects import Project
from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Organisation, OrganisationState, Role
from transport.permits.case import Case
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.regulations.authorities import league_of
from transport.services.audit_trail import event_by
from transport.services.days import day_of
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.working_days import WorkingCalendar

_FIRST_YEAR = 2017
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class AnnexAsked:
    """Which annex: league or city (GB/T 2260), year, and the last day that counts."""

    admin_code: str
    year: int
    cut_off: date


@dataclass(frozen=True, slots=True)
class AnnexWords:
    """What a person adds when signing; a correction must say what it corrects."""

    remarks: str = ""
    proposals: str = ""
    corrects_because: str = ""


def draft_annex(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    *,
    actor: Actor,
    asked: AnnexAsked,
    now: datetime,
    held: Sequence[Obstacle] = (),
) -> Annex:
    """Draw up the annex as the records stand now; `held` are places that hold planned loads.

    Raise InvalidInputError for days that do not fit, StepNotAllowedError for another area.
    """
    _must_be_of(actor, asked.admin_code)
    _check(asked, day_of(now))
    with unit_of_work(read_only=True) as work:
        records = _records(work, asked)
    records = replace(records, plan_obstacles=(*records.plan_obstacles, *held))
    return draw_up(
        records,
        calendar,
        admin_code=asked.admin_code,
        year=asked.year,
        cut_off=asked.cut_off,
        today=day_of(now),
        day_of=day_of,
    )


def sign_annex(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    annex: Annex,
    words: AnnexWords,
    now: datetime,
) -> SignedAnnex:
    """Sign an annex: it is frozen; a later one of the year corrects it and must say why.

    Raise ConflictError where somebody signed that version first.
    """
    _must_be_of(actor, annex.admin_code)
    with unit_of_work() as work:
        before = work.league_annexes.of_league(annex.admin_code, annex.year)
        _check_words(words, is_correction=bool(before))
        made = SignedAnnex(
            id=work.new_id(),
            annex=annex,
            revision=len(before) + 1,
            remarks=words.remarks.strip(),
            proposals=words.proposals.strip(),
            corrects_because=words.corrects_because.strip(),
            signed_by=actor.name,
            organisation=actor.organisation_name,
            signed_at=now,
        )
        work.league_annexes.add(made, changed_by=actor.name, at=now)
        work.audit.append(
            event_by(
                actor,
                now,
                subject=f"annex {annex.admin_code} {annex.year}",
                step="sign_annex",
                law_day=day_of(now),
                reason=made.corrects_because,
                details={"revision": str(made.revision), "cut_off": annex.cut_off.isoformat()},
            )
        )
        work.commit()
        return made


def signed_annexes(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, admin_code: str, year: int
) -> list[SignedAnnex]:
    """Return the signed versions of a league's year, the first one first."""
    _must_be_of(actor, admin_code)
    with unit_of_work(read_only=True) as work:
        return work.league_annexes.of_league(admin_code, year)


def open_annex(unit_of_work: UnitOfWorkFactory, *, actor: Actor, annex_id: str) -> SignedAnnex:
    """Return a signed annex of the actor's area; raises NotFoundError."""
    with unit_of_work(read_only=True) as work:
        found = work.league_annexes.get(annex_id)
    if not answers_for(actor, found.annex.admin_code):
        raise NotFoundError(f"there is no annex {annex_id!r}")
    return found


def answers_for(actor: Actor, admin_code: str) -> bool:
    """Whether a housing department answers for this league: its own, or any of its region."""
    if actor.role is not Role.HOUSING:
        return False
    digits = 2 if actor.admin_code.endswith("0000") else 4
    return actor.admin_code[:digits] == admin_code[:digits]


def _must_be_of(actor: Actor, admin_code: str) -> None:
    if not answers_for(actor, admin_code):
        raise StepNotAllowedError(
            "only the housing department of the league or the region draws up its annex",
            "housing_only",
        )


def _check(asked: AnnexAsked, today: date) -> None:
    last = min(today, date(asked.year, 12, 31)) if asked.year >= _FIRST_YEAR else today
    if not _FIRST_YEAR <= asked.year <= today.year:
        message = f"must be from {_FIRST_YEAR} to {today.year}"
        raise InvalidInputError([FieldFault("year", message, "annex_year")])
    if not date(asked.year, 1, 1) <= asked.cut_off <= last:
        message = f"must lie in {asked.year}, and not after {last}"
        params = (("year", str(asked.year)), ("last", last.isoformat()))
        raise InvalidInputError([FieldFault("cut_off", message, "annex_cut_off", params)])


def _check_words(words: AnnexWords, *, is_correction: bool) -> None:
    faults = [
        FieldFault(
            name,
            f"is longer than {_LONGEST} characters",
            "too_long",
            (("longest", str(_LONGEST)),),
        )
        for name in ("remarks", "proposals", "corrects_because")
        if len(getattr(words, name)) > _LONGEST
    ]
    if is_correction and not words.corrects_because.strip():
        message = "say what this version corrects"
        faults.append(FieldFault("corrects_because", message, "annex_reason"))
    if faults:
        raise InvalidInputError(faults)


def _records(work: UnitOfWork, asked: AnnexAsked) -> LeagueRecords:
    """Gather what is on record: cases to the league, its projects, and its producers."""
    league = league_of(asked.admin_code)
    files = [
        one
        for carrier in work.organisations.listed(role=Role.CARRIER)
        for one in _files_of(work, carrier, league)
    ]
    projects = [one for one in work.projects.everywhere() if league_of(one.admin_code) == league]
    factories = work.organisations.listed(role=Role.FACTORY, state=OrganisationState.APPROVED)
    producers = {
        one.id: (one.name, _makes(work, one))
        for one in factories
        if league_of(one.admin_code) == league
    }
    return LeagueRecords(
        cases=files,
        claims=work.claims.between(f"{asked.year}-01", f"{asked.cut_off:%Y-%m}"),
        projects=projects,
        pieces=work.projects.pieces(),
        producers=producers,
        plan_obstacles=_plan_obstacles(work, projects),
    )


def _files_of(work: UnitOfWork, carrier: Organisation, league: str) -> list[CaseFile]:
    """Return a carrier's cases to a league, with one query for all its passes and trips each."""
    cases = [one for one in work.cases.of_carrier(carrier.id) if _goes_to(one, league)]
    if not cases:
        return []
    permits: dict[str, list[Permit]] = {}
    for permit in work.permits.of_holder(carrier.id):
        permits.setdefault(permit.case_id, []).append(permit)
    trips: dict[str, list[Trip]] = {}
    for trip in work.trips.of_organisation(carrier.id):
        trips.setdefault(trip.case_id, []).append(trip)
    return [
        CaseFile(one, tuple(permits.get(one.id, ())), tuple(trips.get(one.id, ()))) for one in cases
    ]


def _goes_to(case: Case, league: str) -> bool:
    destination = case.application.itinerary.destination_admin
    return bool(destination) and league_of(destination) == league


def _makes(work: UnitOfWork, factory: Organisation) -> tuple[str, ...]:
    components = work.components.of_organisation(factory.id)
    return tuple(dict.fromkeys(one.kind or one.name for one in components))


def _plan_obstacles(work: UnitOfWork, projects: Sequence[Project]) -> tuple[Obstacle, ...]:
    counted: Counter[ObstacleKind] = Counter()
    for one in projects:
        parts = work.projects.newest_parts(one.id)
        result = work.projects.newest_result(parts.id) if parts else None
        if result is not None:
            counted[ObstacleKind.NO_VEHICLE] += sum(x.pieces for x in result.plan.unplanned)
            counted[ObstacleKind.WAY_CLOSED] += len(result.plan.closed)
    return tuple(Obstacle(kind, "", count) for kind, count in counted.items() if count)
