"""Steps on the road and after it: load, depart, deliver, claim the relief."""

from __future__ import annotations

from datetime import datetime

from transport.permits.case import Case
from transport.permits.manifest import Trip
from transport.relief.claims import Claim, ClaimStep
from transport.relief.trip_facts import TollLine
from transport.routing.toll_way import pieces_of_answer
from transport.services import (
    claiming_relief,
    recording_trips,
)
from transport.services.quoting_tolls import relief_lines
from transport.services.relief_facts import ReliefBasis
from transport.tariffs.quote import quote_edges
from webapp.demonstration.cast import Cast
from webapp.demonstration.papers import paper, photo


class TripSteps(Cast):
    """What happens to the trips of a case and to their relief records."""

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
            certificate=("出厂合格证.pdf", paper(f"certificate {number}")),
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
            basis=self._basis(),
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

    def _basis(self) -> ReliefBasis:
        services = self.services
        return ReliefBasis(services.law, services.calendar, services.tariff.roads)

    def _tolls(self, case: Case, at: datetime) -> tuple[list[TollLine], str]:
        network = self.services.network()
        quote = quote_edges(
            network,
            pieces_of_answer(network, dict(case.application.route.contract)),
            case.application.transport.axle_count,
            self.services.tariff.on(at.date()),
        )
        return list(relief_lines(quote)), quote.status.value
