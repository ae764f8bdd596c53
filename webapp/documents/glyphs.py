"""Which characters the shipped fonts can print, and what is printed in place of the others."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
REGULAR = FONTS / "NotoSansSC-Regular.ttf"
_GETA = "〓"  # the printers' mark for a character that is missing
_SEGMENTED = 12
_KEPT = "\n"


@cache
def printable(font: Path = REGULAR) -> frozenset[int]:
    """Return the code points that a font covers, read from its character map."""
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    offset = next(
        struct.unpack_from(">I", data, 12 + 16 * row + 8)[0]
        for row in range(tables)
        if data[12 + 16 * row : 16 + 16 * row] == b"cmap"
    )
    points: set[int] = set()
    for row in range(struct.unpack_from(">H", data, offset + 2)[0]):
        start = offset + struct.unpack_from(">HHI", data, offset + 4 + 8 * row)[2]
        if struct.unpack_from(">H", data, start)[0] != _SEGMENTED:
            continue
        for group in range(struct.unpack_from(">I", data, start + 12)[0]):
            first, last, _glyph = struct.unpack_from(">III", data, start + 16 + 12 * group)
            points.update(range(first, last + 1))
    return frozenset(points)


def fit_to_print(text: str) -> str:
    """Drop control characters and mark characters that the fonts lack, with their code point."""
    known = printable()
    parts = []
    for character in unicodedata.normalize("NFC", text):
        if character in _KEPT or ord(character) in known:
            parts.append(character)
        elif unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}:
            continue
        else:
            parts.append(f"{_GETA}(U+{ord(character):04X})")
    return "".join(parts)


def fit_all(value: Any) -> Any:
    """Apply `fit_to_print` to every text inside lists and dictionaries."""
    if isinstance(value, str):
        return fit_to_print(value)
    if isinstance(value, dict):
        return {key: fit_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [fit_all(item) for item in value]
    return value
