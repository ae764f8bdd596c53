from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import NOON, actor
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.people import Role
from transport.permits.decision import (
    Decision,
    DecisionOutcome,
    Proposal,
    check,
    propose,
    sign,
)

HANDLER, CHECKER, SIGNATORY = (actor(Role.TRANSPORT, name) for name in ("a", "b", "c"))
GROUNDS = frozenset({"flatbed_axle_load"})


def proposed(
    outcome: DecisionOutcome = DecisionOutcome.GRANT,
    grounds: tuple[str, ...] = (),
    text: str = "reasons",
) -> Decision:
    return propose(
        Proposal(outcome, text, grounds),
        allowed_grounds=GROUNDS,
        actor=HANDLER,
        at=NOON,
    )


def test_three_people_handle_check_and_sign() -> None:
    signed = sign(check(proposed(), CHECKER, NOON), SIGNATORY, NOON)
    assert signed.signed_by is not None
    assert signed.checked_by is not None
    people = [signed.handled_by.name, signed.checked_by.name, signed.signed_by.name]
    assert people == ["a", "b", "c"]


def test_the_handler_may_not_check() -> None:
    with pytest.raises(StepNotAllowedError, match="a different person checks"):
        check(proposed(), HANDLER, NOON)


def test_the_checker_may_not_sign() -> None:
    with pytest.raises(StepNotAllowedError, match="a different person signs"):
        sign(check(proposed(), CHECKER, NOON), CHECKER, NOON)


def test_in_a_small_office_the_checker_may_sign_but_never_the_handler() -> None:
    checked = check(proposed(), CHECKER, NOON)
    assert sign(checked, replace(CHECKER, small_office=True), NOON).signed_by is not None
    with pytest.raises(StepNotAllowedError, match="a different person signs"):
        sign(checked, replace(HANDLER, small_office=True), NOON)


def test_nobody_signs_what_was_not_checked() -> None:
    with pytest.raises(StepNotAllowedError, match="must be checked"):
        sign(proposed(), SIGNATORY, NOON)


def test_a_refusal_needs_a_ground_of_the_closed_list_and_reasons() -> None:
    with pytest.raises(InvalidInputError) as wrong:
        proposed(DecisionOutcome.REFUSE, grounds=("bridge_too_weak",), text=" ")
    assert [fault.code for fault in wrong.value.faults] == ["reason_missing", "ground_not_lawful"]
    with pytest.raises(InvalidInputError, match="needs a ground"):
        proposed(DecisionOutcome.REFUSE)
    assert proposed(DecisionOutcome.REFUSE, ("flatbed_axle_load",)).grounds


def test_a_grant_has_no_grounds_of_refusal() -> None:
    with pytest.raises(InvalidInputError, match="only a refusal"):
        proposed(DecisionOutcome.GRANT, ("flatbed_axle_load",))
