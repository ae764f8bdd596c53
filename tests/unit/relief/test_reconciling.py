"""Operators' records against what is on file: every planted fault found, none invented."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace

import pytest

from tests.relief_records import Record, known, known_pass
from transport.errors import InvalidInputError
from transport.relief.reconciling import Reconciler
from transport.relief.records import FIELDS, Known, Mismatch, Reconciliation

DAY = "2026-05-03"
# The cells that plant each fault, and every kind of mismatch that follows from it.
PLANTED: dict[Mismatch, dict[str, str]] = {
    Mismatch.NUMBER_UNREADABLE: {"vehicleweight": "heavy"},
    Mismatch.TIME_UNREADABLE: {"entered_at": "2026-05-03T08:00"},
    Mismatch.AMOUNT_NEGATIVE: {"paid_yuan": "-1"},
    Mismatch.PASS_UNKNOWN: {"certNo": "P99999"},
    Mismatch.NO_PASS_NOT_LISTED: {"certNo": ""},
    Mismatch.PASS_NOT_YET_VALID: {
        "entered_at": "2026-04-30T08:00:00+08:00",
        "left_at": "2026-04-30T11:00:00+08:00",
    },
    Mismatch.PASS_EXPIRED: {
        "entered_at": "2026-06-01T08:00:00+08:00",
        "left_at": "2026-06-01T11:00:00+08:00",
    },
    Mismatch.VALIDITY_DIFFERS: {"endPassDate": "2026-12-31"},
    Mismatch.TRACTOR_DIFFERS: {"tractorVehicleId": "蒙Z99999"},
    Mismatch.TRAILER_DIFFERS: {"trailerVehicleId": "蒙Z9999挂"},
    Mismatch.CARRIER_DIFFERS: {"carriorUnit": "别的物流"},
    Mismatch.ISSUER_DIFFERS: {"orgUnit": "别的机关"},
    Mismatch.ENTRY_UNKNOWN: {"enStationId": "S9"},
    Mismatch.EXIT_UNKNOWN: {"exStationId": "S9"},
    Mismatch.STATION_NAME_DIFFERS: {"enStationName": "西收费站"},
    Mismatch.ENTRY_OFF_ROUTE: {"enStationId": "S3", "enStationName": "北站"},
    Mismatch.EXIT_OFF_ROUTE: {"exStationId": "S3", "exStationName": "北站"},
    Mismatch.MASS_ABOVE_PASS: {"vehicleweight": "49.1"},
    Mismatch.LENGTH_ABOVE_PASS: {"vehiclelength": "18.1"},
    Mismatch.WIDTH_ABOVE_PASS: {"width": "3.1"},
    Mismatch.HEIGHT_ABOVE_PASS: {"height": "4.3"},
    Mismatch.AXLE_COUNT_DIFFERS: {
        "alexCount": "5",
        "alexsLoad": "8.5+10+10+10+10",
    },
    Mismatch.AXLE_LOADS_INCOMPLETE: {"alexsLoad": "8.5+10+10+10+10"},
    Mismatch.AXLE_LOADS_DO_NOT_SUM: {"alexsLoad": "1+1+1+1+1+1"},
    Mismatch.LEFT_BEFORE_ENTRY: {"left_at": "2026-05-01T01:00:00+08:00"},
    Mismatch.IMPOSSIBLE_SPEED: {},  # set below: one hour for 150 km
    Mismatch.TOO_LONG_UNDER_WAY: {"left_at": "2026-06-30T01:00:00+08:00"},
    Mismatch.TOLL_DIFFERS: {"toll_yuan": "316.00", "paid_yuan": "221.50"},
    Mismatch.PAID_DIFFERS: {"paid_yuan": "221.00"},
    Mismatch.RELIEF_WITHOUT_CLAIM: {"claim_number": "JM-NONE"},
    Mismatch.RELIEF_DIFFERS: {"relief_yuan": "90.00", "paid_yuan": "225.00"},
    Mismatch.SCHEME_DIFFERS: {"scheme_id": "other"},
}


def reconcile(rows: list[list[str]], on_file: Known) -> Reconciliation:
    reconciler = Reconciler(FIELDS, on_file)
    list(reconciler.read(rows))
    return reconciler.finish()


def test_a_file_without_fault_matches_whole() -> None:
    result = reconcile([Record(number).row() for number in range(60)], known())
    assert result.counts == {}
    assert result.matched == result.rows == 60
    assert (result.toll_fen, result.relief_fen, result.paid_fen) == (
        60 * 31500,
        60 * 9450,
        60 * 22050,
    )


def test_every_kind_of_planted_fault_is_found_and_none_is_invented() -> None:
    assert len(PLANTED) >= 30
    rows, expected = [], Counter[tuple[str, Mismatch]]()
    for number, (kind, cells) in enumerate(PLANTED.items()):
        record = Record(number, dict(cells))
        if kind is Mismatch.IMPOSSIBLE_SPEED:
            start = record.row()[FIELDS.index("entered_at")]
            record.cells["left_at"] = start.replace("T08:00", "T09:00")
        rows.append(record.row())
        expected[f"R{number:07d}", kind] += 1
    # A claim whose number the record lost is missed in the other direction too.
    lost = list(PLANTED).index(Mismatch.RELIEF_WITHOUT_CLAIM)
    expected[f"JM-P{lost:05d}", Mismatch.CLAIM_WITHOUT_RECORD] += 1
    # The claim names the right pass, the record another one or none.
    for kind in (Mismatch.PASS_UNKNOWN, Mismatch.NO_PASS_NOT_LISTED):
        place = list(PLANTED).index(kind)
        expected[f"R{place:07d}", Mismatch.CLAIM_OF_OTHER_PASS] += 1
    # Money that cannot be read is not compared with the claim either.
    place = list(PLANTED).index(Mismatch.AMOUNT_NEGATIVE)
    expected[f"JM-P{place:05d}", Mismatch.CLAIM_WITHOUT_RECORD] += 1
    result = reconcile(rows, known(len(rows)))
    found = Counter((one.record_id, one.kind) for one in result.unmatched)
    assert found == expected
    assert result.matched == 0


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([Record(1).row(), Record(1).row()], Mismatch.RECORD_TWICE),
        ([Record(1).row()[:9]], Mismatch.ROW_TOO_SHORT),
        (
            [
                Record(1).row(),
                Record(1, {"record_id": "again"}).row(),
            ],
            Mismatch.TRIPS_OVERLAP,
        ),
        (
            [Record(1, {"relief_yuan": "400.00", "paid_yuan": "0.00"}).row()],
            Mismatch.RELIEF_ABOVE_TOLL,
        ),
    ],
)
def test_faults_of_the_file_itself_are_told(rows: list[list[str]], kind: Mismatch) -> None:
    assert reconcile(rows, known(2)).counts[kind] == 1


def test_a_revoked_pass_and_too_many_passages_are_told() -> None:
    revoked = replace(known_pass(1), revoked_on="2026-05-02")
    few = replace(known_pass(2), passages=1)
    on_file = replace(known(3), passes={one.number: one for one in (revoked, few)}, claims={})
    plain = {"relief_yuan": "0", "paid_yuan": "315.00", "claim_number": ""}
    later = {
        **plain,
        "record_id": "later",
        "entered_at": "2026-05-20T08:00:00+08:00",
        "left_at": "2026-05-20T11:00:00+08:00",
    }
    rows = [Record(1, plain).row(), Record(2, plain).row(), Record(2, later).row()]
    result = reconcile(rows, on_file)
    assert result.counts == {Mismatch.PASS_REVOKED: 1, Mismatch.MORE_PASSAGES_THAN_ALLOWED: 1}


def test_a_listed_truck_needs_no_pass() -> None:
    record = Record(
        1,
        {
            "certNo": "",
            "tractorVehicleId": "蒙L00001",
            "relief_yuan": "0",
            "paid_yuan": "315.00",
            "claim_number": "",
        },
    )
    assert reconcile([record.row()], replace(known(), claims={})).counts == {}


def test_columns_may_stand_in_any_order_but_none_may_be_missing() -> None:
    order = sorted(FIELDS)
    row = Record(1).row()
    shuffled = [row[FIELDS.index(one)] for one in order]
    text = io.StringIO()
    csv.writer(text).writerows([order, shuffled])
    rows = csv.reader(io.StringIO(text.getvalue()))
    reconciler = Reconciler(next(rows), replace(known(2), claims={}))
    passages = list(reconciler.read(rows))
    assert passages[0].toll_fen == 31500
    with pytest.raises(InvalidInputError, match="certNo"):
        Reconciler(FIELDS[1:], known(1))
