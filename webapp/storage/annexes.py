"""Signed annexes of the leagues' years in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from transport.delivery.league_annex import SignedAnnex
from webapp.storage.columns import Table, Versioned
from webapp.storage.snapshot_rows import SnapshotRows


class LeagueAnnexRow(Versioned, Table):
    """One signed version."""

    __tablename__ = "league_annexes"
    __table_args__ = (UniqueConstraint("admin_code", "year", "revision"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    admin_code: Mapped[str]
    year: Mapped[int]
    revision: Mapped[int]
    snapshot: Mapped[dict[str, Any]]


class StoredLeagueAnnexes:
    """Signed annexes; only ever added."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, LeagueAnnexRow, SignedAnnex, "annex")

    def get(self, annex_id: str) -> SignedAnnex:
        """Return a signed annex; raises NotFoundError."""
        return self._rows.one(LeagueAnnexRow.id == annex_id, annex_id)

    def of_league(self, admin_code: str, year: int) -> list[SignedAnnex]:
        """Return the versions of a league's year, the first one first."""
        wanted = select(LeagueAnnexRow).where(
            LeagueAnnexRow.admin_code == admin_code, LeagueAnnexRow.year == year
        )
        return self._rows.list(wanted.order_by(LeagueAnnexRow.revision))

    def add(self, annex: SignedAnnex, *, changed_by: str, at: datetime) -> None:
        """Add a version; raises ConflictError where somebody added that revision first."""
        columns = {
            "admin_code": annex.annex.admin_code,
            "year": annex.annex.year,
            "revision": annex.revision,
        }
        self._rows.add(annex, columns, by=changed_by, at=at)
