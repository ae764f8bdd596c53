"""What the services need from outside: storage, clock, files, signing, backups, migrations.

A unit of work is one transaction: `with unit_of_work() as work: ...; work.commit()`. Leaving it
without `commit` changes nothing. What it reads and writes stands in `repositories`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from transport.services.annex_repositories import LeagueAnnexes
from transport.services.delivery_repositories import DeliveryPlans
from transport.services.job_repositories import Jobs
from transport.services.notice_repositories import Crew, Messages, NoticeAddresses, Notices
from transport.services.panel_repositories import Experts, Panels, ReportSheets
from transport.services.project_repositories import Projects
from transport.services.recall_repositories import Crossings, Recalls
from transport.services.repositories import (
    ApiTokens,
    ApplicationTemplates,
    AuditLog,
    Cases,
    Claims,
    Components,
    Enquiries,
    Ledger,
    OperatorImports,
    Organisations,
    People,
    Permits,
    ProjectLists,
    ReliefSchemes,
    RoadsideChecks,
    Scenarios,
    Settlements,
    SignInAttempts,
    TariffLines,
    Trips,
    Vehicles,
    WorkingYears,
)
from transport.verification.pass_token import PassClaims


class Clock(Protocol):
    """The one source of the present moment."""

    def now(self) -> datetime:
        """Return the present moment with its offset (Asia/Shanghai)."""


class PasswordHasher(Protocol):
    """Turns passwords into hashes that cannot be turned back."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether the password belongs to the hash; take as long for a wrong one."""


class UnitOfWork(Protocol):
    """One transaction over all repositories."""

    @property
    def people(self) -> People:
        """Users."""

    @property
    def organisations(self) -> Organisations:
        """Firms and offices."""

    @property
    def sign_in_attempts(self) -> SignInAttempts:
        """Attempts to sign in."""

    @property
    def cases(self) -> Cases:
        """Cases with their acts."""

    @property
    def permits(self) -> Permits:
        """Issued passes."""

    @property
    def recalls(self) -> Recalls:
        """Recalls, and the index of cases by edge and day."""

    @property
    def crossings(self) -> Crossings:
        """Supervised crossings."""

    @property
    def trips(self) -> Trips:
        """Trips with their manifests."""

    @property
    def claims(self) -> Claims:
        """Relief records."""

    @property
    def components(self) -> Components:
        """Components of factories."""

    @property
    def enquiries(self) -> Enquiries:
        """Enquiries of factories."""

    @property
    def vehicles(self) -> Vehicles:
        """Combinations of carriers."""

    @property
    def templates(self) -> ApplicationTemplates:
        """Templates of applications that carriers keep."""

    @property
    def api_tokens(self) -> ApiTokens:
        """Tokens of organisations for programs."""

    @property
    def working_years(self) -> WorkingYears:
        """Years of working days that administrators entered."""

    @property
    def ledger(self) -> Ledger:
        """The double-entry ledger of tolls and relief."""

    @property
    def tariff_lines(self) -> TariffLines:
        """Tariff lines that the toll office entered."""

    @property
    def relief_schemes(self) -> ReliefSchemes:
        """Relief schemes that the toll office entered."""

    @property
    def operator_imports(self) -> OperatorImports:
        """Files of toll operators."""

    @property
    def scenarios(self) -> Scenarios:
        """Saved comparisons of schemes."""

    @property
    def project_lists(self) -> ProjectLists:
        """Trucks on the lists of projects."""

    @property
    def settlements(self) -> Settlements:
        """Settlements of closed months with operators."""

    @property
    def roadside_checks(self) -> RoadsideChecks:
        """Roadside checks that officers sent."""

    @property
    def projects(self) -> Projects:
        """Projects with their parts lists."""

    @property
    def experts(self) -> Experts:
        """The roster of experts."""

    @property
    def panels(self) -> Panels:
        """Expert panels on cases."""

    @property
    def report_sheets(self) -> ReportSheets:
        """Signatures under evaluation reports."""

    @property
    def league_annexes(self) -> LeagueAnnexes:
        """Signed annexes of the leagues' yearly reports."""

    @property
    def delivery_plans(self) -> DeliveryPlans:
        """Versions of delivery plans."""

    @property
    def jobs(self) -> Jobs:
        """Background runs."""

    @property
    def notices(self) -> Notices:
        """Notices to organisations, and the outbox."""

    @property
    def notice_addresses(self) -> NoticeAddresses:
        """Where organisations want their notices."""

    @property
    def messages(self) -> Messages:
        """Messages on cases."""

    @property
    def crew(self) -> Crew:
        """Drivers and escort companies of carriers."""

    @property
    def audit(self) -> AuditLog:
        """The audit trail."""

    def new_id(self) -> str:
        """Return an identifier nobody else has."""

    def next_serial(self, series: str) -> int:
        """Return the next number of a series, from 1, never one twice."""

    def commit(self) -> None:
        """Make everything written in this unit of work permanent."""

    def __enter__(self) -> Self:
        """Begin the transaction."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed."""


class UnitOfWorkFactory(Protocol):
    """Opens units of work; a read-only one never waits for writers."""

    def __call__(self, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work, to be used in a `with` statement."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the document store, found again by its digest (SHA-256)."""

    digest: str
    media_type: str
    size_bytes: int


class DocumentStore(Protocol):
    """Bytes of uploaded files, outside the web root."""

    def put(self, content: bytes, filename: str) -> StoredFile:
        """Keep a file; raises InvalidInputError for a wrong kind, empty or too large one."""

    def get(self, digest: str) -> bytes:
        """Return the bytes; raises NotFoundError."""


@dataclass(frozen=True, slots=True)
class SignedPass:
    """A signed token and the key that signed it."""

    token: str
    key_id: str


class PassSigner(Protocol):
    """Signs what a pass says; an authority may require another seal."""

    def sign(self, claims: PassClaims) -> SignedPass:
        """Return the token for the QR code."""


class PaperSeal(Protocol):
    """Seals papers; an authority may require another kind of seal or another document format."""

    def seal(self, content: bytes, office_id: str, office: str) -> bytes:
        """Return the paper sealed by an office; as it is where the office has no seal."""


class Backups(Protocol):
    """Whole installation into one archive file and back."""

    def write(self, archive: Path, now: datetime) -> dict[str, int]:
        """Write database, documents and keys; return the number of rows per table."""

    def restore(self, archive: Path, *, replace: bool) -> dict[str, int]:
        """Read an archive into an empty installation, or over one if `replace`."""


class Migrations(Protocol):
    """The schema of the database."""

    def current(self) -> str | None:
        """Return the revision the database is at, None for an empty one."""

    def newest(self) -> str:
        """Return the revision this version needs."""

    def upgrade(self) -> str:
        """Bring the database to the newest revision and return it."""
