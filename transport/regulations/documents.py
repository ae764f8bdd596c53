"""Documents an application needs (R62 art. 10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.regulations.dated import Dated


class Needed(StrEnum):
    """When a document is needed."""

    ALWAYS = "always"
    BEYOND_CATEGORY_2 = "beyond_category_2"


@dataclass(frozen=True, slots=True)
class Documents:
    """When each document is needed: a word of `Needed`."""

    application_form: Dated[str]
    transport_licence: Dated[str]
    agent_identity: Dated[str]
    power_of_attorney: Dated[str]
    vehicle_licence: Dated[str]
    outline_drawing: Dated[str]
    escort_plan: Dated[str]
