"""Every limit and refusal that a selection can name has words on the pages."""

from __future__ import annotations

from datetime import date

from tests.catalogues import shipped_catalogue
from tests.factories import law
from transport.selection.arrangements import arrangements_of
from transport.selection.choosing import select
from transport.selection.combinations import combinations_of
from transport.selection.limits import uses_of
from webapp.wording import WORDS

DAY = date(2026, 5, 11)
PIECES = ("box_girder_30", "bolted_truss", "tunnel_segment_double", "hollow_slab_16", "pier_cap")


def test_every_reason_and_limit_has_words() -> None:
    catalogue = shipped_catalogue()
    combinations = tuple(combinations_of(catalogue))
    named = set()
    for code in PIECES:
        ways = arrangements_of(catalogue.components[code], 2, catalogue.frames)
        twice = select(ways, combinations, law(), DAY)
        ways = arrangements_of(catalogue.components[code], 1, catalogue.frames)
        once = select(ways, combinations, law(), DAY)
        named |= {one.reason for one in (*twice.refusals, *once.refusals)}
        named |= {one.governs for one in once.choices}
        for choice in once.choices[:3]:
            named |= {use.limit for use in uses_of(choice.placed(), law(), DAY)}

    assert named - set(WORDS["use"]) == set()
