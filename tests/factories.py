"""Applications, offices and cases with sensible defaults; a test states only what matters to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes import FakeDocuments, FakeHasher, FakeSigner, FakeUnitsOfWork
from transport.people import Actor, Organisation, OrganisationState, Role, User, actor_of
from transport.permits.acts import Act
from transport.permits.application import (
    Application,
    AttachedDocument,
    Cargo,
    Contact,
    Itinerary,
    SpareTractor,
    TravelWindow,
    Vehicle,
    requirements_from,
    snapshot_route,
)
from transport.permits.case import Case
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import DecisionOutcome, Proposal, TimeWindow, TravelTerms
from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.permits.states import ActKind, ActState
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.relief.schemes import Ownership, Scheme, SchemeStatus
from transport.relief.trip_facts import TollLine
from transport.services import (
    accepting,
    applying,
    consenting,
    consulting,
    deciding,
    designating,
    issuing,
    recording_trips,
    reviewing,
)
from transport.services.ports import UnitOfWorkFactory
from transport.services.relief_facts import ReliefBasis
from transport.services.stepping import StepRequest
from transport.tariffs.roads import NO_ROADS
from transport.vehicles.transport import Material, Transport
from transport.working_days import WorkingCalendar, YearOfDays

CHINA = timezone(timedelta(hours=8))
MONDAY = date(2026, 5, 11)
NOON = datetime(2026, 5, 11, 12, 0, tzinfo=CHINA)
HOLIDAY = date(2026, 5, 15)

# 2026 with one holiday, a Friday; the Saturday after it is worked. 2027 is not announced yet.
CALENDAR = WorkingCalendar(
    {2026: YearOfDays(holidays=frozenset({HOLIDAY}), make_up_days=frozenset({date(2026, 5, 16)}))}
)
DOCUMENTS = (
    "application_form",
    "transport_licence",
    "agent_identity",
    "power_of_attorney",
    "vehicle_licence",
)
BIG_DOCUMENTS = (*DOCUMENTS, "outline_drawing", "escort_plan")
DAYTIME = TravelTerms(
    windows=(TimeWindow(time(9), time(16)),),
    top_speed_km_h=60,
    bridge_speed_km_h=5,
    route_note="G6, then the ring road",
)


@cache
def law() -> Law:
    """Return the law that ships with the product."""
    return read_law(Path(__file__).parent.parent / "config")


def relief_basis() -> ReliefBasis:
    """Return what trips are judged by: the shipped law, a plain year, no stations on file."""
    return ReliefBasis(law(), CALENDAR, NO_ROADS)


def classification(category: str = "III", **changes: Any) -> dict[str, Any]:
    """Return an answer of `classify`."""
    codes = BIG_DOCUMENTS if category == "III" else DOCUMENTS
    return {
        "over_limit": True,
        "category": category,
        "authority": {"level": "region", "admin_code": "150000", "name": "自治区交通运输厅"},
        "time_limit_working_days": {"I": 2, "II": 5, "III": 15}[category],
        "documents": [
            {"code": code, "name": code, "required": True, "clause": "R62 art. 10"}
            for code in codes
        ],
        "escort_plan_required": category == "III",
        "refusals": [],
        **changes,
    }


def route_contract(*, cities: tuple[str, ...] = ("150202",), **changes: Any) -> dict[str, Any]:
    """Return one entry of `routes`; municipal streets are used in these counties."""
    highway = {"admin_code": "150221", "name": "土默特右旗", "length_m": 90000.0}
    jurisdictions = [{**highway, "authorities": ["transport", "police"]}]
    jurisdictions += [
        {
            "admin_code": code,
            "name": code,
            "length_m": 4000.0,
            "authorities": ["transport", "police", "municipal"],
        }
        for code in cities
    ]
    return {
        "status": "feasible",
        "length_m": 94000.0,
        "duration_s": 5400.0,
        "geometry": {
            "type": "LineString",
            "coordinates": [[109.84, 40.65], [110.5, 40.6], [111.65, 40.82]],
        },
        "legs": [
            {"ref": "G6", "name": "京藏高速", "from_chainage_km": 600.0, "to_chainage_km": 540.0},
            {"ref": "G6", "name": "京藏高速", "from_chainage_km": 540.0, "to_chainage_km": 520.0},
            {"ref": "", "name": "钢铁大街", "from_km": 80.0, "to_km": 84.0},
        ],
        "jurisdictions": jurisdictions,
        **changes,
    }


def transport(**changes: Any) -> Transport:
    """Return a wide precast load on a low-bed."""
    given: dict[str, Any] = {
        "height_m": 4.6,
        "width_m": 3.6,
        "length_m": 24.0,
        "mass_t": 48.0,
        "axle_loads_t": (6.0, 8.0, 8.0, 8.5, 8.5, 9.0),
        "axle_spacings_m": (3.2, 1.4, 7.0, 1.3, 1.3),
        **changes,
    }
    return Transport(**given)


def spare_tractor(**changes: Any) -> SpareTractor:
    """Return a tractor that fits before the low-bed of `application`."""
    given: dict[str, Any] = {
        "plate": "蒙B54321",
        "axles": 3,
        "spacings_m": (3.2, 1.4),
        "axle_loads_t": (6.0, 8.0, 7.9, 8.5, 8.5, 9.0),
        "height_m": 3.6,
        "width_m": 2.5,
        **changes,
    }
    return SpareTractor(**given)


def document(code: str, *, valid_until: date | None = None) -> AttachedDocument:
    """Return an attached paper."""
    return AttachedDocument(
        code=code,
        digest=f"digest-of-{code}",
        filename=f"{code}.pdf",
        media_type="application/pdf",
        size_bytes=1000,
        attached_at=NOON,
        attached_by="test",
        valid_until=valid_until,
    )


def application(
    *,
    category: str = "III",
    cities: tuple[str, ...] = ("150202",),
    answer: Mapping[str, Any] | None = None,
    route: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Application:
    """Return a complete application from Baotou to Hohhot."""
    requirements = requirements_from(answer or classification(category))
    given: dict[str, Any] = {
        "cargo": Cargo(
            name="预制箱梁",
            material=Material.PRECAST,
            component_numbers=("XL-001", "XL-002"),
            length_m=22.0,
            width_m=3.6,
            height_m=2.9,
            mass_t=30.0,
            kind="box_girder",
        ),
        "transport": transport(),
        "vehicle": Vehicle("蒙B12345", "蒙B1234挂", tractor_axles=3, trailer_axles=3),
        "spares": (spare_tractor(),),
        "itinerary": Itinerary(
            origin="包头市昆都仑区",
            destination="呼和浩特市赛罕区",
            origin_admin="150203",
            destination_admin="150105",
        ),
        "route": snapshot_route(
            route or route_contract(cities=cities),
            network_id="test",
            network_built_at="2026-05-01T00:00:00+08:00",
            law_as_of=MONDAY,
        ),
        "requirements": requirements,
        "law_day": MONDAY,
        "travel": TravelWindow(starts_on=MONDAY, ends_on=date(2026, 8, 31)),
        "contact": Contact(name="王某", phone="0471-0000000"),
        "documents": tuple(document(one.code) for one in requirements.documents),
        **changes,
    }
    return Application(**given)


def actor(role: Role, name: str = "somebody", **changes: Any) -> Actor:
    """Return an actor of an organisation of their own."""
    given: dict[str, Any] = {
        "user_id": f"user-{name}",
        "name": name,
        "organisation_id": f"organisation-{role.value}",
        "organisation_name": role.value,
        "role": role,
        **changes,
    }
    return Actor(**given)


def scheme(**changes: Any) -> Scheme:
    """Return a relief of 30 % on government-loan roads."""
    given: dict[str, Any] = {
        "id": "demo",
        "name": "示范",
        "issuing_body": "示范机关",
        "document_number": "示范〔2026〕1号",
        "ownership": frozenset({Ownership.GOVERNMENT_LOAN}),
        "materials": frozenset({"precast"}),
        "percent": Decimal(30),
        "payer": "示范财政",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "status": SchemeStatus.DEMONSTRATION,
        **changes,
    }
    return Scheme(**given)


def toll_lines(*amounts: str) -> tuple[TollLine, ...]:
    """Return toll lines on government-loan roads."""
    return tuple(
        TollLine(
            section=f"G6 section {number}",
            ownership=Ownership.GOVERNMENT_LOAN,
            length_km=Decimal(10),
            amount_yuan=Decimal(amount),
        )
        for number, amount in enumerate(amounts, start=1)
    )


@dataclass
class World:
    """Offices, firms and people in some storage, with the steps of the journey in short."""

    unit_of_work: UnitOfWorkFactory = field(default_factory=FakeUnitsOfWork)
    now: datetime = NOON
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    signer: FakeSigner = field(default_factory=FakeSigner)
    hasher: FakeHasher = field(default_factory=FakeHasher)

    def __post_init__(self) -> None:
        self.factory = self.person("厂工", Role.FACTORY, "150203", "包头构件厂")
        self.carrier = self.person("车工", Role.CARRIER, "150203", "包头大件物流")
        self.rival = self.person("对手", Role.CARRIER, "150203", "另一家物流")
        transport_office = "自治区交通运输厅"
        self.handler = self.person("经办", Role.TRANSPORT, "150000", transport_office)
        self.checker = self.person("审核", Role.TRANSPORT, "150000", transport_office)
        self.signatory = self.person("签发", Role.TRANSPORT, "150000", transport_office)
        self.police = self.person("总队", Role.POLICE, "150000", "自治区交管总队")
        city_police = "包头交管支队"
        self.city_police = [
            self.person(f"支队{number}", Role.POLICE, "150200", city_police) for number in "123"
        ]
        self.municipal = [
            self.person(f"市政{number}", Role.MUNICIPAL, "150200", "包头市政") for number in "123"
        ]
        self.toll_office = self.person("收费", Role.TOLL_OFFICE, "150000", "收费公路中心")
        self.toll_colleague = self.person("收费乙", Role.TOLL_OFFICE, "150000", "收费公路中心")
        self.toll_payer = self.person("兑付", Role.FINANCE, "150000", "收费公路财务处")
        self.finance_checker = self.person("复核", Role.FINANCE, "150000", "收费公路财务处")
        self.operator = self.person("站长", Role.OPERATOR, "150000", "示范公路养护收费单位甲")

    def person(self, name: str, role: Role, admin_code: str, organisation: str) -> Actor:
        """Add a person, and the organisation if it is new."""
        with self.unit_of_work() as work:
            office = work.organisations.by_name(organisation)
            if office is None:
                office = Organisation(
                    id=work.new_id(),
                    name=organisation,
                    role=role,
                    admin_code=admin_code,
                    state=OrganisationState.APPROVED,
                    large_items_licence=True,
                )
                work.organisations.add(office, changed_by="test", at=NOON)
            user = User(
                id=work.new_id(),
                login=f"u{work.next_serial('test-logins')}",
                name=name,
                organisation_id=office.id,
                password_hash=self.hasher.hash("a good password"),
            )
            work.people.add(user, changed_by="test", at=NOON)
            work.commit()
            return actor_of(user, office)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def at(self, act: Act, who: Actor, case: Case) -> StepRequest:
        """Return a request of somebody who sees the act as it is now."""
        return StepRequest(
            actor=who,
            case_number=case.number,
            act_id=act.id,
            expected_version=act.version,
            now=self.now,
        )

    def reload(self, case: Case) -> Case:
        """Return the case as it is stored now."""
        with self.unit_of_work(read_only=True) as work:
            return work.cases.get(case.number)

    def act(self, case: Case, kind: ActKind = ActKind.HIGHWAY_PERMIT) -> Act:
        """Return the stored act of a kind."""
        return self.reload(case).of_kind(kind)[0]

    def request(
        self, case: Case, who: Actor, kind: ActKind = ActKind.HIGHWAY_PERMIT
    ) -> StepRequest:
        """Return a request on the act of a kind, as it is stored now."""
        return self.at(self.act(case, kind), who, case)

    def draft(self, **changes: Any) -> Case:
        """Make an application."""
        return applying.make_application(
            self.unit_of_work,
            law(),
            actor=self.carrier,
            application=application(**changes),
            now=self.now,
        )

    def submitted(self, **changes: Any) -> Case:
        """Make an application and submit it."""
        case = self.draft(**changes)
        return applying.submit(
            self.unit_of_work,
            actor=self.carrier,
            number=case.number,
            expected_version=case.version,
            now=self.now,
        )

    def accepted(self, **changes: Any) -> Case:
        """Submit a case and accept the highway act."""
        case = self.submitted(**changes)
        return accepting.accept(self.unit_of_work, CALENDAR, self.request(case, self.handler))

    def consulted(self, **changes: Any) -> Case:
        """Accept a case and get the police's opinion."""
        case = self.accepted(**changes)
        consulting.consult_police(
            self.unit_of_work, CALENDAR, law(), self.request(case, self.handler)
        )
        consulted = self.request(case, self.police, ActKind.POLICE_CONSULTATION)
        return consulting.give_opinion(
            self.unit_of_work, CALENDAR, consulted, outcome=OpinionOutcome.NO_OBJECTION, text=""
        )

    def handled(self, *, outcome: DecisionOutcome = DecisionOutcome.GRANT, **changes: Any) -> Case:
        """Consult, then propose a decision."""
        case = self.consulted(**changes)
        refused = outcome is DecisionOutcome.REFUSE
        return reviewing.propose_decision(
            self.unit_of_work,
            CALENDAR,
            self.request(case, self.handler),
            Proposal(
                outcome,
                "符合条件" if not refused else "轴荷超过上限",
                grounds=("flatbed_axle_load",) if refused else (),
                terms=DAYTIME,
            ),
        )

    def signed(self, **changes: Any) -> Case:
        """Propose, check and sign a decision."""
        case = self.handled(**changes)
        deciding.check(self.unit_of_work, CALENDAR, self.request(case, self.checker))
        return deciding.sign(self.unit_of_work, CALENDAR, self.request(case, self.signatory))

    def issued(self, **changes: Any) -> tuple[Case, Permit]:
        """Issue the pass."""
        case = self.signed(**changes)
        return issuing.issue(
            self.unit_of_work, CALENDAR, self.signer, self.request(case, self.signatory)
        )

    def decide_city(
        self, case: Case, kind: ActKind, people: list[Actor], *, because: str = ""
    ) -> Case:
        """Let a city office accept (unless it has), handle, check and sign one act."""
        first, second, third = people
        if self.act(self.reload(case), kind).state is ActState.AWAITING_ACCEPTANCE:
            accepting.accept(self.unit_of_work, CALENDAR, self.request(case, first, kind))
        propose = (
            consenting.propose_consent
            if kind is ActKind.MUNICIPAL_CONSENT
            else designating.propose_designation
        )
        propose(
            self.unit_of_work,
            CALENDAR,
            self.request(case, first, kind),
            Proposal(DecisionOutcome.GRANT, "同意", terms=DAYTIME, open_violation_reason=because),
        )
        deciding.check(self.unit_of_work, CALENDAR, self.request(case, second, kind))
        return deciding.sign(self.unit_of_work, CALENDAR, self.request(case, third, kind))

    def ready(self, **changes: Any) -> tuple[Case, Permit]:
        """Bring every act of a case in force."""
        case, permit = self.issued(**changes)
        self.decide_city(case, ActKind.MUNICIPAL_CONSENT, self.municipal)
        case = self.decide_city(case, ActKind.POLICE_DESIGNATION, self.city_police)
        return case, permit

    def delivered(
        self, *, weighed_t: float | None = None, component: str = "XL-001"
    ) -> tuple[Case, Trip]:
        """Drive one trip of a ready case to the site; a component goes there once."""
        cargo = replace(application().cargo, component_numbers=(component, "XL-002"))
        case, _ = self.ready(cargo=cargo)
        trip = recording_trips.plan_trip(
            self.unit_of_work,
            actor=self.carrier,
            number=case.number,
            component_numbers=[component],
            now=self.now,
        )
        trip = recording_trips.record_loading(
            self.unit_of_work,
            self.documents,
            actor=self.carrier,
            trip_id=trip.id,
            expected_version=trip.version,
            certificate_number="HGZ-1",
            certificate=("hgz.pdf", b"certificate"),
            weighed_t=weighed_t,
            now=self.now,
        )
        trip = recording_trips.record_departure(
            self.unit_of_work,
            actor=self.carrier,
            trip_id=trip.id,
            expected_version=trip.version,
            now=self.now,
        )
        trip = recording_trips.record_site_acceptance(
            self.unit_of_work,
            actor=self.carrier,
            trip_id=trip.id,
            expected_version=trip.version,
            accepted_by="工地李工",
            now=self.now,
        )
        return case, trip


def with_papers(given: Application, **valid_until: date) -> Application:
    """Return the application with these papers ending on these days."""
    papers = tuple(replace(one, valid_until=valid_until.get(one.code)) for one in given.documents)
    return replace(given, documents=papers)
