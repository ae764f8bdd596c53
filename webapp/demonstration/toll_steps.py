"""Steps of the toll office, finance and the operators: lists, records, months."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from transport.errors import NotFoundError
from transport.permits.permit import Permit
from transport.relief.claims import Claim
from transport.relief.project_lists import ListEntry
from transport.relief.records import FIELDS
from transport.relief.settlements import SettlementState, SettlementStep
from transport.routing.toll_way import pieces_between_stations
from transport.services import (
    approving_settlements,
    claiming_relief,
    keeping_lists,
    reconciling_records,
    settling_relief,
)
from transport.services.stepping import day_of
from transport.tariffs.money import fen_of, yuan_text
from transport.tariffs.quote import quote_edges
from transport.vehicles.transport import Transport
from webapp.access import Services
from webapp.demonstration.cast import Cast

_DRIVE = timedelta(hours=4)


class TollSteps(Cast):
    """What happens in a month after the trips: lists, operators' records, closing, settlements."""

    def list_truck(self, project: str, plate: str, at: datetime) -> ListEntry:
        """Put a truck on the list of a project whose loads need no pass."""
        entry = ListEntry(
            id="",
            project=project,
            tractor_plate=plate,
            first_day=day_of(at),
            last_day=self.days.after(180),
            basis="示范〔2026〕3号（非真实文件）",
            component_kinds=frozenset({"sandwich_wall", "laminated_slab"}),
        )
        return keeping_lists.add_entry(
            self.services.unit_of_work, actor=self.people["toll"], entry=entry, now=at
        )

    def granted(self, at: datetime) -> list[Claim]:
        """Return the granted relief records of this month and the one before, the oldest first."""
        first, last = (f"{day:%Y-%m}" for day in (at - timedelta(days=31), at))
        claims = claiming_relief.list_months(
            self.services.unit_of_work, actor=self.people["toll"], first=first, last=last
        )
        found = [one for one in claims if one.granted_yuan > 0]
        return sorted(found, key=lambda one: one.number)

    def hand_in_records(self, claim: Claim, permit: Permit, at: datetime) -> None:
        """Hand in the file of a month: one passage as granted, two with a fault."""
        right = self._record(claim, permit)
        stranger = {"record_id": "SF-0002", "tractorVehicleId": "蒙KSF999"}
        later = claim.facts.day + timedelta(days=1)
        stranger |= _times(datetime.combine(later, at.timetz()))
        unknown = {**stranger, "record_id": "SF-0003", "certNo": "SF-不存在的证号"}
        none = {"relief_yuan": "0.00", "claim_number": "", "scheme_id": ""}
        none["paid_yuan"] = right["toll_yuan"]
        rows = (right, {**right, **none, **stranger}, {**right, **none, **unknown})
        text = _written(rows)
        reconciling_records.import_records(
            self.services.unit_of_work,
            self.services.network(),
            self.services.tariff,
            self.services.law,
            actor=self.people["operator"],
            file=reconciling_records.RecordsFile(
                "示范通行记录.csv",
                hashlib.sha256(text.encode()).hexdigest(),
                io.StringIO(text, newline=""),
            ),
            month=f"{claim.facts.day:%Y-%m}",
            now=at,
        )

    def permit_of(self, claim: Claim) -> Permit:
        """Return the pass of a relief record."""
        with self.services.unit_of_work(read_only=True) as work:
            found = work.permits.by_number(claim.facts.pass_number)
        if found is None:
            raise NotFoundError(f"there is no pass {claim.facts.pass_number}")
        return found

    def close_months(self, at: datetime) -> list[str]:
        """Close every month that is over, and approve what it owes the operators."""
        unit_of_work, finance = self.services.unit_of_work, self.people["finance"]
        months = settling_relief.months_to_close(unit_of_work, actor=finance, today=day_of(at))
        for month in sorted(months):
            settling_relief.close_month(unit_of_work, actor=finance, month=month, now=at)
        return months

    def approve_settlements(self, at: datetime) -> None:
        """Let the other person of finance approve the prepared settlements."""
        unit_of_work, checker = self.services.unit_of_work, self.people["finance.checker"]
        for one in approving_settlements.list_settlements(unit_of_work, actor=checker):
            if one.state is SettlementState.PREPARED:
                approving_settlements.decide_settlement(
                    unit_of_work,
                    actor=checker,
                    settlement_id=one.id,
                    step=SettlementStep.APPROVE,
                    expected_version=one.version,
                    now=at,
                )

    def _record(self, claim: Claim, permit: Permit) -> dict[str, str]:
        with self.services.unit_of_work(read_only=True) as work:
            application = work.cases.get(permit.case_number).application
        stations = [
            one for one in application.route.contract["structures"] if one["kind"] == "toll_station"
        ]
        began = claim.facts.entered_at or claim.opened_at - timedelta(days=1)
        return {
            **_said_of(permit, application.transport),
            **_passed(self.services, stations[0], stations[-1]),
            "record_id": "SF-0001",
            **_times(began),
            **self._money(claim, permit.axle_count, (stations[0]["id"], stations[-1]["id"])),
        }

    def _money(self, claim: Claim, axles: int, stations: tuple[str, str]) -> dict[str, str]:
        network = self.services.network()
        way = pieces_between_stations(network, *stations)
        quote = quote_edges(network, way, axles, self.services.tariff.on(claim.facts.day))
        relief_fen = fen_of(claim.entitlement.relief_yuan)
        return {
            "toll_yuan": yuan_text(quote.toll_fen),
            "relief_yuan": yuan_text(relief_fen),
            "paid_yuan": yuan_text(quote.toll_fen - relief_fen),
            "claim_number": claim.number,
            "scheme_id": claim.scheme.id,
        }


def _passed(
    services: Services, entry: Mapping[str, Any], exit_: Mapping[str, Any]
) -> dict[str, str]:
    codes = {one.network_id: one.code for one in services.tariff.roads.stations}
    return {
        "enStationId": codes[entry["id"]],
        "enStationName": entry["name"],
        "exStationId": codes[exit_["id"]],
        "exStationName": exit_["name"],
    }


def _said_of(permit: Permit, transport: Transport) -> dict[str, str]:
    return {
        "certNo": permit.number,
        "provinces": "150000",
        "tractorVehicleId": permit.tractor_plate,
        "trailerVehicleId": permit.trailer_plate,
        "startPassDate": permit.valid_from.isoformat(),
        "endPassDate": permit.valid_until.isoformat(),
        "carriorUnit": permit.holder_name,
        "goodsInfo": "装配式构件",
        "vehicleweight": f"{transport.mass_t:g}",
        "vehiclelength": f"{permit.length_m:g}",
        "width": f"{permit.width_m:g}",
        "height": f"{permit.height_m:g}",
        "alexCount": str(permit.axle_count),
        "tyleCount": "22",
        "alexsLoad": "+".join(f"{one:g}" for one in transport.axle_loads_t),
        "roads": "G6",
        "passCount": "1",
        "orgUnit": permit.issuer_name,
        "certificationDate": permit.valid_from.isoformat(),
    }


def _times(began: datetime) -> dict[str, str]:
    return {"entered_at": began.isoformat(), "left_at": (began + _DRIVE).isoformat()}


def _written(rows: Sequence[Mapping[str, str]]) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, FIELDS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()
