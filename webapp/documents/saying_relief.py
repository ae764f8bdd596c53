"""What the monthly relief list says of claims and their trips."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from transport.permits.case import Case
from transport.permits.manifest import Trip
from transport.relief.claims import Claim, ClaimState
from transport.relief.monthly import MonthlyList
from transport.relief.schemes import SchemeStatus
from transport.services.stepping import CHINA_TIME
from transport.tariffs.schedule import truck_class
from webapp.documents.contents import ReliefList, ReliefRow

_STATES = {
    ClaimState.PRE_REVIEW: "待核验",
    ClaimState.VERIFIED: "已核准",
    ClaimState.PAID: "已支付",
    ClaimState.AUDITED: "已稽核",
    ClaimState.REJECTED: "不予减免",
    ClaimState.RECLAIMED: "已追回",
    ClaimState.APPEALED: "申诉中",
    ClaimState.UPHELD: "维持不予减免",
}
_OFFICE = "收费公路通行费减免"


def describe_relief(
    entries: MonthlyList,
    trips: Mapping[str, Trip],
    cases: Mapping[str, Case],
    factories: Mapping[str, str],
    on: date,
    *,
    demonstration: bool = False,
) -> ReliefList:
    """Return the list of a month; relief counts only once it was granted."""
    made_up = any(
        one.scheme.status is SchemeStatus.DEMONSTRATION or one.toll_status == "demonstration"
        for one in entries.claims
    )
    return ReliefList(
        month=entries.month,
        office=_OFFICE,
        made_on=on,
        rows=tuple(
            _row(one, trips.get(one.trip_id), cases[one.case_number], factories)
            for one in entries.claims
        ),
        demonstration=demonstration or made_up,
    )


def _row(claim: Claim, trip: Trip | None, case: Case, factories: Mapping[str, str]) -> ReliefRow:
    toll, relief = claim.entitlement.toll_yuan, claim.granted_yuan
    axles = case.application.transport.axle_count
    plates = claim.facts.trip_plates
    return ReliefRow(
        entry_number=claim.number,
        pass_number=claim.facts.pass_number,
        tractor_plate=plates[0],
        trailer_plate=plates[1],
        entry_station=trip.entry_station if trip else "",
        exit_station=trip.exit_station if trip else "",
        entered_at=_moment(trip.departed_at if trip else None),
        left_at=_moment(trip.delivered_at if trip else None),
        axle_count=axles,
        vehicle_class=f"{truck_class(axles)}类货车" if axles else "",
        toll_yuan=f"{toll:.2f}",
        relief_yuan=f"{relief:.2f}",
        net_yuan=f"{toll - relief:.2f}",
        scheme=f"{claim.scheme.name} {claim.scheme.document_number}",
        components="、".join(claim.facts.component_numbers),
        factory=factories.get(case.factory_id, "") or case.application.cargo.producer,
        site=case.application.itinerary.destination,
        status=_STATES[claim.state],
    )


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}" if at else ""
