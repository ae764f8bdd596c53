"""Operators' records for tests: a file that matches everything, and ways to plant a fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from transport.relief.records import FIELDS, Bounds, Known, KnownClaim, KnownPass

CHINA = timezone(timedelta(hours=8))
STATIONS = {"S1": "西站", "S2": "东站", "S3": "北站"}
LENGTH_KM = 150.0
TOLL_FEN = 31500


def known_pass(number: int) -> KnownPass:
    """Return a pass of its own truck, valid in May 2026."""
    return KnownPass(
        number=f"P{number:05d}",
        tractor_plate=f"蒙A{number:05d}",
        trailer_plate=f"蒙A{number:04d}挂",
        carrier="示范物流",
        issuer="示范交通运输厅",
        first_day="2026-05-01",
        last_day="2026-05-31",
        mass_t=49.0,
        length_m=18.0,
        width_m=3.0,
        height_m=4.2,
        axle_count=6,
        stations=frozenset({"S1", "S2"}),
        passages=40,
    )


def known(passes: int = 60) -> Known:
    """Return what is on file; every pass has one granted claim."""
    on_file = [known_pass(number) for number in range(passes)]
    return Known(
        passes={one.number: one for one in on_file},
        stations=STATIONS,
        claims={
            f"JM-{one.number}": KnownClaim(f"JM-{one.number}", one.number, "demo", 9450)
            for one in on_file
        },
        toll_fen=lambda entry, exit_, axles, _: (
            TOLL_FEN if {entry, exit_} == {"S1", "S2"} and axles == 6 else None
        ),
        length_km=lambda entry, exit_: LENGTH_KM if {entry, exit_} == {"S1", "S2"} else None,
        listed={"蒙L00001": (("2026-05-01", "2026-05-31"),)},
        bounds=Bounds(fastest_km_h=110.0, longest_h=240.0, axle_sum_percent=2.0),
    )


@dataclass
class Record:
    """One record; `cells` holds what differs from a faultless one."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def row(self) -> list[str]:
        """Return the cells in the order of the exchange record."""
        on_file = known_pass(self.number)
        start = datetime(2026, 5, 2 + self.number % 25, 8, 0, tzinfo=CHINA)
        plain = {
            "certNo": on_file.number,
            "provinces": "150000",
            "enStationId": "S1",
            "enStationName": "西站",
            "exStationId": "S2",
            "exStationName": "东站",
            "tractorVehicleId": on_file.tractor_plate,
            "trailerVehicleId": on_file.trailer_plate,
            "startPassDate": on_file.first_day,
            "endPassDate": on_file.last_day,
            "carriorUnit": on_file.carrier,
            "goodsInfo": "预制梁",
            "vehicleweight": "48.5",
            "vehiclelength": "17.9",
            "width": "3.0",
            "height": "4.1",
            "alexCount": "6",
            "tyleCount": "22",
            "alexsLoad": "6.5+8.5+8.5+8.5+8.5+8",
            "roads": "G6",
            "passCount": "40",
            "descript": "",
            "orgUnit": on_file.issuer,
            "certificationDate": "2026-04-28",
            "record_id": f"R{self.number:07d}",
            "entered_at": start.isoformat(),
            "left_at": (start + timedelta(hours=3)).isoformat(),
            "toll_yuan": "315.00",
            "relief_yuan": "94.50",
            "paid_yuan": "220.50",
            "claim_number": f"JM-{on_file.number}",
            "scheme_id": "demo",
        }
        plain |= self.cells
        return [plain[one] for one in FIELDS]
