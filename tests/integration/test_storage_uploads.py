"""Uploaded files: what they are follows from their content."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from transport.errors import InvalidInputError, NotFoundError
from webapp.storage.uploads import UploadFolder

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture
def folder(tmp_path: Path) -> UploadFolder:
    return UploadFolder(tmp_path / "uploads", limit_mb=1)


def test_a_file_is_found_again_by_its_digest_and_kept_once(
    folder: UploadFolder, tmp_path: Path
) -> None:
    first, second = folder.put(PDF, "图.pdf"), folder.put(PDF, "copy.PDF")
    assert first == second
    assert (first.media_type, first.size_bytes) == ("application/pdf", len(PDF))
    assert folder.get(first.digest) == PDF
    kept = [one for one in (tmp_path / "uploads").rglob("*") if one.is_file()]
    assert [one.name for one in kept] == [first.digest]
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "empty.pdf", "file_empty"),
        (PDF + b" " * 1024 * 1024, "large.pdf", "file_too_large"),
        (b"MZ\x90 program", "drawing.pdf", "file_kind"),
        (b"<html><script>", "photo.png", "file_kind"),
        (PDF, "photo.png", "file_name_differs"),
        (PDF[:12], "cut.pdf", "file_damaged"),
    ],
)
def test_an_upload_that_is_not_what_it_says_is_refused_and_not_kept(
    folder: UploadFolder, tmp_path: Path, content: bytes, filename: str, code: str
) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        folder.put(content, filename)
    assert [(one.field, one.code) for one in wrong.value.faults] == [("file", code)]
    assert not (tmp_path / "uploads").exists()


def test_no_name_reaches_outside_the_folder(folder: UploadFolder, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    for digest in ("../secret", "a" * 64, "", "/etc/passwd"):
        with pytest.raises(NotFoundError):
            folder.get(digest)
