"""Ports kept in memory: the same behaviour as the database, without one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from tests.fake_notices import FakeCrew, FakeMessages, FakeNoticeAddresses, FakeNotices
from tests.fake_recalls import FakeCrossings, FakeRecalls
from transport.delivery.league_annex import SignedAnnex
from transport.delivery.parts import PartsList
from transport.delivery.projects import Project
from transport.errors import ConflictError, NotFoundError
from transport.people import Organisation, OrganisationState, Role, User
from transport.permits.acts import Act, LastChange
from transport.permits.case import Case
from transport.permits.expert_panel import Expert, Panel
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.report_sheet import ReportSheet
from transport.permits.roadside import RoadsideCheck
from transport.permits.states import FINAL_STATES, IN_FORCE, ActState
from transport.relief.claims import Claim, ClaimState
from transport.relief.ledger import (
    Balance,
    Booking,
    BookingKind,
    ClosedMonth,
    LedgerRow,
    trial_balance,
)
from transport.relief.project_lists import ListEntry
from transport.relief.schemes import Scheme
from transport.relief.settlements import Settlement
from transport.scheduling.delivery_plan import DeliveryPlan
from transport.services.audit_anchors import (
    Anchor,
    SubjectLink,
    anchor_due,
    close_day,
    next_link,
)
from transport.services.audit_trail import FIRST_HASH, AuditEvent, NewEvent, seal
from transport.services.job_repositories import Job, JobKind, JobState
from transport.services.library import (
    ApplicationTemplate,
    Component,
    Enquiry,
    LibraryVehicle,
)
from transport.services.ports import SignedPass, StoredFile
from transport.services.project_repositories import ProjectResult
from transport.services.repositories import (
    ApiToken,
    OperatorImport,
    OperatorRecord,
    SavedScenario,
    SignInAttempt,
)
from transport.tariffs.lines import TariffLine
from transport.verification.pass_token import PassClaims
from transport.working_days import EnteredYear

V = TypeVar("V")


@dataclass
class Shelves:
    """Everything stored: one dictionary per kind, values in the order they were added."""

    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    attempts: list[SignInAttempt] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    permits: dict[str, Permit] = field(default_factory=dict)
    recall_runs: dict[str, Any] = field(default_factory=dict)
    recall_findings: dict[tuple[str, str], Any] = field(default_factory=dict)
    crossings: dict[str, Any] = field(default_factory=dict)
    trips: dict[str, Trip] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    components: dict[str, Component] = field(default_factory=dict)
    enquiries: dict[str, Enquiry] = field(default_factory=dict)
    vehicles: dict[str, LibraryVehicle] = field(default_factory=dict)
    templates: dict[str, ApplicationTemplate] = field(default_factory=dict)
    api_tokens: dict[str, ApiToken] = field(default_factory=dict)
    working_years: dict[str, EnteredYear] = field(default_factory=dict)
    claim_keys: list[tuple[str, str]] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    closed_months: list[ClosedMonth] = field(default_factory=list)
    tariff_lines: dict[str, TariffLine] = field(default_factory=dict)
    relief_schemes: dict[str, Scheme] = field(default_factory=dict)
    operator_imports: list[OperatorImport] = field(default_factory=list)
    project_lists: dict[str, ListEntry] = field(default_factory=dict)
    settlements: dict[str, Settlement] = field(default_factory=dict)
    operator_records: list[OperatorRecord] = field(default_factory=list)
    scenarios: list[SavedScenario] = field(default_factory=list)
    roadside_checks: dict[str, RoadsideCheck] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    parts_lists: list[PartsList] = field(default_factory=list)
    project_results: list[ProjectResult] = field(default_factory=list)
    delivery_plans: list[DeliveryPlan] = field(default_factory=list)
    jobs: dict[str, Job] = field(default_factory=dict)
    job_steps: dict[tuple[str, str], str] = field(default_factory=dict)
    experts: dict[str, Expert] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)
    report_sheets: list[ReportSheet] = field(default_factory=list)
    league_annexes: list[SignedAnnex] = field(default_factory=list)
    notices: dict[str, Any] = field(default_factory=dict)
    notice_addresses: dict[str, Any] = field(default_factory=dict)
    messages: dict[str, Any] = field(default_factory=dict)
    crew: dict[str, Any] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    links: list[SubjectLink] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    series: dict[str, int] = field(default_factory=dict)
    changes: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    ids: int = 0

    def copy(self) -> Shelves:
        """Return a copy; the values themselves never change."""
        copied: dict[str, Any] = {
            name: value.copy() if isinstance(value, dict | list) else value
            for name, value in vars(self).items()
        }
        return Shelves(**copied)


class FakeRows(Generic[V]):
    """One shelf of versioned values."""

    def __init__(self, shelves: Shelves, rows: dict[str, V], name: str) -> None:
        self._shelves = shelves
        self._rows = rows
        self._name = name

    def get(self, key: str) -> V:
        if key not in self._rows:
            raise NotFoundError(f"there is no {self._name} {key!r}")
        return self._rows[key]

    def where(self, fits: Callable[[V], bool]) -> list[V]:
        return [one for one in self._rows.values() if fits(one)]

    def insert(self, value: Any, unique: Callable[[V], Any], by: str, at: datetime) -> None:
        if any(unique(one) == unique(value) for one in self._rows.values()):
            raise ConflictError(f"a {self._name} with this number or name exists already")
        self._rows[value.id] = value
        self._shelves.changes[value.id] = (by, at)

    def write(self, value: Any, by: str, at: datetime) -> V:
        stored: Any = self.get(value.id)
        if stored.version != value.version:
            who, when = self._shelves.changes[value.id]
            raise ConflictError(f"the {self._name} was changed by {who} at {when}")
        changed = replace(value, version=value.version + 1)
        self._rows[value.id] = changed
        self._shelves.changes[value.id] = (by, at)
        return cast("V", changed)


class FakePeople:
    """Users."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.users, "user")

    def get(self, user_id: str) -> User:
        return self._rows.get(user_id)

    def find(self, user_id: str) -> User | None:
        return next(iter(self._rows.where(lambda one: one.id == user_id)), None)

    def by_login(self, login: str) -> User | None:
        wanted = login.strip().lower()
        return next(iter(self._rows.where(lambda one: one.login == wanted)), None)

    def of_organisation(self, organisation_id: str) -> list[User]:
        return self._rows.where(lambda one: one.organisation_id == organisation_id)

    def everyone(self) -> list[User]:
        return sorted(self._rows.where(lambda _: True), key=lambda one: one.login)

    def add(self, user: User, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(user, lambda one: one.login, changed_by, at)

    def save(self, user: User, *, changed_by: str, at: datetime) -> User:
        return self._rows.write(user, changed_by, at)


class FakeOrganisations:
    """Firms and offices."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.organisations, "organisation")

    def get(self, organisation_id: str) -> Organisation:
        return self._rows.get(organisation_id)

    def by_name(self, name: str) -> Organisation | None:
        return next(iter(self._rows.where(lambda one: one.name == name.strip())), None)

    def listed(
        self, *, role: Role | None = None, state: OrganisationState | None = None
    ) -> list[Organisation]:
        found = self._rows.where(
            lambda one: role in {None, one.role} and state in {None, one.state}
        )
        return sorted(found, key=lambda one: one.name)

    def authority(self, role: Role, admin_code: str) -> Organisation | None:
        return next(
            (
                one
                for one in self.listed(role=role, state=OrganisationState.APPROVED)
                if one.admin_code == admin_code
            ),
            None,
        )

    def add(self, organisation: Organisation, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(organisation, lambda one: one.name, changed_by, at)

    def save(self, organisation: Organisation, *, changed_by: str, at: datetime) -> Organisation:
        return self._rows.write(organisation, changed_by, at)


class FakeSignInAttempts:
    """Attempts to sign in."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = shelves.attempts

    def add(self, attempt: SignInAttempt) -> None:
        self._rows.append(attempt)

    def failures_of_login(self, login: str, *, since: datetime) -> int:
        mine = [one for one in self._rows if one.login == login]
        start = max([since, *(one.at for one in mine if one.succeeded)])
        return sum(not one.succeeded and one.at >= start for one in mine)

    def failures_from_address(self, address: str, *, since: datetime) -> int:
        return sum(
            one.address == address and not one.succeeded and one.at >= since for one in self._rows
        )

    def forget_before(self, moment: datetime) -> None:
        self._rows[:] = [one for one in self._rows if one.at >= moment]


class FakeCases:
    """Cases with their acts."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._rows = FakeRows(shelves, shelves.cases, "case")

    def get(self, number: str) -> Case:
        found = self._rows.where(lambda one: one.number == number)
        if not found:
            raise NotFoundError(f"there is no case {number}")
        return found[0]

    def of_carrier(self, organisation_id: str) -> list[Case]:
        return self._rows.where(lambda one: one.organisation_id == organisation_id)[::-1]

    def of_factory(self, organisation_id: str) -> list[Case]:
        return self._rows.where(lambda one: one.factory_id == organisation_id)[::-1]

    def for_office(self, organisation_id: str) -> list[Case]:
        def has_act(case: Case) -> bool:
            return any(
                act.authority.organisation_id == organisation_id and act.state is not ActState.DRAFT
                for act in case.acts
            )

        return self._rows.where(has_act)[::-1]

    def open_for_office(self, organisation_id: str) -> list[Case]:
        done = FINAL_STATES | IN_FORCE | {ActState.DRAFT, ActState.EXPIRED}
        return self._rows.where(
            lambda case: any(
                act.authority.organisation_id == organisation_id and act.state not in done
                for act in case.acts
            )
        )[::-1]

    def acts_of_office(self, organisation_id: str) -> list[tuple[str, Act]]:
        return [
            (case.number, act)
            for case in self.for_office(organisation_id)[::-1]
            for act in case.acts
            if act.authority.organisation_id == organisation_id and act.state is not ActState.DRAFT
        ]

    def with_pass_ending(self, organisation_id: str, first: date, last: date) -> list[Case]:
        ending = {
            one.case_id
            for one in self._shelves.permits.values()
            if one.revoked_at is None and first <= one.valid_until <= last
        }
        return self._rows.where(
            lambda one: one.organisation_id == organisation_id and one.id in ending
        )[::-1]

    def add(self, case: Case, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(case, lambda one: one.number, changed_by, at)

    def save(self, case: Case, *, changed_by: str, at: datetime) -> Case:
        acts = self._rows.get(case.id).acts
        return self._rows.write(replace(case, acts=acts), changed_by, at)

    def add_act(self, case: Case, act: Act, *, changed_by: str, at: datetime) -> Act:
        added = replace(act, last_change=LastChange(by=changed_by, at=at))
        stored = self._rows.get(case.id)
        self._shelves.cases[case.id] = replace(stored, acts=(*stored.acts, added))
        return added

    def save_act(self, case: Case, act: Act, *, changed_by: str, at: datetime) -> Act:
        stored = self._rows.get(case.id)
        before = stored.act(act.id)
        if before.version != act.version:
            raise ConflictError(f"the act was changed by {before.last_change}")
        saved = replace(act, version=act.version + 1, last_change=LastChange(changed_by, at))
        acts = tuple(saved if one.id == act.id else one for one in stored.acts)
        self._shelves.cases[case.id] = replace(stored, acts=acts)
        return saved

    def replace_drafts(
        self,
        case: Case,
        acts: tuple[Act, ...],
        *,
        changed_by: str,  # noqa: ARG002 - the port's signature
        at: datetime,  # noqa: ARG002
    ) -> None:
        stored = self._rows.get(case.id)
        self._shelves.cases[case.id] = replace(stored, acts=acts)


class FakePermits:
    """Issued passes."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.permits, "pass")

    def of_case(self, case_id: str) -> list[Permit]:
        return self._rows.where(lambda one: one.case_id == case_id)

    def by_number(self, number: str) -> Permit | None:
        found = self._rows.where(lambda one: one.number == number)
        return found[-1] if found else None

    def of_holder(self, organisation_id: str) -> list[Permit]:
        return self._rows.where(lambda one: one.holder_id == organisation_id)[::-1]

    def revoked(self) -> list[Permit]:
        return self._rows.where(lambda one: one.revoked_at is not None)

    def valid_within(self, first: date, last: date) -> list[Permit]:
        return self._rows.where(
            lambda one: (
                one.revoked_at is None and one.valid_from <= last and one.valid_until >= first
            )
        )

    def add(self, permit: Permit, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(permit, lambda one: (one.number, one.revision), changed_by, at)

    def save(self, permit: Permit, *, changed_by: str, at: datetime) -> Permit:
        return self._rows.write(permit, changed_by, at)


class FakeTrips:
    """Trips with their manifests."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.trips, "trip")

    def get(self, trip_id: str) -> Trip:
        return self._rows.get(trip_id)

    def of_case(self, case_id: str) -> list[Trip]:
        return self._rows.where(lambda one: one.case_id == case_id)

    def of_organisation(self, organisation_id: str) -> list[Trip]:
        return self._rows.where(lambda one: organisation_id in {one.carrier_id, one.factory_id})[
            ::-1
        ]

    def add(self, trip: Trip, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(trip, lambda one: one.id, changed_by, at)

    def save(self, trip: Trip, *, changed_by: str, at: datetime) -> Trip:
        return self._rows.write(trip, changed_by, at)


class FakeClaims:
    """Relief records."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.claims, "relief record")
        self._keys = shelves.claim_keys

    def get(self, number: str) -> Claim:
        found = self._rows.where(lambda one: one.number == number)
        if not found:
            raise NotFoundError(f"there is no relief record {number!r}")
        return found[0]

    def of_trip(self, trip_id: str) -> Claim | None:
        return next(iter(self._rows.where(lambda one: one.trip_id == trip_id)), None)

    def of_carrier(self, organisation_id: str) -> list[Claim]:
        return self._rows.where(lambda one: one.carrier_id == organisation_id)[::-1]

    def of_month(self, month: str) -> list[Claim]:
        return self._rows.where(lambda one: one.month == month)

    def waiting(self) -> list[Claim]:
        finished = {
            *(ClaimState.AUDITED, ClaimState.REJECTED, ClaimState.RECLAIMED),
            ClaimState.UPHELD,
        }
        return self._rows.where(lambda one: one.state not in finished)

    def sharing(self, keys: Iterable[str]) -> list[str]:
        wanted = set(keys)
        live = {one.id: one.number for one in self._rows.where(lambda one: one.is_live)}
        return sorted({live[owner] for key, owner in self._keys if key in wanted and owner in live})

    def between(self, first_month: str, last_month: str) -> list[Claim]:
        return self._rows.where(lambda one: first_month <= one.month <= last_month)

    def add(self, claim: Claim, *, changed_by: str, at: datetime, keys: Iterable[str] = ()) -> None:
        self._rows.insert(claim, lambda one: one.trip_id, changed_by, at)
        self._keys.extend((one, claim.id) for one in keys)

    def save(self, claim: Claim, *, changed_by: str, at: datetime) -> Claim:
        return self._rows.write(claim, changed_by, at)


class FakeComponents:
    """Components of factories."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.components, "component")

    def get(self, component_id: str) -> Component:
        return self._rows.get(component_id)

    def of_organisation(self, organisation_id: str) -> list[Component]:
        found = self._rows.where(lambda one: one.organisation_id == organisation_id)
        return sorted(found, key=lambda one: one.number)

    def add(self, component: Component, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(component, lambda one: (one.organisation_id, one.number), changed_by, at)

    def save(self, component: Component, *, changed_by: str, at: datetime) -> Component:
        return self._rows.write(component, changed_by, at)


class FakeEnquiries:
    """Enquiries of factories."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.enquiries, "enquiry")

    def get(self, enquiry_id: str) -> Enquiry:
        return self._rows.get(enquiry_id)

    def of_factory(self, organisation_id: str) -> list[Enquiry]:
        return self._rows.where(lambda one: one.factory_id == organisation_id)[::-1]

    def for_carrier(self, organisation_id: str) -> list[Enquiry]:
        return self._rows.where(lambda one: one.carrier_id == organisation_id)[::-1]

    def add(self, enquiry: Enquiry, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(enquiry, lambda one: one.id, changed_by, at)

    def save(self, enquiry: Enquiry, *, changed_by: str, at: datetime) -> Enquiry:
        return self._rows.write(enquiry, changed_by, at)


class FakeVehicles:
    """Combinations of carriers."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.vehicles, "vehicle")

    def get(self, vehicle_id: str) -> LibraryVehicle:
        return self._rows.get(vehicle_id)

    def of_organisation(self, organisation_id: str) -> list[LibraryVehicle]:
        found = self._rows.where(lambda one: one.organisation_id == organisation_id)
        return sorted(found, key=lambda one: one.name)

    def add(self, vehicle: LibraryVehicle, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(vehicle, lambda one: (one.organisation_id, one.name), changed_by, at)

    def save(self, vehicle: LibraryVehicle, *, changed_by: str, at: datetime) -> LibraryVehicle:
        return self._rows.write(vehicle, changed_by, at)


class FakeApplicationTemplates:
    """Templates of applications."""

    def __init__(self, shelves: Shelves) -> None:
        self._kept = shelves.templates
        self._rows = FakeRows(shelves, shelves.templates, "application template")

    def of_organisation(self, organisation_id: str) -> list[ApplicationTemplate]:
        found = self._rows.where(lambda one: one.organisation_id == organisation_id)
        return sorted(found, key=lambda one: one.name)

    def add(self, template: ApplicationTemplate, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(template, lambda one: (one.organisation_id, one.name), changed_by, at)

    def remove(self, template: ApplicationTemplate) -> None:
        del self._kept[template.id]


class FakeWorkingYears:
    """Years of working days that administrators entered."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.working_years, "working year")

    def listed(self) -> list[EnteredYear]:
        return sorted(self._rows.where(lambda _: True), key=lambda one: one.year)

    def add(self, year: EnteredYear, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(year, lambda one: one.year, changed_by, at)

    def save(self, year: EnteredYear, *, changed_by: str, at: datetime) -> EnteredYear:
        return self._rows.write(year, changed_by, at)


class FakeApiTokens:
    """Tokens of organisations."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = shelves.api_tokens

    def get(self, token_id: str) -> ApiToken:
        if token_id not in self._rows:
            raise NotFoundError(f"there is no token {token_id}")
        return self._rows[token_id]

    def by_hash(self, secret_hash: str) -> ApiToken | None:
        return next((one for one in self._rows.values() if one.secret_hash == secret_hash), None)

    def listed(self) -> list[ApiToken]:
        return sorted(self._rows.values(), key=lambda one: one.granted_at, reverse=True)

    def add(self, token: ApiToken) -> None:
        self._rows[token.id] = token

    def revoke(self, token_id: str, at: datetime) -> None:
        token = self._rows.get(token_id)
        if token is not None and token.revoked_at is None:
            self._rows[token_id] = replace(token, revoked_at=at)


class FakeAuditLog:
    """The audit trail."""

    def __init__(self, shelves: Shelves) -> None:
        self._events, self._links = shelves.events, shelves.links
        self._anchors = shelves.anchors

    def append(self, event: NewEvent) -> None:
        last = self._events[-1] if self._events else None
        newest = self._anchors[-1] if self._anchors else None
        day = anchor_due(last, event.at, newest)
        if day is not None and last is not None:
            since = self._links[newest.sequence if newest else 0 :]
            before = newest.hash if newest else FIRST_HASH
            self._anchors.append(close_day(day, last, since, before))
        sealed = seal(event, len(self._events) + 1, last.hash if last else FIRST_HASH)
        self._events.append(sealed)
        mine = [one for one in self._links if one.subject == event.subject]
        self._links.append(next_link(sealed, mine[-1] if mine else None))

    def links(self) -> list[SubjectLink]:
        return list(self._links)

    def anchors(self) -> list[Anchor]:
        return list(self._anchors)

    def of_subject(self, subject: str) -> list[AuditEvent]:
        return [one for one in self._events if one.event.subject == subject]

    def of_subjects(self, subjects: Iterable[str]) -> list[AuditEvent]:
        wanted = set(subjects)
        return [one for one in self._events if one.event.subject in wanted]

    def chain(self) -> Iterator[AuditEvent]:
        yield from self._events


class FakeLedger:
    """Bookings and closed months."""

    def __init__(self, shelves: Shelves) -> None:
        self._bookings = shelves.bookings
        self._closed = shelves.closed_months

    def add(self, booking: Booking) -> None:
        if booking.reverses and any(one.reverses == booking.reverses for one in self._bookings):
            raise ConflictError(f"booking {booking.reverses} was taken back before")
        self._bookings.append(booking)

    def get(self, booking_id: str) -> Booking:
        for one in self._bookings:
            if one.id == booking_id:
                return one
        raise NotFoundError(f"there is no booking {booking_id!r}")

    def of_claim(self, number: str) -> list[Booking]:
        return [one for one in self._bookings if one.claim_number == number]

    def of_month(self, month: str) -> list[Booking]:
        return [one for one in self._bookings if one.month == month]

    def rows(self, account: str, first_month: str, last_month: str) -> list[LedgerRow]:
        return [
            LedgerRow(one.id, one.kind, one.day, one.claim_number, one.scheme_id, entry)
            for one in self._bookings
            if first_month <= one.month <= last_month
            for entry in one.entries
            if entry.account == account
        ]

    def balances(self, first_month: str, last_month: str, account: str = "") -> list[Balance]:
        entries = [
            entry
            for one in self._bookings
            if first_month <= one.month <= last_month
            for entry in one.entries
            if account in ("", entry.account)
        ]
        return list(trial_balance(entries))

    def recounted(self, first_month: str, last_month: str) -> list[Balance]:
        return self.balances(first_month, last_month)

    def spent_fen(self, scheme_id: str) -> int:
        return sum(
            entry.amount_fen
            for one in self._bookings
            if one.scheme_id == scheme_id and one.kind in {BookingKind.RELIEF, BookingKind.REVERSAL}
            for entry in one.entries
            if entry.scheme_rule and entry.account.startswith("bearer:")
        )

    def closed_months(self) -> list[ClosedMonth]:
        return sorted(self._closed, key=lambda one: one.month)

    def close(self, month: ClosedMonth) -> None:
        if any(one.month == month.month for one in self._closed):
            raise ConflictError(f"{month.month} was closed before")
        self._closed.append(month)


class FakeTariffLines:
    """Entered tariff lines."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.tariff_lines, "tariff line")

    def get(self, line_id: str) -> TariffLine:
        return self._rows.get(line_id)

    def listed(self) -> list[TariffLine]:
        return sorted(self._rows.where(lambda _: True), key=lambda one: one.id)

    def add(self, line: TariffLine, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(line, lambda one: one.id, changed_by, at)

    def save(self, line: TariffLine, *, changed_by: str, at: datetime) -> TariffLine:
        return self._rows.write(line, changed_by, at)


class FakeSchemes:
    """Entered schemes."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.relief_schemes, "relief scheme")

    def get(self, scheme_id: str) -> Scheme:
        return self._rows.get(scheme_id)

    def listed(self) -> list[Scheme]:
        return sorted(self._rows.where(lambda _: True), key=lambda one: one.id)

    def add(self, scheme: Scheme, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(scheme, lambda one: one.id, changed_by, at)

    def save(self, scheme: Scheme, *, changed_by: str, at: datetime) -> Scheme:
        return self._rows.write(scheme, changed_by, at)


class FakeOperatorImports:
    """Files of operators."""

    def __init__(self, shelves: Shelves) -> None:
        self._imports = shelves.operator_imports
        self._records = shelves.operator_records

    def add(self, made: OperatorImport, records: Iterable[OperatorRecord]) -> int:
        if any(one.digest == made.digest for one in self._imports):
            raise ConflictError("the same file was read before")
        self._imports.append(made)
        before = len(self._records)
        self._records.extend(records)
        return len(self._records) - before

    def finish(self, import_id: str, result: Mapping[str, Any]) -> None:
        made = self.get(import_id)
        self._imports[self._imports.index(made)] = replace(made, result=result)

    def listed(self, operator_id: str = "") -> list[OperatorImport]:
        return [one for one in self._imports[::-1] if operator_id in ("", one.operator_id)]

    def of_truck(self, tractor_plate: str, first: str, last: str) -> list[OperatorRecord]:
        return [
            one
            for one in self._records
            if one.tractor_plate == tractor_plate and first <= one.entered_at[:10] <= last
        ]

    def get(self, import_id: str) -> OperatorImport:
        for one in self._imports:
            if one.id == import_id:
                return one
        raise NotFoundError(f"there is no imported file {import_id!r}")

    def count(self, import_id: str) -> int:
        self.get(import_id)
        return len(self._records)


class FakeScenarios:
    """Saved scenarios."""

    def __init__(self, shelves: Shelves) -> None:
        self._scenarios = shelves.scenarios

    def add(self, scenario: SavedScenario) -> None:
        self._scenarios.append(scenario)

    def listed(self) -> list[SavedScenario]:
        return self._scenarios[::-1]

    def get(self, scenario_id: str) -> SavedScenario:
        for one in self._scenarios:
            if one.id == scenario_id:
                return one
        raise NotFoundError(f"there is no scenario {scenario_id!r}")


class FakeProjectLists:
    """Trucks on the lists of projects."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.project_lists, "project list entry")

    def get(self, entry_id: str) -> ListEntry:
        return self._rows.get(entry_id)

    def listed(self) -> list[ListEntry]:
        return self._rows.where(lambda _: True)

    def of_truck(self, tractor_plate: str) -> list[ListEntry]:
        return self._rows.where(lambda one: one.tractor_plate == tractor_plate)

    def add(self, entry: ListEntry, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(entry, lambda one: one.id, changed_by, at)

    def save(self, entry: ListEntry, *, changed_by: str, at: datetime) -> ListEntry:
        return self._rows.write(entry, changed_by, at)


class FakeSettlements:
    """Settlements of closed months with operators."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.settlements, "settlement")

    def get(self, settlement_id: str) -> Settlement:
        return self._rows.get(settlement_id)

    def listed(self, operator: str = "") -> list[Settlement]:
        found = self._rows.where(lambda one: operator in ("", one.operator))
        return sorted(found, key=lambda one: one.month, reverse=True)

    def add(self, settlement: Settlement, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(settlement, lambda one: one.id, changed_by, at)

    def save(self, settlement: Settlement, *, changed_by: str, at: datetime) -> Settlement:
        return self._rows.write(settlement, changed_by, at)


class FakeProjects:
    """Projects with their parts lists."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.projects, "project")
        self._lists, self._results = shelves.parts_lists, shelves.project_results

    def get(self, project_id: str) -> Project:
        return self._rows.get(project_id)

    def of_organisation(self, organisation_id: str) -> list[Project]:
        found = self._rows.where(lambda one: one.organisation_id == organisation_id)
        return sorted(found, key=lambda one: one.name)

    def everywhere(self) -> list[Project]:
        return sorted(self._rows.where(lambda _: True), key=lambda one: (one.admin_code, one.name))

    def add(self, project: Project, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(project, lambda one: one.id, changed_by, at)

    def save(self, project: Project, *, changed_by: str, at: datetime) -> Project:
        return self._rows.write(project, changed_by, at)

    def add_parts(self, parts: PartsList) -> None:
        self._lists.append(parts)

    def newest_parts(self, project_id: str) -> PartsList | None:
        own = [one for one in self._lists if one.project_id == project_id]
        return own[-1] if own else None

    def pieces(self) -> dict[str, int]:
        return {one.project_id: one.pieces for one in self._lists}

    def add_result(self, result: ProjectResult) -> None:
        self._results.append(result)

    def newest_result(self, parts_list_id: str) -> ProjectResult | None:
        own = [one for one in self._results if one.parts_list_id == parts_list_id]
        return own[-1] if own else None

    def result(self, result_id: str) -> ProjectResult | None:
        return next((one for one in self._results if one.id == result_id), None)


class FakeExperts:
    """The roster of experts."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.experts, "expert")

    def get(self, expert_id: str) -> Expert:
        return self._rows.get(expert_id)

    def listed(self) -> list[Expert]:
        return sorted(self._rows.where(lambda _: True), key=lambda one: (one.name, one.id))

    def add(self, expert: Expert, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(expert, lambda one: one.id, changed_by, at)

    def save(self, expert: Expert, *, changed_by: str, at: datetime) -> Expert:
        return self._rows.write(expert, changed_by, at)


class FakePanels:
    """Expert panels."""

    def __init__(self, shelves: Shelves) -> None:
        self._rows = FakeRows(shelves, shelves.panels, "expert panel")

    def get(self, panel_id: str) -> Panel:
        return self._rows.get(panel_id)

    def of_case(self, case_number: str) -> list[Panel]:
        return self._rows.where(lambda one: one.case_number == case_number)

    def add(self, panel: Panel, *, changed_by: str, at: datetime) -> None:
        self._rows.insert(panel, lambda one: one.id, changed_by, at)

    def save(self, panel: Panel, *, changed_by: str, at: datetime) -> Panel:
        return self._rows.write(panel, changed_by, at)


class FakeLeagueAnnexes:
    """Signed annexes."""

    def __init__(self, shelves: Shelves) -> None:
        self._annexes = shelves.league_annexes

    def get(self, annex_id: str) -> SignedAnnex:
        for one in self._annexes:
            if one.id == annex_id:
                return one
        raise NotFoundError(f"there is no annex {annex_id!r}")

    def of_league(self, admin_code: str, year: int) -> list[SignedAnnex]:
        wanted = admin_code, year
        return [one for one in self._annexes if (one.annex.admin_code, one.annex.year) == wanted]

    def add(self, annex: SignedAnnex, *, changed_by: str, at: datetime) -> None:  # noqa: ARG002 - the port
        self._annexes.append(annex)


class FakeReportSheets:
    """Signatures under evaluation reports."""

    def __init__(self, shelves: Shelves) -> None:
        self._sheets = shelves.report_sheets

    def of_case(self, case_number: str) -> list[ReportSheet]:
        return [one for one in self._sheets if one.case_number == case_number]

    def add(self, sheet: ReportSheet, *, changed_by: str, at: datetime) -> None:  # noqa: ARG002 - the port
        self._sheets.append(sheet)


class FakeDeliveryPlans:
    """Versions of delivery plans."""

    def __init__(self, shelves: Shelves) -> None:
        self._plans = shelves.delivery_plans

    def add(self, plan: DeliveryPlan) -> None:
        if any(
            (one.project_id, one.number) == (plan.project_id, plan.number) for one in self._plans
        ):
            raise ConflictError("somebody else made a delivery plan meanwhile")
        self._plans.append(plan)

    def newest(self, project_id: str) -> DeliveryPlan | None:
        own = [one for one in self._plans if one.project_id == project_id]
        return own[-1] if own else None

    def versions(self, project_id: str) -> int:
        return sum(one.project_id == project_id for one in self._plans)


class FakeJobs:
    """Background runs."""

    def __init__(self, shelves: Shelves) -> None:
        self._jobs, self._steps = shelves.jobs, shelves.job_steps

    def add(self, job: Job) -> None:
        self._jobs[job.id] = job

    def get(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise NotFoundError(f"there is no run {job_id!r}")
        return self._jobs[job_id]

    def of_organisation(self, organisation_id: str, most: int) -> list[Job]:
        own = [one for one in self._jobs.values() if one.actor.organisation_id == organisation_id]
        return own[::-1][:most]

    def unfinished(self, kind: JobKind, about: str) -> Job | None:
        same = (one for one in self._jobs.values() if (one.kind, one.about) == (kind, about))
        return next((one for one in same if not one.state.is_over), None)

    def waiting(self, silent_since: datetime) -> list[str]:
        return [one.id for one in self._jobs.values() if self._is_free(one, silent_since)]

    def claim(self, job_id: str, worker: str, at: datetime, silent_since: datetime) -> Job | None:
        job = self._jobs[job_id]
        if not self._is_free(job, silent_since):
            return None
        taken = replace(job, state=JobState.RUNNING, worker=worker, attempts=job.attempts + 1)
        return self._write(replace(taken, started_at=at, heard_at=at))

    def report(
        self, job_id: str, attempt: int, progress: tuple[int, int] | None, at: datetime
    ) -> Job | None:
        job = self._jobs[job_id]
        if job.attempts != attempt or job.state is not JobState.RUNNING:
            return None
        done, total = progress or (job.done, job.total)
        return self._write(replace(job, heard_at=at, done=done, total=total))

    def finish(
        self, job_id: str, attempt: int, state: JobState, at: datetime, error: str = ""
    ) -> bool:
        if self.report(job_id, attempt, None, at) is None:
            return False
        self._write(replace(self._jobs[job_id], state=state, ended_at=at, error=error))
        return True

    def ask_to_cancel(self, job_id: str, at: datetime) -> None:
        job = self._jobs[job_id]
        if job.state is JobState.QUEUED:
            self._write(replace(job, state=JobState.CANCELLED, ended_at=at, cancel_asked=True))
        elif job.state is JobState.RUNNING:
            self._write(replace(job, cancel_asked=True))

    def keep_step(self, job_id: str, attempt: int, name: str, content: str) -> None:
        if self._jobs[job_id].attempts == attempt:
            self._steps.setdefault((job_id, name), content)

    def step(self, job_id: str, name: str) -> str | None:
        return self._steps.get((job_id, name))

    def _write(self, job: Job) -> Job:
        self._jobs[job.id] = job
        return job

    @staticmethod
    def _is_free(job: Job, silent_since: datetime) -> bool:
        silent = job.heard_at is not None and job.heard_at < silent_since
        return job.state is JobState.QUEUED or (job.state is JobState.RUNNING and silent)


class FakeRoadsideChecks:
    """Roadside checks."""

    def __init__(self, shelves: Shelves) -> None:
        self._checks = shelves.roadside_checks

    def find(self, check_id: str) -> RoadsideCheck | None:
        return self._checks.get(check_id)

    def of_pass(self, number: str) -> list[RoadsideCheck]:
        return [one for one in self._checks.values() if one.report.number == number]

    def of_office(self, office_id: str) -> list[RoadsideCheck]:
        return [one for one in self._checks.values() if one.office_id == office_id][::-1]

    def add(self, check: RoadsideCheck, *, changed_by: str, at: datetime) -> None:  # noqa: ARG002 - the port
        self._checks[check.id] = check


class FakeUnitOfWork:
    """One transaction: works on a copy, which becomes the stored state on commit."""

    def __init__(self, owner: FakeUnitsOfWork) -> None:
        self._owner = owner
        shelves = self._shelves = owner.shelves.copy()
        self.people = FakePeople(shelves)
        self.organisations = FakeOrganisations(shelves)
        self.sign_in_attempts = FakeSignInAttempts(shelves)
        self.cases = FakeCases(shelves)
        self.permits = FakePermits(shelves)
        self.recalls = FakeRecalls(shelves)
        self.crossings = FakeCrossings(shelves)
        self.trips = FakeTrips(shelves)
        self.claims = FakeClaims(shelves)
        self.components = FakeComponents(shelves)
        self.enquiries = FakeEnquiries(shelves)
        self.vehicles = FakeVehicles(shelves)
        self.templates = FakeApplicationTemplates(shelves)
        self.api_tokens = FakeApiTokens(shelves)
        self.working_years = FakeWorkingYears(shelves)
        self.ledger = FakeLedger(shelves)
        self.tariff_lines = FakeTariffLines(shelves)
        self.relief_schemes = FakeSchemes(shelves)
        self.operator_imports = FakeOperatorImports(shelves)
        self.scenarios = FakeScenarios(shelves)
        self.roadside_checks = FakeRoadsideChecks(shelves)
        self.project_lists = FakeProjectLists(shelves)
        self.settlements = FakeSettlements(shelves)
        self.projects = FakeProjects(shelves)
        self.delivery_plans = FakeDeliveryPlans(shelves)
        self.jobs = FakeJobs(shelves)
        self.experts = FakeExperts(shelves)
        self.panels = FakePanels(shelves)
        self.report_sheets = FakeReportSheets(shelves)
        self.league_annexes = FakeLeagueAnnexes(shelves)
        self.notices = FakeNotices(shelves.notices)
        self.notice_addresses = FakeNoticeAddresses(shelves.notice_addresses)
        self.messages = FakeMessages(shelves.messages)
        self.crew = FakeCrew(shelves.crew)
        self.audit = FakeAuditLog(shelves)

    def new_id(self) -> str:
        self._shelves.ids += 1
        return f"id-{self._shelves.ids}"

    def next_serial(self, series: str) -> int:
        self._shelves.series[series] = self._shelves.series.get(series, 0) + 1
        return self._shelves.series[series]

    def commit(self) -> None:
        self._owner.shelves = self._shelves.copy()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return


class FakeUnitsOfWork:
    """Storage in memory."""

    def __init__(self) -> None:
        self.shelves = Shelves()

    def __call__(self, *, read_only: bool = False) -> FakeUnitOfWork:  # noqa: ARG002 - the port
        return FakeUnitOfWork(self)


class FakeDocuments:
    """Uploaded files, believed to be PDF."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, content: bytes, filename: str) -> StoredFile:  # noqa: ARG002 - the port
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        return StoredFile(digest=digest, media_type="application/pdf", size_bytes=len(content))

    def get(self, digest: str) -> bytes:
        if digest not in self.files:
            raise NotFoundError(f"there is no file {digest}")
        return self.files[digest]


class FakeHasher:
    """Hashes that anybody can read: tests are quicker with them."""

    def hash(self, password: str) -> str:
        return f"hash of {password}"

    def matches(self, password_hash: str, password: str) -> bool:
        return password_hash == f"hash of {password}"


class FakeSigner:
    """Signs by remembering what it was asked to sign."""

    def __init__(self) -> None:
        self.signed: list[PassClaims] = []

    def sign(self, claims: PassClaims) -> SignedPass:
        self.signed.append(claims)
        return SignedPass(token=f"TOKEN/{claims.number}/{claims.revision}", key_id="key-1")
