"""How tolls and relief were reckoned, in the reader's language."""

from __future__ import annotations

import re

from flask_babel import gettext

from transport.relief.calculators import Calculator, CalculatorKind
from transport.relief.checks import CheckResult, ReliefCheck
from transport.relief.claims import Claim
from transport.relief.entitlement import ReliefLine
from transport.relief.schemes import Scheme
from transport.services.relief_facts import ReliefBasis
from transport.tariffs.lines import DayKind
from transport.tariffs.money import yuan_text
from webapp.access import current_services
from webapp.extensions import language
from webapp.wording import say

_RULE = re.compile(
    r"(?:(?P<line>\S+): )?class (?P<number>\d): (?P<rate>[\d.]+) yuan/km"
    r"(?: \+ (?P<more>\d+) axles above six x (?P<extra>[\d.]+) yuan/km)?"
)


def relief_basis() -> ReliefBasis:
    """Return what trips are judged by beside the scheme, as it stands today."""
    services = current_services()
    return ReliefBasis(services.law, services.calendar, services.tariff.roads)


def toll_rule_text(rule: str) -> str:
    """Say the rule of a toll line: the truck's class and its rate."""
    found = _RULE.fullmatch(rule)
    if found is None:
        return rule
    if found["more"] is None:
        return str(gettext("Truck class %(number)s: ¥ %(rate)s a kilometre", **_given(found, 2)))
    return str(
        gettext(
            "Truck class %(number)s: ¥ %(rate)s a kilometre, and ¥ %(extra)s for each of "
            "%(more)s axles above six",
            **_given(found, 4),
        )
    )


def relief_check_text(claim: Claim, result: CheckResult) -> str:
    """Say what a check of a relief record compared."""
    facts, scheme = claim.facts, claim.scheme
    texts = {
        ReliefCheck.SCHEME_IN_FORCE: gettext(
            "Trip on %(day)s, scheme from %(first)s to %(last)s",
            day=facts.day,
            first=scheme.starts_on,
            last=scheme.ends_on,
        ),
        ReliefCheck.LOAD_LAWFUL: gettext("An unlawful stack never gets relief"),
        ReliefCheck.PASS_VALID: _pass_text(claim),
        ReliefCheck.PLATES_MATCH: gettext(
            "Trip %(trip)s, pass %(on_pass)s",
            trip=" ".join(facts.trip_plates),
            on_pass=" ".join(facts.pass_plates),
        ),
        ReliefCheck.COMPONENTS_ON_PASS: str(gettext(", ")).join(facts.component_numbers),
        ReliefCheck.MATERIAL_IN_SCOPE: say("material", facts.material),
        ReliefCheck.KIND_IN_SCOPE: kind_name(facts.component_kind),
        ReliefCheck.NOT_CLAIMED_BEFORE: (
            str(gettext(", ")).join(facts.earlier_claims)
            or gettext("No other record names trip or components")
        ),
        ReliefCheck.TIME_PLAUSIBLE: _times_text(claim, result),
        ReliefCheck.STATIONS_ON_ROUTE: (
            f"{facts.entry_station} – {facts.exit_station}"
            if facts.entry_station or facts.exit_station
            else gettext("Stations not on file")
        ),
        ReliefCheck.SIZE_AS_PERMITTED: _sizes_text(claim),
        ReliefCheck.VEHICLE_IN_SCOPE: gettext("%(count)s axles", count=facts.axle_count),
        ReliefCheck.ORIGIN_IN_SCOPE: facts.project,
        ReliefCheck.HOUR_IN_SCOPE: _hour_text(claim),
        ReliefCheck.BUDGET_LEFT: (
            gettext("The scheme has no budget")
            if facts.budget_left_fen is None
            else gettext("Left when checked: ¥ %(yuan)s", yuan=yuan_text(facts.budget_left_fen))
        ),
        ReliefCheck.SITE_ACCEPTED: gettext("Acceptance by the site"),
        ReliefCheck.MASS_AS_PERMITTED: _mass_text(claim),
    }
    return str(texts.get(result.check, result.explanation))


def evidence_text(claim: Claim) -> str:
    """Name the files that prove a claim's trip: what each is, its name and digest."""
    kinds = {
        "certificate": gettext("Certificate"),
        "photo": gettext("Photographs"),
        "damage": gettext("Damage"),
        "site": gettext("At the site"),
    }
    parts = [evidence.partition(": ") for evidence in claim.facts.evidence]
    return " · ".join(f"{kinds.get(kind, kind)} {file}" for kind, _, file in parts)


def relief_line_text(claim: Claim, line: ReliefLine) -> str:
    """Say why a section got its relief, or none."""
    if not claim.entitlement.entitled:
        return str(gettext("A check does not hold"))
    if line.relief_yuan and claim.scheme.calculators:
        return f"{steps_text(claim.scheme)} ({claim.scheme.document_number})"
    if line.relief_yuan:
        return str(
            gettext(
                "%(percent)s %% of the toll (%(document)s)",
                percent=f"{claim.scheme.percent.normalize():f}",
                document=claim.scheme.document_number,
            )
        )
    return str(gettext("Roads of this owner are not in the scheme"))


def steps_text(scheme: Scheme) -> str:
    """Say a scheme's calculators in their order."""
    return str(gettext(", then ")).join(_step_text(one) for one in scheme.steps)


def _step_text(step: Calculator) -> str:
    percent = f"{step.percent.normalize():f}"
    texts = {
        CalculatorKind.PERCENTAGE: gettext("%(percent)s %% off", percent=percent),
        CalculatorKind.CAPPED_CLASS: gettext(
            "charged as class %(number)s at most", number=step.vehicle_class
        ),
        CalculatorKind.WAIVED_ADD_ON: gettext("no add-on for axles above six"),
        CalculatorKind.REFUND: gettext("%(percent)s %% given back after the trip", percent=percent),
        CalculatorKind.FIXED: gettext("¥ %(yuan)s off a trip", yuan=yuan_text(step.amount_fen)),
        CalculatorKind.ZERO: gettext("no toll"),
    }
    return str(texts[step.kind])


def _times_text(claim: Claim, result: CheckResult) -> str:
    facts = claim.facts
    if facts.entered_at is None or facts.left_at is None or not facts.times_recorded:
        return str(gettext("Times not on file"))
    speed = result.explanation.rpartition(": ")[2]
    return f"{facts.entered_at:%m-%d %H:%M} – {facts.left_at:%m-%d %H:%M} · {speed}"


def _pass_text(claim: Claim) -> str:
    facts = claim.facts
    if facts.pass_valid is not None:
        return facts.pass_number
    listed = {
        True: gettext("the project's list names the truck on this day"),
        False: gettext("no project list names the truck on this day"),
        None: "",
    }[facts.on_list]
    return " · ".join(part for part in (gettext("The load needs no pass"), listed) if part)


def _sizes_text(claim: Claim) -> str:
    facts = claim.facts
    if not facts.measured_m:
        return str(gettext("Not measured"))
    measured = " × ".join("–" if one is None else f"{one:g}" for one in facts.measured_m)
    permitted = " × ".join(f"{one:g}" for one in facts.permitted_m)
    return str(
        gettext("Measured %(found)s m, permitted %(most)s m", found=measured, most=permitted)
    )


def _hour_text(claim: Claim) -> str:
    if claim.scheme.days is not DayKind.ANY and claim.facts.day_kinds is None:
        return str(gettext("The days off of %(year)s are not on file", year=claim.facts.day.year))
    entered = claim.facts.entered_at
    return f"{entered:%Y-%m-%d %H:%M}" if entered else claim.facts.day.isoformat()


def kind_name(code: str) -> str:
    """Return the catalogue's name of a kind of component, or the word as it was written."""
    piece = current_services().catalogue.components.get(code)
    if piece is None:
        return code
    return piece.name_en if language() == "en" else piece.name_zh


def _mass_text(claim: Claim) -> str:
    facts = claim.facts
    permitted = gettext("Permitted %(mass)s t", mass=f"{facts.permitted_mass_t:g}")
    if facts.weighed_t is None:
        weighed = gettext("not weighed")
    else:
        weighed = gettext("weighed %(mass)s t", mass=f"{facts.weighed_t:g}")
    return f"{permitted} · {weighed}"


def _given(found: re.Match[str], count: int) -> dict[str, str]:
    return dict(list(found.groupdict().items())[1 : count + 1])
