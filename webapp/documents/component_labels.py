"""Labels of components: a sheet of A4 with a QR code per component, eight to a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from webapp.documents.qr_code import qr_drawing
from webapp.documents.typesetting import typeset


@dataclass(frozen=True, slots=True)
class ComponentLabel:
    """What a label says; `address` opens the component's chain and is in its QR code."""

    number: str
    cargo: str
    destination: str
    case_number: str
    address: str


def labels_pdf(labels: Sequence[ComponentLabel], on: date, *, demonstration: bool = False) -> bytes:
    """Print the labels."""
    content = {"labels": [asdict(one) for one in labels], "demonstration": demonstration}
    codes = {f"code{place}": qr_drawing(one.address) for place, one in enumerate(labels)}
    return typeset("component_labels.typ", content, on, codes)
