"""The drawing of a piece by itself as SVG: three views side by side and below, one scale."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from transport.vehicles.component import Component
from transport.vehicles.piece_views import piece_views
from webapp.documents.outline_drawing import Board, Style
from webapp.documents.outline_svg import Spot, draw_view

_WIDE, _MARGIN, _GAP = 760.0, 14.0, 40.0
_SIDES = 176.0  # room for the dimensions beside both columns
_MOST_HIGH = 260.0
_NAMES = {
    "zh": ("正视图", "俯视图", "端视图"),
    "en": ("Front view", "Top view", "End view"),
}


def piece_svg(piece: Component, language: str) -> str:
    """Draw a piece as made, with its supports and centre of gravity, dimensions in metres."""
    side, top, end = piece_views(piece)
    names = _NAMES["en" if language == "en" else "zh"]
    wide = piece.length_m + piece.width_m
    high = max(piece.height_m, piece.width_m)
    per_metre = min((_WIDE - _SIDES) / wide, _MOST_HIGH / high)
    board = Board(Style(12.0, {}))
    right, below = draw_view(board, side, Spot(_MARGIN, _MARGIN, per_metre), names[0])
    _, end_y = draw_view(board, end, Spot(right + _GAP, _MARGIN, per_metre), names[2])
    _, bottom = draw_view(board, top, Spot(_MARGIN, max(below, end_y), per_metre), names[1])
    label = f"{piece.length_m:g} × {piece.width_m:g} × {piece.height_m:g} m, {piece.mass_t:g} t"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:g} {bottom:.0f}" '
        f'role="img" aria-label={quoteattr(label)}>'
        f'<rect width="{_WIDE:g}" height="{bottom:.0f}" fill="#ffffff"/>'
        + "".join(board.parts)
        + "</svg>"
    )
