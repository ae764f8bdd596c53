"""What is kept of the yearly annexes: every signed version, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from transport.delivery.league_annex import SignedAnnex


class LeagueAnnexes(Protocol):
    """Signed annexes; they are only ever added."""

    def get(self, annex_id: str) -> SignedAnnex:
        """Return a signed annex; raises NotFoundError."""

    def of_league(self, admin_code: str, year: int) -> list[SignedAnnex]:
        """Return the versions of a league's year, the first one first."""

    def add(self, annex: SignedAnnex, *, changed_by: str, at: datetime) -> None:
        """Add a version; raises ConflictError where somebody added that revision first."""
