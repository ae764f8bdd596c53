"""The load sheet of a planned load: the drawing of the vehicle, and the order of its stack."""

from __future__ import annotations

from datetime import date

from transport.services.showing_loads import ShownLoad
from transport.vehicles.outline import OutlineTitle, outline_of_load
from transport.vehicles.placed_load import Overhangs
from webapp.documents.outline_svg import sheet_svg
from webapp.documents.typesetting import in_chinese, plain_number, typeset


def load_sheet_pdf(
    shown: ShownLoad, title: OutlineTitle, on: date, *, demonstration: bool = False
) -> bytes:
    """Print drawing and stack order of a load on A4 across."""
    load, placed = shown.load, shown.placed
    hangs = placed.overhangs
    facts = (
        ("交货日", in_chinese(load.deliver_on)),
        ("起讫点", f"{load.origin} → {load.destination}"),
        ("通行证", f"计划第 {load.pass_number} 号" if load.pass_number else "无需通行证"),
        ("构件（件）", str(load.pieces)),
        ("牵引车", title.tractor),
        ("挂车", title.trailer),
        ("轴荷（吨）", title.axle_loads),
        ("轴距（米）", title.axle_spacings),
        ("前悬出 / 后悬出（米）", _out(hangs)),
        ("货物质量（吨）", plain_number(title.cargo_mass_t)),
    )
    rows = [
        (
            str(place),
            one.number,
            one.name,
            str(one.layer),
            plain_number(one.from_nose_m, 2),
            plain_number(one.right_m, 2),
            "、".join(plain_number(at, 2) for at in one.supports_m) or "—",
        )
        for place, one in enumerate(shown.stack, start=1)
    ]
    content = {
        "title": f"装车单 {title.number}",
        "facts": facts,
        "rows": rows,
        "demonstration": demonstration,
    }
    drawing = sheet_svg(outline_of_load(placed), title)
    return typeset("load_sheet.typ", content, on, {"drawing": drawing})


def _out(hangs: Overhangs | None) -> str:
    if hangs is None:
        return "—"
    return " / ".join(plain_number(max(one, 0.0), 2) for one in (hangs.front_m, hangs.rear_m))
