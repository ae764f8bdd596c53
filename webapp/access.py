"""Who may use what, and the services a page, endpoint or command is given.

The one-way street: `composition` builds the services and hands a provider to this module at start;
folders and commands ask `current_services()` and never see an implementation. `app` hands over
`create_app` in the same way, for the commands that serve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from flask import g
from werkzeug.exceptions import Forbidden, Unauthorized

from transport.people import Actor
from transport.people import Role as ActorRole

if TYPE_CHECKING:
    from flask import Flask

    from transport.delivery.league_annex import Annex, SignedAnnex
    from transport.evaluation.passage.findings import Passage
    from transport.evaluation.tables import Tables
    from transport.network.graph import RoadNetwork
    from transport.permits.acts import Act
    from transport.permits.case import Case
    from transport.permits.manifest import Trip
    from transport.permits.notices import Notice
    from transport.permits.permit import Permit
    from transport.permits.report_sheet import ReportSheet
    from transport.regulations.law import Law
    from transport.relief.monthly import MonthlyList
    from transport.relief.reporting import Report
    from transport.relief.schemes import SchemeRegister
    from transport.services.engineering_desk import PassageRecordsFile
    from transport.services.job_repositories import JobQueue, JobState
    from transport.services.notice_repositories import Channel, Outgoing
    from transport.services.planning_deliveries import DeliveryWishes
    from transport.services.ports import (
        Backups,
        Clock,
        DocumentStore,
        Migrations,
        PassSigner,
        PasswordHasher,
        UnitOfWorkFactory,
    )
    from transport.services.showing_loads import ShownLoad
    from transport.tariffs.schedule import Tariff
    from transport.vehicles.catalogue import Catalogue
    from transport.vehicles.component import Component
    from transport.vehicles.outline import Outline, OutlineTitle
    from transport.verification.keys import KeyRing
    from transport.working_days import WorkingCalendar
    from webapp.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """Who may open a view; the words of `transport.people.Role`, and two wider ones."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    FACTORY = "factory"
    CARRIER = "carrier"
    TRANSPORT_OFFICER = "transport"
    POLICE_OFFICER = "police"
    MUNICIPAL_OFFICER = "municipal"
    TOLL_OFFICER = "toll_office"
    OPERATOR = "operator"
    FINANCE_OFFICER = "finance"
    HOUSING_OFFICER = "housing"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class DemonstrationSignIn:
    """An account of the demonstration, as its start page shows it; `main` ones stand first."""

    role: ActorRole
    organisation: str
    name: str
    login: str
    password: str
    main: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A file made for people: its name, media type and bytes."""

    filename: str
    media_type: str
    content: bytes


class Papers(Protocol):
    """Papers of cases, the same bytes for the same content; in Chinese."""

    def application_form(self, case: Case, form: str, on: date) -> Paper:
        """Return the application as `pdf`, `xlsx` or `json`; raises NotFoundError for others."""

    def letters_of(self, act: Act) -> tuple[str, ...]:
        """Return the kinds of letters that an act has so far."""

    def letter(self, case: Case, act: Act, kind: str) -> Paper:
        """Return one letter of an act; raises NotFoundError where there is none of this kind."""

    def service_proof(self, case: Case, act: Act, kind: str) -> Paper:
        """Return the proof of service of a letter; raises NotFoundError without such a letter."""

    def pass_annex(self, case: Case, permit: Permit) -> Paper:
        """Return the annex of a pass with map and QR code."""

    def pass_code(self, permit: Permit) -> Paper:
        """Return the QR code of a pass as SVG; raises NotFoundError without a token."""

    def component_labels(self, case: Case, addresses: Mapping[str, str], on: date) -> Paper:
        """Return labels of components, each with the address that its QR code opens."""

    def outline_of(self, case: Case, on: date) -> tuple[Outline, OutlineTitle]:
        """Return what the outline drawing of a case shows."""

    def outline_drawing(self, outline: Outline, title: OutlineTitle, form: str, on: date) -> Paper:
        """Return a drawing as `pdf`, `svg`, or for narrow screens as `zh` or `en`."""

    def evaluation_report(
        self,
        passage: Passage,
        network: RoadNetwork,
        route: Any,
        details: Mapping[str, str] | None = None,
        sheet: ReportSheet | None = None,
    ) -> Paper:
        """Return the passage evaluation of a route as PDF: a draft until `sheet` signs it."""

    def relief_list(self, entries: MonthlyList, trips: Mapping[str, Trip], on: date) -> Paper:
        """Return the monthly relief list as Excel; `trips` are those of the claims, by id."""

    def league_annex(self, annex: Annex, signed: SignedAnnex | None, form: str) -> Paper:
        """Return a league's annex as `pdf` or `xlsx`, a draft without signature.

        Raises NotFoundError for another form.
        """

    def load_sheet(self, shown: ShownLoad, title: OutlineTitle, on: date) -> Paper:
        """Return the drawing and the stack order of a planned load as PDF."""

    def piece_drawing(self, piece: Component, language: str) -> Paper:
        """Return three views of a piece by itself as SVG, in `zh` or `en`."""

    def relief_report(self, report: Report, form: str, on: date) -> Paper:
        """Return the report of some months as `pdf` or `xlsx`; raises NotFoundError for others."""


class JobRunner(Protocol):
    """Does background runs."""

    def run(self, job_id: str) -> JobState | None:
        """Do a run, whatever comes of it; None where it was not to be had."""


class Workforce(Protocol):
    """Runs one function over many arguments, in other processes or in this one."""

    def run(
        self, function: Callable[..., R], arguments: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, R]]:
        """Yield the place and result of every call, as they are ready."""


class Seals(Protocol):
    """Keeps the certificates of offices."""

    @property
    def root_file(self) -> Path:
        """Return the certificate that vouches for those made here, to be given to readers."""

    def has(self, office_id: str) -> bool:
        """Say whether an office has a certificate."""

    def make(self, office_id: str, office: str) -> None:
        """Make a certificate for an office, signed by the root of this installation."""

    def put_in(self, office_id: str, content: bytes, passphrase: str) -> str:
        """Keep the certificate an office was given (PKCS 12); return its subject."""


class Services(Protocol):
    """What the shell offers its folders; each part is made when first asked for."""

    @property
    def settings(self) -> Settings:
        """Typed settings of this installation."""

    @property
    def clock(self) -> Clock:
        """The present moment."""

    @property
    def unit_of_work(self) -> UnitOfWorkFactory:
        """Open a transaction over all repositories."""

    @property
    def password_hasher(self) -> PasswordHasher:
        """Hash and check passwords."""

    @property
    def migrations(self) -> Migrations:
        """The schema of the database."""

    @property
    def backups(self) -> Backups:
        """Backups of the whole installation."""

    @property
    def law(self) -> Law:
        """The law of the region, every value with its history."""

    @property
    def calendar(self) -> WorkingCalendar:
        """The announced working days."""

    @property
    def passage_records(self) -> PassageRecordsFile:
        """Measurements along roads and engineers' decisions, kept beside the network."""

    @property
    def evaluation_tables(self) -> Tables:
        """The tables of the passage evaluation."""

    @property
    def catalogue(self) -> Catalogue:
        """Catalogue of components, tractors and trailers."""

    @property
    def tariff(self) -> Tariff:
        """The toll schedules of the region."""

    @property
    def schemes(self) -> SchemeRegister:
        """The relief schemes on file; none unless the installation has some."""

    def read_document(self, path: Path) -> Any:
        """Read a YAML or JSON file that a person named; raises RegulationFileError."""

    @property
    def documents(self) -> DocumentStore:
        """Uploaded files, kept outside the web root."""

    @property
    def papers(self) -> Papers:
        """Papers of cases, for printing and download."""

    @property
    def demonstration_sign_ins(self) -> tuple[DemonstrationSignIn, ...]:
        """Accounts to show on the start page; none outside the demonstration."""

    def load_demonstration(self) -> None:
        """Load invented firms, people and cases into an empty installation."""

    @property
    def keys(self) -> KeyRing:
        """The keys that sign passes."""

    @property
    def seals(self) -> Seals:
        """Certificates with which offices seal their papers."""

    @property
    def pass_signer(self) -> PassSigner:
        """Signs what a pass says."""

    @property
    def job_queue(self) -> JobQueue:
        """The queue that carries the numbers of background runs."""

    def delivery_request(self, wishes: DeliveryWishes) -> dict[str, Any]:
        """Return wishes for a delivery plan as the parameters of a run."""

    def job_runner(self, workers: int = 1, scheduler: str | None = None) -> JobRunner:
        """Return what does background runs, on so many processes or on a cluster."""

    def workforce(self, workers: int = 1, scheduler: str | None = None) -> Workforce:
        """Return processes of this machine, or those of a cluster."""

    @property
    def channels(self) -> Sequence[Channel]:
        """The ways notices leave the house; none unless the installation has some."""

    def notice_wording(self, notice: Notice) -> Outgoing:
        """Return the words of a notice as it leaves the house."""

    def network(self, folder: Path | None = None) -> RoadNetwork:
        """Open a network folder, by default the one in use; raises NotFoundError."""

    def geocode(self, name: str) -> tuple[float, float] | None:
        """Ask the online geocoder, where one is set, for a name that the network lacks."""


_provider: list[Callable[[], Services]] = []
_application: list[Callable[[Services], Flask]] = []


def provide(provider: Callable[[], Services]) -> None:
    """Set where services come from; called once by the entry point."""
    _provider[:] = [provider]


def current_services() -> Services:
    """Return the services of this process."""
    return _provider[0]()


def provider() -> Callable[[], Services]:
    """Return where services come from, to hand it to another process of ours."""
    return _provider[0]


def provide_application(create_app: Callable[[Services], Flask]) -> None:
    """Set how the web application is made; called once by the entry point."""
    _application[:] = [create_app]


def make_application(services: Services) -> Flask:
    """Make the web application; for the commands that serve it."""
    return _application[0](services)


def act_as(actor: Actor | None) -> None:
    """Set who acts in this request: from the session for pages, from the token for the API."""
    g.actor = actor


def signed_in_actor() -> Actor | None:
    """Return who acts in this request, None for a visitor."""
    actor: Actor | None = g.get("actor")
    return actor


def current_actor() -> Actor:
    """Return who acts in this request; raises Unauthorized for a visitor."""
    actor = signed_in_actor()
    if actor is None:
        raise Unauthorized
    return actor


def may_open(roles: frozenset[Role], actor: Actor | None) -> bool:
    """Say whether the views of these roles are open to a visitor (None) or an actor."""
    if Role.ANYONE in roles:
        return True
    return actor is not None and (Role.SIGNED_IN in roles or Role(actor.role.value) in roles)


def for_role(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """State and enforce who may use a view; every view carries this, `ANYONE` written out.

    Put it directly above the function, below the route. A visitor is asked to sign in (401),
    another role is refused (403).
    """
    allowed = frozenset(roles)

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = signed_in_actor()
            if not may_open(allowed, actor):
                raise Unauthorized if actor is None else Forbidden
            return view(*args, **kwargs)

        guarded.__dict__["for_roles"] = allowed
        return guarded

    return declare


def roles_of(view: Callable[..., object]) -> frozenset[Role]:
    """Return the roles a view states; empty if it states none."""
    stated: frozenset[Role] = getattr(view, "for_roles", frozenset())
    return stated
