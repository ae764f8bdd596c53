"""Three views of a piece by itself: sizes, supports, and the centre of gravity, as it is made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transport.vehicles.component import Component
from transport.vehicles.outline_shapes import Part, Shape, circle, line, rectangle
from transport.vehicles.outline_views import Dimension, Measure, View, ViewName

_LEAST_M = 0.005
_WEDGE_M = 0.03  # of the length of the piece


def piece_views(piece: Component) -> tuple[View, View, View]:
    """Return side, top and end view; without a stated centre of gravity none is drawn.

    Supports are those of the piece; a piece that states none shows none.
    """
    long_m, wide_m, high_m = piece.length_m, piece.width_m, piece.height_m
    half = wide_m / 2
    along, across, up = centre_of(piece)
    supports = [_wedge(place, long_m, high_m) for place in piece.supports_m]
    side = View(
        ViewName.SIDE,
        (0.0, 0.0),
        (long_m, high_m),
        (
            rectangle(Part.CARGO, (0.0, 0.0), (long_m, high_m)),
            *supports,
            circle(Part.GRAVITY, (along, up), 0.1),
        ),
        above=((Dimension(0.0, long_m, Measure.OVERALL),),),
        below=_rows(_chain((0.0, *piece.supports_m, long_m)) if piece.supports_m else ()),
        beside=(Dimension(0.0, high_m, Measure.OVERALL),),
    )
    top = View(
        ViewName.TOP,
        (0.0, -half),
        (long_m, half),
        (
            rectangle(Part.CARGO, (0.0, -half), (long_m, wide_m)),
            *(line(Part.HIDDEN, (place, -half), (place, half)) for place in piece.supports_m),
            line(Part.CENTRE, (0.0, 0.0), (long_m, 0.0)),
            circle(Part.GRAVITY, (along, across), 0.1),
        ),
        below=_rows(_chain((0.0, along, long_m))),
        beside=(Dimension(-half, half, Measure.OVERALL),),
    )
    end = View(
        ViewName.REAR,
        (-half, 0.0),
        (half, high_m),
        (
            rectangle(Part.CARGO, (-half, 0.0), (wide_m, high_m)),
            line(Part.CENTRE, (0.0, 0.0), (0.0, high_m)),
            circle(Part.GRAVITY, (across, up), 0.1),
        ),
        below=_rows((Dimension(-half, half, Measure.OVERALL),)),
        beside=tuple(_chain((0.0, up, high_m))),
    )
    return side, top, end


def centre_of(piece: Component) -> tuple[float, float, float]:
    """Return the centre of gravity: along, to the right, up; the middle where none is stated."""
    along = piece.length_m / 2 if piece.centre_along_m is None else piece.centre_along_m
    up = piece.height_m / 2 if piece.centre_up_m is None else piece.centre_up_m
    return along, piece.centre_across_m, up


def _chain(places: Sequence[float]) -> list[Dimension]:
    return [
        Dimension(start, end, Measure.REST)
        for start, end in pairwise(sorted(places))
        if end - start > _LEAST_M
    ]


def _rows(chain: Sequence[Dimension]) -> tuple[tuple[Dimension, ...], ...]:
    return (tuple(chain),) if chain else ()


def _wedge(place_m: float, long_m: float, high_m: float) -> Shape:
    half = min(long_m * _WEDGE_M / 2, 0.15)
    high = min(half * 1.6, high_m)
    return Shape(Part.SUPPORT, ((place_m, high), (place_m + half, 0.0), (place_m - half, 0.0)))
