"""Loading a piece differently: what needs no pass comes first, refused loadings not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.catalogues import shipped_catalogue
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.rules.category import Category
from transport.rules.classification import classify
from transport.selection.repacking import better_than, repack
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.component import Orientation
from transport.vehicles.transport import Transport

CONFIG = Path(__file__).parent.parent.parent.parent / "config"
DAY = date(2026, 5, 11)


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(CONFIG)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shipped_catalogue()


def test_a_high_wall_travels_in_a_low_rack_without_a_pass(law: Law, catalogue: Catalogue) -> None:
    best = repack(catalogue.components["sandwich_wall"], catalogue, law, DAY)[0]

    assert best.needs_no_pass
    assert best.trailer is not None
    assert best.trailer.code == "wall_rack"


def test_a_roof_truss_lies_down(law: Law, catalogue: Catalogue) -> None:
    ways = repack(catalogue.components["roof_truss"], catalogue, law, DAY)

    assert Orientation.ON_EDGE in {way.placement.orientation for way in ways}
    assert ways[0].transport.height_m <= 4.0


def test_only_better_loadings_are_offered(law: Law, catalogue: Catalogue) -> None:
    high = classify(Transport(height_m=4.45, width_m=2.55, length_m=16.8, mass_t=17.8), law, DAY)
    ways = better_than(high, repack(catalogue.components["sandwich_wall"], catalogue, law, DAY))

    assert high.category is Category.II
    assert ways
    assert all(way.needs_no_pass or way.classification.category is Category.I for way in ways)


def test_nothing_better_exists_for_what_needs_no_pass(law: Law, catalogue: Catalogue) -> None:
    low = classify(Transport(height_m=3.7, width_m=2.5, length_m=16.8, mass_t=17.8), law, DAY)

    assert better_than(low, repack(catalogue.components["stair_flight"], catalogue, law, DAY)) == ()


def test_pieces_are_never_stacked_into_a_larger_excess(law: Law, catalogue: Catalogue) -> None:
    for way in repack(catalogue.components["laminated_slab"], catalogue, law, DAY, pieces=12):
        rules = {found.rule for found in way.classification.exceeded}
        if way.placement.pieces > 1:
            assert rules <= {"width_m", "length_m"}


def test_refused_loadings_are_left_out(law: Law, catalogue: Catalogue) -> None:
    for component in catalogue.components.values():
        for way in repack(component, catalogue, law, DAY):
            assert not way.classification.refusals


def test_the_list_is_ordered(law: Law, catalogue: Catalogue) -> None:
    ways = repack(catalogue.components["steel_box_column"], catalogue, law, DAY)
    ranks = [
        {Category.I: 1, Category.II: 2, Category.III: 3}.get(
            way.classification.category or Category.I, 1
        )
        if not way.needs_no_pass
        else 0
        for way in ways
    ]

    assert ranks == sorted(ranks)
