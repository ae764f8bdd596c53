"""Draws dimensions, axle loads and shapes of one view as SVG; `outline_svg` puts views together.

Drawn with presentation attributes only: pages allow no inline style.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from transport.vehicles.outline_shapes import Part, Shape
from transport.vehicles.outline_views import AxleMark, Dimension, Measure, View
from webapp.documents.glyphs import fit_to_print

INK, SOFT, LOAD_INK = "#16242c", "#5b6a72", "#8a1c24"
_FIRST_WIDE = 0x2E80
_ARROW = 7.0
_TOUCHING_M = 0.3  # cargo on a low frame still begins where the deck ends
_DRAWN = {
    Part.GROUND: f'stroke="{INK}" stroke-width="1.4"',
    Part.CAB: f'fill="#dfeaec" stroke="{INK}" stroke-width="1.1"',
    Part.GLASS: f'fill="#ffffff" stroke="{INK}" stroke-width="0.8"',
    Part.CHASSIS: f'fill="#b9c3c6" stroke="{INK}" stroke-width="0.8"',
    Part.DECK: f'fill="#8d9a9f" stroke="{INK}" stroke-width="0.9"',
    Part.BEAM: f'fill="#ffffff" stroke="{INK}" stroke-width="0.9" stroke-dasharray="5 2"',
    Part.WHEEL: f'fill="#39474e" stroke="{INK}" stroke-width="0.8"',
    Part.HUB: 'fill="#ffffff"',
    Part.FRAME: f'fill="#cfd8c6" stroke="{INK}" stroke-width="0.9"',
    Part.CARGO: f'fill="#f6dcae" fill-opacity="0.92" stroke="{INK}" stroke-width="1.3"',
    Part.SUPPORT: f'fill="{INK}"',
    Part.HIDDEN: f'fill="none" stroke="{SOFT}" stroke-width="0.7" stroke-dasharray="3 2"',
    Part.BEHIND: f'fill="none" stroke="{SOFT}" stroke-width="0.8" stroke-dasharray="3 2"',
    Part.CENTRE: f'stroke="{SOFT}" stroke-width="0.7" stroke-dasharray="12 3 2 3"',
    Part.GRAVITY: f'fill="#ffffff" stroke="{LOAD_INK}" stroke-width="1.2"',
}


@dataclass(frozen=True, slots=True)
class Style:
    """How large writing is, and what measures are called; an empty name writes the number only."""

    font: float
    names: dict[Measure, str]


def text_width(text: str, font: float) -> float:
    """Estimate the width of a text: Chinese characters are square, others narrower."""
    return sum(font if ord(c) >= _FIRST_WIDE else font * 0.57 for c in text)


def metres(dimension: Dimension) -> str:
    """Write a dimension in metres: three decimals only where the millimetres need them."""
    value = f"{dimension.value_m:.3f}"
    value = value.removesuffix("0")
    times = f"{dimension.times}×" if dimension.times > 1 else ""
    return f"{times}{value}{'*' if dimension.is_assumed else ''}"


@dataclass(slots=True)
class Board:
    """A sheet being drawn on; y runs down, units are those of the viewBox."""

    style: Style
    parts: list[str] = field(default_factory=list)

    def line(self, start: tuple[float, float], end: tuple[float, float], how: str) -> None:
        """Draw a line."""
        self.parts.append(
            f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" '
            f'y2="{end[1]:.1f}" {how}/>'
        )

    def write(
        self,
        place: tuple[float, float],
        text: str,
        *,
        anchor: str = "start",
        colour: str = INK,
        bold: bool = False,
        font: float | None = None,
    ) -> None:
        """Write a text; `place` is the start (or middle, or end) of its base line."""
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{place[0]:.1f}" y="{place[1]:.1f}" font-size="{font or self.style.font:g}" '
            f'text-anchor="{anchor}" fill="{colour}"{weight}>'
            f"{escape(fit_to_print(text))}</text>"
        )

    def arrow(self, tip: tuple[float, float], way: tuple[int, int], colour: str = SOFT) -> None:
        """Draw the head of an arrow that points along `way`."""
        x, y = tip
        back_x, back_y = x - way[0] * _ARROW, y - way[1] * _ARROW
        side_x, side_y = way[1] * 2.2, way[0] * 2.2
        self.parts.append(
            f'<polygon points="{x:.1f},{y:.1f} {back_x + side_x:.1f},{back_y + side_y:.1f} '
            f'{back_x - side_x:.1f},{back_y - side_y:.1f}" fill="{colour}"/>'
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Where a view lies on the board: its corner, its scale, and which way its y runs."""

    view: View
    left: float
    top: float
    per_metre: float
    flips: bool

    @property
    def width(self) -> float:
        """Width of the view on the board."""
        return (self.view.to_m[0] - self.view.from_m[0]) * self.per_metre

    @property
    def height(self) -> float:
        """Height of the view on the board."""
        return (self.view.to_m[1] - self.view.from_m[1]) * self.per_metre

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    def x(self, value_m: float) -> float:
        """Return the board's x of a place."""
        return self.left + (value_m - self.view.from_m[0]) * self.per_metre

    def y(self, value_m: float) -> float:
        """Return the board's y of a place."""
        above = (value_m - self.view.from_m[1]) * self.per_metre
        return self.bottom - above if self.flips else self.top + above


def draw_shapes(board: Board, window: Window, shapes: Iterable[Shape]) -> None:
    """Draw the shapes of a view."""
    for shape in shapes:
        places = [(window.x(x), window.y(y)) for x, y in shape.places]
        how = _DRAWN[shape.part]
        if shape.radius_m is not None:
            (x, y), radius = places[0], max(shape.radius_m * window.per_metre, 2.0)
            if shape.part is Part.GRAVITY:
                _gravity(board, (x, y))
                continue
            board.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {how}/>')
        elif shape.is_line:
            board.line(places[0], places[1], how)
        else:
            corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            board.parts.append(f'<polygon points="{corners}" {how}/>')


def _gravity(board: Board, place: tuple[float, float]) -> None:
    """Draw the sign of a centre of gravity, the same size at every scale."""
    (x, y), radius = place, 5.5
    board.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" {_DRAWN[Part.GRAVITY]}/>')
    board.parts.append(
        f'<path d="M{x:.1f} {y:.1f}V{y - radius:.1f}A{radius} {radius} 0 0 1 {x + radius:.1f} '
        f"{y:.1f}ZM{x:.1f} {y:.1f}V{y + radius:.1f}A{radius} {radius} 0 0 1 {x - radius:.1f} "
        f'{y:.1f}Z" fill="{LOAD_INK}"/>'
    )


def draw_chain(
    board: Board, window: Window, chain: Sequence[Dimension], y: float, edge: float
) -> float:
    """Draw a row of dimensions at y, with lines to the view's edge; return the height it needs.

    A number that does not fit between its arrows stands below the line, further down where its
    neighbour is in the way.
    """
    thin = f'stroke="{SOFT}" stroke-width="0.6"'
    for place in sorted({one for part in chain for one in (part.start_m, part.end_m)}):
        x = window.x(place)
        board.line((x, edge), (x, y + (3 if y > edge else -3)), thin)
    tight: list[tuple[float, str]] = []
    for one in chain:
        start, end = window.x(one.start_m), window.x(one.end_m)
        board.line((start, y), (end, y), f'stroke="{SOFT}" stroke-width="0.9"')
        if end - start > 3 * _ARROW:
            board.arrow((start, y), (-1, 0))
            board.arrow((end, y), (1, 0))
        else:
            for x in (start, end):
                board.line((x - 2.5, y + 2.5), (x + 2.5, y - 2.5), f'stroke="{INK}"')
        text = _named(board.style, one)
        if text_width(text, board.style.font) + 4 <= end - start:
            board.write(((start + end) / 2, y - 3), text, anchor="middle")
        else:
            tight.append(((start + end) / 2, text))
    return _stack(board, tight, y + board.style.font, (window.left - 4, window.right + 40))


def draw_axle_loads(board: Board, window: Window, marks: Sequence[AxleMark], y: float) -> float:
    """Draw what the axles carry under their wheels; return the height it needs."""
    texts = []
    for mark in marks:
        places = [window.x(one) for one in mark.places_m]
        for x in places:
            board.line((x, y - 9), (x, y), f'stroke="{LOAD_INK}" stroke-width="1.1"')
            board.arrow((x, y - 9 - 2), (0, -1), LOAD_INK)
        if len(places) > 1:
            board.line((places[0], y), (places[-1], y), f'stroke="{LOAD_INK}" stroke-width="1.1"')
        times = f"{len(places)}×" if len(places) > 1 else ""
        texts.append((sum(places) / len(places), f"{times}{_tonnes(mark.load_t)}t"))
    return _stack(board, texts, y + board.style.font, (window.left, window.right + 40), LOAD_INK)


def draw_heights(board: Board, window: Window, dimensions: Sequence[Dimension], x: float) -> float:
    """Draw vertical dimensions in columns from x on; return where the last column ends."""
    thin = f'stroke="{SOFT}" stroke-width="0.6"'
    font = board.style.font
    ends_m = dimensions[0].start_m if dimensions else 0.0
    wide = 0.0
    for one in dimensions:
        # What begins where the last one ended shares its column.
        if wide and one.start_m < ends_m - _TOUCHING_M:
            x += wide + 14
            wide = 0.0
        ends_m = one.end_m
        top, bottom = sorted((window.y(one.start_m), window.y(one.end_m)))
        for y in (top, bottom):
            board.line((window.right + 2, y), (x + 3, y), thin)
        board.line((x, top), (x, bottom), f'stroke="{SOFT}" stroke-width="0.9"')
        if bottom - top > 3 * _ARROW:
            board.arrow((x, top), (0, -1))
            board.arrow((x, bottom), (0, 1))
        text = metres(one)
        board.write((x + 5, (top + bottom) / 2 + font * 0.36), text)
        wide = max(wide, text_width(text, font))
    return x + wide + 14


def _named(style: Style, dimension: Dimension) -> str:
    name = style.names.get(dimension.measure, "")
    return f"{name} {metres(dimension)}" if name else metres(dimension)


def _stack(
    board: Board,
    texts: Sequence[tuple[float, str]],
    y: float,
    room: tuple[float, float],
    colour: str = INK,
) -> float:
    """Write texts around their middles, each in the first line where it is free."""
    font = board.style.font
    taken: list[list[tuple[float, float]]] = []
    for wanted, text in texts:
        half = text_width(text, font) / 2
        middle = min(max(wanted, room[0] + half), room[1] - half)
        box = (middle - half - 3, middle + half + 3)
        row = next(
            (
                number
                for number, boxes in enumerate(taken)
                if all(box[1] <= one[0] or box[0] >= one[1] for one in boxes)
            ),
            len(taken),
        )
        if row == len(taken):
            taken.append([])
        taken[row].append(box)
        board.write((middle, y + row * font * 1.15), text, anchor="middle", colour=colour)
    return len(taken) * font * 1.15


def _tonnes(load_t: float) -> str:
    return f"{round(load_t, 2):.4g}"
