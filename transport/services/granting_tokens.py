"""Tokens of organisations for programs: granted with scopes, shown once, kept as hashes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.people import Actor, OrganisationState, Role
from transport.services.ports import UnitOfWorkFactory
from transport.services.repositories import ApiToken

_BYTES = 32
_PREFIX = "dajian_"


class Scope(StrEnum):
    """What a token may be used for."""

    CLASSIFY = "classify"
    ROUTE = "route"
    TOLL = "toll"


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Who stands behind a token, and what it may be used for."""

    actor: Actor
    scopes: frozenset[Scope]


def grant_token(
    unit_of_work: UnitOfWorkFactory,
    *,
    actor: Actor,
    organisation_id: str,
    label: str,
    scopes: Collection[Scope],
    now: datetime,
) -> tuple[ApiToken, str]:
    """Grant a token to an organisation; return it and the secret, which nobody sees again."""
    _must_be_administrator(actor)
    faults = []
    if not label.strip():
        faults.append(FieldFault("label", "must be given"))
    if not scopes:
        faults.append(FieldFault("scopes", "choose at least one", "choose_one"))
    if faults:
        raise InvalidInputError(faults)
    secret = _PREFIX + secrets.token_urlsafe(_BYTES)
    with unit_of_work() as work:
        work.organisations.get(organisation_id)
        token = ApiToken(
            id=work.new_id(),
            organisation_id=organisation_id,
            label=label.strip(),
            secret_hash=_hash(secret),
            scopes=tuple(sorted(scope.value for scope in scopes)),
            granted_by=actor.name,
            granted_at=now,
        )
        work.api_tokens.add(token)
        work.commit()
    return token, secret


def revoke_token(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, token_id: str, now: datetime
) -> ApiToken:
    """Take a token back; it stops working at once."""
    _must_be_administrator(actor)
    with unit_of_work() as work:
        token = replace(work.api_tokens.get(token_id), revoked_at=now)
        work.api_tokens.revoke(token_id, now)
        work.commit()
        return token


def token_holder(unit_of_work: UnitOfWorkFactory, secret: str) -> TokenHolder | None:
    """Return who stands behind a token, None for an unknown, revoked or closed one."""
    with unit_of_work(read_only=True) as work:
        token = work.api_tokens.by_hash(_hash(secret))
        if token is None or token.revoked_at is not None:
            return None
        organisation = work.organisations.get(token.organisation_id)
        if organisation.state is not OrganisationState.APPROVED:
            return None
        actor = Actor(
            user_id=f"token {token.id}",
            name=token.label,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            role=organisation.role,
            admin_code=organisation.admin_code,
        )
        return TokenHolder(actor, frozenset(Scope(scope) for scope in token.scopes))


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def _must_be_administrator(actor: Actor) -> None:
    if actor.role is not Role.ADMINISTRATOR:
        raise StepNotAllowedError("only an administrator grants and revokes tokens")
