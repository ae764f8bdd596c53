"""Tells the history of the demonstration: every step is a call of the real service.

A story yields the moment of its next step; `play` lets all stories go on in the order of time, so
that numbers and audit trail grow as they would have grown in life.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from datetime import datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import TypeVar

from transport.people import Actor
from transport.permits.application import (
    Application,
    Contact,
    RouteSnapshot,
    TravelWindow,
    requirements_from,
    snapshot_route,
)
from transport.permits.case import Case
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import DecisionOutcome, Proposal, TimeWindow, TravelTerms
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.states import ActKind
from transport.relief.claims import Claim, ClaimStep
from transport.relief.entitlement import TollLine
from transport.relief.schemes import Ownership
from transport.routing.toll_way import pieces_of_answer
from transport.services import (
    accepting,
    applying,
    claiming_relief,
    consenting,
    consulting,
    deciding,
    designating,
    enquiring,
    issuing,
    recording_trips,
    reviewing,
)
from transport.services.assessing_journeys import Assessment
from transport.services.library import Enquiry
from transport.services.stepping import StepRequest
from transport.tariffs.quote import quote_edges
from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from webapp.access import Services
from webapp.demonstration.answers import Way, ask, asked
from webapp.demonstration.days import HistoryDays
from webapp.demonstration.loads import Load, cargo_of, transport_of, vehicle_of
from webapp.demonstration.papers import paper, photo

T = TypeVar("T")
Story = Generator[datetime, datetime, T]

HIGHWAY = ActKind.HIGHWAY_PERMIT
DAYTIME = TravelTerms(
    windows=(TimeWindow(time(7), time(17)),),
    top_speed_km_h=60,
    bridge_speed_km_h=5,
    route_note="按核定路线行驶",
    conditions=("通过桥梁时居中匀速，不得制动、变速和停车",),
)
CITY_NIGHT = TravelTerms(
    windows=(TimeWindow(time(22), time(5)),),
    top_speed_km_h=30,
    bridge_speed_km_h=5,
    route_note="按指定城市道路行驶，不得绕行",
    conditions=("避让高峰时段", "不得在桥面停车"),
)
_PAPERS_LAST_DAYS = 200
_DELIVER_IN_DAYS = 40


def play(stories: Iterable[Story[None]]) -> None:
    """Let all stories go on, the earliest step first."""
    queue = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(queue)
    while queue:
        moment, number, story = heappop(queue)
        try:
            heappush(queue, (story.send(moment), number, story))
        except StopIteration:
            continue


class Teller:
    """Takes the steps of the stories in the name of the demonstration's people."""

    def __init__(self, services: Services, people: Mapping[str, Actor], days: HistoryDays) -> None:
        self.services = services
        self.people = people
        self.days = days

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
                filename=f"{code}.pdf",
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

    def accept(self, case: Case, who: str, at: datetime, kind: ActKind = HIGHWAY) -> Case:
        """Accept one act."""
        return accepting.accept(
            self.services.unit_of_work, self.services.calendar, self._request(case, who, at, kind)
        )

    def ask_supplement(self, case: Case, who: str, at: datetime, *wanted: str) -> Case:
        """Ask for supplements to the highway act."""
        return accepting.ask_supplement(
            self.services.unit_of_work,
            self.services.calendar,
            self._request(case, who, at),
            wanted=wanted,
        )

    def consult(self, case: Case, who: str, at: datetime, question: str) -> Case:
        """Consult the traffic police of the same level."""
        return consulting.consult_police(
            self.services.unit_of_work,
            self.services.calendar,
            self.services.law,
            self._request(case, who, at),
            question=question,
        )

    def give_opinion(self, case: Case, who: str, at: datetime, text: str) -> Case:
        """Give the police's opinion."""
        return consulting.give_opinion(
            self.services.unit_of_work,
            self.services.calendar,
            self._request(case, who, at, ActKind.POLICE_CONSULTATION),
            outcome=OpinionOutcome.CONDITIONS,
            text=text,
            terms=DAYTIME,
        )

    def propose(
        self, case: Case, who: str, at: datetime, text: str, *, refused_for: str = ""
    ) -> Case:
        """Propose the decision on the highway act: a grant, or a refusal on a ground."""
        return reviewing.propose_decision(
            self.services.unit_of_work,
            self.services.calendar,
            self._request(case, who, at),
            Proposal(
                DecisionOutcome.REFUSE if refused_for else DecisionOutcome.GRANT,
                text,
                grounds=(refused_for,) if refused_for else (),
                terms=DAYTIME,
            ),
        )

    def propose_in_city(self, case: Case, who: str, at: datetime, kind: ActKind) -> Case:
        """Propose the grant of a city act, by night."""
        consent = kind is ActKind.MUNICIPAL_CONSENT
        propose = consenting.propose_consent if consent else designating.propose_designation
        return propose(
            self.services.unit_of_work,
            self.services.calendar,
            self._request(case, who, at, kind),
            Proposal(
                DecisionOutcome.GRANT,
                "同意通行" if consent else "指定通行时间、路线和速度",
                terms=CITY_NIGHT,
            ),
        )

    def check(self, case: Case, who: str, at: datetime, kind: ActKind = HIGHWAY) -> Case:
        """Check a proposal."""
        return deciding.check(
            self.services.unit_of_work, self.services.calendar, self._request(case, who, at, kind)
        )

    def sign(self, case: Case, who: str, at: datetime, kind: ActKind = HIGHWAY) -> Case:
        """Sign a checked proposal."""
        return deciding.sign(
            self.services.unit_of_work, self.services.calendar, self._request(case, who, at, kind)
        )

    def issue(self, case: Case, who: str, at: datetime) -> tuple[Case, Permit]:
        """Issue the pass."""
        return issuing.issue(
            self.services.unit_of_work,
            self.services.calendar,
            self.services.pass_signer,
            self._request(case, who, at),
        )

    def plan_trip(self, case: Case, at: datetime, *numbers: str) -> Trip:
        """Plan a trip with these components."""
        return recording_trips.plan_trip(
            self.services.unit_of_work,
            actor=self.people["carrier"],
            number=case.number,
            component_numbers=numbers,
            now=at,
        )

    def load_trip(self, trip: Trip, at: datetime, weighed_t: float) -> Trip:
        """Load with the factory's certificate, a photo and the weight."""
        number = trip.manifest.component_numbers[0]
        return recording_trips.record_loading(
            self.services.unit_of_work,
            self.services.documents,
            actor=self.people["factory"],
            trip_id=trip.id,
            expected_version=trip.version,
            certificate_number=f"示范合格证-{number}",
            certificate=("certificate.pdf", paper(f"certificate {number}")),
            photos=[("loaded.png", photo())],
            weighed_t=weighed_t,
            now=at,
        )

    def depart(self, trip: Trip, at: datetime) -> Trip:
        """Send the truck off."""
        return recording_trips.record_departure(
            self.services.unit_of_work,
            actor=self.people["carrier"],
            trip_id=trip.id,
            expected_version=trip.version,
            now=at,
        )

    def deliver(self, trip: Trip, at: datetime) -> Trip:
        """Let the site accept the load."""
        return recording_trips.record_site_acceptance(
            self.services.unit_of_work,
            actor=self.people["carrier"],
            trip_id=trip.id,
            expected_version=trip.version,
            accepted_by="示范工地收货员",
            now=at,
        )

    def claim(self, case: Case, trip: Trip, at: datetime) -> Claim:
        """Open the relief record of a delivered trip under the demonstration's scheme."""
        lines, status = self._tolls(case, at)
        scheme = self.services.schemes.schemes[0]
        return claiming_relief.open_claim(
            self.services.unit_of_work,
            self.services.schemes,
            actor=self.people["carrier"],
            trip_id=trip.id,
            scheme_id=scheme.id,
            toll_lines=lines,
            toll_status=status,
            now=at,
        )

    def decide_claim(self, claim: Claim, who: str, at: datetime, step: ClaimStep) -> Claim:
        """Lead a relief record one step on."""
        return claiming_relief.decide_claim(
            self.services.unit_of_work,
            actor=self.people[who],
            number=claim.number,
            step=step,
            expected_version=claim.version,
            now=at,
        )

    def _tolls(self, case: Case, at: datetime) -> tuple[list[TollLine], str]:
        network = self.services.network()
        quote = quote_edges(
            network,
            pieces_of_answer(network, dict(case.application.route.contract)),
            case.application.transport.axle_count,
            self.services.tariff.on(at.date()),
        )
        lines = [
            TollLine(
                section=one.section,
                # Who owns which toll road is not on file; the demonstration's are government roads.
                ownership=Ownership.GOVERNMENT_LOAN,
                length_km=one.length_km,
                amount_yuan=one.amount_yuan,
                rule=one.rule,
            )
            for one in quote.lines
        ]
        return lines, quote.status.value

    def _request(self, case: Case, who: str, at: datetime, kind: ActKind = HIGHWAY) -> StepRequest:
        with self.services.unit_of_work(read_only=True) as work:
            act = work.cases.get(case.number).of_kind(kind)[0]
        return StepRequest(
            actor=self.people[who],
            case_number=case.number,
            act_id=act.id,
            expected_version=act.version,
            now=at,
        )


def later(at: datetime, minutes: int) -> datetime:
    """Return a moment so many minutes after another."""
    return at + timedelta(minutes=minutes)


def _snapshot(answers: Assessment, at: datetime) -> RouteSnapshot:
    network = answers.plan["network"]
    return snapshot_route(
        answers.plan["routes"][0],
        network_id=network["id"],
        network_built_at=network["built_at"],
        law_as_of=at.date(),
    )
