"""Notices, messages and crews kept in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from transport.errors import ConflictError, NotFoundError
from transport.permits.notices import SendState


class _Rows:
    def __init__(self, rows: dict[str, Any]) -> None:
        self._rows = rows

    def find(self, key: str) -> Any:
        return self._rows.get(key)

    def get(self, key: str) -> Any:
        if key not in self._rows:
            raise NotFoundError(f"there is no {key!r}")
        return self._rows[key]

    def add(self, value: Any, *, changed_by: str, at: datetime) -> None:  # noqa: ARG002 - the port
        self._rows[value.id] = value

    def save(self, value: Any, *, changed_by: str, at: datetime) -> Any:  # noqa: ARG002 - the port
        if self._rows[value.id].version != value.version:
            raise ConflictError(f"{value.id} was changed")
        self._rows[value.id] = replace(value, version=value.version + 1)
        return self._rows[value.id]


class FakeNotices(_Rows):
    """Notices in memory."""

    def of_organisation(self, organisation_id: str, most: int) -> list[Any]:
        mine = [one for one in self._rows.values() if one.organisation_id == organisation_id]
        return sorted(mine, key=lambda one: one.made_at, reverse=True)[:most]

    def unread_ones(self, organisation_id: str) -> list[Any]:
        mine = self.of_organisation(organisation_id, len(self._rows))
        return [one for one in mine if one.read_at is None]

    def unread(self, organisation_id: str) -> int:
        return len(self.unread_ones(organisation_id))

    def due(self, now: datetime, most: int) -> list[Any]:
        pending = [one for one in self._rows.values() if one.state is SendState.PENDING]
        return [one for one in pending if one.next_try_at <= now][:most]


class FakeNoticeAddresses(_Rows):
    """Addresses in memory."""


class FakeMessages(_Rows):
    """Messages in memory."""

    def of_case(self, case_number: str) -> list[Any]:
        return [one for one in self._rows.values() if one.case_number == case_number]


class FakeCrew(_Rows):
    """Drivers and escort companies in memory."""

    def of_organisation(self, organisation_id: str) -> list[Any]:
        mine = [one for one in self._rows.values() if one.organisation_id == organisation_id]
        return sorted(mine, key=lambda one: one.name)
