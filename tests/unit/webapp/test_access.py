"""Who may open a view."""

from __future__ import annotations

import pytest

from transport.people import Actor
from transport.people import Role as ActorRole
from webapp.access import Role, for_role, may_open, roles_of
from webapp.page_context import local_path

CARRIER = Actor("u1", "调度员", "o1", "物流企业", ActorRole.CARRIER)


@pytest.mark.parametrize(
    ("roles", "visitor", "carrier"),
    [
        ({Role.ANYONE}, True, True),
        ({Role.SIGNED_IN}, False, True),
        ({Role.CARRIER, Role.FACTORY}, False, True),
        ({Role.POLICE_OFFICER}, False, False),
        (set(), False, False),
    ],
)
def test_a_view_is_open_to_the_roles_it_states(
    roles: set[Role], *, visitor: bool, carrier: bool
) -> None:
    assert may_open(frozenset(roles), None) is visitor
    assert may_open(frozenset(roles), CARRIER) is carrier


def test_every_role_of_an_organisation_can_be_named_on_a_view() -> None:
    assert {role.value for role in ActorRole} == {
        role.value for role in Role if role not in {Role.ANYONE, Role.SIGNED_IN}
    }


def test_a_view_tells_the_roles_it_states_and_one_without_tells_none() -> None:
    @for_role(Role.CARRIER)
    def stated() -> None: ...

    def silent() -> None: ...

    assert roles_of(stated) == {Role.CARRIER}
    assert roles_of(silent) == frozenset()


@pytest.mark.parametrize(
    ("given", "way"),
    [
        ("/cases/7?tab=2", "/cases/7?tab=2"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("cases", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_on_this_site(given: str, way: str) -> None:
    assert local_path(given) == way
