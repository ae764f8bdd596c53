"""Relief schemes: dated decisions; without one there is no relief (TRR 7, 15-17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from transport.errors import FieldFault, InvalidInputError, RegulationFileError

_WHOLE = Decimal(100)


class Ownership(StrEnum):
    """Who owns the toll road (TRR): relief on a commercial road needs an agreement."""

    GOVERNMENT_LOAN = "government_loan"  # 政府还贷
    COMMERCIAL = "commercial"  # 经营性


class SchemeStatus(StrEnum):
    """Whether a scheme rests on a decision or only shows how one would work."""

    DECREED = "decreed"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme in force from `starts_on` to `ends_on` (both included).

    `percent` of the toll is waived on roads of `ownership` for components of `materials`. `payer`
    bears the loss. `without_pass` lets loads in that need no pass.
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

    def is_in_force(self, day: date) -> bool:
        """Say whether the scheme applies on a day."""
        return self.starts_on <= day <= self.ends_on


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


_KEYS = frozenset(Scheme.__dataclass_fields__)
_OPTIONAL = frozenset({"component_kinds", "without_pass"})


def read_schemes(document: Mapping[str, Any], *, demonstration: bool) -> SchemeRegister:
    """Build the register from a file's content; demonstration schemes only where wanted.

    Raises RegulationFileError naming the scheme and the key that is wrong.
    """
    schemes = [_read_scheme(one) for one in document.get("schemes", [])]
    ids = [one.id for one in schemes]
    for scheme_id in ids:
        if ids.count(scheme_id) > 1:
            raise RegulationFileError(f"relief schemes: the id {scheme_id!r} is used twice")
    return SchemeRegister(
        tuple(
            one for one in schemes if demonstration or one.status is not SchemeStatus.DEMONSTRATION
        )
    )


def _read_scheme(given: Mapping[str, Any]) -> Scheme:
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
            percent=Decimal(str(given["percent"])),
            payer=str(given["payer"]),
            starts_on=_day(given["starts_on"]),
            ends_on=_day(given["ends_on"]),
            status=SchemeStatus(given["status"]),
            component_kinds=frozenset(str(one) for one in given.get("component_kinds", ())),
            without_pass=bool(given.get("without_pass", False)),
        )
    except (ValueError, InvalidOperation) as wrong_value:
        raise RegulationFileError(f"relief scheme {name!r}: {wrong_value}") from wrong_value
    if not 0 <= scheme.percent <= _WHOLE:
        raise RegulationFileError(f"relief scheme {name!r}: percent must be from 0 to 100")
    if scheme.ends_on < scheme.starts_on:
        raise RegulationFileError(f"relief scheme {name!r}: ends before it starts")
    return scheme


def _each(values: Iterable[str], kind: type[Ownership]) -> list[Ownership]:
    return [kind(one) for one in values]


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
