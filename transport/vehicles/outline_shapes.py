"""Shapes of an outline drawing in metres, and how vehicle and load look from the side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.vehicles.outline import Outline, OutlineAxle
from transport.vehicles.placed_load import Box
from transport.vehicles.transport import TrailerKind

_TRACTOR_WHEEL_M = 0.52
_TRAILER_WHEEL_M = 0.42
_LINE_WHEEL_M = 0.38
_CAB_BEHIND_AXLE_M = 0.85
_CAB_BOTTOM_M = 0.45
_RAKE_M = 0.18
_RAIL_M = (0.62, 0.9)
_NECK_M = (1.2, 1.5)
_DECK_THICK_M = 0.3

Place = tuple[float, float]


class Part(StrEnum):
    """What a shape is part of; says how it is drawn."""

    GROUND = "ground"
    CAB = "cab"
    GLASS = "glass"
    CHASSIS = "chassis"
    DECK = "deck"
    BEAM = "beam"
    WHEEL = "wheel"
    HUB = "hub"
    FRAME = "frame"
    CARGO = "cargo"
    SUPPORT = "support"
    HIDDEN = "hidden"
    BEHIND = "behind"
    CENTRE = "centre"
    GRAVITY = "gravity"


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed figure of these corners, a line of two, or a circle where it has a radius."""

    part: Part
    places: tuple[Place, ...]
    radius_m: float | None = None

    @property
    def is_line(self) -> bool:
        """Whether it is a line and not a figure."""
        return self.radius_m is None and len(self.places) == 2  # noqa: PLR2004


def rectangle(part: Part, corner: Place, size: Place) -> Shape:
    """Return a rectangle from its corner with the smallest coordinates."""
    (x, y), (wide, high) = corner, size
    return Shape(part, ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)))


def line(part: Part, start: Place, end: Place) -> Shape:
    """Return a line."""
    return Shape(part, (start, end))


def circle(part: Part, middle: Place, radius_m: float) -> Shape:
    """Return a circle."""
    return Shape(part, (middle,), radius_m)


def box_along(part: Part, box: Box) -> Shape:
    """Return a box as seen from the side."""
    return rectangle(part, (box.front_m, box.bottom_m), (box.length_m, box.height_m))


def box_from_above(part: Part, box: Box) -> Shape:
    """Return a box as seen from above."""
    return rectangle(part, (box.front_m, box.left_m), (box.length_m, box.width_m))


def box_across(part: Part, box: Box) -> Shape:
    """Return a box as seen from behind."""
    return rectangle(part, (box.left_m, box.bottom_m), (box.width_m, box.height_m))


def pulled_part(outline: Outline, deck: Box) -> Place:
    """Return where the drawn-out beam of an extendable deck begins and ends, as it is drawn."""
    middle = (deck.front_m + outline.neck_m + deck.rear_m) / 2
    return middle - outline.pulled_out_m / 2, middle + outline.pulled_out_m / 2


def side_shapes(outline: Outline) -> tuple[Shape, ...]:
    """Return everything that the side view shows, back to front."""
    shapes = [line(Part.GROUND, (-0.5, 0.0), (outline.length_m + 0.5, 0.0))]
    shapes += _tractor(outline)
    shapes += _wheels(outline)
    if outline.bolsters_m:
        shapes += _bogies(outline)
    elif outline.deck:
        shapes += _deck(outline, outline.deck)
    shapes += [box_along(Part.FRAME, one) for one in outline.frames]
    shapes += [box_along(Part.CARGO, one.box) for one in outline.pieces]
    shapes += [
        _support(place, one.box.bottom_m) for one in outline.pieces for place in one.supports_m
    ]
    if outline.centre:
        shapes.append(circle(Part.GRAVITY, (outline.centre.back_m, outline.centre.up_m), 0.22))
    return tuple(shapes)


def _support(place_m: float, under_m: float) -> Shape:
    """Mark where a piece is supported, by a wedge inside its lower edge."""
    wide, high = 0.22, 0.3
    return Shape(
        Part.SUPPORT,
        ((place_m, under_m + high), (place_m + wide, under_m), (place_m - wide, under_m)),
    )


def cab_end_m(outline: Outline) -> float:
    """Return where the cab ends, as it is drawn: behind the first axle, before a truck's deck."""
    first = outline.axles[0].back_m if outline.axles else 1.4
    end = min(first + _CAB_BEHIND_AXLE_M, outline.tractor.rear_m)
    if outline.kind is TrailerKind.NONE and outline.deck:
        end = min(end, outline.deck.front_m - 0.05)
    return max(end, 0.8)


def _tractor(outline: Outline) -> list[Shape]:
    tractor, end = outline.tractor, cab_end_m(outline)
    top, nose = tractor.top_m, tractor.front_m
    bonnet = _CAB_BOTTOM_M + (top - _CAB_BOTTOM_M) * 0.5
    window = (top - 0.35, bonnet + 0.15)
    low, high = _RAIL_M
    if outline.deck and outline.deck.top_m < high and not outline.neck_m:
        high = max(outline.deck.top_m - 0.05, low + 0.1)
    return [
        rectangle(Part.CHASSIS, (nose + 0.3, low), (tractor.rear_m - nose - 0.3, high - low)),
        Shape(
            Part.CAB,
            (
                (nose, _CAB_BOTTOM_M),
                (nose, bonnet),
                (nose + _RAKE_M, top),
                (end, top),
                (end, _CAB_BOTTOM_M),
            ),
        ),
        Shape(
            Part.GLASS,
            (
                (nose + _RAKE_M * 0.75, window[1]),
                (nose + _RAKE_M + 0.08, window[0]),
                (nose + (end - nose) * 0.55, window[0]),
                (nose + (end - nose) * 0.55, window[1]),
            ),
        ),
    ]


def _wheels(outline: Outline) -> list[Shape]:
    found = []
    for axle in outline.axles:
        radius = _radius(outline, axle)
        found.append(circle(Part.WHEEL, (axle.back_m, radius), radius))
        found.append(circle(Part.HUB, (axle.back_m, radius), radius * 0.42))
    return found


def _radius(outline: Outline, axle: OutlineAxle) -> float:
    if not axle.of_trailer:
        return _TRACTOR_WHEEL_M
    return _LINE_WHEEL_M if outline.kind is TrailerKind.HYDRAULIC else _TRAILER_WHEEL_M


def _deck(outline: Outline, deck: Box) -> list[Shape]:
    thick = min(_DECK_THICK_M, deck.top_m * 0.4)
    start = deck.front_m + outline.neck_m
    parts = [(start, deck.rear_m)]
    shapes = []
    if outline.neck_m:
        low, high = _NECK_M
        shapes.append(
            Shape(
                Part.DECK,
                (
                    (deck.front_m, low),
                    (deck.front_m, high),
                    (start - 0.25, high),
                    (start, deck.top_m),
                    (start, deck.top_m - thick),
                    (start - 0.5, low),
                ),
            )
        )
    if outline.pulled_out_m:
        beam = pulled_part(outline, deck)
        parts = [(start, beam[0]), (beam[1], deck.rear_m)]
        bottom = deck.top_m - thick * 0.8
        shapes.append(rectangle(Part.BEAM, (beam[0], bottom), (beam[1] - beam[0], thick * 0.6)))
    shapes += [
        rectangle(Part.DECK, (a, deck.top_m - thick), (b - a, thick)) for a, b in parts if b > a
    ]
    if outline.kingpin_at_m is not None and not outline.neck_m:
        rail = _RAIL_M[1]
        high = max(deck.top_m - thick - rail, 0.05)
        if deck.top_m - thick > rail:
            shapes.append(rectangle(Part.CHASSIS, (outline.kingpin_at_m - 0.4, rail), (0.8, high)))
    return shapes


def _bogies(outline: Outline) -> list[Shape]:
    """Two bogies with their bolsters; the piece itself joins them."""
    bottom = outline.cargo.bottom_m if outline.cargo else 1.5
    front, rear = outline.bolsters_m
    behind = [one.back_m for one in outline.axles if one.of_trailer and one.back_m > front + 2]
    shapes = [rectangle(Part.FRAME, (front - 0.35, 0.9), (0.7, max(bottom - 0.9, 0.1)))]
    if behind:
        start, end = min(behind) - 0.7, max(behind) + 0.7
        shapes.append(rectangle(Part.CHASSIS, (start, 0.6), (end - start, 0.3)))
    shapes.append(rectangle(Part.FRAME, (rear - 0.35, 0.9), (0.7, max(bottom - 0.9, 0.1))))
    return shapes
