"""How an office ends an act in force, on which closed list of grounds, and what follows.

Four different acts: the authority takes a lawful permit back and compensates (撤回), annuls one
that should never have been given (撤销), cancels one for the record (注销), or replaces it by an
amended one (变更).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from transport.errors import FieldFault, InvalidInputError
from transport.permits.decision import Signature
from transport.permits.states import Step


class EndingGround(StrEnum):
    """The closed lists of ALL 8, 69 and 70, by their keys."""

    LAW_CHANGED = "law_changed"  # ALL 8: 依据的法律、法规、规章修改或者废止
    CIRCUMSTANCES_CHANGED = "circumstances_changed"  # ALL 8: 客观情况发生重大变化
    OFFICER_ABUSE = "officer_abuse"  # ALL 69(1)
    BEYOND_POWERS = "beyond_powers"  # ALL 69(2)
    PROCEDURE_VIOLATED = "procedure_violated"  # ALL 69(3)
    NOT_QUALIFIED = "not_qualified"  # ALL 69(4)
    OBTAINED_BY_DECEIT = "obtained_by_deceit"  # ALL 69 para. 2
    NOT_RENEWED = "not_renewed"  # ALL 70(1)
    HOLDER_ENDED = "holder_ended"  # ALL 70(2), (3)
    HOLDER_ASKED = "holder_asked"  # ALL 70(6) with the holder's request
    CANNOT_BE_USED = "cannot_be_used"  # ALL 70(5): 不可抗力


GROUNDS: Mapping[Step, tuple[EndingGround, ...]] = MappingProxyType(
    {
        Step.REVOKE: (EndingGround.LAW_CHANGED, EndingGround.CIRCUMSTANCES_CHANGED),
        Step.ANNUL: (
            EndingGround.OFFICER_ABUSE,
            EndingGround.BEYOND_POWERS,
            EndingGround.PROCEDURE_VIOLATED,
            EndingGround.NOT_QUALIFIED,
            EndingGround.OBTAINED_BY_DECEIT,
        ),
        Step.CANCEL: (
            EndingGround.NOT_RENEWED,
            EndingGround.HOLDER_ENDED,
            EndingGround.HOLDER_ASKED,
            EndingGround.CANNOT_BE_USED,
        ),
    }
)


class Consequence(StrEnum):
    """What follows from an ending."""

    PASS_FALLS = "pass_falls"  # noqa: S105 - a consequence, not a password
    COMPENSATION = "compensation"  # ALL 8: property loss is compensated
    DAMAGES = "damages"  # ALL 69: the office's fault, damages under the law
    NO_COMPENSATION = "no_compensation"  # ALL 69: gains by deceit are not protected
    APPLICATION_BAN = "application_ban"  # R62 48
    NEW_APPLICATION_OPEN = "new_application_open"


@dataclass(frozen=True, slots=True)
class Ending:
    """How an act in force was ended, why, and by whom."""

    step: Step
    ground: EndingGround
    text: str
    by: Signature


def end(step: Step, ground: EndingGround, text: str, by: Signature) -> Ending:
    """Write an ending; raises InvalidInputError for a ground of another list or no reasons."""
    faults = []
    if ground not in GROUNDS.get(step, ()):
        allowed = ", ".join(one.value for one in GROUNDS.get(step, ()))
        message = f"{ground.value!r} is no ground to {step.value}; choose from {allowed}"
        faults.append(FieldFault("ground", message, "ground_not_lawful"))
    if not text.strip():
        faults.append(FieldFault("reason", "must be given", "reason_missing"))
    if faults:
        raise InvalidInputError(faults)
    return Ending(step=step, ground=ground, text=text.strip(), by=by)


def consequences_of(ending: Ending) -> tuple[Consequence, ...]:
    """Return what follows from an ending, in the order to be told."""
    if ending.step is Step.REVOKE:
        return (Consequence.PASS_FALLS, Consequence.COMPENSATION, Consequence.NEW_APPLICATION_OPEN)
    if ending.step is Step.CANCEL:
        return (Consequence.PASS_FALLS, Consequence.NEW_APPLICATION_OPEN)
    if ending.ground is EndingGround.OBTAINED_BY_DECEIT:
        deceit = (Consequence.NO_COMPENSATION, Consequence.APPLICATION_BAN)
        return (Consequence.PASS_FALLS, *deceit)
    return (Consequence.PASS_FALLS, Consequence.DAMAGES, Consequence.NEW_APPLICATION_OPEN)
