"""Where a legal value comes from and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
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
