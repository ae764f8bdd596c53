"""What is kept: one repository for each kind of thing a unit of work reads and writes.

Repositories never commit. Every `save` names the version it has read and raises ConflictError,
saying who changed the thing and when, if it is no longer that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from transport.people import Organisation, OrganisationState, Role, User
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.roadside import RoadsideCheck
from transport.relief.claims import Claim
from transport.relief.ledger import Balance, Booking, ClosedMonth, LedgerRow
from transport.relief.project_lists import ListEntry
from transport.relief.schemes import Scheme
from transport.relief.settlements import Settlement
from transport.services.audit_anchors import Anchor, SubjectLink
from transport.services.audit_trail import AuditEvent, NewEvent
from transport.services.library import (
    ApplicationTemplate,
    Component,
    Enquiry,
    LibraryVehicle,
)
from transport.tariffs.lines import TariffLine
from transport.working_days import EnteredYear


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One try to sign in; `address` is the network address it came from."""

    login: str
    address: str
    at: datetime
    succeeded: bool


class People(Protocol):
    """Users."""

    def get(self, user_id: str) -> User:
        """Return a user; raises NotFoundError."""

    def find(self, user_id: str) -> User | None:
        """Return a user, or None."""

    def by_login(self, login: str) -> User | None:
        """Return the user with this login, whatever its case, or None."""

    def of_organisation(self, organisation_id: str) -> list[User]:
        """Return the users of an organisation by login."""

    def everyone(self) -> list[User]:
        """Return all users by login."""

    def add(self, user: User, *, changed_by: str, at: datetime) -> None:
        """Add a user; raises ConflictError if the login is taken."""

    def save(self, user: User, *, changed_by: str, at: datetime) -> User:
        """Write a user read at `user.version`; return it with its new version."""


class Organisations(Protocol):
    """Firms and offices."""

    def get(self, organisation_id: str) -> Organisation:
        """Return an organisation; raises NotFoundError."""

    def by_name(self, name: str) -> Organisation | None:
        """Return the organisation with exactly this name, or None."""

    def listed(
        self, *, role: Role | None = None, state: OrganisationState | None = None
    ) -> list[Organisation]:
        """Return organisations by name, all or those of one role or state."""

    def authority(self, role: Role, admin_code: str) -> Organisation | None:
        """Return the approved office of exactly this area, or None."""

    def add(self, organisation: Organisation, *, changed_by: str, at: datetime) -> None:
        """Add an organisation; raises ConflictError if the name is taken."""

    def save(self, organisation: Organisation, *, changed_by: str, at: datetime) -> Organisation:
        """Write an organisation read at its `version`; return it with its new version."""


class SignInAttempts(Protocol):
    """The table that limits guessing of passwords."""

    def add(self, attempt: SignInAttempt) -> None:
        """Record one attempt."""

    def failures_of_login(self, login: str, *, since: datetime) -> int:
        """Count failures of a login since then or since its last success, the later one."""

    def failures_from_address(self, address: str, *, since: datetime) -> int:
        """Count failures from a network address since then."""

    def forget_before(self, moment: datetime) -> None:
        """Drop attempts older than this."""


class Cases(Protocol):
    """Cases with their acts; application and acts have versions of their own."""

    def get(self, number: str) -> Case:
        """Return the case with our number; raises NotFoundError."""

    def of_carrier(self, organisation_id: str) -> list[Case]:
        """Return the cases of a carrier, newest first."""

    def of_factory(self, organisation_id: str) -> list[Case]:
        """Return the cases that grew from a factory's enquiries, newest first."""

    def for_office(self, organisation_id: str) -> list[Case]:
        """Return the cases with a submitted act of this office, newest first."""

    def open_for_office(self, organisation_id: str) -> list[Case]:
        """Return the cases in which an act of this office still waits for somebody, newest first.

        Acts in force or at their end keep no case in; the index on state and office finds them.
        """

    def acts_of_office(self, organisation_id: str) -> list[tuple[str, Act]]:
        """Return the submitted acts of an office with the numbers of their cases, oldest first."""

    def with_pass_ending(self, organisation_id: str, first: date, last: date) -> list[Case]:
        """Return a carrier's cases with a pass not revoked that ends on one of these days."""

    def add(self, case: Case, *, changed_by: str, at: datetime) -> None:
        """Add a case with its acts."""

    def save(self, case: Case, *, changed_by: str, at: datetime) -> Case:
        """Write the application part read at `case.version`; acts are not touched."""

    def add_act(self, case: Case, act: Act, *, changed_by: str, at: datetime) -> Act:
        """Add one act to a case."""

    def save_act(self, case: Case, act: Act, *, changed_by: str, at: datetime) -> Act:
        """Write one act read at `act.version`; return it with its new version."""

    def replace_drafts(
        self, case: Case, acts: tuple[Act, ...], *, changed_by: str, at: datetime
    ) -> None:
        """Put these acts in place of a draft case's acts."""


class Permits(Protocol):
    """Issued passes."""

    def of_case(self, case_id: str) -> list[Permit]:
        """Return the passes of a case by revision."""

    def by_number(self, number: str) -> Permit | None:
        """Return the newest revision of a pass, or None."""

    def of_holder(self, organisation_id: str) -> list[Permit]:
        """Return the passes of a carrier, newest first."""

    def revoked(self) -> list[Permit]:
        """Return every revoked pass."""

    def valid_within(self, first: date, last: date) -> list[Permit]:
        """Return the passes not revoked that are valid on some of these days, by number."""

    def add(self, permit: Permit, *, changed_by: str, at: datetime) -> None:
        """Add a pass; raises ConflictError if number and revision exist."""

    def save(self, permit: Permit, *, changed_by: str, at: datetime) -> Permit:
        """Write a pass read at `permit.version`."""


class Trips(Protocol):
    """Trips with their manifests."""

    def get(self, trip_id: str) -> Trip:
        """Return a trip; raises NotFoundError."""

    def of_case(self, case_id: str) -> list[Trip]:
        """Return the trips of a case in the order they were planned."""

    def of_organisation(self, organisation_id: str) -> list[Trip]:
        """Return the trips a carrier drives or a factory loads, newest first."""

    def add(self, trip: Trip, *, changed_by: str, at: datetime) -> None:
        """Add a trip."""

    def save(self, trip: Trip, *, changed_by: str, at: datetime) -> Trip:
        """Write a trip read at `trip.version`."""


class Claims(Protocol):
    """Relief records."""

    def get(self, number: str) -> Claim:
        """Return a claim by its number; raises NotFoundError."""

    def of_trip(self, trip_id: str) -> Claim | None:
        """Return the claim of a trip, or None."""

    def of_carrier(self, organisation_id: str) -> list[Claim]:
        """Return the claims of a carrier, newest first."""

    def of_month(self, month: str) -> list[Claim]:
        """Return the claims of a month (`YYYY-MM`) by number."""

    def waiting(self) -> list[Claim]:
        """Return the claims that are not finished, oldest first."""

    def sharing(self, keys: Iterable[str]) -> list[str]:
        """Return the numbers of live claims that use up one of these keys, in order."""

    def between(self, first_month: str, last_month: str) -> list[Claim]:
        """Return the claims of these months by number."""

    def add(self, claim: Claim, *, changed_by: str, at: datetime, keys: Iterable[str] = ()) -> None:
        """Add a claim; raises ConflictError if the trip has one, whatever the scheme.

        `keys` name what it uses up, so that another claim is kept out.
        """

    def save(self, claim: Claim, *, changed_by: str, at: datetime) -> Claim:
        """Write a claim read at `claim.version`."""


class Components(Protocol):
    """Components of factories."""

    def get(self, component_id: str) -> Component:
        """Return a component; raises NotFoundError."""

    def of_organisation(self, organisation_id: str) -> list[Component]:
        """Return a factory's components by number."""

    def add(self, component: Component, *, changed_by: str, at: datetime) -> None:
        """Add a component; raises ConflictError if the factory uses the number."""

    def save(self, component: Component, *, changed_by: str, at: datetime) -> Component:
        """Write a component read at its `version`."""


class Enquiries(Protocol):
    """Enquiries of factories."""

    def get(self, enquiry_id: str) -> Enquiry:
        """Return an enquiry; raises NotFoundError."""

    def of_factory(self, organisation_id: str) -> list[Enquiry]:
        """Return a factory's enquiries, newest first."""

    def for_carrier(self, organisation_id: str) -> list[Enquiry]:
        """Return the enquiries handed to a carrier, newest first."""

    def add(self, enquiry: Enquiry, *, changed_by: str, at: datetime) -> None:
        """Add an enquiry."""

    def save(self, enquiry: Enquiry, *, changed_by: str, at: datetime) -> Enquiry:
        """Write an enquiry read at its `version`."""


class Vehicles(Protocol):
    """Combinations of carriers."""

    def get(self, vehicle_id: str) -> LibraryVehicle:
        """Return a combination; raises NotFoundError."""

    def of_organisation(self, organisation_id: str) -> list[LibraryVehicle]:
        """Return a carrier's combinations by name."""

    def add(self, vehicle: LibraryVehicle, *, changed_by: str, at: datetime) -> None:
        """Add a combination; raises ConflictError if the carrier uses the name."""

    def save(self, vehicle: LibraryVehicle, *, changed_by: str, at: datetime) -> LibraryVehicle:
        """Write a combination read at its `version`."""


class ApplicationTemplates(Protocol):
    """Templates of applications that carriers keep."""

    def of_organisation(self, organisation_id: str) -> list[ApplicationTemplate]:
        """Return a carrier's templates by name."""

    def add(self, template: ApplicationTemplate, *, changed_by: str, at: datetime) -> None:
        """Add a template; raises ConflictError if the carrier uses the name."""

    def remove(self, template: ApplicationTemplate) -> None:
        """Delete a template."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token of an organisation for programs; only the hash of its secret is kept."""

    id: str
    organisation_id: str
    label: str
    secret_hash: str
    scopes: tuple[str, ...]
    granted_by: str
    granted_at: datetime
    revoked_at: datetime | None = None


class ApiTokens(Protocol):
    """Tokens of organisations for programs."""

    def get(self, token_id: str) -> ApiToken:
        """Return a token; raises NotFoundError."""

    def by_hash(self, secret_hash: str) -> ApiToken | None:
        """Return the token with this hash, or None."""

    def listed(self) -> list[ApiToken]:
        """Return all tokens, newest first."""

    def add(self, token: ApiToken) -> None:
        """Add a token."""

    def revoke(self, token_id: str, at: datetime) -> None:
        """Note when a token was taken back; the first time counts."""


class WorkingYears(Protocol):
    """Years of working days that administrators entered."""

    def listed(self) -> list[EnteredYear]:
        """Return the entered years in order."""

    def add(self, year: EnteredYear, *, changed_by: str, at: datetime) -> None:
        """Add a year; raises ConflictError if it was entered before."""

    def save(self, year: EnteredYear, *, changed_by: str, at: datetime) -> EnteredYear:
        """Write a year read at its `version`."""


class Ledger(Protocol):
    """The double-entry ledger: bookings are only ever added."""

    def add(self, booking: Booking) -> None:
        """Add a booking; raises ConflictError where it takes back one that was taken back."""

    def get(self, booking_id: str) -> Booking:
        """Return a booking; raises NotFoundError."""

    def of_claim(self, number: str) -> list[Booking]:
        """Return the bookings of a relief record, oldest first."""

    def of_month(self, month: str) -> list[Booking]:
        """Return the bookings of a month, oldest first."""

    def rows(self, account: str, first_month: str, last_month: str) -> list[LedgerRow]:
        """Return the entries of one account within these months, by day."""

    def balances(self, first_month: str, last_month: str, account: str = "") -> list[Balance]:
        """Return debits and credits of each account within these months, or of one account."""

    def recounted(self, first_month: str, last_month: str) -> list[Balance]:
        """Return what `balances` returns, summed from every entry: slower, for checking."""

    def spent_fen(self, scheme_id: str) -> int:
        """Return what a scheme's bearers owe for relief so far, reversals taken off."""

    def closed_months(self) -> list[ClosedMonth]:
        """Return the closed months in order."""

    def close(self, month: ClosedMonth) -> None:
        """Close a month; raises ConflictError where it is closed."""


class TariffLines(Protocol):
    """Tariff lines that the toll office entered."""

    def get(self, line_id: str) -> TariffLine:
        """Return a line; raises NotFoundError."""

    def listed(self) -> list[TariffLine]:
        """Return the lines by id."""

    def add(self, line: TariffLine, *, changed_by: str, at: datetime) -> None:
        """Add a line; raises ConflictError if the id is taken."""

    def save(self, line: TariffLine, *, changed_by: str, at: datetime) -> TariffLine:
        """Write a line read at its `version`."""


class ReliefSchemes(Protocol):
    """Relief schemes that the toll office entered."""

    def get(self, scheme_id: str) -> Scheme:
        """Return a scheme; raises NotFoundError."""

    def listed(self) -> list[Scheme]:
        """Return the schemes by id."""

    def add(self, scheme: Scheme, *, changed_by: str, at: datetime) -> None:
        """Add a scheme; raises ConflictError if the id is taken."""

    def save(self, scheme: Scheme, *, changed_by: str, at: datetime) -> Scheme:
        """Write a scheme read at its `version`."""


class OperatorRecord(NamedTuple):
    """A passage as an operator recorded it; `line` is its line in the file, money is in fen."""

    line: int
    record_id: str
    pass_number: str
    tractor_plate: str
    entry_station: str
    exit_station: str
    entered_at: str
    left_at: str
    toll_fen: int
    relief_fen: int
    paid_fen: int
    mass_t: float | None = None
    length_m: float | None = None
    width_m: float | None = None
    height_m: float | None = None


@dataclass(frozen=True, slots=True)
class OperatorImport:
    """A file of an operator that was read, with what matched and what did not."""

    id: str
    filename: str
    digest: str
    imported_at: datetime
    imported_by: str
    result: Mapping[str, Any]
    operator_id: str = ""


class OperatorImports(Protocol):
    """Files of operators."""

    def add(self, made: OperatorImport, records: Iterable[OperatorRecord]) -> int:
        """Add a file with its records; raises ConflictError if the same file was read before."""

    def finish(self, import_id: str, result: Mapping[str, Any]) -> None:
        """Note what came out once all records were read."""

    def listed(self, operator_id: str = "") -> list[OperatorImport]:
        """Return the files, newest first: all, or those of one operator."""

    def of_truck(self, tractor_plate: str, first: str, last: str) -> list[OperatorRecord]:
        """Return the passages of a truck that began on these days (`YYYY-MM-DD`)."""

    def get(self, import_id: str) -> OperatorImport:
        """Return a file; raises NotFoundError."""

    def count(self, import_id: str) -> int:
        """Return the number of records of a file."""


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A saved comparison of schemes; `result` is its JSON text."""

    id: str
    name: str
    saved_at: datetime
    saved_by: str
    result: str


class Scenarios(Protocol):
    """Saved comparisons of schemes."""

    def add(self, scenario: SavedScenario) -> None:
        """Keep a scenario."""

    def listed(self) -> list[SavedScenario]:
        """Return the scenarios, newest first."""

    def get(self, scenario_id: str) -> SavedScenario:
        """Return a scenario; raises NotFoundError."""


class ProjectLists(Protocol):
    """Trucks on the lists of projects."""

    def get(self, entry_id: str) -> ListEntry:
        """Return an entry; raises NotFoundError."""

    def listed(self) -> list[ListEntry]:
        """Return the entries by project, truck and first day."""

    def of_truck(self, tractor_plate: str) -> list[ListEntry]:
        """Return the entries of one tractor."""

    def add(self, entry: ListEntry, *, changed_by: str, at: datetime) -> None:
        """Add an entry."""

    def save(self, entry: ListEntry, *, changed_by: str, at: datetime) -> ListEntry:
        """Write an entry read at its `version`."""


class Settlements(Protocol):
    """Settlements of closed months with operators."""

    def get(self, settlement_id: str) -> Settlement:
        """Return a settlement; raises NotFoundError."""

    def listed(self, operator: str = "") -> list[Settlement]:
        """Return the settlements, newest month first: all, or those of one operator."""

    def add(self, settlement: Settlement, *, changed_by: str, at: datetime) -> None:
        """Add a settlement; raises ConflictError where the month is settled."""

    def save(self, settlement: Settlement, *, changed_by: str, at: datetime) -> Settlement:
        """Write a settlement read at its `version`."""


class RoadsideChecks(Protocol):
    """Roadside checks that officers sent."""

    def find(self, check_id: str) -> RoadsideCheck | None:
        """Return the check with this id, or None."""

    def of_office(self, office_id: str) -> list[RoadsideCheck]:
        """Return the checks of an office, newest first."""

    def of_pass(self, number: str) -> list[RoadsideCheck]:
        """Return the checks of a pass, oldest first."""

    def add(self, check: RoadsideCheck, *, changed_by: str, at: datetime) -> None:
        """Add a check; raises ConflictError if it is there already."""


class AuditLog(Protocol):
    """The audit trail: rows are only ever added."""

    def append(self, event: NewEvent) -> None:
        """Add an event at the end of the chain, when the unit of work is committed."""

    def of_subject(self, subject: str) -> list[AuditEvent]:
        """Return the events of a case, claim or person, oldest first."""

    def of_subjects(self, subjects: Iterable[str]) -> list[AuditEvent]:
        """Return the events of many subjects, oldest first."""

    def chain(self) -> Iterator[AuditEvent]:
        """Yield every event in order."""

    def links(self) -> list[SubjectLink]:
        """Return every link of the chains of subjects, by event."""

    def anchors(self) -> list[Anchor]:
        """Return the anchors of the closed days, oldest first."""
