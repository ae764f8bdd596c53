"""Relief schemes: dated decisions; without one there is no relief (TRR 7, 15-17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from transport.errors import FieldFault, InvalidInputError, RegulationFileError
from transport.relief.calculators import Calculator, CalculatorKind, checked, read_calculator
from transport.tariffs.lines import DayKind
from transport.tariffs.money import fen_of
from transport.tariffs.roads import Ownership as Ownership  # noqa: PLC0414 - part of a scheme's words

_WHOLE = Decimal(100)
_HOURS = 24


class SchemeStatus(StrEnum):
    """Whether a scheme rests on a decision or only shows how one would work."""

    DECREED = "decreed"
    DEMONSTRATION = "demonstration"


class SchemeState(StrEnum):
    """Where a scheme stands; a draft only ever works in a simulation."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme in force from `starts_on` to `ends_on` (both included).

    `percent` of the toll is waived on roads of `ownership` for components of `materials`, unless
    `calculators` say otherwise, taken in their order. `payer` bears the loss. `without_pass` lets
    loads in that need no pass. An empty set of scope means all; `from_hour` and `to_hour` are whole
    hours of the departure, over midnight where the first is the later one.
    Caps and budget are in fen, None without one.
    """

    id: str
    name: str
    issuing_body: str
    document_number: str
    ownership: frozenset[Ownership]
    materials: frozenset[str]
    percent: Decimal
    payer: str
    starts_on: date
    ends_on: date
    status: SchemeStatus
    component_kinds: frozenset[str] = frozenset()
    without_pass: bool = False
    legal_basis: str = ""
    state: SchemeState = SchemeState.IN_FORCE
    calculators: tuple[Calculator, ...] = ()
    producers: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    roads: frozenset[str] = frozenset()
    leagues: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    least_axles: int = 0
    most_axles: int = 0
    days: DayKind = DayKind.ANY
    from_hour: int = 0
    to_hour: int = _HOURS
    cap_per_trip_fen: int | None = None
    budget_fen: int | None = None
    version: int = 1

    def is_in_force(self, day: date) -> bool:
        """Say whether the scheme applies on a day."""
        return self.state is SchemeState.IN_FORCE and self.covers(day)

    def covers(self, day: date) -> bool:
        """Say whether a day lies within the scheme's own days, whatever its state."""
        return self.starts_on <= day <= self.ends_on

    @property
    def steps(self) -> tuple[Calculator, ...]:
        """The calculators in their order; the plain percentage where none is given."""
        return self.calculators or (Calculator(CalculatorKind.PERCENTAGE, percent=self.percent),)

    @property
    def rule(self) -> str:
        """Name what is calculated, as lines and ledger quote it."""
        return f"{self.id}: " + " > ".join(one.rule for one in self.steps)

    def covers_hour(self, hour: int) -> bool:
        """Say whether a departure in this hour of the day is in the scheme."""
        if self.from_hour < self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour

    def reaches(self, ownership: Ownership, road: str, league: str) -> bool:
        """Say whether a stretch of road is in the scheme."""
        of_roads = not self.roads or not self.roads.isdisjoint(road.split(";"))
        of_leagues = not self.leagues or league in self.leagues
        return ownership in self.ownership and of_roads and of_leagues


@dataclass(frozen=True, slots=True)
class SchemeRegister:
    """The schemes of an installation; empty by default."""

    schemes: tuple[Scheme, ...] = ()

    def on(self, day: date) -> tuple[Scheme, ...]:
        """Return the schemes in force on a day."""
        return tuple(one for one in self.schemes if one.is_in_force(day))

    def get(self, scheme_id: str) -> Scheme:
        """Return one scheme; raises InvalidInputError."""
        for one in self.schemes:
            if one.id == scheme_id:
                return one
        known = ", ".join(one.id for one in self.schemes) or "none"
        message = f"there is no scheme {scheme_id!r}; schemes here: {known}"
        raise InvalidInputError([FieldFault("scheme_id", message, "scheme_unknown")])


_KEYS = frozenset(Scheme.__dataclass_fields__) - {"cap_per_trip_fen", "budget_fen"} | {
    "cap_per_trip_yuan",
    "budget_yuan",
}
_OPTIONAL = frozenset(
    {
        *("component_kinds", "producers", "projects", "roads", "leagues", "categories"),
        *("without_pass", "legal_basis", "state", "calculators", "least_axles", "most_axles"),
        *("days", "from_hour", "to_hour", "cap_per_trip_yuan", "budget_yuan", "percent", "version"),
    }
)


def read_schemes(document: Mapping[str, Any], *, demonstration: bool) -> SchemeRegister:
    """Build the register from a file's content; demonstration schemes only where wanted.

    Raises RegulationFileError naming the scheme and the key that is wrong.
    """
    schemes = [read_scheme(one) for one in document.get("schemes", [])]
    ids = [one.id for one in schemes]
    for scheme_id in ids:
        if ids.count(scheme_id) > 1:
            raise RegulationFileError(f"relief schemes: the id {scheme_id!r} is used twice")
    return SchemeRegister(
        tuple(
            one for one in schemes if demonstration or one.status is not SchemeStatus.DEMONSTRATION
        )
    )


def read_scheme(given: Mapping[str, Any]) -> Scheme:
    """Build one scheme; raises RegulationFileError naming it and the key that is wrong."""
    name = given.get("id", "?")
    wrong = sorted((set(given) - _KEYS) | (_KEYS - _OPTIONAL - set(given)))
    if wrong:
        raise RegulationFileError(
            f"relief scheme {name!r}: unknown or missing keys {', '.join(wrong)}"
        )
    try:
        scheme = Scheme(
            id=str(given["id"]),
            name=str(given["name"]),
            issuing_body=str(given["issuing_body"]),
            document_number=str(given["document_number"]),
            ownership=frozenset(_each(given["ownership"], Ownership)),
            materials=frozenset(str(one) for one in given["materials"]),
            percent=Decimal(str(given.get("percent", 0))),
            payer=str(given["payer"]),
            starts_on=_day(given["starts_on"]),
            ends_on=_day(given["ends_on"]),
            status=SchemeStatus(given["status"]),
            without_pass=bool(given.get("without_pass", False)),
            legal_basis=str(given.get("legal_basis", "")),
            state=SchemeState(given.get("state", SchemeState.IN_FORCE)),
            calculators=tuple(read_calculator(one) for one in given.get("calculators", ())),
            least_axles=int(given.get("least_axles", 0)),
            most_axles=int(given.get("most_axles", 0)),
            days=DayKind(given.get("days", DayKind.ANY)),
            from_hour=int(given.get("from_hour", 0)),
            to_hour=int(given.get("to_hour", _HOURS)),
            cap_per_trip_fen=_fen(given.get("cap_per_trip_yuan")),
            budget_fen=_fen(given.get("budget_yuan")),
            component_kinds=_words(given, "component_kinds"),
            producers=_words(given, "producers"),
            projects=_words(given, "projects"),
            roads=_words(given, "roads"),
            leagues=_words(given, "leagues"),
            categories=_words(given, "categories"),
        )
    except (ValueError, InvalidOperation) as wrong_value:
        raise RegulationFileError(f"relief scheme {name!r}: {wrong_value}") from wrong_value
    try:
        return checked_scheme(scheme)
    except ValueError as wrong_value:
        raise RegulationFileError(f"relief scheme {name!r}: {wrong_value}") from wrong_value


def checked_scheme(scheme: Scheme) -> Scheme:
    """Return the scheme; raises ValueError where its numbers or days contradict each other."""
    if not 0 <= scheme.percent <= _WHOLE:
        raise ValueError("percent must be from 0 to 100")
    if scheme.ends_on < scheme.starts_on:
        raise ValueError("ends before it starts")
    hours = range(_HOURS + 1)
    if scheme.from_hour not in hours or scheme.to_hour not in hours:
        raise ValueError("from_hour and to_hour must be from 0 to 24")
    if scheme.from_hour == scheme.to_hour:
        raise ValueError("from_hour and to_hour must differ")
    for amount in (scheme.cap_per_trip_fen, scheme.budget_fen):
        if amount is not None and amount < 0:
            raise ValueError("a cap or budget must not be negative")
    for step in scheme.steps:
        checked(step)
    return scheme


def _words(given: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(str(one) for one in given.get(key, ()))


def _fen(yuan: object) -> int | None:
    return None if yuan is None else fen_of(Decimal(str(yuan)))


def _each(values: Iterable[str], kind: type[Ownership]) -> list[Ownership]:
    return [kind(one) for one in values]


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
