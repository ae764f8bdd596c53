"""The outline drawing as a PDF of one sheet."""

from __future__ import annotations

from datetime import date

from transport.vehicles.outline import Outline, OutlineTitle
from webapp.documents.outline_svg import sheet_svg
from webapp.documents.typesetting import typeset


def outline_pdf(
    outline: Outline, title: OutlineTitle, on: date, *, demonstration: bool = False
) -> bytes:
    """Print the drawing on A4 across, at the scale it states."""
    content = {"title": f"轮廓图 {title.number}", "demonstration": demonstration}
    return typeset("outline.typ", content, on, {"drawing": sheet_svg(outline, title)})
