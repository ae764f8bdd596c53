"""Which letters an act has by now, and the day each was written."""

from __future__ import annotations

from datetime import date

from transport.permits.acts import Act
from transport.permits.decision import DecisionOutcome
from transport.permits.letters import LetterKind, service_of
from transport.permits.states import LICENCES, OPINIONS, ActState, Step

_OF_ENDING = {
    Step.REVOKE: LetterKind.REVOCATION,
    Step.ANNUL: LetterKind.ANNULMENT,
    Step.CANCEL: LetterKind.CANCELLATION,
}


def letters_of(act: Act) -> tuple[LetterKind, ...]:
    """Return the letters that an act has by now, in the order of a usual case."""
    if act.kind in OPINIONS:
        return (LetterKind.CONSULTATION,)
    if act.kind not in LICENCES:
        return ()
    kinds = []
    if act.supplement_list:
        kinds.append(LetterKind.SUPPLEMENT)
    if act.clock.accepted_on:
        kinds.append(LetterKind.ACCEPTANCE)
    if act.clock.suspensions:
        kinds.append(LetterKind.SUSPENSION)
    if act.state is ActState.NOT_ACCEPTED:
        kinds.append(LetterKind.NOT_ACCEPTED)
    decision = act.decision
    if decision is not None and decision.signed_by is not None:
        granted = decision.outcome is DecisionOutcome.GRANT
        kinds.append(LetterKind.GRANT if granted else LetterKind.REFUSAL)
    if act.ending is not None:
        kinds.append(_OF_ENDING[act.ending.step])
    return tuple(kinds)


def written_on(letter: LetterKind, act: Act) -> date | None:
    """Return the day of a letter, None where it cannot be told."""
    clock = act.clock
    if letter in _OF_ENDING.values():
        return act.ending.by.at.date() if act.ending else None
    if letter is LetterKind.SUSPENSION:
        return clock.suspensions[-1].from_day if clock.suspensions else None
    return {
        LetterKind.ACCEPTANCE: clock.accepted_on,
        LetterKind.SUPPLEMENT: clock.supplement_asked_on,
        LetterKind.CONSULTATION: clock.submitted_on,
    }.get(letter, clock.decided_on)


def unserved(act: Act) -> tuple[LetterKind, ...]:
    """Return the letters of an act of which no proof of service is on file."""
    return tuple(one for one in letters_of(act) if service_of(act.services, one) is None)
