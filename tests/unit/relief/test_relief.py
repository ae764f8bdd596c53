from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON, actor, scheme, toll_lines
from transport.errors import InvalidInputError, RegulationFileError, StepNotAllowedError
from transport.people import Role
from transport.relief.checks import ReliefCheck
from transport.relief.claims import (
    CLAIM_TRANSITIONS,
    Claim,
    ClaimState,
    ClaimStep,
    take_claim_step,
)
from transport.relief.entitlement import check_entitlement
from transport.relief.monthly import monthly_list
from transport.relief.schemes import Ownership, SchemeRegister, read_schemes
from transport.relief.trip_facts import TripFacts
from transport.tariffs.lines import DayKind

SHIPPED = Path(__file__).parents[3] / "config" / "tolls" / "cn-15" / "relief_schemes.yaml"
FACTS = TripFacts(
    day=date(2026, 5, 20),
    material="precast",
    component_kind="box_girder",
    component_numbers=("XL-001",),
    pass_number="DJ-T",
    pass_valid=True,
    pass_component_numbers=("XL-001", "XL-002"),
    pass_plates=("蒙B12345", "蒙B1234挂"),
    trip_plates=("蒙B12345", "蒙B1234挂"),
    permitted_mass_t=48.0,
    weighed_t=47.5,
    lawful=True,
    certificate_number="HGZ-1",
    site_accepted=True,
    toll_lines=toll_lines("100.00", "33.33"),
)
TIMES = ReliefCheck.TIME_PLAUSIBLE
VERIFIER, PAYER = actor(Role.TOLL_OFFICE, "v"), actor(Role.FINANCE, "p")


def claim(number: str = "JM-202605-00001", **changes: Any) -> Claim:
    facts = replace(FACTS, **changes)
    return Claim(
        id=number,
        number=number,
        trip_id=number,
        case_number="DJ",
        carrier_id="c",
        carrier_name="物流",
        scheme=scheme(),
        facts=facts,
        entitlement=check_entitlement(scheme(), facts),
        state=ClaimState.PRE_REVIEW,
        month="2026-05",
        opened_at=NOON,
        toll_status="demonstration",
    )


def test_relief_is_computed_line_by_line_and_rounded_down() -> None:
    answer = check_entitlement(scheme(), FACTS)
    assert answer.entitled
    assert [line.relief_yuan for line in answer.lines] == [Decimal("30.00"), Decimal("9.99")]
    assert answer.relief_yuan == Decimal("39.99")
    assert answer.net_yuan == Decimal("93.34")
    assert "30 % of 100.00 (示范〔2026〕1号)" in answer.lines[0].reason


def test_a_commercial_road_outside_the_scheme_gets_no_relief() -> None:
    commercial = replace(FACTS.toll_lines[0], ownership=Ownership.COMMERCIAL)
    answer = check_entitlement(scheme(), replace(FACTS, toll_lines=(commercial,)))
    assert answer.entitled
    assert answer.relief_yuan == 0
    assert answer.lines[0].reason == "commercial roads are not in the scheme"


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        ({"day": date(2027, 1, 1)}, ReliefCheck.SCHEME_IN_FORCE),
        ({"lawful": False}, ReliefCheck.LOAD_LAWFUL),
        ({"pass_valid": False}, ReliefCheck.PASS_VALID),
        ({"trip_plates": ("蒙B99999", "蒙B1234挂")}, ReliefCheck.PLATES_MATCH),
        ({"component_numbers": ("XL-009",)}, ReliefCheck.COMPONENTS_ON_PASS),
        ({"material": "timber"}, ReliefCheck.MATERIAL_IN_SCOPE),
        ({"certificate_number": ""}, ReliefCheck.CERTIFICATE),
        ({"site_accepted": False}, ReliefCheck.SITE_ACCEPTED),
        ({"weighed_t": 48.1}, ReliefCheck.MASS_AS_PERMITTED),
    ],
)
def test_one_check_that_does_not_hold_ends_the_relief(
    change: dict[str, Any], failing: ReliefCheck
) -> None:
    answer = check_entitlement(scheme(), replace(FACTS, **change))
    assert [one.check for one in answer.checks if not one.holds] == [failing]
    assert not answer.entitled
    assert answer.relief_yuan == 0


def test_a_load_without_pass_is_entitled_only_where_the_scheme_says_so() -> None:
    facts = replace(FACTS, pass_valid=None, pass_number="", pass_component_numbers=())
    assert not check_entitlement(scheme(), facts).entitled
    assert check_entitlement(scheme(without_pass=True), facts).entitled


@given(
    amounts=st.lists(st.decimals("0", "9999", places=2), min_size=1, max_size=8),
    percent=st.decimals("0", "100", places=3),
)
def test_relief_never_exceeds_toll_and_is_never_negative(
    amounts: list[Decimal], percent: Decimal
) -> None:
    facts = replace(FACTS, toll_lines=toll_lines(*map(str, amounts)))
    answer = check_entitlement(scheme(percent=percent), facts)
    for line in answer.lines:
        assert 0 <= line.relief_yuan <= line.toll_yuan
    assert answer.toll_yuan == sum(amounts)
    assert answer.relief_yuan == sum(line.relief_yuan for line in answer.lines)


def test_every_claim_step_that_is_not_in_the_table_is_refused() -> None:
    for state, step, role in product(ClaimState, ClaimStep, Role):
        if (state, step, role) in CLAIM_TRANSITIONS:
            continue
        with pytest.raises(StepNotAllowedError):
            take_claim_step(replace(claim(), state=state), step, actor(role), "reason")


def test_a_claim_goes_from_review_over_verification_and_payment_to_audit() -> None:
    verified = take_claim_step(claim(), ClaimStep.VERIFY, VERIFIER)
    paid = take_claim_step(verified, ClaimStep.PAY, PAYER)
    assert verified.verified_by == "v"
    auditor = actor(Role.TOLL_OFFICE, "a")
    assert take_claim_step(paid, ClaimStep.AUDIT, auditor).state is ClaimState.AUDITED


def test_the_one_who_verified_neither_pays_nor_audits_even_from_another_office() -> None:
    verified = take_claim_step(claim(), ClaimStep.VERIFY, VERIFIER)
    with pytest.raises(StepNotAllowedError, match="not possible for toll_office"):
        take_claim_step(verified, ClaimStep.PAY, VERIFIER)
    with pytest.raises(StepNotAllowedError, match="a different person pays"):
        take_claim_step(verified, ClaimStep.PAY, replace(VERIFIER, role=Role.FINANCE))
    paid = take_claim_step(verified, ClaimStep.PAY, PAYER)
    with pytest.raises(StepNotAllowedError, match="a different person"):
        take_claim_step(paid, ClaimStep.AUDIT, VERIFIER)


def test_the_days_of_a_scheme_follow_the_working_calendar() -> None:
    holiday = scheme(days=DayKind.WEEKEND)
    off = replace(FACTS, day_kinds=(DayKind.ANY, DayKind.WEEKEND, DayKind.HOLIDAY))
    assert check_entitlement(holiday, off).entitled
    assert not check_entitlement(holiday, replace(off, day_kinds=(DayKind.ANY,))).entitled
    unknown = check_entitlement(holiday, replace(off, day_kinds=None))
    assert not unknown.entitled
    (told,) = [one for one in unknown.checks if not one.holds]
    assert (told.check, told.is_known) == (ReliefCheck.HOUR_IN_SCOPE, False)


def test_a_claim_whose_checks_fail_can_only_be_rejected_with_a_reason() -> None:
    failing = claim(weighed_t=60.0)
    with pytest.raises(StepNotAllowedError, match="mass_as_permitted"):
        take_claim_step(failing, ClaimStep.VERIFY, VERIFIER)
    with pytest.raises(InvalidInputError, match="reason"):
        take_claim_step(failing, ClaimStep.REJECT, VERIFIER)
    rejected = take_claim_step(failing, ClaimStep.REJECT, VERIFIER, "超重")
    assert rejected.state is ClaimState.REJECTED
    assert rejected.granted_yuan == 0


def test_the_monthly_list_sums_what_was_granted_per_scheme() -> None:
    granted = take_claim_step(claim("JM-202605-00002"), ClaimStep.VERIFY, VERIFIER)
    other = replace(claim("JM-202606-00001"), month="2026-06")
    month = monthly_list([granted, claim(), other], "2026-05")
    assert [one.number for one in month.claims] == ["JM-202605-00001", "JM-202605-00002"]
    assert month.relief_yuan == Decimal("39.99")
    assert month.sums[0].claims == 2
    assert month.sums[0].payer == "示范财政"


def test_without_the_demonstration_no_scheme_is_in_force() -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert read_schemes(shipped, demonstration=False).schemes == ()
    shown = read_schemes(shipped, demonstration=True)
    assert [one.status.value for one in shown.on(date(2026, 5, 20))] == ["demonstration"]
    assert "示范" in shown.schemes[0].name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"percent": 130}, "percent must be from 0 to 100"),
        ({"ends_on": "2025-01-01"}, "ends before it starts"),
        ({"ownership": ["private"]}, "private"),
        ({"colour": "red"}, "colour"),
        ({"percent": "many"}, "demo-2026"),
    ],
)
def test_a_fault_in_the_scheme_file_names_scheme_and_key(
    change: dict[str, Any], message: str
) -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    shipped["schemes"][0] |= change
    with pytest.raises(RegulationFileError, match=message):
        read_schemes(shipped, demonstration=True)


def test_an_unknown_scheme_is_named_with_those_that_exist() -> None:
    with pytest.raises(InvalidInputError, match="schemes here: demo"):
        SchemeRegister((scheme(),)).get("other")


def test_only_times_of_a_toll_station_show_an_implausible_speed() -> None:
    by_station = replace(
        FACTS, entered_at=NOON, left_at=NOON + timedelta(minutes=1), fastest_km_h=110.0
    )
    by_taps = replace(by_station, times_recorded=False)
    found = [
        next(one for one in check_entitlement(scheme(), facts).checks if one.check is TIMES)
        for facts in (by_station, by_taps)
    ]
    assert [one.holds for one in found] == [False, True]
    assert [one.is_known for one in found] == [True, False]


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [(22, 6, {22, 23, 0, 5}), (6, 22, {6, 12, 21}), (0, 24, {0, 5, 6, 12, 21, 22, 23})],
)
def test_the_hours_of_a_scheme_may_run_over_midnight(
    first: int, last: int, inside: set[int]
) -> None:
    given = replace(scheme(), from_hour=first, to_hour=last)
    checked = {0, 5, 6, 12, 21, 22, 23}
    assert {one for one in checked if given.covers_hour(one)} == inside
