"""Steps of factory and carrier: ask, hand over, apply, attach papers, submit."""

from __future__ import annotations

from datetime import datetime

from transport.permits.application import (
    Application,
    Contact,
    RouteSnapshot,
    TravelWindow,
    requirements_from,
    snapshot_route,
)
from transport.permits.case import Case
from transport.services import (
    applying,
    enquiring,
)
from transport.services.assessing_journeys import Assessment
from transport.services.library import Enquiry
from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from transport.vehicles.outline import outline_of_load
from webapp.demonstration.answers import Way, ask, asked
from webapp.demonstration.cast import Cast
from webapp.demonstration.loads import Load, cargo_of, placed_of, transport_of, vehicle_of
from webapp.demonstration.papers import PAPER_NAMES, paper

_PAPERS_LAST_DAYS = 200
_DELIVER_IN_DAYS = 40


class FirmSteps(Cast):
    """What the firms do before an office acts."""

    def apply(
        self,
        given: Load,
        way: Way,
        at: datetime,
        *,
        travels: tuple[int, int],
        carrier: str = "carrier",
        producer: str = "",
        enquiry: Enquiry | None = None,
    ) -> Case:
        """Make an application for a load on a way; `travels` counts days from today."""
        transport = transport_of(given, self.services.catalogue)
        answers = ask(self.services, given, way, at.date())
        application = Application(
            cargo=cargo_of(given, self.services.catalogue, producer),
            transport=transport,
            vehicle=vehicle_of(given.rig, self.services.catalogue),
            itinerary=answers.itinerary,
            route=_snapshot(answers, at),
            requirements=requirements_from(answers.classification),
            law_day=at.date(),
            travel=TravelWindow(*(self.days.after(one) for one in travels)),
            contact=Contact(name="示范联系人", phone="000-00000000"),
            axle_spacing_text=axle_spacing_string(transport),
            axle_load_text=axle_load_string(transport),
            outline=outline_of_load(placed_of(given, self.services.catalogue)),
            escort_vehicles=1 if answers.classification["escort_plan_required"] else None,
        )
        return applying.make_application(
            self.services.unit_of_work,
            self.services.law,
            actor=self.people[carrier],
            application=application,
            now=at,
            enquiry_id=enquiry.id if enquiry else "",
        )

    def enquire(
        self,
        given: Load,
        way: Way,
        at: datetime,
        *,
        factory: str = "factory",
    ) -> Enquiry:
        """Ask in a factory's name how a load comes to a site, and keep the answers."""
        transport = transport_of(given, self.services.catalogue)
        answers = ask(self.services, given, way, at.date())
        actor = self.people[factory]
        enquiry = Enquiry(
            id="",
            factory_id=actor.organisation_id,
            factory_name=actor.organisation_name,
            cargo=cargo_of(given, self.services.catalogue, actor.organisation_name),
            transport=transport,
            itinerary=answers.itinerary,
            law_day=at.date(),
            created_at=at,
            created_by=actor.name,
            deliver_by=self.days.after(_DELIVER_IN_DAYS),
            classification=answers.classification,
            plan=answers.plan,
            asked=asked(self.services, given, way, at.date()),
            outline=outline_of_load(placed_of(given, self.services.catalogue)),
        )
        return enquiring.save_enquiry(
            self.services.unit_of_work, actor=actor, enquiry=enquiry, now=at
        )

    def hand_over(
        self, enquiry: Enquiry, at: datetime, factory: str = "factory", carrier: str = "carrier"
    ) -> Enquiry:
        """Hand an enquiry to a carrier."""
        return enquiring.hand_over(
            self.services.unit_of_work,
            actor=self.people[factory],
            enquiry_id=enquiry.id,
            carrier_id=self.people[carrier].organisation_id,
            expected_version=enquiry.version,
            now=at,
        )

    def attach(self, case: Case, at: datetime, *codes: str, carrier: str = "carrier") -> Case:
        """Attach papers, by default every one that the law asks for."""
        required = [one.code for one in case.application.requirements.documents if one.required]
        for code in codes or required:
            case = applying.attach_document(
                self.services.unit_of_work,
                self.services.documents,
                actor=self.people[carrier],
                number=case.number,
                code=code,
                filename=f"{PAPER_NAMES.get(code, code)}.pdf",
                content=paper(code),
                expected_version=case.version,
                now=at,
                valid_until=(
                    self.days.after(_PAPERS_LAST_DAYS) if code.endswith("licence") else None
                ),
            )
        return case

    def submit(self, case: Case, at: datetime, carrier: str = "carrier") -> Case:
        """Submit every act to its office."""
        return applying.submit(
            self.services.unit_of_work,
            actor=self.people[carrier],
            number=case.number,
            expected_version=case.version,
            now=at,
        )


def _snapshot(answers: Assessment, at: datetime) -> RouteSnapshot:
    network = answers.plan["network"]
    return snapshot_route(
        answers.plan["routes"][0],
        network_id=network["id"],
        network_built_at=network["built_at"],
        law_as_of=at.date(),
    )
