from __future__ import annotations

from itertools import product

import pytest

from transport.errors import StepNotAllowedError
from transport.people import Role
from transport.permits.states import (
    CONSENTS,
    DECIDING_ROLE,
    FINAL_STATES,
    LICENCES,
    TRANSITIONS,
    ActKind,
    ActState,
    Step,
    next_state,
    steps_from,
)

APPLIED_FOR = LICENCES


def test_every_row_of_the_table_is_taken() -> None:
    for (kind, state, step, role), target in TRANSITIONS.items():
        assert next_state(kind, state, step, role) is target


def test_every_state_step_and_role_that_is_not_in_the_table_is_refused() -> None:
    refused = 0
    for key in product(ActKind, ActState, Step, Role):
        if key in TRANSITIONS:
            continue
        with pytest.raises(StepNotAllowedError):
            next_state(*key)
        refused += 1
    assert refused == len(ActKind) * len(ActState) * len(Step) * len(Role) - len(TRANSITIONS)


def test_only_the_office_of_an_act_decides_it() -> None:
    for kind, _, step, role in TRANSITIONS:
        if step in {Step.HANDLE, Step.CHECK, Step.GRANT, Step.REFUSE, Step.ISSUE, Step.REVOKE}:
            assert role is DECIDING_ROLE[kind]


@pytest.mark.parametrize("kind", APPLIED_FOR)
def test_supplements_are_asked_once(kind: ActKind) -> None:
    asking = [key for key in TRANSITIONS if key[0] is kind and key[2] is Step.ASK_SUPPLEMENT]
    assert [key[1] for key in asking] == [ActState.AWAITING_ACCEPTANCE]


@pytest.mark.parametrize("kind", [*APPLIED_FOR, *CONSENTS])
def test_every_state_of_an_act_can_be_reached_and_left_or_is_final(kind: ActKind) -> None:
    reached = {ActState.DRAFT}
    while True:
        more = reached | {
            target
            for (k, state, _, _), target in TRANSITIONS.items()
            if k is kind and state in reached
        }
        if more == reached:
            break
        reached = more
    for state in reached - FINAL_STATES - {ActState.CONSENTED}:
        assert any(steps_from(kind, state, role) for role in Role)


def test_a_refused_step_says_what_is_possible_instead() -> None:
    with pytest.raises(StepNotAllowedError, match="possible for transport now: issue"):
        next_state(ActKind.HIGHWAY_PERMIT, ActState.GRANTED, Step.ACCEPT, Role.TRANSPORT)


def test_a_step_of_another_office_names_that_office() -> None:
    with pytest.raises(StepNotAllowedError, match="is for transport, not for police"):
        next_state(ActKind.HIGHWAY_PERMIT, ActState.AWAITING_ACCEPTANCE, Step.ACCEPT, Role.POLICE)
