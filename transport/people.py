"""Who acts: organisations, their users, the roles they have, and the actor of one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What an organisation does; its users act in this role."""

    FACTORY = "factory"
    CARRIER = "carrier"
    TRANSPORT = "transport"
    POLICE = "police"
    MUNICIPAL = "municipal"
    TOLL_OFFICE = "toll_office"
    OPERATOR = "operator"
    FINANCE = "finance"
    HOUSING = "housing"
    ADMINISTRATOR = "administrator"


# Firms register by themselves and wait for approval; offices are created by an administrator.
FIRM_ROLES = frozenset({Role.FACTORY, Role.CARRIER})


class OrganisationState(StrEnum):
    """Whether an organisation may act."""

    REGISTERED = "registered"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A firm or an office; `admin_code` is its area (GB/T 2260).

    `small_office` allows two people instead of three on a decision. `large_items_licence` says
    whether the carrier's licence covers large items (大型物件运输); None where nobody looked.
    """

    id: str
    name: str
    role: Role
    admin_code: str
    state: OrganisationState
    credit_code: str = ""
    licence_number: str = ""
    large_items_licence: bool | None = None
    small_office: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    registered_at: datetime | None = None
    letter_word: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class User:
    """A person who signs in; `session_stamp` changes whenever open sessions must end.

    `deputy_id` is the standing deputy of the same office, who stands in from `away_from` to
    `away_until`, both included.
    """

    id: str
    login: str
    name: str
    organisation_id: str
    password_hash: str
    active: bool = True
    must_change_password: bool = False
    session_stamp: int = 1
    deputy_id: str = ""
    away_from: date | None = None
    away_until: date | None = None
    version: int = 1

    def is_away(self, day: date) -> bool:
        """Say whether the deputy stands in for this person on a day."""
        if not self.deputy_id or self.away_from is None:
            return False
        return self.away_from <= day and (self.away_until is None or day <= self.away_until)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind one request, as every service wants it."""

    user_id: str
    name: str
    organisation_id: str
    organisation_name: str
    role: Role
    admin_code: str = ""
    small_office: bool = False


def actor_of(user: User, organisation: Organisation) -> Actor:
    """Make the actor of a signed-in user."""
    return Actor(
        user_id=user.id,
        name=user.name,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        role=organisation.role,
        admin_code=organisation.admin_code,
        small_office=organisation.small_office,
    )
