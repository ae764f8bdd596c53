"""Repositories of passes, trips and relief records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from transport.permits.manifest import Trip
from transport.permits.permit import Permit
from transport.relief.claims import Claim, ClaimState
from webapp.storage.case_tables import ClaimRow, PermitRow, TripRow
from webapp.storage.snapshot_rows import SnapshotRows
from webapp.storage.toll_tables import ClaimKeyRow

_UNFINISHED = (
    *(ClaimState.PRE_REVIEW, ClaimState.VERIFIED, ClaimState.PAID),
    ClaimState.APPEALED,
)
_REFUSED = [one.value for one in (ClaimState.REJECTED, ClaimState.RECLAIMED, ClaimState.UPHELD)]


class StoredPermits:
    """Issued passes in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, PermitRow, Permit, "pass")

    def of_case(self, case_id: str) -> list[Permit]:
        """Return the passes of a case by revision."""
        wanted = select(PermitRow).where(PermitRow.case_id == case_id)
        return self._rows.list(wanted.order_by(PermitRow.revision))

    def by_number(self, number: str) -> Permit | None:
        """Return the newest revision of a pass, or None."""
        wanted = select(PermitRow).where(PermitRow.number == number)
        found = self._rows.list(wanted.order_by(PermitRow.revision.desc()))
        return found[0] if found else None

    def of_holder(self, organisation_id: str) -> list[Permit]:
        """Return the passes of a carrier, newest first."""
        wanted = select(PermitRow).where(PermitRow.holder_id == organisation_id)
        return self._rows.list(wanted.order_by(PermitRow.issued_at.desc()))

    def revoked(self) -> list[Permit]:
        """Return every revoked pass."""
        wanted = select(PermitRow).where(PermitRow.revoked_at.is_not(None))
        return self._rows.list(wanted.order_by(PermitRow.number))

    def valid_within(self, first: date, last: date) -> list[Permit]:
        """Return the passes not revoked that are valid on some of these days, by number."""
        wanted = select(PermitRow).where(
            PermitRow.valid_until >= first, PermitRow.revoked_at.is_(None)
        )
        found = self._rows.list(wanted.order_by(PermitRow.number, PermitRow.revision))
        return [one for one in found if one.valid_from <= last]

    def add(self, permit: Permit, *, changed_by: str, at: datetime) -> None:
        """Add a pass; raises ConflictError if number and revision exist."""
        self._rows.add(permit, _permit_columns(permit), by=changed_by, at=at)

    def save(self, permit: Permit, *, changed_by: str, at: datetime) -> Permit:
        """Write a pass read at `permit.version`."""
        return self._rows.save(permit, _permit_columns(permit), by=changed_by, at=at)


class StoredTrips:
    """Trips in the database."""

    def __init__(self, session: Session) -> None:
        self._rows = SnapshotRows(session, TripRow, Trip, "trip")

    def get(self, trip_id: str) -> Trip:
        """Return a trip; raises NotFoundError."""
        return self._rows.one(TripRow.id == trip_id, trip_id)

    def of_case(self, case_id: str) -> list[Trip]:
        """Return the trips of a case in the order they were planned."""
        wanted = select(TripRow).where(TripRow.case_id == case_id)
        return self._rows.list(wanted.order_by(TripRow.planned_at))

    def of_organisation(self, organisation_id: str) -> list[Trip]:
        """Return the trips a carrier drives or a factory loads, newest first."""
        mine = (TripRow.carrier_id == organisation_id) | (TripRow.factory_id == organisation_id)
        return self._rows.list(select(TripRow).where(mine).order_by(TripRow.planned_at.desc()))

    def add(self, trip: Trip, *, changed_by: str, at: datetime) -> None:
        """Add a trip."""
        columns = {**_trip_columns(trip), "planned_at": at}
        self._rows.add(trip, columns, by=changed_by, at=at)

    def save(self, trip: Trip, *, changed_by: str, at: datetime) -> Trip:
        """Write a trip read at `trip.version`."""
        return self._rows.save(trip, _trip_columns(trip), by=changed_by, at=at)


class StoredClaims:
    """Relief records in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows = SnapshotRows(session, ClaimRow, Claim, "relief record")

    def get(self, number: str) -> Claim:
        """Return a claim by its number; raises NotFoundError."""
        return self._rows.one(ClaimRow.number == number, number)

    def of_trip(self, trip_id: str) -> Claim | None:
        """Return the claim of a trip, or None."""
        found = self._rows.list(select(ClaimRow).where(ClaimRow.trip_id == trip_id))
        return found[0] if found else None

    def of_carrier(self, organisation_id: str) -> list[Claim]:
        """Return the claims of a carrier, newest first."""
        wanted = select(ClaimRow).where(ClaimRow.carrier_id == organisation_id)
        return self._rows.list(wanted.order_by(ClaimRow.number.desc()))

    def of_month(self, month: str) -> list[Claim]:
        """Return the claims of a month (`YYYY-MM`) by number."""
        wanted = select(ClaimRow).where(ClaimRow.month == month)
        return self._rows.list(wanted.order_by(ClaimRow.number))

    def waiting(self) -> list[Claim]:
        """Return the claims that are not finished, oldest first."""
        wanted = select(ClaimRow).where(ClaimRow.state.in_([one.value for one in _UNFINISHED]))
        return self._rows.list(wanted.order_by(ClaimRow.number))

    def sharing(self, keys: Iterable[str]) -> list[str]:
        """Return the numbers of live claims that use up one of these keys, in order."""
        wanted = (
            select(ClaimRow.number)
            .join(ClaimKeyRow, ClaimKeyRow.claim_id == ClaimRow.id)
            .where(ClaimKeyRow.key.in_(list(keys)), ClaimRow.state.not_in(_REFUSED))
            .distinct()
        )
        return sorted(self._session.scalars(wanted))

    def between(self, first_month: str, last_month: str) -> list[Claim]:
        """Return the claims of these months by number."""
        wanted = select(ClaimRow).where(ClaimRow.month.between(first_month, last_month))
        return self._rows.list(wanted.order_by(ClaimRow.number))

    def add(self, claim: Claim, *, changed_by: str, at: datetime, keys: Iterable[str] = ()) -> None:
        """Add a claim; raises ConflictError if the trip has one, whatever the scheme.

        `keys` name what it uses up, so that another claim is kept out.
        """
        self._rows.add(claim, _claim_columns(claim), by=changed_by, at=at)
        self._session.add_all(ClaimKeyRow(key=one, claim_id=claim.id) for one in sorted(set(keys)))
        self._session.flush()

    def save(self, claim: Claim, *, changed_by: str, at: datetime) -> Claim:
        """Write a claim read at `claim.version`."""
        return self._rows.save(claim, _claim_columns(claim), by=changed_by, at=at)


def _permit_columns(permit: Permit) -> dict[str, Any]:
    return {
        "number": permit.number,
        "revision": permit.revision,
        "case_id": permit.case_id,
        "holder_id": permit.holder_id,
        "valid_until": permit.valid_until,
        "issued_at": permit.issued_at,
        "revoked_at": permit.revoked_at,
    }


def _trip_columns(trip: Trip) -> dict[str, Any]:
    return {
        "case_id": trip.case_id,
        "carrier_id": trip.carrier_id,
        "factory_id": trip.factory_id,
        "state": trip.state.value,
    }


def _claim_columns(claim: Claim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "trip_id": claim.trip_id,
        "carrier_id": claim.carrier_id,
        "month": claim.month,
        "state": claim.state.value,
    }
