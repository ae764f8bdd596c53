"""Where a legal value comes from and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """How sure a legal value is; everything below verified is shown as such."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Citation:
    """Instrument, article and link of one legal value."""

    title: str
    article: str
    url: str = ""

    @property
    def clause(self) -> str:
        """The short form shown beside a value, e.g. `R62 art. 3`."""
        return f"{self.title} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, rule or standard that citations name by its short title."""

    short: str
    title_zh: str
    title_en: str
    url: str
    in_force_from: date
    note: str = ""
