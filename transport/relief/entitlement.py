"""Is this trip entitled under this scheme? Every check and every line says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from transport.relief.calculators import LineMoney, LineRelief, relieve
from transport.relief.schemes import Ownership, Scheme
from transport.tariffs.money import fen_of, yuan_of, yuan_text

_ZERO = Decimal("0.00")
_SECONDS_PER_HOUR = 3600
# Bounds of what a truck can do between two toll stations (assumption, not law): faster or slower
# needs a person to look, so the check does not hold.
FASTEST_KM_H = 110.0
LONGEST_DAYS = 10


@dataclass(frozen=True, slots=True)
class TollLine:
    """The toll of one section; `rule` is the tariff line it comes from."""

    section: str
    ownership: Ownership
    length_km: Decimal
    amount_yuan: Decimal
    rule: str = ""
    section_id: str = ""
    operator: str = ""
    league: str = ""
    kind: str = "distance"
    tariff_line: str = ""
    class_fen: tuple[int, ...] = ()
    above_six_fen: int = 0

    @property
    def amount_fen(self) -> int:
        """The toll in fen."""
        return fen_of(self.amount_yuan)


@dataclass(frozen=True, slots=True)
class TripFacts:
    """What pass and manifest say about a trip, and what was measured.

    `pass_valid` is None where the load needs no pass; `lawful` is False for a stack or load the law
    does not allow at all. Sizes are (height, width, length) in metres, empty where nobody measured.
    `earlier_claims` are the numbers of records that share trip, pass and day, or components;
    `on_list` says whether the project list names a load without pass, None without a list;
    `budget_left_fen` is None for a scheme without budget. `permitted_stations` is empty where the
    pass names none. `times_recorded` says that a toll station recorded the times; those a driver
    tapped may come late, so they only raise a signal (`transport.relief.signals`).
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
    producer: str = ""
    project: str = ""
    category: str = ""
    axle_count: int = 0
    entered_at: datetime | None = None
    left_at: datetime | None = None
    entry_station: str = ""
    exit_station: str = ""
    permitted_stations: tuple[str, ...] = ()
    measured_m: tuple[float, ...] = ()
    permitted_m: tuple[float, ...] = ()
    on_list: bool | None = None
    earlier_claims: tuple[str, ...] = ()
    budget_left_fen: int | None = None
    pass_revision: int = 0
    league: str = ""
    mass_t: float = 0.0
    evidence: tuple[str, ...] = ()
    times_recorded: bool = True


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
    SIZE_AS_PERMITTED = "size_as_permitted"
    STATIONS_ON_ROUTE = "stations_on_route"
    TIME_PLAUSIBLE = "time_plausible"
    NOT_CLAIMED_BEFORE = "not_claimed_before"
    ORIGIN_IN_SCOPE = "origin_in_scope"
    VEHICLE_IN_SCOPE = "vehicle_in_scope"
    HOUR_IN_SCOPE = "hour_in_scope"
    BUDGET_LEFT = "budget_left"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check with the values it compared.

    `is_known` is False where nothing was on file to compare: then it holds nothing against a trip.
    """

    check: ReliefCheck
    holds: bool
    explanation: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """The relief on one section, with the reason."""

    section: str
    toll_yuan: Decimal
    relief_yuan: Decimal
    reason: str
    operator: str = ""
    league: str = ""
    tariff_line: str = ""
    scheme_rule: str = ""
    refund_yuan: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The answer: checks, lines and sums in yuan; relief is zero unless every check holds.

    `refund_yuan` is the part of the relief that the carrier pays first and gets back.
    """

    entitled: bool
    checks: tuple[CheckResult, ...]
    lines: tuple[ReliefLine, ...]
    toll_yuan: Decimal
    relief_yuan: Decimal
    refund_yuan: Decimal = _ZERO

    @property
    def net_yuan(self) -> Decimal:
        """What is left to pay."""
        return self.toll_yuan - self.relief_yuan


def check_entitlement(scheme: Scheme, facts: TripFacts) -> Entitlement:
    """Check a trip against a scheme; relief never exceeds the toll and is never negative."""
    checks = _checks(scheme, facts)
    entitled = all(one.holds for one in checks)
    lines = tuple(_lines(scheme, facts, entitled=entitled))
    return Entitlement(
        entitled=entitled,
        checks=checks,
        lines=lines,
        toll_yuan=sum((one.toll_yuan for one in lines), _ZERO),
        relief_yuan=sum((one.relief_yuan for one in lines), _ZERO),
        refund_yuan=sum((one.refund_yuan for one in lines), _ZERO),
    )


def _lines(scheme: Scheme, facts: TripFacts, *, entitled: bool) -> Iterator[ReliefLine]:
    reached = [
        entitled and scheme.reaches(one.ownership, one.section, one.league)
        for one in facts.toll_lines
    ]
    money = [
        LineMoney(
            one.amount_fen if inside else 0,
            one.class_fen if inside else (),
            one.above_six_fen if inside else 0,
        )
        for one, inside in zip(facts.toll_lines, reached, strict=True)
    ]
    cap = _least(scheme.cap_per_trip_fen, facts.budget_left_fen)
    found = relieve(scheme.steps, money, cap)
    for toll, inside, relief in zip(facts.toll_lines, reached, found, strict=True):
        yield ReliefLine(
            section=toll.section,
            toll_yuan=toll.amount_yuan,
            relief_yuan=yuan_of(relief.relief_fen),
            reason=_reason(scheme, toll, relief, entitled=entitled, inside=inside),
            operator=toll.operator,
            league=toll.league,
            tariff_line=toll.tariff_line or toll.rule,
            scheme_rule=scheme.rule if relief.relief_fen else "",
            refund_yuan=yuan_of(relief.refund_fen),
        )


def _reason(
    scheme: Scheme, toll: TollLine, relief: LineRelief, *, entitled: bool, inside: bool
) -> str:
    if not entitled:
        return "a check does not hold"
    if not inside and toll.ownership not in scheme.ownership:
        return f"{toll.ownership.value} roads are not in the scheme"
    if not inside:
        return f"{toll.section} is not in the scheme"
    if not scheme.calculators:
        share = f"{scheme.percent.normalize():f} %"
        return f"{share} of {toll.amount_yuan} ({scheme.document_number})"
    amount = yuan_text(relief.relief_fen)
    return f"{scheme.rule}: {amount} of {toll.amount_yuan} ({scheme.document_number})"


def _least(*amounts: int | None) -> int | None:
    return min((one for one in amounts if one is not None), default=None)


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
            _may_do_without(scheme, facts) if needs_none else bool(facts.pass_valid),
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
        **_trip_checks(facts),
        **_scope_checks(scheme, facts),
    }
    unknown = _not_on_file(facts)
    return tuple(
        CheckResult(check=check, holds=holds, explanation=text, is_known=check not in unknown)
        for check, (holds, text) in answers.items()
    )


def _not_on_file(facts: TripFacts) -> frozenset[ReliefCheck]:
    """Return the checks that had nothing to compare."""
    missing = {
        ReliefCheck.MASS_AS_PERMITTED: facts.weighed_t is None,
        ReliefCheck.SIZE_AS_PERMITTED: not facts.measured_m,
        ReliefCheck.STATIONS_ON_ROUTE: not facts.permitted_stations
        or not (facts.entry_station or facts.exit_station),
        ReliefCheck.TIME_PLAUSIBLE: not _times_on_file(facts),
    }
    return frozenset(check for check, is_missing in missing.items() if is_missing)


def _times_on_file(facts: TripFacts) -> bool:
    return facts.times_recorded and facts.entered_at is not None and facts.left_at is not None


def _may_do_without(scheme: Scheme, facts: TripFacts) -> bool:
    return scheme.without_pass and facts.on_list is not False


def _trip_checks(facts: TripFacts) -> dict[ReliefCheck, tuple[bool, str]]:
    sizes = list(zip(facts.measured_m, facts.permitted_m, strict=False))
    off_route = [
        one
        for one in (facts.entry_station, facts.exit_station)
        if one and facts.permitted_stations and one not in facts.permitted_stations
    ]
    return {
        ReliefCheck.SIZE_AS_PERMITTED: (
            all(measured <= permitted for measured, permitted in sizes),
            ", ".join(f"{one:g} m of {most:g} m" for one, most in sizes) or "not measured",
        ),
        ReliefCheck.STATIONS_ON_ROUTE: (
            not off_route,
            ", ".join(off_route) or f"{facts.entry_station} – {facts.exit_station}",
        ),
        ReliefCheck.TIME_PLAUSIBLE: _plausible(facts),
        ReliefCheck.NOT_CLAIMED_BEFORE: (
            not facts.earlier_claims,
            ", ".join(facts.earlier_claims) or "no other record",
        ),
    }


def _plausible(facts: TripFacts) -> tuple[bool, str]:
    if facts.entered_at is None or facts.left_at is None or not facts.times_recorded:
        return True, "times not on file"
    hours = (facts.left_at - facts.entered_at).total_seconds() / _SECONDS_PER_HOUR
    length_km = float(sum((one.length_km for one in facts.toll_lines), _ZERO))
    if hours <= 0:
        return False, f"left {facts.left_at} before entering {facts.entered_at}"
    speed = length_km / hours
    text = f"{length_km:g} km in {hours:.1f} h: {speed:.0f} km/h"
    return speed <= FASTEST_KM_H and hours <= LONGEST_DAYS * 24, text


def _scope_checks(scheme: Scheme, facts: TripFacts) -> dict[ReliefCheck, tuple[bool, str]]:
    producer = not scheme.producers or facts.producer in scheme.producers
    project = not scheme.projects or facts.project in scheme.projects
    category = not scheme.categories or facts.category in scheme.categories
    few = scheme.least_axles and facts.axle_count < scheme.least_axles
    many = scheme.most_axles and facts.axle_count > scheme.most_axles
    hour = facts.entered_at.hour if facts.entered_at else None
    in_hours = hour is None or scheme.from_hour <= hour < scheme.to_hour
    left = facts.budget_left_fen
    return {
        ReliefCheck.ORIGIN_IN_SCOPE: (
            producer and project,
            " ".join(part for part in (facts.producer, facts.project) if part),
        ),
        ReliefCheck.VEHICLE_IN_SCOPE: (
            category and not few and not many,
            f"{facts.axle_count} axles {facts.category}".strip(),
        ),
        ReliefCheck.HOUR_IN_SCOPE: (
            scheme.days.fits(facts.day) and in_hours,
            f"{facts.day:%a}" + ("" if hour is None else f" {hour}:00"),
        ),
        ReliefCheck.BUDGET_LEFT: (
            left is None or left > 0,
            "no budget" if left is None else f"{yuan_text(left)} yuan left",
        ),
    }
