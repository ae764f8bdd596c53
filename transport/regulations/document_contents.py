"""What the papers of an application, and the pass itself, must hold (R62 art. 10, 18, 19)."""

from __future__ import annotations

from dataclasses import dataclass

from transport.regulations.dated import Dated


@dataclass(frozen=True, slots=True)
class DocumentContents:
    """Words for the things that each paper must state, in the order of the text."""

    application_form: Dated[tuple[str, ...]]
    escort_plan: Dated[tuple[str, ...]]
    transport_plan: Dated[tuple[str, ...]]
    authority_sets: Dated[tuple[str, ...]]
    pass_states: Dated[tuple[str, ...]]
