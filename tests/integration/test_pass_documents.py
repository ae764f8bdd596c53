from __future__ import annotations

import io
import re
from dataclasses import fields
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.papers import TOKEN, annex, form, letter
from tests.passes import DURING, JOINTS, PUBLIC
from transport.errors import InvalidInputError
from transport.permits.letters import LetterKind
from transport.verification.signing import Outcome, verify
from webapp.documents.application_form import application_form_pdf
from webapp.documents.contents import (
    PassAnnex,
    StripMap,
    StripMark,
    StripPart,
    annex_digest,
)
from webapp.documents.letters import letter_pdf
from webapp.documents.pass_annex import pass_annex_pdf

_HOSTILE = '=1+1 *粗* #panic("x") $x$ \\ <b> "引" `码` // @ref ' + "长" * 80


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return re.sub(r"\s", "", "".join(pages))


def _page(pdf: bytes, number: int, scale: float) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[number].render(scale=scale).to_pil().convert("L")
    document.close()
    return picture


def test_the_code_on_the_printed_page_is_read_and_valid() -> None:
    # 150 dots an inch in grey is a poor office scan.
    page = _page(pass_annex_pdf(annex()), 0, scale=150 / 72)
    codes = zxingcpp.read_barcodes(page)
    assert [code.text for code in codes] == [TOKEN]
    assert verify(codes[0].text, [PUBLIC], None, DURING).outcome is Outcome.VALID


def test_the_code_is_read_in_black_and_white() -> None:
    page = _page(pass_annex_pdf(annex()), 0, scale=200 / 72)
    black_and_white = page.point(lambda level: 255 if level > 128 else 0)
    assert [code.text for code in zxingcpp.read_barcodes(black_and_white)] == [TOKEN]


def test_strips_are_printed_behind_the_code_and_leave_it_readable() -> None:
    parts = (StripPart("G6 京藏高速", 0.0, 35.0, 620.5, 655.5),)
    marks = (StripMark(12.4, "bridge", "黄河大桥", "K632+900", "居中匀速通过"),)
    pdf = pass_annex_pdf(annex(strips=(StripMap(parts, JOINTS[:2], marks),)))
    black_and_white = _page(pdf, 0, scale=200 / 72).point(lambda level: 255 if level > 128 else 0)
    assert [code.text for code in zxingcpp.read_barcodes(black_and_white)] == [TOKEN]
    text = _text(pdf)
    for words in (
        "沿线分段图",
        "第1幅G6京藏高速",
        "K632+900",
        "桥梁黄河大桥",
        "K620+500",
        "停车待命点",
    ):
        assert words in text, words


def test_the_annex_says_in_chinese_what_it_is_and_what_it_allows() -> None:
    text = _text(pass_annex_pdf(annex()))
    for words in (
        *("超限运输车辆通行证附件", "不是通行证", "DJ15-2026-000123", "蒙B12345", "蒙B1234挂"),
        *("2026年11月1日至2026年11月20日", "每日07:00至11:30", "72.4吨", "24.8×3.6×4.35米"),
        *("3.2-1.4-7-1.3-1.3", "7.4+23+42", "K620+500至K655+300", "15020007", "审图号"),
        *("居中匀速通过", "内交许〔2026〕123号", "王喆", "李镕", "张堃", "第1页，共"),
    ):
        assert words in text, words


def test_plates_and_dates_keep_together() -> None:
    document = pypdfium2.PdfDocument(pass_annex_pdf(annex()))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "蒙B12345" in text
    assert "蒙 B12345" not in text


def test_an_annex_shows_the_official_number_once_it_is_known() -> None:
    assert "待登记" in _text(pass_annex_pdf(annex()))
    known = _text(pass_annex_pdf(annex(official_number="A15000020261101000017")))
    assert "A15000020261101000017" in known


def test_a_demonstration_annex_says_so_on_every_page() -> None:
    pdf = pass_annex_pdf(annex(demonstration=True))
    pages = len(pypdfium2.PdfDocument(pdf))
    assert _text(pdf).count("演示数据，不得用于实际运输") == pages
    assert "演示数据" not in _text(pass_annex_pdf(annex()))


def test_an_annex_without_map_token_or_conditions_is_made_too() -> None:
    text = _text(
        pass_annex_pdf(
            annex(route_map=None, token="", conditions=(), acts=(), signatures=(), trailer_plate="")
        )
    )
    assert "未签发，无二维码" in text
    assert "无附加条件" in text


def test_the_same_content_makes_the_same_bytes() -> None:
    assert pass_annex_pdf(annex()) == pass_annex_pdf(annex())
    assert application_form_pdf(form()) == application_form_pdf(form())
    assert annex_digest(annex()) == annex_digest(annex(token=""))
    assert annex_digest(annex()) != annex_digest(annex(gross_mass_t=72.5))


@pytest.mark.parametrize("field", ["goods", "carrier", "origin", "destination", "speed", "number"])
def test_a_hostile_name_stays_text(field: str) -> None:
    content: dict[str, Any] = {field: _HOSTILE}
    text = _text(pass_annex_pdf(annex(**content)))
    assert '*粗*#panic("x")$x$\\<b>"引"`码`//@ref' in text


def test_fonts_are_embedded_and_no_other_is_used() -> None:
    pdf = pass_annex_pdf(annex())
    names = set(re.findall(rb"/BaseFont\s*/([A-Za-z0-9+\-]+)", pdf))
    assert names
    assert all(b"NotoSansSC" in name for name in names), names
    assert b"/FontFile" in pdf


def test_the_annex_has_no_place_for_strength_or_clearance() -> None:
    names = {field.name for field in fields(PassAnnex)}
    assert not {name for name in names if re.search("capacity|clear|rated|limit", name)}


def test_a_token_too_long_for_its_code_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="QR version"):
        pass_annex_pdf(annex(token="A" * 2000))


def test_the_form_prints_every_field() -> None:
    text = _text(application_form_pdf(form()))
    for words in ("公路超限运输申请表", "LZZ1CLXB0NA123456", "91150200MA0N12345X", "护送方案"):
        assert words in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LetterKind.ACCEPTANCE, ("受理通知书", "决定予以受理", "15个工作日", "2026年11月10日")),
        (LetterKind.SUPPLEMENT, ("补正告知书", "一次告知", "2.缺少轮廓图")),
        (LetterKind.NOT_ACCEPTED, ("不予受理决定书", "行政复议")),
        (LetterKind.CONSULTATION, ("征求意见函", "不视为同意", "此函")),
        (LetterKind.GRANT, ("准予行政许可决定书", "准予许可")),
        (LetterKind.REFUSAL, ("不予行政许可决定书", "60日内", "6个月内", "新城区人民法院")),
    ],
)
def test_letters_say_their_matter(kind: LetterKind, words: tuple[str, ...]) -> None:
    text = _text(letter_pdf(kind, letter()))
    for word in words:
        assert word in text


def test_only_decisions_name_remedies() -> None:
    for kind in (LetterKind.ACCEPTANCE, LetterKind.SUPPLEMENT, LetterKind.CONSULTATION):
        assert "行政复议" not in _text(letter_pdf(kind, letter()))


def test_papers_are_archive_pdf() -> None:
    pdf = letter_pdf(LetterKind.REFUSAL, letter())
    assert io.BytesIO(pdf).read(5) == b"%PDF-"
    assert b"pdfaid:part" in pdf
