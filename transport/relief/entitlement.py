"""Is this trip entitled under this scheme? Every check and every line says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from transport.relief.schemes import Ownership, Scheme

_FEN = Decimal("0.01")
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class TollLine:
    """The toll of one section; `rule` is the tariff line it comes from."""

    section: str
    ownership: Ownership
    length_km: Decimal
    amount_yuan: Decimal
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TripFacts:
    """What pass and manifest say about a trip, and what was measured.

    `pass_valid` is None where the load needs no pass; `lawful` is False for a stack or load the law
    does not allow at all.
    """

    day: date
    material: str
    component_kind: str
    component_numbers: tuple[str, ...]
    pass_number: str
    pass_valid: bool | None
    pass_component_numbers: tuple[str, ...]
    pass_plates: tuple[str, str]
    trip_plates: tuple[str, str]
    permitted_mass_t: float
    weighed_t: float | None
    lawful: bool
    certificate_number: str
    site_accepted: bool
    toll_lines: tuple[TollLine, ...]


class ReliefCheck(StrEnum):
    """The checks, in the order in which they are shown."""

    SCHEME_IN_FORCE = "scheme_in_force"
    LOAD_LAWFUL = "load_lawful"
    PASS_VALID = "pass_valid"  # noqa: S105 - a check, not a password
    PLATES_MATCH = "plates_match"
    COMPONENTS_ON_PASS = "components_on_pass"  # noqa: S105
    MATERIAL_IN_SCOPE = "material_in_scope"
    KIND_IN_SCOPE = "kind_in_scope"
    CERTIFICATE = "certificate"
    SITE_ACCEPTED = "site_accepted"
    MASS_AS_PERMITTED = "mass_as_permitted"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check with the values it compared."""

    check: ReliefCheck
    holds: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """The relief on one section, with the reason."""

    section: str
    toll_yuan: Decimal
    relief_yuan: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The answer: checks, lines and sums in yuan; relief is zero unless every check holds."""

    entitled: bool
    checks: tuple[CheckResult, ...]
    lines: tuple[ReliefLine, ...]
    toll_yuan: Decimal
    relief_yuan: Decimal

    @property
    def net_yuan(self) -> Decimal:
        """What is left to pay."""
        return self.toll_yuan - self.relief_yuan


def check_entitlement(scheme: Scheme, facts: TripFacts) -> Entitlement:
    """Check a trip against a scheme; relief never exceeds the toll and is never negative."""
    checks = _checks(scheme, facts)
    entitled = all(one.holds for one in checks)
    lines = tuple(_line(scheme, toll, entitled=entitled) for toll in facts.toll_lines)
    return Entitlement(
        entitled=entitled,
        checks=checks,
        lines=lines,
        toll_yuan=sum((one.toll_yuan for one in lines), _ZERO),
        relief_yuan=sum((one.relief_yuan for one in lines), _ZERO),
    )


def _line(scheme: Scheme, toll: TollLine, *, entitled: bool) -> ReliefLine:
    if not entitled:
        relief, reason = _ZERO, "a check does not hold"
    elif toll.ownership not in scheme.ownership:
        relief, reason = _ZERO, f"{toll.ownership.value} roads are not in the scheme"
    else:
        # Rounded down, so that the sum of the lines never exceeds the toll.
        share = (toll.amount_yuan * scheme.percent / 100).quantize(_FEN, rounding=ROUND_DOWN)
        relief = min(max(share, _ZERO), max(toll.amount_yuan, _ZERO))
        reason = (
            f"{scheme.percent.normalize():f} % of {toll.amount_yuan} ({scheme.document_number})"
        )
    return ReliefLine(
        section=toll.section, toll_yuan=toll.amount_yuan, relief_yuan=relief, reason=reason
    )


def _checks(scheme: Scheme, facts: TripFacts) -> tuple[CheckResult, ...]:
    off_pass = [
        one for one in facts.component_numbers if one not in set(facts.pass_component_numbers)
    ]
    needs_none = facts.pass_valid is None
    kind_fits = not scheme.component_kinds or facts.component_kind in scheme.component_kinds
    weighed = facts.weighed_t
    answers: dict[ReliefCheck, tuple[bool, str]] = {
        ReliefCheck.SCHEME_IN_FORCE: (
            scheme.is_in_force(facts.day),
            f"{facts.day}, scheme {scheme.starts_on} to {scheme.ends_on}",
        ),
        ReliefCheck.LOAD_LAWFUL: (facts.lawful, "an unlawful stack never gets relief"),
        ReliefCheck.PASS_VALID: (
            scheme.without_pass if needs_none else bool(facts.pass_valid),
            "the load needs no pass" if needs_none else f"{facts.pass_number} on {facts.day}",
        ),
        ReliefCheck.PLATES_MATCH: (
            needs_none or facts.pass_plates == facts.trip_plates,
            f"trip {' '.join(facts.trip_plates)}, pass {' '.join(facts.pass_plates)}",
        ),
        ReliefCheck.COMPONENTS_ON_PASS: (
            bool(facts.component_numbers) and (needs_none or not off_pass),
            ", ".join(off_pass) or f"{len(facts.component_numbers)} listed",
        ),
        ReliefCheck.MATERIAL_IN_SCOPE: (facts.material in scheme.materials, facts.material),
        ReliefCheck.KIND_IN_SCOPE: (kind_fits, facts.component_kind),
        ReliefCheck.CERTIFICATE: (bool(facts.certificate_number), facts.certificate_number),
        ReliefCheck.SITE_ACCEPTED: (facts.site_accepted, "acceptance by the site"),
        ReliefCheck.MASS_AS_PERMITTED: (
            weighed is None or weighed <= facts.permitted_mass_t,
            f"permitted {facts.permitted_mass_t:g} t, "
            + ("not weighed" if weighed is None else f"weighed {weighed:g} t"),
        ),
    }
    return tuple(
        CheckResult(check=check, holds=holds, explanation=text)
        for check, (holds, text) in answers.items()
    )
