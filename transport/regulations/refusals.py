"""The closed list of grounds for not accepting or refusing an application (R62 art. 11, 17)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.regulations.dated import Dated


class RefusalStage(StrEnum):
    """At which step a ground has its effect."""

    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Refusals:
    """Grounds of the law, each with its stage (a word of `RefusalStage`); there are no others."""

    divisible_load: Dated[str]
    stacked_pieces: Dated[str]
    licence_scope: Dated[str]
    application_ban: Dated[str]
    not_accepted_by_other_law: Dated[str]
    flatbed_axle_load: Dated[str]
    hydraulic_line_load: Dated[str]
    reinforcement_not_done: Dated[str]
    refused_by_other_law: Dated[str]
