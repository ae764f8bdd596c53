"""The three views of an outline drawing as plain geometry in metres: side, top, rear.

In the side view x runs from the nose back and y up; in the top view y runs to the right; in the
rear view x runs to the right as the one who follows sees it, and y up. Rails, cabs and wheels are
drawn in usual proportions; whatever carries a dimension is to scale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import cos, radians, sin

from transport.vehicles.outline import Assumed, Outline, OutlineAxle, OutlinePiece
from transport.vehicles.outline_shapes import (
    Part,
    Shape,
    box_across,
    box_from_above,
    cab_end_m,
    circle,
    line,
    pulled_part,
    rectangle,
    side_shapes,
)
from transport.vehicles.placed_load import Box
from transport.vehicles.transport import TrailerKind

_LEAST_DIMENSION_M = 0.005
_TYRE_WIDTH_M = 0.28
_TYRE_RADIUS_M = 0.5
_DUAL = 4
_FILES_APART_M = 1.5


class ViewName(StrEnum):
    """From where the vehicle is seen."""

    SIDE = "side"
    TOP = "top"
    REAR = "rear"


class Measure(StrEnum):
    """What a dimension measures."""

    OVERALL = "overall"
    CARGO = "cargo"
    DECK = "deck"
    OVERHANG = "overhang"
    EXTENSION = "extension"
    AXLES = "axles"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension from place to place; `times` equal stretches are written once, 2×1.31."""

    start_m: float
    end_m: float
    measure: Measure
    times: int = 1
    is_assumed: bool = False

    @property
    def value_m(self) -> float:
        """Return the length of one stretch."""
        return abs(self.end_m - self.start_m) / self.times


@dataclass(frozen=True, slots=True)
class AxleMark:
    """Neighbouring axles that carry the same; `load_t` is that of one of them."""

    places_m: tuple[float, ...]
    load_t: float


@dataclass(frozen=True, slots=True)
class View:
    """One view: shapes back to front, rows of dimensions above, below and beside it."""

    name: ViewName
    from_m: tuple[float, float]
    to_m: tuple[float, float]
    shapes: tuple[Shape, ...]
    above: tuple[tuple[Dimension, ...], ...] = ()
    below: tuple[tuple[Dimension, ...], ...] = ()
    beside: tuple[Dimension, ...] = ()
    axles: tuple[AxleMark, ...] = ()


def three_views(outline: Outline) -> tuple[View, View, View]:
    """Return side, top and rear view."""
    return side_view(outline), top_view(outline), rear_view(outline)


def side_view(outline: Outline) -> View:
    """Return the view from the left: the vehicle drives to the left."""
    overall = Dimension(0.0, outline.length_m, Measure.OVERALL)
    rows_below = (_axle_chain(outline), (overall,))
    rows_above = (_sticking_out(outline), _cargo_chain(outline))
    return View(
        ViewName.SIDE,
        from_m=(0.0, 0.0),
        to_m=(outline.length_m, outline.height_m),
        shapes=side_shapes(outline),
        above=tuple(row for row in rows_above if row),
        below=tuple(row for row in rows_below if row),
        beside=_heights(outline),
        axles=axle_marks(outline.axles),
    )


def top_view(outline: Outline) -> View:
    """Return the view from above, the vehicle's left side up."""
    cab = (cab_end_m(outline), outline.tractor.width_m)
    shapes = [
        box_from_above(Part.CHASSIS, outline.tractor),
        rectangle(Part.CAB, (0.0, outline.tractor.left_m), cab),
    ]
    if outline.deck:
        shapes += _deck_from_above(outline, outline.deck)
    shapes += [
        rectangle(Part.HIDDEN, (one.back_m - _TYRE_RADIUS_M, y - _TYRE_WIDTH_M / 2), (1.0, 0.28))
        for one in outline.axles
        for y in _tyre_places(one)
    ]
    shapes += [box_from_above(Part.FRAME, one) for one in outline.frames]
    shapes += [box_from_above(Part.CARGO, one.box) for one in outline.pieces]
    shapes.append(line(Part.CENTRE, (-0.4, 0.0), (outline.length_m + 0.4, 0.0)))
    if outline.centre:
        shapes.append(circle(Part.GRAVITY, (outline.centre.back_m, outline.centre.right_m), 0.22))
    half = outline.width_m / 2
    widths = [Dimension(-half, half, Measure.OVERALL)]
    cargo = outline.cargo
    if cargo and not _same(cargo.width_m, outline.width_m):
        widths.insert(0, Dimension(cargo.left_m, cargo.right_m, Measure.CARGO))
    return View(
        ViewName.TOP, (0.0, -half), (outline.length_m, half), tuple(shapes), beside=tuple(widths)
    )


def rear_view(outline: Outline) -> View:
    """Return the view from behind."""
    half = outline.width_m / 2
    cargo, deck = outline.cargo, outline.deck
    rows = [(Dimension(-half, half, Measure.OVERALL),)]
    if deck and not _same(deck.width_m, outline.width_m):
        rows.insert(0, (Dimension(deck.left_m, deck.right_m, Measure.DECK),))
    if cargo and not _same(cargo.width_m, outline.width_m):
        rows.insert(0, (Dimension(cargo.left_m, cargo.right_m, Measure.CARGO),))
    return View(
        ViewName.REAR,
        (-half, 0.0),
        (half, outline.height_m),
        _rear_shapes(outline),
        below=tuple(rows),
        beside=_heights(outline),
    )


def axle_marks(axles: Iterable[OutlineAxle]) -> tuple[AxleMark, ...]:
    """Join neighbouring axles of one unit that carry the same load, to 0.01 t."""
    marks = []
    known = [one for one in axles if one.load_t is not None]
    for (_, load_t), group in groupby(
        known, key=lambda one: (one.of_trailer, round(one.load_t or 0.0, 2))
    ):
        marks.append(AxleMark(tuple(one.back_m for one in group), load_t))
    return tuple(marks)


def _axle_chain(outline: Outline) -> tuple[Dimension, ...]:
    """From the nose over every axle to the tail; equal neighbours are joined."""
    places = [one.back_m for one in outline.axles]
    if not places:
        return ()
    guessed = Assumed.NOSE in outline.assumed
    chain = [Dimension(0.0, places[0], Measure.REST, is_assumed=guessed)]
    start = 0
    gaps = list(outline.spacings_m)
    for gap, run in groupby(gaps):
        times = len(list(run))
        end = places[start] + gap * times
        chain.append(Dimension(places[start], end, Measure.AXLES, times))
        start += times
    chain.append(Dimension(places[-1], outline.length_m, Measure.REST, is_assumed=guessed))
    return _long_enough(chain)


def _cargo_chain(outline: Outline) -> tuple[Dimension, ...]:
    cargo = outline.cargo
    if cargo is None:
        return ()
    guessed = Assumed.CARGO in outline.assumed
    return _long_enough(
        [
            Dimension(0.0, cargo.front_m, Measure.REST, is_assumed=guessed),
            Dimension(cargo.front_m, cargo.rear_m, Measure.CARGO),
            Dimension(cargo.rear_m, outline.length_m, Measure.REST, is_assumed=guessed),
        ]
    )


def _sticking_out(outline: Outline) -> tuple[Dimension, ...]:
    """Measure what sticks out of the deck, and how far the deck is pulled out."""
    cargo, deck = outline.cargo, outline.deck
    found = []
    if cargo and deck and Assumed.CARGO not in outline.assumed:
        found += [
            Dimension(cargo.front_m, deck.front_m, Measure.OVERHANG),
            Dimension(deck.rear_m, cargo.rear_m, Measure.OVERHANG),
        ]
    if deck and outline.pulled_out_m:
        found.insert(1, Dimension(*pulled_part(outline, deck), Measure.EXTENSION))
    return tuple(one for one in found if one.end_m - one.start_m > _LEAST_DIMENSION_M)


def _heights(outline: Outline) -> tuple[Dimension, ...]:
    cargo, deck = outline.cargo, outline.deck
    guessed = Assumed.DECK in outline.assumed
    heights = []
    if deck:
        heights.append(Dimension(0.0, deck.top_m, Measure.DECK, is_assumed=guessed))
    if cargo:
        heights.append(Dimension(cargo.bottom_m, cargo.top_m, Measure.CARGO))
    return (*heights, Dimension(0.0, outline.height_m, Measure.OVERALL))


def _deck_from_above(outline: Outline, deck: Box) -> list[Shape]:
    if not outline.pulled_out_m:
        return [box_from_above(Part.DECK, deck)]
    start, end = pulled_part(outline, deck)
    halves = ((deck.front_m, start), (end, deck.rear_m))
    return [
        rectangle(Part.BEAM, (start, -0.45), (end - start, 0.9)),
        *(rectangle(Part.DECK, (a, deck.left_m), (b - a, deck.width_m)) for a, b in halves),
    ]


def _rear_shapes(outline: Outline) -> tuple[Shape, ...]:
    half = outline.width_m / 2
    shapes: list[Shape] = [box_across(Part.BEHIND, outline.tractor)]
    last = next((one for one in reversed(outline.axles)), None)
    if last:
        shapes += [
            rectangle(Part.WHEEL, (x - _TYRE_WIDTH_M / 2, 0.0), (_TYRE_WIDTH_M, 0.85))
            for x in _tyre_places(last)
        ]
        shapes.append(rectangle(Part.CHASSIS, (-last.track_m / 2, 0.42), (last.track_m, 0.14)))
    deck = outline.deck
    if deck:
        thick = min(0.3, deck.top_m * 0.4)
        deep = (deck.width_m, thick)
        shapes.append(rectangle(Part.DECK, (deck.left_m, deck.top_m - thick), deep))
    elif outline.cargo and outline.kind is not TrailerKind.NONE:
        bottom = outline.cargo.bottom_m
        shapes.append(rectangle(Part.CHASSIS, (-0.6, 0.6), (1.2, max(bottom - 0.6, 0.1))))
    shapes += [box_across(Part.FRAME, one) for one in outline.frames]
    shapes += [_piece_from_behind(one) for one in outline.pieces]
    shapes.append(line(Part.GROUND, (-half - 0.3, 0.0), (half + 0.3, 0.0)))
    shapes.append(line(Part.CENTRE, (0.0, -0.15), (0.0, outline.height_m + 0.25)))
    if outline.centre:
        shapes.append(circle(Part.GRAVITY, (outline.centre.right_m, outline.centre.up_m), 0.14))
    return tuple(shapes)


def _piece_from_behind(piece: OutlinePiece) -> Shape:
    """Return a box, or a slab whose top leans towards the middle of the vehicle."""
    box, thick = piece.box, piece.thick_m
    if thick is None:
        return box_across(Part.CARGO, box)
    lean = radians(piece.lean_deg)
    run, rise = thick * sin(lean), thick * cos(lean)
    corners = (
        (box.left_m, box.bottom_m + rise),
        (box.left_m + run, box.bottom_m),
        (box.right_m, box.top_m - rise),
        (box.right_m - run, box.top_m),
    )
    if (box.left_m + box.right_m) / 2 > 0:
        middle = box.left_m + box.right_m
        corners = tuple((middle - x, y) for x, y in corners)  # type: ignore[assignment]
    return Shape(Part.CARGO, corners)


def _tyre_places(axle: OutlineAxle) -> list[float]:
    """Middles of the tyres of an axle or line across the vehicle."""
    files = [0.0] if axle.files == 1 else [-_FILES_APART_M / 2, _FILES_APART_M / 2]
    track = axle.track_m if axle.files == 1 else _FILES_APART_M / 2
    pair = [-0.16, 0.16] if axle.tyres >= _DUAL else [0.0]
    return [
        middle + side * track / 2 + tyre for middle in files for side in (-1, 1) for tyre in pair
    ]


def _long_enough(chain: list[Dimension]) -> tuple[Dimension, ...]:
    return tuple(one for one in chain if one.end_m - one.start_m > _LEAST_DIMENSION_M)


def _same(one_m: float, other_m: float) -> bool:
    return abs(one_m - other_m) < _LEAST_DIMENSION_M
