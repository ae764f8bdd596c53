"""Tokens of organisations for programs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from transport.errors import NotFoundError
from transport.services.repositories import ApiToken
from webapp.storage.columns import Table


class ApiTokenRow(Table):
    """A token; only the hash of its secret is kept, `scopes` joined by blanks."""

    __tablename__ = "api_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    label: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class StoredApiTokens:
    """Tokens in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, token_id: str) -> ApiToken:
        """Return a token; raises NotFoundError."""
        row = self._session.get(ApiTokenRow, token_id)
        if row is None:
            raise NotFoundError(f"there is no token {token_id}")
        return _token(row)

    def by_hash(self, secret_hash: str) -> ApiToken | None:
        """Return the token with this hash, or None."""
        row = self._session.scalar(
            select(ApiTokenRow).where(ApiTokenRow.secret_hash == secret_hash)
        )
        return None if row is None else _token(row)

    def listed(self) -> list[ApiToken]:
        """Return all tokens, newest first."""
        rows = self._session.scalars(select(ApiTokenRow).order_by(ApiTokenRow.granted_at.desc()))
        return [_token(row) for row in rows]

    def add(self, token: ApiToken) -> None:
        """Add a token."""
        self._session.add(
            ApiTokenRow(
                id=token.id,
                organisation_id=token.organisation_id,
                label=token.label,
                secret_hash=token.secret_hash,
                scopes=" ".join(token.scopes),
                granted_by=token.granted_by,
                granted_at=token.granted_at,
                revoked_at=token.revoked_at,
            )
        )
        self._session.flush()

    def revoke(self, token_id: str, at: datetime) -> None:
        """Note when a token was taken back; the first time counts."""
        row = self._session.get(ApiTokenRow, token_id)
        if row is not None and row.revoked_at is None:
            row.revoked_at = at
            self._session.flush()


def _token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        id=row.id,
        organisation_id=row.organisation_id,
        label=row.label,
        secret_hash=row.secret_hash,
        scopes=tuple(row.scopes.split()),
        granted_by=row.granted_by,
        granted_at=row.granted_at,
        revoked_at=row.revoked_at,
    )
