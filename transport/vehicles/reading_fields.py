"""Reads the fields of a description one by one and collects every fault."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from transport.errors import FieldFault

Word = TypeVar("Word", bound=StrEnum)
_YES = {"yes", "true", "1", "是"}
_NO = {"no", "false", "0", "否"}
# Smaller units people type by habit: factor to ours and name.
_SMALLER_UNITS = {"m": ((100, "cm"), (1000, "mm")), "t": ((1000, "kg"),)}


class FieldReader:
    """Typed access to a mapping of user input; `faults` holds everything wrong with it."""

    def __init__(self, given: Mapping[str, Any], known: Collection[str]) -> None:
        self._given = {key: value for key, value in given.items() if value is not None}
        self.faults: list[FieldFault] = []
        for key in self._given:
            if key not in known:
                near = get_close_matches(str(key), known, n=1)
                hint = f"did you mean {near[0]}?" if near else "remove it"
                self.fault(str(key), f"no such field: {hint}", "unknown_key")

    def fault(self, name: str, message: str, code: str, **params: object) -> None:
        """Note one fault."""
        pairs = tuple((key, str(value)) for key, value in params.items())
        self.faults.append(FieldFault(name, message, code, pairs))

    def has(self, name: str) -> bool:
        """Whether the field was given at all."""
        return name in self._given

    def object(self, name: str) -> Mapping[str, Any] | None:
        """Return a nested object, None where it was not given."""
        value = self._given.get(name)
        if value is None or isinstance(value, Mapping):
            return value
        self.fault(name, "must be an object with keys of its own", "object")
        return None

    def text(self, name: str, default: str = "") -> str:
        """Return a text without surrounding blanks."""
        return str(self._given.get(name, default)).strip()

    def number(
        self, name: str, least: float, most: float, *, unit: str, required: bool = True
    ) -> float | None:
        """Return a number within the plausible range, None where missing or faulty."""
        if name not in self._given or self._given[name] == "":
            if required:
                self.fault(name, f"is missing: give it in {unit}", "required", unit=unit)
            return None
        return self._number(name, self._given[name], least, most, unit)

    def numbers(self, name: str, least: float, most: float, *, unit: str) -> tuple[float, ...]:
        """Return a list of numbers, given as a list or joined by commas."""
        values = [self._number(name, part, least, most, unit) for part in self._parts(name)]
        found = [value for value in values if value is not None]
        return tuple(found) if len(found) == len(values) else ()

    def whole(self, name: str, least: int, most: int, *, default: int) -> int:
        """Return a whole number; the default where it is missing or faulty."""
        if name not in self._given or self._given[name] == "":
            return default
        value = self._whole(name, self._given[name], least, most)
        return default if value is None else value

    def wholes(self, name: str, least: int, most: int) -> tuple[int, ...]:
        """Return a list of whole numbers, given as one, a list or joined by commas."""
        values = [self._whole(name, part, least, most) for part in self._parts(name)]
        found = [value for value in values if value is not None]
        return tuple(found) if len(found) == len(values) else ()

    def flag(self, name: str, *, default: bool | None) -> bool | None:
        """Return yes or no."""
        if name not in self._given or self._given[name] == "":
            return default
        word = str(self._given[name]).strip().lower()
        if word in _YES or word in _NO:
            return word in _YES
        self.fault(name, f"'{word}' is neither yes nor no", "flag", given=word)
        return default

    def choice(self, name: str, words: type[Word], default: Word) -> Word:
        """Return one of a fixed set of words."""
        if name not in self._given or self._given[name] == "":
            return default
        given = str(self._given[name]).strip().lower().replace("-", "_")
        offered = [str(word) for word in words]
        if given in offered:
            return words(given)
        self.fault(
            name,
            f"'{given}' is not known: choose one of {', '.join(offered)}",
            "choice",
            given=given,
            offered=", ".join(offered),
        )
        return default

    def _parts(self, name: str) -> Iterable[Any]:
        value = self._given.get(name)
        if value is None or value == "":
            return []
        if isinstance(value, str):
            return re.split(r"[,;，；]", value.strip(" ,;，；"))
        return value if isinstance(value, list | tuple) else [value]

    def _float(self, name: str, value: Any) -> float | None:
        try:
            number = math.nan if isinstance(value, bool) else float(value)
        except (TypeError, ValueError):
            number = math.nan
        if math.isfinite(number):
            return number
        self.fault(name, f"'{value}' is not a number", "number", given=value)
        return None

    def _number(self, name: str, value: Any, least: float, most: float, unit: str) -> float | None:
        number = self._float(name, value)
        if number is None:
            return None
        if least <= number <= most:
            return number
        for factor, smaller in _SMALLER_UNITS.get(unit, ()):
            if number > most and least <= number / factor <= most:
                self.fault(
                    name,
                    f"{number:g} {unit} is impossible: did you mean {number / factor:g} {unit} "
                    f"({number:g} {smaller})?",
                    "unit_hint",
                    given=f"{number:g}",
                    meant=f"{number / factor:g}",
                    unit=unit,
                )
                return None
        self.fault(
            name,
            f"{number:g} {unit} is impossible: give a value from {least:g} to {most:g} {unit}",
            "range",
            given=f"{number:g}",
            least=f"{least:g}",
            most=f"{most:g}",
            unit=unit,
        )
        return None

    def _whole(self, name: str, value: Any, least: int, most: int) -> int | None:
        number = self._float(name, value)
        if number is None:
            return None
        if number != int(number) or not least <= number <= most:
            self.fault(
                name,
                f"{number:g} is not possible: give a whole number from {least} to {most}",
                "whole",
                given=f"{number:g}",
                least=least,
                most=most,
            )
            return None
        return int(number)
