"""Values with effective days: `.on(day)` returns the one in force, or raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from transport.errors import NoLawInForceError
from transport.regulations.citation import Citation, Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Provision(Generic[T]):
    """One value of a legal parameter from its effective day on, with its source."""

    value: T
    effective: date
    citation: Citation
    status: Status
    area: str = "cn"

    @property
    def clause(self) -> str:
        """The short form of the citation."""
        return self.citation.clause


@dataclass(frozen=True, slots=True)
class Revision:
    """One row of a history as written in the file: None repeals, `expected` has no effect."""

    provision: Provision[Any]
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A legal parameter with its whole history, sorted by effective day.

    `wider` is the same parameter in the wider jurisdiction; it holds where the nearer one says
    nothing on the day asked for.
    """

    name: str
    unit: str
    description_zh: str
    description_en: str
    last_checked: date
    revisions: tuple[Revision, ...]
    wider: Dated[T] | None = None

    def find(self, day: date) -> Provision[T] | None:
        """Return the provision in force on a day, None where there is none."""
        found: Provision[T] | None = None
        for revision in self.revisions:
            if revision.provision.effective > day:
                break
            if not revision.expected:
                found = revision.provision
        if found is not None and found.value is not None:
            return found
        return self.wider.find(day) if self.wider else None

    def on(self, day: date) -> Provision[T]:
        """Return the provision in force on a day; raise NoLawInForceError where there is none."""
        found = self.find(day)
        if found is None:
            raise NoLawInForceError(
                f"no value of {self.name} is in force on {day.isoformat()}: choose a later day, "
                "or add the value of that time to its regulation file"
            )
        return found

    def history(self) -> Iterator[Revision]:
        """Yield every row, nearer jurisdiction first."""
        yield from self.revisions
        if self.wider:
            yield from self.wider.history()
