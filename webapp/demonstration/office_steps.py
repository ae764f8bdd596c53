"""Steps of the offices: accept, consult, propose, check, sign, issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from transport.permits.case import Case
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import DecisionOutcome, Proposal, TimeWindow, TravelTerms
from transport.permits.permit import Permit
from transport.permits.states import ActKind
from transport.services import (
    accepting,
    consenting,
    consulting,
    deciding,
    designating,
    issuing,
    reviewing,
)
from transport.services.stepping import StepRequest
from webapp.case_file.condition_picker import fitting_conditions
from webapp.demonstration.cast import Cast

HIGHWAY = ActKind.HIGHWAY_PERMIT
DAYTIME = TravelTerms(
    windows=(TimeWindow(time(7), time(17)),),
    top_speed_km_h=60,
    bridge_speed_km_h=5,
    route_note="按核定路线行驶",
)
CITY_NIGHT = TravelTerms(
    windows=(TimeWindow(time(22), time(5)),),
    top_speed_km_h=30,
    bridge_speed_km_h=5,
    route_note="按指定城市道路行驶，不得绕行",
)


# What the offices pick from the catalogue, where it fits the load and its route.
_PICKED = frozenset({"escort_cars", "warning_marks", "bridge_crossing", "urban_designation"})


class OfficeSteps(Cast):
    """What the offices do with the acts of a case."""

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
            terms=self._terms(case, DAYTIME),
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
                terms=self._terms(case, DAYTIME),
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
                terms=self._terms(case, CITY_NIGHT, city=True),
            ),
        )

    def _terms(self, case: Case, terms: TravelTerms, *, city: bool = False) -> TravelTerms:
        law = self.services.law
        found = fitting_conditions(case.application, law, city=city)
        picked = tuple(one.text(law) for one in found if one.code in _PICKED)
        return replace(terms, conditions=picked)

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
