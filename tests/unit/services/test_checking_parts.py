"""Can it get there: the four answers and the cheapest change, on roads drawn for the question."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from tests.catalogues import shipped_catalogue
from tests.maps import draw
from transport.delivery.parts import Part
from transport.delivery.reach import Change, Reach, ReachAnswer
from transport.network.attributes import Certainty, LimitKind
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.regulations.reading import read_law
from transport.services.checking_parts import PartChecker, check_parts
from transport.vehicles.transport import Material

CONFIG = Path(__file__).parents[3] / "config"
DAY = date(2026, 5, 11)


@cache
def law() -> Law:
    return read_law(CONFIG)


def road(**limits: float) -> RoadNetwork:
    """Draw a short road from A to C, limited as named, and a way around over D and E."""
    kinds = {LimitKind(f"{name}"): value for name, value in limits.items()}
    return draw("A---B---C", "AB BC", limits={"BC": kinds} if kinds else {})


def ask(kind: str, network: RoadNetwork | None = None) -> ReachAnswer:
    checker = PartChecker(shipped_catalogue(), law(), network or road(), DAY, DAY)
    return checker.answer(shipped_catalogue().components[kind], "A", "C")


def test_a_stair_needs_no_pass() -> None:
    found = ask("stair_flight")
    assert (found.reach, found.change) == (Reach.WITHOUT_PASS, None)


def test_a_wide_slab_needs_a_pass_whatever_is_changed() -> None:
    found = ask("laminated_slab")
    assert (found.reach, found.category, found.change) == (Reach.WITH_PASS, "I", None)


def test_a_high_wall_is_spared_its_pass_by_another_trailer() -> None:
    found = ask("sandwich_wall")
    assert (found.reach, found.change, found.change_to) == (
        Reach.WITH_PASS,
        Change.OTHER_TRAILER,
        None,
    )
    assert "wall_rack" in found.change_units


def test_a_low_bridge_asks_for_a_change_first() -> None:
    found = ask("roof_truss", road(clear_height_m=4.2))
    assert found.reach is Reach.AFTER_CHANGE
    assert found.change in {Change.TURN, Change.OTHER_TRAILER}
    assert found.height_m <= 4.2


def test_what_no_road_takes_whole_may_travel_in_halves() -> None:
    found = ask("glulam_beam", road(signed_length_m=20.0))
    assert (found.reach, found.change) == (Reach.AFTER_CHANGE, Change.SPLIT)
    assert found.limit == 20.0


def test_what_nothing_helps_is_named() -> None:
    found = ask("volumetric_module", road(signed_width_m=2.0))
    assert (found.change, found.limit) == (None, 2.0)


def test_missing_road_data_is_not_known() -> None:
    network = draw("A---B---C", "AB BC", otherwise=Certainty.UNKNOWN)
    assert ask("volumetric_module", network).reach is Reach.NOT_KNOWN


def test_an_unknown_place_and_a_missing_road_are_not_known() -> None:
    checker = PartChecker(shipped_catalogue(), law(), road(), DAY, DAY)
    piece = shipped_catalogue().components["stair_flight"]
    assert checker.answer(piece, "A", "Nowhere").reach is Reach.NOT_KNOWN


def test_a_longer_way_is_told() -> None:
    network = draw(
        """
        A---B---C
        |       |
        D-------E
        """,
        "AB BC AD DE CE",
        limits={"BC": {LimitKind.SIGNED_WIDTH: 2.8}},
    )
    found = ask("laminated_slab", network)
    assert found.change is Change.OTHER_ROUTE
    assert found.detour_m == 4000


def test_a_list_is_answered_by_family_and_way() -> None:
    parts = [
        Part(f"P{n}", "板", Material.PRECAST, 4.2, 2.4, 0.26, 1.5, 1, "A", "BC"[n % 2])
        for n in range(100)
    ]
    checker = PartChecker(shipped_catalogue(), law(), road(), DAY, DAY)
    found = check_parts(parts, checker)
    assert [(one.pieces, told.destination) for one, told in found] == [(50, "B"), (50, "C")]
