"""Relief records without trips behind them, for tests of money."""

from __future__ import annotations

from decimal import Decimal

from tests.factories import NOON, actor, scheme
from transport.people import Role
from transport.relief.calculators import Calculator, CalculatorKind
from transport.relief.claims import Claim, ClaimState
from transport.relief.entitlement import check_entitlement
from transport.relief.schemes import Ownership
from transport.relief.trip_facts import TollLine, TripFacts

# Two of the toll office, who approve and audit, and finance between them, which pays and closes.
FINANCE = actor(Role.FINANCE, "p")
OFFICE = [actor(Role.TOLL_OFFICE, "v"), FINANCE, actor(Role.TOLL_OFFICE, "q")]
CARRIER = actor(Role.CARRIER, "c")
SCHEMES = [
    scheme(id="plain", percent=Decimal(30)),
    scheme(id="refund", calculators=(Calculator(CalculatorKind.REFUND, percent=Decimal(50)),)),
    scheme(id="budget", percent=Decimal(90), budget_fen=50_000),
]


def claim(number: int, tolls: list[int], chosen: int) -> Claim:
    """Return a record of a toll in fen a line, under one of the schemes."""
    lines = tuple(
        TollLine(
            section=f"G{index}",
            ownership=Ownership.GOVERNMENT_LOAN,
            length_km=Decimal(10),
            amount_yuan=Decimal(fen) / 100,
            rule=f"line {index}",
            operator=("甲", "乙")[index % 2],
        )
        for index, fen in enumerate(tolls)
    )
    facts = TripFacts(
        day=NOON.date(),
        material="precast",
        component_kind="box_girder",
        component_numbers=(f"XL-{number}",),
        pass_number="DJ",
        pass_valid=True,
        pass_component_numbers=(f"XL-{number}",),
        pass_plates=("a", "b"),
        trip_plates=("a", "b"),
        permitted_mass_t=48.0,
        weighed_t=47.0,
        lawful=True,
        certificate_number="H",
        site_accepted=True,
        toll_lines=lines,
    )
    return Claim(
        id=str(number),
        number=f"JM-{number:05d}",
        trip_id=str(number),
        case_number="DJ",
        carrier_id=CARRIER.organisation_id,
        carrier_name="物流",
        scheme=SCHEMES[chosen],
        facts=facts,
        entitlement=check_entitlement(SCHEMES[chosen], facts),
        state=ClaimState.PRE_REVIEW,
        month=f"{NOON:%Y-%m}",
        opened_at=NOON,
        toll_status="demonstration",
    )
