"""What is known of a place on the road: values with certainty, source and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from transport.errors import FieldFault, InvalidInputError

LonLat = tuple[float, float]

KNOWN, ASSUMED, DEMONSTRATION = "known", "assumed", "demonstration"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: `measure` names the improvement after which it was measured."""

    value: Any
    certainty: str
    source: str
    measure: str = ""

    @property
    def counts(self) -> bool:
        """Whether a check may rest on it: an assumption may not."""
        return self.certainty != ASSUMED


@dataclass(frozen=True, slots=True)
class Measurement:
    """What somebody measured at a place: who, when, how long it holds, with which photo.

    `element` is a structure's id, `junction:` with a node, `stretch:` with its edges or `vehicle`.
    `measure` is the improvement that was made before, empty where the place is as it was.
    `pictures` are the digests of uploaded photographs.
    """

    element: str
    field: str
    value: Any
    measured_by: str
    measured_on: date
    valid_until: date
    photo: str = ""
    measure: str = ""
    pictures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a measurement without its author or one that never held."""
        faults = []
        if not self.measured_by.strip():
            faults.append(FieldFault("measured_by", "say who measured", "required"))
        if self.valid_until < self.measured_on:
            message = f"{self.valid_until} lies before the day of measuring, {self.measured_on}"
            faults.append(FieldFault("valid_until", message, "order"))
        if faults:
            raise InvalidInputError(faults)


@dataclass(frozen=True, slots=True)
class Measurements:
    """All measurements by place; a later one of the same field replaces an earlier one."""

    by_element: Mapping[str, Mapping[str, Measurement]] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Iterable[Measurement]) -> Measurements:
        """Collect measurements in the order of their days."""
        found: dict[str, dict[str, Measurement]] = {}
        for one in sorted(given, key=lambda measurement: measurement.measured_on):
            found.setdefault(one.element, {})[one.field] = one
        return cls(found)

    def facts(self, element: str, day: date) -> tuple[dict[str, Fact], tuple[str, ...]]:
        """Return what holds on a day, and the fields whose measurement is too old by then."""
        facts, expired = {}, []
        for name, one in self.by_element.get(element, {}).items():
            if not one.measured_on <= day <= one.valid_until:
                expired.append(name)
                continue
            source = f"{one.measured_by} {one.measured_on.isoformat()}"
            facts[name] = Fact(one.value, KNOWN, source, one.measure)
        return facts, tuple(expired)


@dataclass(frozen=True, slots=True)
class Site:
    """A place that is checked: a stretch, a structure, a turn, or the vehicle itself.

    `expired` names fields that were measured too long ago to count.
    """

    element: str
    kind: str
    name: str
    chainage_km: float
    at: LonLat
    facts: Mapping[str, Fact]
    expired: tuple[str, ...] = ()
    to_km: float | None = None

    def value(self, name: str) -> Any:
        """Return a value a check may rest on, None where there is none."""
        fact = self.facts.get(name)
        return fact.value if fact is not None and fact.counts else None

    def assumed(self, name: str) -> Any:
        """Return any value at all, also an assumed one."""
        fact = self.facts.get(name)
        return None if fact is None else fact.value


def facts_of_record(record: Mapping[str, Any]) -> dict[str, Fact]:
    """Return the cells of an official record as facts."""
    source = str(record.get("source", ""))
    leave = {"record", "kind", "source", "measured_on"}
    return {name: Fact(value, KNOWN, source) for name, value in record.items() if name not in leave}
