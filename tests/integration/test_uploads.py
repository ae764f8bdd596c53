"""Uploaded files: kept once, outside the web root, believed by content only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.built_in import PDF, PNG
from transport.errors import InvalidInputError, NotFoundError
from webapp.storage.uploads import UploadFolder


@pytest.fixture
def uploads(tmp_path: Path) -> UploadFolder:
    return UploadFolder(tmp_path / "uploads", limit_mb=1)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (PNG, "照片.PNG", "image/png"),
        (b"\xff\xd8\xff\xe0 picture \xff\xd9", "b.jpeg", "image/jpeg"),
    ],
)
def test_a_file_comes_back_as_it_was(
    uploads: UploadFolder, content: bytes, name: str, media_type: str
) -> None:
    stored = uploads.put(content, name)
    assert (stored.media_type, stored.size_bytes) == (media_type, len(content))
    assert uploads.get(stored.digest) == content


def test_the_same_content_is_kept_once(uploads: UploadFolder, tmp_path: Path) -> None:
    assert uploads.put(PDF, "a.pdf") == uploads.put(PDF, "b.pdf")
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1


def test_a_files_name_never_decides_where_it_lies(uploads: UploadFolder, tmp_path: Path) -> None:
    uploads.put(PDF, "../../../escaped.pdf")
    assert list(tmp_path.rglob("*escaped*")) == []


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (b"MZ program", "a.pdf", "file_kind"),
        (b"<html></html>", "a.png", "file_kind"),
        (PDF, "a.png", "file_name_differs"),
        (PDF, "a.pdf.exe", "file_name_differs"),
        (PDF[:-8], "a.pdf", "file_damaged"),
        (PDF + b"\x00" * 1024 * 1024, "a.pdf", "file_too_large"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    uploads: UploadFolder, tmp_path: Path, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        uploads.put(content, name)
    assert refused.value.faults[0].code == code
    assert not (tmp_path / "uploads").exists()


@pytest.mark.parametrize("digest", ["", "../keys/one.pem", "0" * 64, "Z" * 64])
def test_a_digest_that_is_none_finds_nothing(uploads: UploadFolder, digest: str) -> None:
    with pytest.raises(NotFoundError):
        uploads.get(digest)
