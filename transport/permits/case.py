"""The case: one application and the separate acts that run on it, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from transport.errors import NotFoundError
from transport.people import Actor, Role
from transport.permits.acts import Act
from transport.permits.application import Application, RouteSnapshot
from transport.permits.states import CONSENTS, ActKind, ActState

_CITY_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a carrier; `version` guards the application, each act has its own.

    `factory_id` is the organisation whose enquiry the case grew from, empty without one.
    """

    id: str
    number: str
    organisation_id: str
    organisation_name: str
    application: Application
    acts: tuple[Act, ...]
    created_at: datetime
    enquiry_id: str = ""
    factory_id: str = ""
    official_number: str = ""
    official_pass_number: str = ""
    version: int = 1

    def act(self, act_id: str) -> Act:
        """Return one act; raises NotFoundError."""
        for one in self.acts:
            if one.id == act_id:
                return one
        raise NotFoundError(f"case {self.number} has no act {act_id!r}")

    def of_kind(self, kind: ActKind) -> tuple[Act, ...]:
        """Return the acts of one kind."""
        return tuple(one for one in self.acts if one.kind is kind)

    @property
    def highway_permit(self) -> Act | None:
        """The act of the highway authority, None where the load needs none."""
        return next(iter(self.of_kind(ActKind.HIGHWAY_PERMIT)), None)

    @property
    def is_draft(self) -> bool:
        """Whether nothing was submitted yet; consents of others may be asked for before."""
        return all(one.state is ActState.DRAFT for one in self.acts if one.kind not in CONSENTS)


def needed_acts(application: Application) -> list[tuple[ActKind, str]]:
    """Return the acts a route needs at submission, as (kind, area).

    Municipal consent and police designation per city whose streets are used; the consultation of
    the police is opened by the transport authority, not by the applicant.
    """
    if not application.requirements.over_limit:
        return []
    acts = [(ActKind.HIGHWAY_PERMIT, application.requirements.authority_admin_code)]
    for city in cities_on(application.route):
        acts.append((ActKind.MUNICIPAL_CONSENT, city))
        acts.append((ActKind.POLICE_DESIGNATION, city))
    return acts


def cities_on(route: RouteSnapshot) -> list[str]:
    """Return the leagues and cities whose municipal streets the route uses, in order."""
    cities: list[str] = []
    for one in route.contract.get("jurisdictions", ()):
        city = f"{str(one['admin_code'])[:_CITY_DIGITS]}00"
        if "municipal" in one.get("authorities", ()) and city not in cities:
            cities.append(city)
    return cities


def predecessor(case: Case, act: Act) -> Act | None:
    """Return the act that must be in force before this one is decided, or None.

    Only in the city: municipal consent, then police. The highway pass waits for nobody.
    """
    if act.kind is not ActKind.POLICE_DESIGNATION:
        return None
    return next(
        (one for one in case.of_kind(ActKind.MUNICIPAL_CONSENT) if one.area == act.area), None
    )


def may_see(case: Case, actor: Actor) -> bool:
    """Say whether a case is any business of the actor's organisation."""
    if actor.role is Role.CARRIER:
        return case.organisation_id == actor.organisation_id
    if actor.role is Role.FACTORY:
        return bool(case.factory_id) and case.factory_id == actor.organisation_id
    return any(
        one.authority.organisation_id == actor.organisation_id
        for one in case.acts
        if one.state is not ActState.DRAFT
    )
