"""Papers of cases: what case, act, pass and claims say, mapped to contents and made into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from transport.delivery.league_annex import Annex, SignedAnnex
from transport.errors import NotFoundError
from transport.evaluation.passage.findings import Passage
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.people import Organisation
from transport.permits.act_letters import letters_of
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.letters import DECISIONS, LetterKind
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.report_sheet import ReportSheet
from transport.regulations.law import Law
from transport.relief.monthly import MonthlyList
from transport.relief.reporting import Report
from transport.services.ports import PaperSeal, UnitOfWorkFactory
from transport.services.showing_loads import ShownLoad
from transport.vehicles.component import Component
from transport.vehicles.outline import Outline, OutlineTitle
from transport.working_days import WorkingCalendar
from webapp.access import Paper
from webapp.documents.application_form import (
    application_form_json,
    application_form_pdf,
    application_form_xlsx,
)
from webapp.documents.component_labels import ComponentLabel, labels_pdf
from webapp.documents.evaluation_report import evaluation_report_pdf
from webapp.documents.league_annex import (
    describe_annex,
    league_annex_pdf,
    league_annex_xlsx,
)
from webapp.documents.letters import letter_pdf, service_proof_pdf
from webapp.documents.load_sheet import load_sheet_pdf
from webapp.documents.outline_sheet import outline_pdf
from webapp.documents.outline_svg import phone_svg, sheet_svg
from webapp.documents.pass_annex import pass_annex_pdf
from webapp.documents.piece_drawing import piece_svg
from webapp.documents.qr_code import qr_drawing
from webapp.documents.relief_list import relief_list_xlsx
from webapp.documents.relief_report import (
    describe_report,
    relief_report_pdf,
    relief_report_xlsx,
)
from webapp.documents.saying_applications import describe_application
from webapp.documents.saying_letters import describe_letter, describe_service
from webapp.documents.saying_outlines import describe_outline
from webapp.documents.saying_passes import describe_pass
from webapp.documents.saying_relief import describe_relief
from webapp.documents.surroundings import map_around

PDF = "application/pdf"
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CasePapers:
    """Makes the papers of cases from what is stored; keeps nothing."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        calendar: WorkingCalendar,
        law: Law,
        network: Callable[[], RoadNetwork],
        tables: Callable[[], Tables],
        *,
        seal: PaperSeal | None = None,
        map_approval_number: str = "",
        demonstration: bool = False,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._calendar = calendar
        self._law = law
        self._network = network
        self._tables = tables
        self._seal = seal
        self._map_approval_number = map_approval_number
        self._demonstration = demonstration

    def application_form(self, case: Case, form: str, on: date) -> Paper:
        """Return the application as `pdf`, `xlsx` or `json`; raises NotFoundError for others."""
        content = describe_application(
            case, self._carrier(case), self._law, on, demonstration=self._demonstration
        )
        name = f"{case.number}-application.{form}"
        if form == "pdf":
            drawing = sheet_svg(*self.outline_of(case, on))
            return Paper(name, PDF, application_form_pdf(content, drawing))
        if form == "xlsx":
            return Paper(name, XLSX, application_form_xlsx(content))
        if form == "json":
            return Paper(name, "application/json", application_form_json(content).encode())
        raise NotFoundError(f"there is no application form as {form!r}; choose pdf, xlsx or json")

    def letters_of(self, act: Act) -> tuple[str, ...]:
        """Return the kinds of letters that an act has so far."""
        return tuple(kind.value for kind in letters_of(act))

    def letter(self, case: Case, act: Act, kind: str) -> Paper:
        """Return one letter of an act; raises NotFoundError where there is none of this kind."""
        if kind not in self.letters_of(act):
            raise NotFoundError(f"{act.kind.value} of case {case.number} has no letter {kind!r}")
        word = LetterKind(kind)
        content = describe_letter(
            word, case, act, self._law, self._calendar, demonstration=self._demonstration
        )
        made = letter_pdf(word, content)
        if word in DECISIONS:
            made = self._sealed(made, act.authority.organisation_id, content.authority)
        return Paper(f"{case.number}-{act.kind.value}-{kind}.pdf", PDF, made)

    def service_proof(self, case: Case, act: Act, kind: str) -> Paper:
        """Return the proof of service of a letter; raises NotFoundError without such a letter."""
        if kind not in self.letters_of(act):
            raise NotFoundError(f"{act.kind.value} of case {case.number} has no letter {kind!r}")
        content = describe_service(
            LetterKind(kind), case, act, self._law, demonstration=self._demonstration
        )
        name = f"{case.number}-{act.kind.value}-{kind}-service.pdf"
        return Paper(name, PDF, service_proof_pdf(content))

    def pass_annex(self, case: Case, permit: Permit) -> Paper:
        """Return the annex of a pass with map and QR code, sealed by the office that issued it."""
        network, approval = self._known_network(), self._map_approval_number
        content = describe_pass(
            case,
            permit,
            self._carrier(case),
            self._law,
            route_map=map_around(case.application.route, network, approval),
            network=network,
            demonstration=self._demonstration,
        )
        name = f"{permit.number}-{permit.revision}.pdf"
        made = self._sealed(pass_annex_pdf(content), permit.issuer_id, permit.issuer_name)
        return Paper(name, PDF, made)

    def pass_code(self, permit: Permit) -> Paper:
        """Return the QR code of a pass as SVG; raises NotFoundError without a token."""
        if not permit.token:
            raise NotFoundError(f"pass {permit.number} has no token")
        name = f"{permit.number}-{permit.revision}.svg"
        return Paper(name, "image/svg+xml", qr_drawing(permit.token).encode())

    def component_labels(self, case: Case, addresses: Mapping[str, str], on: date) -> Paper:
        """Return the labels of components, each with the address that its QR code opens."""
        cargo, way = case.application.cargo, case.application.itinerary
        labels = [
            ComponentLabel(number, cargo.name, way.destination, case.number, address)
            for number, address in addresses.items()
        ]
        made = labels_pdf(labels, on, demonstration=self._demonstration)
        return Paper(f"{case.number}-labels.pdf", PDF, made)

    def outline_of(self, case: Case, on: date) -> tuple[Outline, OutlineTitle]:
        """Return what the outline drawing of a case shows."""
        return describe_outline(case, on)

    def outline_drawing(self, outline: Outline, title: OutlineTitle, form: str, on: date) -> Paper:
        """Return a drawing as `pdf`, `svg`, or for narrow screens as `zh` or `en`.

        Raises NotFoundError for another form.
        """
        name = f"{title.number}-outline.{form}"
        if form == "pdf":
            drawn = outline_pdf(outline, title, on, demonstration=self._demonstration)
            return Paper(name, PDF, drawn)
        if form == "svg":
            return Paper(name, SVG, sheet_svg(outline, title).encode())
        if form in {"zh", "en"}:
            return Paper(f"{name}.svg", SVG, phone_svg(outline, form).encode())
        raise NotFoundError(f"there is no outline drawing as {form!r}; choose pdf or svg")

    def relief_list(self, entries: MonthlyList, trips: Mapping[str, Trip], on: date) -> Paper:
        """Return the monthly relief list as Excel; `trips` are those of the claims, by id."""
        cases: dict[str, Case] = {}
        with self._unit_of_work(read_only=True) as work:
            for number in {one.case_number for one in entries.claims}:
                cases[number] = work.cases.get(number)
            factories = {
                case.factory_id: work.organisations.get(case.factory_id).name
                for case in cases.values()
                if case.factory_id
            }
        content = describe_relief(
            entries, trips, cases, factories, on, demonstration=self._demonstration
        )
        return Paper(f"relief-{entries.month}.xlsx", XLSX, relief_list_xlsx(content))

    def evaluation_report(
        self,
        passage: Passage,
        network: RoadNetwork,
        route: Any,
        details: Mapping[str, str] | None = None,
        sheet: ReportSheet | None = None,
    ) -> Paper:
        """Return the passage evaluation of a route as PDF: a draft until `sheet` signs it."""
        made = evaluation_report_pdf(passage, self._tables(), network, route, details, sheet)
        return Paper(f"evaluation-{passage.day.isoformat()}.pdf", PDF, made)

    def relief_report(self, report: Report, form: str, on: date) -> Paper:
        """Return the report of some months as `pdf` or `xlsx`.

        Raises NotFoundError for another form.
        """
        content = describe_report(report, self._law.areas.name_of, on)
        name = f"relief-report-{report.first_month}-{report.last_month}.{form}"
        if form == "pdf":
            return Paper(name, PDF, relief_report_pdf(content))
        if form == "xlsx":
            return Paper(name, XLSX, relief_report_xlsx(content))
        raise NotFoundError(f"there is no relief report as {form!r}; choose pdf or xlsx")

    def league_annex(self, annex: Annex, signed: SignedAnnex | None, form: str) -> Paper:
        """Return a league's annex as `pdf` or `xlsx`, a draft without signature.

        Raises NotFoundError for another form.
        """
        content = describe_annex(
            annex, signed, self._law.areas.name_of, demonstration=self._demonstration
        )
        version = f"v{signed.revision}" if signed else "draft"
        name = f"annex-{annex.admin_code}-{annex.year}-{version}.{form}"
        if form == "pdf":
            return Paper(name, PDF, league_annex_pdf(content))
        if form == "xlsx":
            return Paper(name, XLSX, league_annex_xlsx(content))
        raise NotFoundError(f"there is no annex as {form!r}; choose pdf or xlsx")

    def load_sheet(self, shown: ShownLoad, title: OutlineTitle, on: date) -> Paper:
        """Return the drawing and the stack order of a planned load as PDF."""
        made = load_sheet_pdf(shown, title, on, demonstration=self._demonstration)
        return Paper(f"load-{shown.load.number}.pdf", PDF, made)

    def piece_drawing(self, piece: Component, language: str) -> Paper:
        """Return three views of a piece by itself as SVG, in `zh` or `en`."""
        return Paper(f"{piece.code}.svg", SVG, piece_svg(piece, language).encode())

    def _sealed(self, content: bytes, office_id: str, office: str) -> bytes:
        return self._seal.seal(content, office_id, office) if self._seal else content

    def _carrier(self, case: Case) -> Organisation:
        with self._unit_of_work(read_only=True) as work:
            return work.organisations.get(case.organisation_id)

    def _known_network(self) -> RoadNetwork | None:
        try:
            return self._network()
        except NotFoundError:
            return None
