"""What pages say of a plan and a classification, both in the contract's JSON form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from transport.vehicles.combination import Tractor, Trailer
from webapp.access import current_services
from webapp.extensions import language
from webapp.page_context import number
from webapp.wording import WORDS, say

Document = Mapping[str, Any]


def obstacle_name(kind: str) -> str:
    """Return the name of what stops or limits: a limit, a right of way, a ferry."""
    return say("limit", kind) if kind in WORDS["limit"] else say("obstacle", kind)


def survey_text(missing: Iterable[str]) -> str:
    """Say what has to be surveyed."""
    names = list(dict.fromkeys(obstacle_name(kind) for kind in missing))
    return str(gettext("Survey on site: %(what)s", what=_listed(names)))


def survey_texts(questions: Iterable[Document]) -> list[str]:
    """Say every kind of survey once, with how many places need it."""
    counted = Counter(survey_text(one["missing"]) for one in questions)
    return [
        text if times == 1 else gettext("%(text)s (%(count)s places)", text=text, count=times)
        for text, times in counted.items()
    ]


def condition_text(code: str) -> str:
    """Say what a condition asks of the driver or the carrier."""
    what, _, kind = code.partition(":")
    if what == "not_during":
        return str(gettext("Not between %(hours)s", hours=_hours_of_day(kind)))
    if what == "axle_loads_missing":
        return str(gettext("Axle loads are not given, so axle limits are not checked"))
    texts = current_services().law.condition_texts
    if what not in texts.templates:
        return code
    return texts.say(what, {"what": obstacle_name(kind)}, language=language())


def clock_text(instant: str) -> str:
    """Say day and hour of an instant with its offset."""
    return str(instant)[5:16].replace("T", " ")


def wait_text(hold: Document) -> str:
    """Say where to wait, from when until when, and for which restriction."""
    because = hold["because"]
    why = "，".join(str(one) for one in (because["reason"], because["issued_by"]) if one)
    facts = {
        "place": hold["place"] or gettext("the origin"),
        "km": number(hold["chainage_km"], 1),
        "since": clock_text(hold["arrive_at"]),
        "until": clock_text(hold["leave_at"]),
        "why": why or because["restriction"],
    }
    return str(gettext("%(place)s (km %(km)s): %(since)s to %(until)s, %(why)s", **facts))


def restriction_hours(window: str) -> str:
    """Say at which hours a restriction on a route holds; without hours it holds all the time."""
    return _hours_of_day(window) if window else str(gettext("All the time"))


def _hours_of_day(windows: str) -> str:
    """Say the hours of `start/end;start/end` (ISO 8601) with the day they begin on."""
    said = []
    for window in windows.split(";"):
        start, end = (moment.partition("T") for moment in window.split("/"))
        midnight = end[0] != start[0] and end[2].startswith("00:00")
        said.append(f"{start[0]} {start[2][:5]}–{'24:00' if midnight else end[2][:5]}")
    return _listed(said)


def _part_text(name: str, amount: float) -> str:
    facts = {
        "what": say("criterion", name),
        "by": number(abs(amount)),
        "unit": "t" if name.endswith("_t") else "m",
    }
    # Another trailer may be longer or heavier.
    more: str = gettext("%(what)s %(by)s %(unit)s more", **facts)
    less: str = gettext("%(what)s %(by)s %(unit)s less", **facts)
    return more if amount > 0 else less


def change_text(change: Document) -> str:
    """Say a change of the load: which measure by how much."""
    parts = [_part_text(name, amount) for name, amount in change.items()]
    return _listed(parts)


def measure_unit(name: str) -> str:
    """Return the unit that the name of a measure ends with."""
    endings = {"_km_h": "km/h", "_m": "m", "_t": "t"}
    return next((unit for ending, unit in endings.items() if name.endswith(ending)), "")


def document_name(document: Document) -> str:
    """Return the name of a document in the reader's language."""
    if language() == "en":
        return str(document.get("name_en") or say("document", document["code"]))
    return str(document["name"])


def certainty_of(plan: Document) -> list[str]:
    """Return the words of what the shown routes rest on beside known facts, worst first."""
    found: set[str] = set()
    for route in plan["routes"]:
        found |= {word for word, metres in route.get("certainty_m", {}).items() if metres}
        found |= {str(one["certainty"]) for one in route.get("structures", ())}
    found |= {str(one["certainty"]) for one in plan["blockers"]}
    return [word for word in ("demonstration", "assumed", "unknown") if word in found]


def legal_doubts(classification: Document) -> list[Document]:
    """Return the findings that rest on values nobody verified, or that are open."""
    return [
        one
        for one in classification["findings"]
        if one["status"] != "verified" or one["outcome"] == "unknown"
    ]


def stopping(plan: Document) -> Sequence[Document]:
    """Return what blocks: the only way where there is none, else the fastest road."""
    blockers: Sequence[Document] = plan["blockers"] or plan.get("fastest_blockers", ())
    return blockers


def _listed(parts: Iterable[str]) -> str:
    mark = ", " if language() == "en" else "、"
    return mark.join(parts)


def plan_words() -> dict[str, Any]:
    """Return what the templates of `macros/plans.html` call."""
    words = (
        obstacle_name,
        survey_text,
        survey_texts,
        condition_text,
        clock_text,
        wait_text,
        restriction_hours,
        change_text,
        measure_unit,
        document_name,
        certainty_of,
        legal_doubts,
        stopping,
        unit_name,
        unit_options,
    )
    return {"plans": {word.__name__: word for word in words}}


def unit_name(unit: Tractor | Trailer | None) -> str:
    """Return the name of a tractor or trailer in the reader's language; a dash for none."""
    if unit is None:
        return "–"
    return unit.name_en if language() == "en" else unit.name_zh


def unit_options(units: Mapping[str, Tractor] | Mapping[str, Trailer]) -> list[tuple[str, str]]:
    """Return tractors or trailers as the choices of a field."""
    return [(code, unit_name(unit)) for code, unit in units.items()]
