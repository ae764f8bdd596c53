"""The unit of work over SQLAlchemy: one transaction, all repositories."""

from __future__ import annotations

from types import TracebackType
from typing import Self
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.storage.annexes import StoredLeagueAnnexes
from webapp.storage.api_tokens import StoredApiTokens
from webapp.storage.audit import StoredAuditLog
from webapp.storage.cases import StoredCases
from webapp.storage.database import READ_ONLY
from webapp.storage.delivery_plans import StoredDeliveryPlans
from webapp.storage.jobs import StoredJobs
from webapp.storage.journeys import StoredClaims, StoredPermits, StoredTrips
from webapp.storage.ledger import StoredLedger
from webapp.storage.libraries import (
    StoredApplicationTemplates,
    StoredComponents,
    StoredEnquiries,
    StoredVehicles,
)
from webapp.storage.notices import (
    StoredCrew,
    StoredMessages,
    StoredNoticeAddresses,
    StoredNotices,
)
from webapp.storage.panels import StoredExperts, StoredPanels, StoredReportSheets
from webapp.storage.people import StoredOrganisations, StoredPeople, StoredSignInAttempts
from webapp.storage.people_tables import SeriesRow
from webapp.storage.projects import StoredProjects
from webapp.storage.recalls import StoredCrossings, StoredRecalls
from webapp.storage.roadside import StoredRoadsideChecks
from webapp.storage.settlements import StoredProjectLists, StoredSettlements
from webapp.storage.toll_office import (
    StoredOperatorImports,
    StoredScenarios,
    StoredSchemes,
    StoredTariffLines,
)
from webapp.storage.working_years import StoredWorkingYears


class StoredUnitOfWork:
    """One transaction; what is not committed is rolled back on leaving."""

    def __init__(self, engine: Engine, *, read_only: bool) -> None:
        self._session = Session(engine, expire_on_commit=False)
        self._read_only = read_only
        self.people = StoredPeople(self._session)
        self.organisations = StoredOrganisations(self._session)
        self.sign_in_attempts = StoredSignInAttempts(self._session)
        self.cases = StoredCases(self._session)
        self.permits = StoredPermits(self._session)
        self.recalls = StoredRecalls(self._session, self.cases)
        self.crossings = StoredCrossings(self._session)
        self.trips = StoredTrips(self._session)
        self.claims = StoredClaims(self._session)
        self.components = StoredComponents(self._session)
        self.enquiries = StoredEnquiries(self._session)
        self.vehicles = StoredVehicles(self._session)
        self.templates = StoredApplicationTemplates(self._session)
        self.api_tokens = StoredApiTokens(self._session)
        self.working_years = StoredWorkingYears(self._session)
        self.ledger = StoredLedger(self._session)
        self.tariff_lines = StoredTariffLines(self._session)
        self.relief_schemes = StoredSchemes(self._session)
        self.operator_imports = StoredOperatorImports(self._session)
        self.scenarios = StoredScenarios(self._session)
        self.project_lists = StoredProjectLists(self._session)
        self.settlements = StoredSettlements(self._session)
        self.roadside_checks = StoredRoadsideChecks(self._session)
        self.projects = StoredProjects(self._session)
        self.delivery_plans = StoredDeliveryPlans(self._session)
        self.jobs = StoredJobs(self._session)
        self.experts = StoredExperts(self._session)
        self.panels = StoredPanels(self._session)
        self.report_sheets = StoredReportSheets(self._session)
        self.league_annexes = StoredLeagueAnnexes(self._session)
        self.notices = StoredNotices(self._session)
        self.notice_addresses = StoredNoticeAddresses(self._session)
        self.messages = StoredMessages(self._session)
        self.crew = StoredCrew(self._session)
        self.audit = StoredAuditLog(self._session, self.next_serial)

    def new_id(self) -> str:
        """Return an identifier nobody else has."""
        return uuid4().hex

    def next_serial(self, series: str) -> int:
        """Return the next number of a series, from 1, never one twice."""
        dialect = self._session.get_bind().dialect.name
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        statement = (
            insert(SeriesRow)
            .values(name=series, value=1)
            .on_conflict_do_update(
                index_elements=[SeriesRow.name], set_={"value": SeriesRow.value + 1}
            )
            .returning(SeriesRow.value)
        )
        return self._session.execute(statement).scalar_one()

    def commit(self) -> None:
        """Make everything written in this unit of work permanent."""
        # Last of all: the end of the audit trail is locked from here to the commit alone.
        self.audit.write_pending()
        self._session.commit()

    def __enter__(self) -> Self:
        """Begin the transaction."""
        self._session.connection(execution_options={READ_ONLY: self._read_only})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed."""
        self._session.close()


class StoredUnitsOfWork:
    """Opens units of work on one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, *, read_only: bool = False) -> StoredUnitOfWork:
        """Return a unit of work, to be used in a `with` statement."""
        return StoredUnitOfWork(self._engine, read_only=read_only)
