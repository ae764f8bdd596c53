"""Read the fields of a form into typed values, collecting every fault before raising."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from transport.errors import FieldFault, InvalidInputError

Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """The fields of one form: each reader returns a value or notes a fault; then `check()`."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self.form = form
        self.faults: list[FieldFault] = []

    def refuse(self, field: str, message: str, code: str = "", **params: object) -> None:
        """Note a fault of a field."""
        pairs = tuple((name, str(value)) for name, value in params.items())
        self.faults.append(FieldFault(field, message, code, pairs))

    def check(self) -> None:
        """Raise InvalidInputError if any field was at fault."""
        if self.faults:
            raise InvalidInputError(self.faults)

    def text(self, field: str, *, required: bool = True, longest: int = 200) -> str:
        """Read a text without surrounding blanks."""
        value = self.form.get(field, "").strip()
        if required and not value:
            self.refuse(field, "is required", "required")
        if len(value) > longest:
            self.refuse(field, f"is longer than {longest} characters", "too_long", longest=longest)
        return value

    def optional_number(
        self, field: str, *, least: float = -math.inf, most: float = math.inf
    ) -> float | None:
        """Read a number in the unit of the field's name; None where it was left empty."""
        raw = self.form.get(field, "").strip()
        if not raw:
            return None
        try:
            value = float(raw)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.refuse(field, f"'{raw}' is not a number", "not_a_number", given=raw)
            return None
        if not least <= value <= most:
            self.refuse(
                field,
                f"must be between {least:.15g} and {most:.15g}",
                "out_of_range",
                least=f"{least:.15g}",
                most=f"{most:.15g}",
            )
            return None
        return value

    def number(self, field: str, *, least: float = -math.inf, most: float = math.inf) -> float:
        """Read a number that must be given; 0.0 stands in where it is at fault."""
        if not self.form.get(field, "").strip():
            self.refuse(field, "is required", "required")
        return self.optional_number(field, least=least, most=most) or 0.0

    def whole_number(self, field: str, *, least: int, most: int) -> int:
        """Read a whole number that must be given; `least` stands in where it is at fault."""
        raw = self.form.get(field, "").strip()
        if not raw:
            self.refuse(field, "is required", "required")
            return least
        if not raw.isascii() or not raw.isdecimal() or not least <= int(raw) <= most:
            self.refuse(
                field,
                f"must be a whole number from {least} to {most}",
                "not_whole",
                least=least,
                most=most,
            )
            return least
        return int(raw)

    def day(self, field: str, *, required: bool = True) -> date | None:
        """Read a day written YYYY-MM-DD."""
        raw = self.text(field, required=required)
        if not raw:
            return None
        try:
            return date.fromisoformat(raw)
        except ValueError:
            self.refuse(field, f"'{raw}' is not a day like 2026-03-01", "not_a_day", given=raw)
            return None

    def instant(self, field: str, *, required: bool = True) -> datetime | None:
        """Read a day and time without offset, as a browser's field sends it."""
        raw = self.text(field, required=required)
        if not raw:
            return None
        try:
            return datetime.fromisoformat(raw)
        except ValueError:
            self.refuse(
                field, f"'{raw}' is not a time like 2026-03-01T08:00", "not_a_time", given=raw
            )
            return None

    def choice(self, field: str, words: type[Word], *, otherwise: Word | None = None) -> Word:
        """Read one word of an enumeration; `otherwise` where the field was left empty."""
        raw = self.form.get(field, "").strip()
        first = next(iter(words))
        if not raw:
            if otherwise is None:
                self.refuse(field, "is required", "required")
            return otherwise or first
        try:
            return words(raw)
        except ValueError:
            self.refuse(field, f"'{raw}' is not one of the choices", "not_a_choice", given=raw)
            return first

    def ticked(self, field: str) -> bool:
        """Read a checkbox."""
        return self.form.get(field, "") not in {"", "0", "no", "off", "false"}

    def numbers(
        self, field: str, *, least: float = 0.0, most: float = math.inf
    ) -> tuple[float, ...]:
        """Read numbers joined by commas (Chinese ones too) or blanks; empty where left empty."""
        raw = self.form.get(field, "")
        for mark in ",，、;；":
            raw = raw.replace(mark, " ")
        values: list[float] = []
        for part in raw.split():
            try:
                value = float(part)
            except ValueError:
                value = math.nan
            if math.isfinite(most) and (value < least or value > most):
                between = f"'{part}' must be between {least:g} and {most:g}"
                ends = {"least": f"{least:g}", "most": f"{most:g}"}
                self.refuse(field, between, "out_of_range", **ends)
                return ()
            if not least <= value <= most:
                self.refuse(field, f"'{part}' is not a number that fits", "not_fitting", given=part)
                return ()
            values.append(value)
        return tuple(values)


def listed_words(fields: Fields, field: str) -> frozenset[str]:
    """Read words that are joined by commas or the marks that people type instead."""
    text = fields.text(field, required=False, longest=2000)
    for mark in "，、；;\n":
        text = text.replace(mark, ",")
    return frozenset(one.strip() for one in text.split(",") if one.strip())
