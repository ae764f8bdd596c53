"""A planned load as it stands: every piece once, what is erected first on top."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.catalogues import shipped_catalogue
from tests.factories import law
from tests.parts_lists import building
from transport.delivery.families import families_of
from transport.errors import ConflictError, NotFoundError
from transport.services.planning_loads import plan_loads
from transport.services.showing_loads import show_load
from webapp.documents.piece_drawing import piece_svg

DAY = date(2026, 5, 11)


def test_every_load_of_a_plan_can_be_drawn_with_all_its_pieces() -> None:
    parts, catalogue = building(45, days=20), shipped_catalogue()
    plan = plan_loads(parts, catalogue, law(), DAY)
    sequence = {one.number: one.sequence or 0 for one in parts}
    for load in plan.loads:
        shown = show_load(plan, load.number, parts, catalogue, law())
        assert Counter(one.number for one in shown.stack) == Counter(dict(load.parts))
        assert shown.placed.combination.codes == load.units
        for piece in shown.placed.pieces:
            below = [
                one.box.top_m
                for one in shown.placed.pieces
                if one.layer < piece.layer and one.box.front_m == piece.box.front_m
            ]
            assert piece.layer == 0 or max(below) == piece.box.bottom_m, "nothing floats"
        layers = [one.layer for one in shown.stack]
        assert layers == sorted(layers, reverse=True)
        for name in {one.name for one in shown.stack}:
            order = [sequence[one.number] for one in shown.stack if one.name == name]
            assert order == sorted(order), "what is erected first comes off first"


def test_a_load_that_the_plan_does_not_have_is_not_found() -> None:
    parts, catalogue = building(20, days=10), shipped_catalogue()
    plan = plan_loads(parts, catalogue, law(), DAY)
    with pytest.raises(NotFoundError):
        show_load(plan, 999, parts, catalogue, law())


def test_a_plan_of_other_vehicles_has_to_be_made_anew() -> None:
    parts, catalogue = building(20, days=10), shipped_catalogue()
    plan = plan_loads(parts, catalogue, law(), DAY)
    before = replace(plan, loads=(replace(plan.loads[0], units=("sold",)), *plan.loads[1:]))
    with pytest.raises(ConflictError, match="make it anew"):
        show_load(before, 1, parts, catalogue, law())


def test_the_drawing_of_a_piece_tells_its_sizes_and_centre() -> None:
    parts, catalogue = building(15), shipped_catalogue()
    for family in families_of(parts, catalogue.components):
        drawn = piece_svg(family.piece, "zh")
        assert f">{family.piece.length_m:.2f}<" in drawn
        assert f">{family.piece.width_m:.2f}<" in drawn
        for name in ("正视图", "俯视图", "端视图"):
            assert name in drawn
