"""Load the demonstration into an empty installation."""

from __future__ import annotations

from transport.people import Role
from transport.services.registering import create_organisation, create_user
from webapp.access import Services
from webapp.demonstration.sign_ins import SIGN_INS

_AREAS = {
    Role.FACTORY: "150200",
    Role.CARRIER: "150600",
    Role.MUNICIPAL: "150100",
}
_REGION = "150000"


def seed(services: Services) -> None:
    """Load organisations and people; does nothing where there are some already."""
    with services.unit_of_work(read_only=True) as work:
        if work.organisations.listed():
            return
    _seed_people(services)


def _seed_people(services: Services) -> None:
    now = services.clock.now()
    made: dict[str, str] = {}
    for one in SIGN_INS:
        if one.organisation not in made:
            organisation = create_organisation(
                services.unit_of_work,
                created_by="demonstration",
                name=one.organisation,
                role=one.role,
                admin_code=_AREAS.get(one.role, _REGION),
                large_items_licence=one.role is Role.CARRIER or None,
                now=now,
            )
            made[one.organisation] = organisation.id
        create_user(
            services.unit_of_work,
            services.password_hasher,
            created_by="demonstration",
            login=one.login,
            name=one.name,
            organisation_id=made[one.organisation],
            password=one.password,
            must_change_password=False,
            now=now,
        )
