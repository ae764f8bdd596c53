"""Questions that the cases of `tests/conformance/law` ask of the law, by the word in `asks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from transport.regulations.law import Law
from transport.regulations.occasions import Occasion
from transport.rules.category import Category
from transport.rules.city_streets import check_city_streets, check_level_crossing
from transport.rules.classification import Classification, classify
from transport.rules.conditions import conditions_for
from transport.rules.driving import check_bridge_speed, impact_counts, in_low_visibility
from transport.rules.findings import Finding, Outcome
from transport.rules.involvement import find_involved, trip_occasions
from transport.rules.pass_term import latest_end
from transport.rules.penalties import fine_for
from transport.rules.time_limit import back_stop, province_answer
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import Transport
from transport.working_days import WorkingCalendar

# A transport within every limit; a case names only what differs from it.
ORDINARY = {"height_m": 3.9, "width_m": 2.5, "length_m": 16.5, "mass_t": 40}
TODAY = date(2026, 5, 11)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file: its article, what is given, the trip, and what the law says."""

    article: str
    name: str
    asks: str
    given: Mapping[str, Any]
    trip: Mapping[str, Any]
    says: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The day whose law counts."""
        day: date = self.trip.get("day", TODAY)
        return day


def read_cases(document: Mapping[str, Any]) -> list[Case]:
    """Return the cases of one file, each with what the file says of all of them."""
    return [
        Case(
            article=case.get("article", document["article"]),
            name=case["case"],
            asks=case.get("asks", document.get("asks", "classify")),
            given=document.get("given", {}) | case.get("given", {}),
            trip=document.get("trip", {}) | case.get("trip", {}),
            says=case["says"],
        )
        for case in document["cases"]
    ]


def transport_of(case: Case) -> Transport:
    """Describe the transport; the mass is spread equally where only `axles` are given."""
    given: dict[str, Any] = ORDINARY | {"axles": 6} | dict(case.given)
    axles = given.pop("axles")
    if axles and "axle_loads_t" not in given and "axle_notation" not in given:
        given["axle_loads_t"] = [given["mass_t"] / axles] * axles
    elif "axle_loads_t" in given and "mass_t" not in case.given:
        given["mass_t"] = sum(given["axle_loads_t"])
    elif "axle_notation" in given and "mass_t" not in case.given:
        del given["mass_t"]
    return describe_transport(given)


def classify_case(case: Case, law: Law, calendar: WorkingCalendar) -> Classification:
    """Classify the transport of a case on its trip."""
    trip = case.trip
    return classify(
        transport_of(case),
        law,
        case.day,
        trip.get("from"),
        trip.get("to"),
        trip.get("through", ()),
        calendar,
    )


_CLASSIFICATION: dict[str, Callable[[Classification], Any]] = {
    "over_limit": lambda r: r.over_limit,
    "exceeded": lambda r: [found.rule for found in r.exceeded],
    "limit": lambda r: [found.limit for found in r.exceeded],
    "category": lambda r: r.category and str(r.category),
    "size_grade": lambda r: r.size_grade,
    "axle_grade": lambda r: r.axle_grade,
    "level": lambda r: r.authority and r.authority.level,
    "authority": lambda r: r.authority and r.authority.name,
    "days": lambda r: r.time_limit_working_days,
    "due_on": lambda r: r.due_on,
    "required_documents": lambda r: [need.code for need in r.documents if need.required],
    "escort_plan": lambda r: r.escort_plan_required,
    "refused": lambda r: [found.rule for found in r.refusals],
    "unknown": lambda r: [f.rule for f in r.findings if f.outcome is Outcome.UNKNOWN],
    "axle_sum_limit": lambda r: next((f.limit for f in r.findings if f.rule == "axle_sum_t"), None),
    "finding": lambda r: _outcomes(r.findings),
}


def _outcomes(findings: tuple[Finding, ...] | list[Finding]) -> dict[str, str]:
    return {found.rule: str(found.outcome) for found in findings}


def _classify(case: Case, law: Law, calendar: WorkingCalendar) -> dict[str, Any]:
    result = classify_case(case, law, calendar)
    return {name: _CLASSIFICATION[name](result) for name in case.says}


def _fine(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    fine = fine_for(transport_of(case), law, case.day)
    return {
        "yuan": [fine.least_yuan, fine.most_yuan],
        "warning": fine.warning,
        "mass_known": fine.mass_known,
    }


def _conditions(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    roads, meets = case.trip.get("roads"), case.trip.get("meets")
    occasions = None if meets is None else [Occasion(word) for word in meets]
    found = conditions_for(transport_of(case), law, case.day, roads, occasions)
    codes = [one.code for one in found]
    return {
        "imposed": [code for code in codes if code in case.says.get("imposed", ())],
        "not_imposed": [code for code in case.says.get("not_imposed", ()) if code not in codes],
        "with": {one.code: dict(one.parameters) for one in found},
        "all": codes,
    }


def _involved(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    met = {Occasion(word) for word in case.trip.get("meets", ())}
    if "from" in case.trip:
        trip = case.trip
        met |= trip_occasions(trip["from"], trip["to"], trip.get("through", ()))
    found = find_involved(transport_of(case), law, case.day, met)
    return {"involved": [f"{one.body} {one.manner}" for one in found]}


def _city(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    return {"finding": _outcomes(check_city_streets(transport_of(case), law, case.day))}


def _crossing(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    electrified = case.trip.get("electrified", False)
    found = check_level_crossing(transport_of(case), law, case.day, electrified=electrified)
    return {"finding": _outcomes(found)}


def _bridge_speed(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    speed = case.given["speed_km_h"]
    return {
        "outcome": str(check_bridge_speed(speed, law, case.day).outcome),
        "impact_counts": impact_counts(speed, law, case.day),
    }


def _visibility(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    found = in_low_visibility(case.given["visibility_m"], law, case.day)
    if found is None:
        return {"top_speed_km_h": None}
    rule = found[0]
    return {
        "top_speed_km_h": rule.top_speed_km_h,
        "least_gap_m": rule.least_gap_m,
        "leave_at_next_exit": rule.leave_at_next_exit,
    }


def _pass_term(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    given = case.given
    found = latest_end(
        law,
        case.day,
        given["starts_on"],
        given.get("papers", {}),
        plan=given.get("plan", False),
        temporary_plate_on=given.get("temporary_plate_on"),
    )
    return {"ends_on": found and found.ends_on, "set_by": found and found.set_by}


def _days(case: Case, law: Law, _calendar: WorkingCalendar) -> dict[str, Any]:
    given = case.given
    if "category" in given:
        answer = province_answer(law, case.day, Category(given["category"]))
        return {"days": answer and answer.value}
    joint, extended = given.get("joint", False), given.get("extended", False)
    return {"days": back_stop(law, case.day, joint=joint, extended=extended).value}


QUESTIONS: dict[str, Callable[[Case, Law, WorkingCalendar], dict[str, Any]]] = {
    "classify": _classify,
    "fine": _fine,
    "conditions": _conditions,
    "involved": _involved,
    "city streets": _city,
    "level crossing": _crossing,
    "bridge speed": _bridge_speed,
    "visibility": _visibility,
    "end of a pass": _pass_term,
    "longest time": _days,
}


def answer(case: Case, law: Law, calendar: WorkingCalendar) -> dict[str, Any]:
    """Return what the law says, reduced to what the case speaks of."""
    said = QUESTIONS[case.asks](case, law, calendar)
    return {name: _as_told(said.get(name), told) for name, told in case.says.items()}


def _as_told(said: Any, told: Any) -> Any:
    """Keep of a table only the entries that the case tells."""
    if isinstance(said, dict) and isinstance(told, Mapping):
        return {key: said.get(key) for key in told}
    return said
