"""The automatic checks of a trip against a scheme, each with the values it compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from transport.relief.schemes import Scheme
from transport.relief.trip_facts import TripFacts
from transport.tariffs.lines import DayKind
from transport.tariffs.money import yuan_text

_ZERO = Decimal("0.00")
_SECONDS_PER_HOUR = 3600


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

    `is_known` is False where nothing was on file to compare: then it holds nothing against a trip,
    except the kind of a day in a year not announced, of which no relief may be granted.
    """

    check: ReliefCheck
    holds: bool
    explanation: str
    is_known: bool = True


def run_checks(scheme: Scheme, facts: TripFacts) -> tuple[CheckResult, ...]:
    """Run every check of a trip against a scheme, in the order of `ReliefCheck`."""
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
    unknown = _not_on_file(scheme, facts)
    return tuple(
        CheckResult(check=check, holds=holds, explanation=text, is_known=check not in unknown)
        for check, (holds, text) in answers.items()
    )


def _not_on_file(scheme: Scheme, facts: TripFacts) -> frozenset[ReliefCheck]:
    """Return the checks that had nothing to compare."""
    missing = {
        ReliefCheck.MASS_AS_PERMITTED: facts.weighed_t is None,
        ReliefCheck.SIZE_AS_PERMITTED: not facts.measured_m,
        ReliefCheck.STATIONS_ON_ROUTE: not facts.permitted_stations
        or not (facts.entry_station or facts.exit_station),
        ReliefCheck.TIME_PLAUSIBLE: not _times_on_file(facts),
        ReliefCheck.HOUR_IN_SCOPE: _day_fits(scheme, facts) is None,
    }
    return frozenset(check for check, is_missing in missing.items() if is_missing)


def _times_on_file(facts: TripFacts) -> bool:
    timed = facts.entered_at is not None and facts.left_at is not None
    return timed and facts.times_recorded and facts.fastest_km_h is not None


def _may_do_without(scheme: Scheme, facts: TripFacts) -> bool:
    return scheme.without_pass and facts.on_list is not False


def _trip_checks(facts: TripFacts) -> dict[ReliefCheck, tuple[bool, str]]:
    pairs = zip(facts.measured_m, facts.permitted_m, strict=False)
    sizes = [(one, most) for one, most in pairs if one is not None]
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
    fastest, longest = facts.fastest_km_h, facts.longest_h
    if facts.entered_at is None or facts.left_at is None or not facts.times_recorded:
        return True, "times not on file"
    hours = (facts.left_at - facts.entered_at).total_seconds() / _SECONDS_PER_HOUR
    length_km = float(sum((one.length_km for one in facts.toll_lines), _ZERO))
    if hours <= 0:
        return False, f"left {facts.left_at} before entering {facts.entered_at}"
    speed = length_km / hours
    text = f"{length_km:g} km in {hours:.1f} h: {speed:.0f} km/h"
    too_fast = fastest is not None and speed > fastest
    return not too_fast and (longest is None or hours <= longest), text


def _scope_checks(scheme: Scheme, facts: TripFacts) -> dict[ReliefCheck, tuple[bool, str]]:
    producer = not scheme.producers or facts.producer in scheme.producers
    project = not scheme.projects or facts.project in scheme.projects
    category = not scheme.categories or facts.category in scheme.categories
    few = scheme.least_axles and facts.axle_count < scheme.least_axles
    many = scheme.most_axles and facts.axle_count > scheme.most_axles
    hour = facts.entered_at.hour if facts.entered_at else None
    in_hours = hour is None or scheme.covers_hour(hour)
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
            bool(_day_fits(scheme, facts)) and in_hours,
            f"{facts.day:%a}" + ("" if hour is None else f" {hour}:00"),
        ),
        ReliefCheck.BUDGET_LEFT: (
            left is None or left > 0,
            "no budget" if left is None else f"{yuan_text(left)} yuan left",
        ),
    }


def _day_fits(scheme: Scheme, facts: TripFacts) -> bool | None:
    if scheme.days is DayKind.ANY:
        return True
    return None if facts.day_kinds is None else scheme.days in facts.day_kinds
