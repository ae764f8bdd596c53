from __future__ import annotations

import pytest

from webapp.documents.glyphs import FONTS, fit_all, fit_to_print, printable


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.ttf")), ids=lambda font: str(font.stem))
def test_both_fonts_print_every_character_of_gbk_and_rare_names(font: object) -> None:
    from pathlib import Path  # noqa: PLC0415

    known = printable(Path(str(font)))
    gbk = {
        ord(bytes((high, low)).decode("gbk"))
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    }
    assert gbk <= known
    assert set(map(ord, "喆镕堃㙦䶮𬭎蒙苏木嘎查·×—〔〕²℃")) <= known


def test_the_fonts_carry_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")
    assert sum(font.stat().st_size for font in FONTS.glob("*.ttf")) < 16_000_000


def test_a_character_that_no_font_has_is_marked_and_named() -> None:
    assert fit_to_print("王\U00020bb7") in {"王\U00020bb7", "王〓(U+20BB7)"}
    assert fit_to_print("王ᠮ") == "王〓(U+182E)"


def test_control_and_direction_characters_are_dropped() -> None:
    assert fit_to_print("蒙B\u202e12\x00345\u200b") == "蒙B12345"


def test_texts_inside_content_are_fitted() -> None:
    assert fit_all({"a": ["甲\x07", 1, None], "b": ("乙",)}) == {"a": ["甲", 1, None], "b": ["乙"]}
