"""Strips of the route in the annex: where they are cut, what stands on them, how they are drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise
from typing import Any

from tests.factories import law
from transport.permits.application import RouteSnapshot
from webapp.documents.contents import StripMap
from webapp.documents.strip_map import HEIGHT_MM, WIDTH_MM, legend_drawing, strip_drawing
from webapp.documents.strips import MARK_NAMES, listed, strips_of


def _structure(km: float, kind: str = "bridge", **said: Any) -> dict[str, Any]:
    return {"id": f"s{km}", "kind": kind, "name": "大黑河大桥", "chainage_km": km, **said}


def _leg(ref: str, name: str, from_km: float, to_km: float, **said: Any) -> dict[str, Any]:
    span = {"from_km": from_km, "to_km": to_km, "length_m": (to_km - from_km) * 1000}
    return {"ref": ref, "name": name, **span, **said}


def _strips(*conditions: str, **changes: Any) -> tuple[StripMap, ...]:
    contract: dict[str, Any] = {
        "length_m": 120_000.0,
        "geometry": {"coordinates": [[110.0, 40.6], [110.7, 40.7], [111.4, 40.6]]},
        "legs": [
            _leg("", "钢铁大街", 0, 4),
            _leg("", "匝道", 4, 5),
            _leg("G6", "京藏高速", 5, 118, from_chainage_km=640.0, to_chainage_km=527.0),
            _leg("S311", "呼武公路", 118, 120),
        ],
        "structures": [],
        **changes,
    }
    route = RouteSnapshot(contract, "d", "n", "", date(2026, 5, 1))
    return strips_of(route, law(), None, conditions)


def test_strips_cover_the_route_without_gap_and_absorb_ramps() -> None:
    strips = _strips()
    assert [(one.from_km, one.to_km) for one in strips] == [(0, 5), (5, 118), (118, 120)]
    assert [part.road for one in strips for part in one.parts] == [
        "钢铁大街", "G6 京藏高速", "S311 呼武公路",
    ]  # fmt: skip
    assert strips[0].line[-1] == strips[1].line[0]


def test_a_stretch_full_of_structures_is_cut_until_its_list_can_be_read() -> None:
    many = [_structure(5 + number) for number in range(100)]
    strips = _strips(structures=many)
    assert max(len(listed(one)) for one in strips) <= 22
    assert sum(len(listed(one)) for one in strips) == 100
    posts = [(part.from_post_km, part.to_post_km) for one in strips for part in one.parts]
    known = [pair for pair in posts if pair[0] is not None]
    assert known[0][0] == 640.0
    assert known[-1][1] == 527.0
    assert all(a[1] == b[0] for a, b in pairwise(known))


def test_what_is_asked_stands_where_it_is_asked_and_tells_no_limit() -> None:
    asked = _structure(30, "overbridge", condition="verify:clear_height", limit=4.72, margin=0.12)
    unnamed = _structure(31, name="")
    closed = {"reason": "施工", "window": "07:00-19:00", "from_km": 40.0, "to_km": 44.0}
    strips = _strips(
        "G6 K600+000 处停车检查", "K9+999 与本路线无关",
        structures=[asked, unnamed], restrictions=[closed],
    )  # fmt: skip
    marks = {one.kind: one for one in listed(strips[1])}
    assert set(marks) == {"overbridge", "restriction", "condition"}
    assert "净高" in marks["overbridge"].demand
    assert (marks["condition"].km, marks["condition"].post) == (45.0, "K600+000")
    assert "施工" in marks["restriction"].demand
    assert len(strips[1].marks) == 4
    drawing = strip_drawing(strips[1])
    assert "4.72" not in drawing + str(strips)
    assert "0.12" not in str(strips)


def test_a_strip_is_drawn_on_its_sheet_in_black_with_its_numbers() -> None:
    hostile = _leg("G7", '<script>&"', 118, 120)
    crowd = [_structure(20 + number / 10, condition="x") for number in range(20)]
    legs = [_leg("G6", "京藏高速", 0, 118), hostile]
    for strip in _strips(legs=legs, structures=crowd):
        drawing = strip_drawing(strip)
        ET.fromstring(drawing)  # noqa: S314 - our own drawing
        assert "<script>" not in drawing
        assert set(re.findall(r"#[0-9a-f]{6}", drawing)) <= {"#000000", "#ffffff"}
        [line, *_] = re.findall(r'points="([^"]+)"', drawing)
        spots = [tuple(map(float, pair.split(","))) for pair in line.split()]
        assert all(0 < x < WIDTH_MM and 0 < y < HEIGHT_MM for x, y in spots)
        for number in range(1, len(listed(strip)) + 1):
            assert f">{number}</text>" in drawing
    ET.fromstring(legend_drawing())  # noqa: S314 - our own drawing
    assert all(name in legend_drawing() for name in MARK_NAMES.values())


def test_a_route_without_line_or_legs_has_no_strips() -> None:
    assert _strips(geometry=None) == ()
    assert _strips(legs=[]) == ()
