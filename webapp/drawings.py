"""An outline drawing as a page shows it: the sheet, and the views alone on narrow screens."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from transport.services.stepping import day_of
from transport.vehicles.outline import Outline, OutlineTitle
from webapp.access import current_services
from webapp.extensions import language


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG of our own making, whose texts are escaped where they are drawn."""

    sheet: Markup
    phone: Markup


def drawing_of(outline: Outline, title: OutlineTitle) -> Drawing:
    """Return a drawing for the page that is being made."""
    services = current_services()
    on = day_of(services.clock.now())
    words = "en" if language() == "en" else "zh"

    def drawn(form: str) -> Markup:
        paper = services.papers.outline_drawing(outline, title, form, on)
        return Markup(paper.content.decode())  # noqa: S704 - escaped by the drawing itself

    return Drawing(drawn("svg"), drawn(words))
