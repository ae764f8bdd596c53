"""Wires the shell: the only place that chooses implementations."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from road_data.in_use import read_manifest
from road_data.opening import open_network
from transport.evaluation.tables import Tables, describe_tables
from transport.network.graph import RoadNetwork
from transport.permits.notices import Notice
from transport.regulations.law import Law
from transport.regulations.reading import (
    read_calendar,
    read_csv,
    read_law,
    read_text,
    read_yaml,
)
from transport.relief.schemes import Scheme, SchemeRegister, read_schemes
from transport.routing.ground import SMALL_NETWORK_EDGES
from transport.services.notice_repositories import Channel, Outgoing
from transport.services.planning_deliveries import DeliveryWishes
from transport.services.signing_passes import KeyRingSigner
from transport.structures.design_loads import describe_design_loads
from transport.tariffs.line_files import read_lines, read_roads
from transport.tariffs.lines import TariffLine
from transport.tariffs.schedule import Tariff, schedule_from_mapping
from transport.vehicles.catalogue import Catalogue, describe_catalogues
from transport.working_days import WorkingCalendar
from webapp.access import DemonstrationSignIn
from webapp.demonstration.sign_ins import SIGN_INS
from webapp.documents.papers import CasePapers
from webapp.jobs.executors import Workforce
from webapp.jobs.queues import RunQueue
from webapp.jobs.running import JobRunner
from webapp.settings import Settings, place_compiled_code, read_settings
from webapp.storage.backups import InstallationBackups
from webapp.storage.database import database_exists, open_database
from webapp.storage.key_files import KeyFolder
from webapp.storage.migrating import Migrations
from webapp.storage.office_seals import OfficeSeals
from webapp.storage.passage_records import PassageRecordsOnDisk
from webapp.storage.password_hashes import Argon2Hasher
from webapp.storage.snapshots import to_document
from webapp.storage.toll_office import read_entered_tolls
from webapp.storage.units_of_work import StoredUnitsOfWork
from webapp.storage.uploads import UploadFolder
from webapp.storage.working_years import read_entered_years

_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class SystemClock:
    """The clock of this computer, the only one the product reads."""

    def now(self) -> datetime:
        """Return the present moment with its offset (Asia/Shanghai)."""
        return datetime.now(_CHINA)  # noqa: TID251 - the one Clock


class Composition:
    """The services of one process, each part made when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        place_compiled_code(settings)
        self._networks: dict[Path, tuple[str, RoadNetwork]] = {}

    @cached_property
    def clock(self) -> SystemClock:
        """The present moment."""
        return SystemClock()

    @cached_property
    def _database(self) -> Engine:
        return open_database(self.settings.database_url)

    @cached_property
    def unit_of_work(self) -> StoredUnitsOfWork:
        """Open a transaction over all repositories."""
        return StoredUnitsOfWork(self._database)

    @cached_property
    def password_hasher(self) -> Argon2Hasher:
        """Hash and check passwords."""
        return Argon2Hasher()

    @cached_property
    def migrations(self) -> Migrations:
        """The schema of the database."""
        return Migrations(self._database)

    @cached_property
    def backups(self) -> InstallationBackups:
        """Backups of the whole installation."""
        return InstallationBackups(self._database, self.settings.data)

    @cached_property
    def law(self) -> Law:
        """The law of the region, every value with its history."""
        return read_law(self.settings.config)

    @cached_property
    def _announced_calendar(self) -> WorkingCalendar:
        return read_calendar(self.settings.config)

    @property
    def calendar(self) -> WorkingCalendar:
        """The announced working days, with the years that administrators entered."""
        if not database_exists(self.settings.database_url):
            return self._announced_calendar
        return self._announced_calendar.with_entered(read_entered_years(self._database))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Catalogue of components, tractors and trailers."""
        files = sorted((self.settings.config / "vehicles").glob("*.yaml"))
        return describe_catalogues({file.name: read_yaml(file) for file in files})

    @cached_property
    def passage_records(self) -> PassageRecordsOnDisk:
        """Measurements along roads and engineers' decisions, kept beside the network."""
        return PassageRecordsOnDisk(self.settings.data / "network" / "evaluation.json")

    @cached_property
    def evaluation_tables(self) -> Tables:
        """The tables of the passage evaluation and the design loads of bridges."""
        folder = self.settings.config / "evaluation"
        loads = read_yaml(self.settings.config / "bridges" / "cn" / "design_loads.yaml")
        return describe_tables(
            lambda name: read_csv(folder / f"{name}.csv"), describe_design_loads(loads)
        )

    @property
    def tariff(self) -> Tariff:
        """The toll schedules of the region, with the lines that the toll office entered."""
        lines = self._entered_tolls[0]
        return self._shipped_tariff.with_lines(lines).with_calendar(self.calendar)

    @cached_property
    def _shipped_tariff(self) -> Tariff:
        folder = self.settings.config / "tolls" / self.law.region
        file = folder / "trucks.yaml"
        tariff = schedule_from_mapping(read_yaml(file), str(file))
        # Made-up owners of roads stay in the demonstration: no real relief may rest on them.
        roads = read_roads(
            *(read_text(folder / name) for name in ("stations.csv", "sections.csv")),
            demonstration=self.settings.demonstration,
        )
        lines = read_lines(read_text(folder / "lines.csv"))
        return replace(tariff, roads=roads).with_lines(lines)

    @property
    def _entered_tolls(self) -> tuple[tuple[TariffLine, ...], tuple[Scheme, ...]]:
        if not database_exists(self.settings.database_url):
            return (), ()
        return read_entered_tolls(self._database)

    @property
    def schemes(self) -> SchemeRegister:
        """The relief schemes on file and entered; demonstration ones only in the demonstration."""
        shipped = self._shipped_schemes.schemes
        entered = self._entered_tolls[1]
        known = {one.id for one in entered}
        return SchemeRegister((*(one for one in shipped if one.id not in known), *entered))

    @cached_property
    def _shipped_schemes(self) -> SchemeRegister:
        file = self.settings.config / "tolls" / self.law.region / "relief_schemes.yaml"
        return read_schemes(read_yaml(file), demonstration=self.settings.demonstration)

    def read_document(self, path: Path) -> Any:
        """Read a YAML or JSON file that a person named."""
        return read_yaml(path)

    @cached_property
    def documents(self) -> UploadFolder:
        """Uploaded files, under the data folder."""
        return UploadFolder(self.settings.data / "uploads", limit_mb=self.settings.upload_limit_mb)

    @property
    def papers(self) -> CasePapers:
        """Papers of cases, for printing and download."""
        return CasePapers(
            self.unit_of_work,
            self.calendar,
            self.law,
            self.network,
            lambda: self.evaluation_tables,
            seal=self.seals,
            map_approval_number=self.settings.map_approval_number,
            demonstration=self.settings.demonstration,
        )

    @property
    def demonstration_sign_ins(self) -> tuple[DemonstrationSignIn, ...]:
        """Accounts to show on the start page; none outside the demonstration."""
        return SIGN_INS if self.settings.demonstration else ()

    def close(self) -> None:
        """Give the database's connections back; the services open them again when needed."""
        if "_database" in self.__dict__:
            self._database.dispose()

    def load_demonstration(self) -> None:
        """Load invented firms, people and cases into an empty installation."""
        from webapp.demonstration.seeding import seed  # noqa: PLC0415 - the demonstration's alone

        seed(self)

    @cached_property
    def keys(self) -> KeyFolder:
        """The keys that sign passes, under the data folder."""
        return KeyFolder(self.settings.data / "keys", self._passphrase)

    @property
    def _passphrase(self) -> str:
        # What the demonstration signs is invented: its keys protect nothing.
        usual = "demonstration" if self.settings.demonstration else ""
        return self.settings.key_passphrase or usual

    @cached_property
    def seals(self) -> OfficeSeals:
        """Certificates with which offices seal their papers, under the data folder."""
        return OfficeSeals(
            self.settings.data / "seals",
            self._passphrase,
            self.clock.now,
            self_made=self.settings.demonstration,
        )

    @cached_property
    def pass_signer(self) -> KeyRingSigner:
        """Signs what a pass says."""
        return KeyRingSigner(self.keys, self.settings.public_site)

    @cached_property
    def job_queue(self) -> RunQueue:
        """The queue that carries the numbers of background runs."""
        return RunQueue(self.settings.database_url, self.settings.data)

    def delivery_request(self, wishes: DeliveryWishes) -> dict[str, Any]:
        """Return wishes for a delivery plan as the parameters of a run."""
        document: dict[str, Any] = to_document(wishes)
        return document

    def job_runner(self, workers: int = 1, scheduler: str | None = None) -> JobRunner:
        """Return what does background runs, on so many processes or on a cluster."""
        from webapp.jobs.work import work_of  # noqa: PLC0415 - workers alone

        name = f"{socket.gethostname()}:{os.getpid()}"
        here = workers == 1 and scheduler is None
        provider = (lambda: self) if here else services  # other processes open services anew
        work = work_of(self, self.workforce(workers, scheduler), provider)
        return JobRunner(self.unit_of_work, self.clock, work, name)

    def workforce(self, workers: int = 1, scheduler: str | None = None) -> Workforce:
        """Return processes of this machine, or those of a cluster."""
        return Workforce(workers, scheduler)

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """The ways notices leave the house: e-mail and short messages, each where it is set."""
        chosen = self.settings
        found: list[Channel] = []
        if chosen.smtp_host:
            from webapp.jobs.mailing import SmtpChannel  # noqa: PLC0415 - workers alone

            found.append(
                SmtpChannel(
                    chosen.smtp_host,
                    chosen.smtp_port,
                    chosen.smtp_sender,
                    tls=chosen.smtp_tls,
                    user=chosen.smtp_user,
                    password=chosen.smtp_password,
                )
            )
        if chosen.sms_url:
            from webapp.jobs.short_messages import (  # noqa: PLC0415 - workers alone
                DEFAULT_TEMPLATE,
                HttpShortMessages,
            )

            found.append(
                HttpShortMessages(
                    chosen.sms_url,
                    template=chosen.sms_template or DEFAULT_TEMPLATE,
                    header=chosen.sms_header,
                    secret=chosen.sms_secret,
                )
            )
        return tuple(found)

    def notice_wording(self, notice: Notice) -> Outgoing:
        """Return the words of a notice as it leaves the house."""
        from webapp.jobs.notice_text import notice_text  # noqa: PLC0415 - workers alone

        return notice_text(notice, self.settings.public_site)

    def network(self, folder: Path | None = None) -> RoadNetwork:
        """Open a network folder, by default the one in use.

        A folder is opened once and again only after a new version was put to use in it.
        """
        place = (folder or self.settings.data / "network").absolute()
        version = read_manifest(place).token
        known = self._networks.get(place)
        if known is None or known[0] != version:
            known = self._networks[place] = (version, _opened(place))
        return known[1]

    def geocode(self, name: str) -> tuple[float, float] | None:
        """Ask the online geocoder, where one is set, for a name that the network lacks."""
        if not self.settings.geocoder:
            return None
        from road_data.geocoding import coordinate_online  # noqa: PLC0415 - only where set

        return coordinate_online(self._geocoder, name)

    @cached_property
    def _geocoder(self) -> Any:
        from road_data.geocoding import online_geocoder  # noqa: PLC0415 - only where set

        chosen = self.settings
        return online_geocoder(chosen.geocoder, chosen.geocoder_domain, chosen.geocoder_key)


def _opened(folder: Path) -> RoadNetwork:
    network = open_network(folder)
    if network.edge_count >= SMALL_NETWORK_EDGES:
        from road_data.hierarchies import offer_prepared  # noqa: PLC0415 - compiled code

        offer_prepared(network, folder)
    return network


@cache
def services() -> Composition:
    """Return the services of this process, reading the settings on first use."""
    return Composition(read_settings())
