"""Papers of vehicles: which ends first, what is soon to end, what cannot be right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from transport.vehicles.vehicle_papers import (
    PaperKind,
    PaperState,
    VehiclePaper,
    expiring_papers,
    paper_faults,
    shortest_paper,
)

TODAY = date(2026, 5, 11)
INSURANCE = VehiclePaper(PaperKind.INSURANCE, "PD-1", valid_until=date(2026, 12, 31))
PLATE = VehiclePaper(
    PaperKind.TEMPORARY_PLATE, "蒙B0001超", issued_on=TODAY, valid_until=date(2026, 8, 8)
)


def test_the_paper_that_ends_first_is_the_shortest() -> None:
    assert shortest_paper([INSURANCE, PLATE], 90) == (PLATE, date(2026, 8, 8))
    assert shortest_paper([VehiclePaper(PaperKind.VEHICLE_LICENCE)]) is None


@pytest.mark.parametrize(("lasts", "faults"), [(89, 0), (90, 0), (91, 1)])
def test_a_temporary_plate_lasts_at_most_ninety_days_with_both_ends(
    lasts: int, faults: int
) -> None:
    ends = TODAY + timedelta(days=lasts - 1)
    plate = VehiclePaper(PaperKind.TEMPORARY_PLATE, "超", TODAY, ends)
    assert len(paper_faults([plate], 90)) == faults


def test_whatever_is_printed_on_it_a_temporary_plate_ends_when_the_law_says() -> None:
    plate = VehiclePaper(PaperKind.TEMPORARY_PLATE, "超", TODAY, date(2027, 5, 11))
    assert plate.last_day(90) == date(2026, 8, 8)


def test_a_temporary_plate_needs_both_days_and_no_paper_ends_before_it_begins() -> None:
    undated = VehiclePaper(PaperKind.TEMPORARY_PLATE, "超")
    reversed_days = VehiclePaper(PaperKind.INSURANCE, "", TODAY, TODAY - timedelta(days=1))
    codes = [one.code for one in paper_faults([undated, reversed_days], 90)]
    assert codes == ["temporary_plate_days_missing", "paper_reversed"]


@pytest.mark.parametrize(
    ("ends_in", "state"),
    [
        (-1, PaperState.EXPIRED),
        (0, PaperState.EXPIRES_SOON),
        (29, PaperState.EXPIRES_SOON),
        (30, PaperState.VALID),
    ],
)
def test_a_paper_is_valid_on_its_last_day_and_warned_of_thirty_days_before(
    ends_in: int, state: PaperState
) -> None:
    paper = VehiclePaper(PaperKind.INSPECTION, valid_until=TODAY + timedelta(days=ends_in))
    assert paper.state_on(TODAY) is state
    assert bool(expiring_papers([paper], TODAY)) == (state is not PaperState.VALID)
