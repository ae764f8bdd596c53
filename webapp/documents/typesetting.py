"""Typst: a layout file and content as data make a PDF, the same bytes every time.

Content reaches the layout as JSON, never as source text: whatever a name holds stays text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from webapp.documents.glyphs import FONTS, fit_all

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _fonts() -> Any:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def typeset(
    layout: str, content: Mapping[str, Any], on: date, drawings: Mapping[str, str] | None = None
) -> bytes:
    """Make a PDF (PDF/A-2b) from a layout of `templates/`, dated `on`.

    `drawings` are SVG texts under the names by which the layout asks for them.
    """
    compiler = typst.Compiler(
        input=str(_TEMPLATES / layout),
        root=str(_TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={
            "content": json.dumps(fit_all(dict(content)), ensure_ascii=False),
            **(drawings or {}),
        },
    )
    made = compiler.compile(
        format="pdf",
        pdf_standards="a-2b",
        timestamp=datetime.combine(on, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{layout} made no single PDF")
    return made


def in_chinese(day: date | None) -> str:
    """Write a day as 2026年11月1日, or a dash."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def plain_number(value: float, places: int = 3) -> str:
    """Write a number without idle zeros, as the official form wants it."""
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def chainage(km: float) -> str:
    """Write a chainage as K620+500."""
    whole, metres = divmod(round(km * 1000), 1000)
    return f"K{whole}+{metres:03d}"
